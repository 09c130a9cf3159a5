"""What is generated: a document, and some ways to run it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Run:
    """The variables and the operation's name that a document is sent with."""

    variables: Mapping[str, Any]
    operation: str | None = None


@dataclass(frozen=True)
class Case:
    """A valid document; ``introspects`` if it asks for the schema too."""

    document: str
    runs: tuple[Run, ...]
    introspects: bool = False
