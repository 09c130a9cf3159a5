"""A citation as plain sentences."""

from datetime import date

from ..source import Source
from .work import CONTAINER, Page, ended, name_of, one_line, year_of

_MANY = 3


def text(page: Page, sources: list[Source], accessed: date) -> str:
    """Name the page, the works behind it, and when and where it was read."""
    behind = "; ".join(_work(source) for source in sources)
    day = f"{accessed.day} {accessed:%B %Y}"
    parts = [
        ended(page.title),
        f"{CONTAINER}.",
        f"Based on {ended(behind)}" if behind else "",
        f"Accessed {day}:",
        page.place,
    ]
    return " ".join(part for part in parts if part)


def _work(source: Source) -> str:
    names = [one_line(name) for name in source.authors]
    by = " and ".join(names) if len(names) < _MANY else f"{names[0]}, and others"
    version = source.version if source.version not in source.title.split() else None
    facts = (
        by or one_line(source.publisher),
        name_of(source),
        version,
        year_of(source),
    )
    return ", ".join(fact.rstrip(".") for fact in facts if fact)
