"""STUB until the citation package is there."""

from datetime import date
from enum import Enum

import strawberry

from .source import Source


@strawberry.enum(description="x")
class CitationStyle(Enum):
    TEXT = "TEXT"


STYLES = list(CitationStyle)


@strawberry.type(description="x")
class Citation:
    style: CitationStyle
    text: str


def citations_of(
    page: tuple[str, str],
    sources: list[Source],
    *,
    accessed: date,
    styles: list[CitationStyle],
) -> list[Citation]:
    return []
