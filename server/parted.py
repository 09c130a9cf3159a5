"""Settings with several values, which are separated by commas where they are a text."""

from typing import Any

from pydantic import BeforeValidator


def _parts(value: Any) -> Any:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",")]
    return value


PARTED = BeforeValidator(_parts)
"""Beside ``NoDecode``: what is in the environment is no JSON."""
