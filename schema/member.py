"""How a member of a closed set is written down: with what it means."""

from typing import Any

import strawberry


def member(value: str, meaning: str) -> Any:
    """Give a member; clients see its name, rows have ``value`` for it."""
    return strawberry.enum_value(value, description=meaning)
