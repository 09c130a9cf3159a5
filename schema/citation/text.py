"""A citation as plain sentences."""

from datetime import date
from functools import lru_cache

from ..publication import Publication
from ..source import Source
from .work import (
    CONTAINER,
    MONTHS,
    WORKS,
    Name,
    Page,
    Sources,
    authors_of,
    ended,
    heading_of,
    licence_of,
    link_of,
    names_of,
    number_of,
    one_line,
    sentences,
    title_of,
    year_of,
)

_MANY = 3


def text(page: Page, sources: Sources, accessed: date) -> str:
    """Name the page, the works behind it, and when and where it was read."""
    return sentences(
        ended(page.heading),
        f"{CONTAINER}.",
        text_works(sources, None),
        f"Accessed {_day(accessed)}: {page.place}",
    )


def text_works(sources: Sources, accessed: date | None) -> str:
    """Name the works alone, and when their data were read; nothing without works."""
    if not sources:
        return ""
    day = f"Accessed {_day(accessed)}." if accessed else None
    return sentences(f"Based on {_works(sources)}.", day)


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@lru_cache(maxsize=WORKS)
def _works(sources: Sources) -> str:
    return "; ".join(map(_work, sources))


def _work(source: Source) -> str:
    version = source.version if source.version not in source.title.split() else None
    facts = (
        _authors(names_of(source)),
        title_of(source),
        version and one_line(version),
        year_of(source),
        link_of(source),
    )
    # The licence comes last, so that no full stop sticks to an address.
    known = ", ".join(fact for fact in facts if fact)
    whole = f"{known} (data set, {licence_of(source)})"
    described = " and in ".join(map(_publication, source.publications))
    return f"{whole}, described in {described}" if described else whole


def _publication(work: Publication) -> str:
    facts = (
        _authors(authors_of(work)),
        heading_of(work),
        _place(work),
        link_of(work),
    )
    known = ", ".join(fact for fact in facts if fact)
    return f"{known} ({year_of(work) or 'n.d.'})"


def _place(work: Publication) -> str:
    if work.journal is None:
        return f"preprint {number_of(work)}"
    return one_line(f"{work.journal} {work.volume} ({work.issue}), {work.pages}")


def _authors(names: list[Name]) -> str:
    whole = [", ".join(part for part in name if part) for name in names]
    return " and ".join(whole) if len(whole) < _MANY else f"{whole[0]}, and others"
