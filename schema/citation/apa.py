"""A citation in APA style: the page, then each work behind it, one a line."""

from datetime import date
from functools import lru_cache

from ..publication import Publication
from ..source import Source
from .work import (
    ARXIV,
    CONTAINER,
    INVENTED,
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
    publisher_of,
    sentences,
    title_of,
    year_of,
)

_EN_DASH = "\u2013"


def apa(page: Page, sources: Sources, accessed: date) -> str:
    """Cite as APA's seventh edition has it for web pages and data sets."""
    invented = any(source.synthetic for source in sources)
    own = sentences(
        f"{CONTAINER}. (n.d.).",
        f"{page.heading} [{INVENTED}]." if invented else ended(page.heading),
        _retrieved(accessed, page.place),
    )
    return "\n".join([own, *_works(sources, None)])


def apa_works(sources: Sources, accessed: date | None) -> str:
    """Cite the works alone; ``accessed`` is when their data were read."""
    return "\n".join(_works(sources, accessed))


@lru_cache(maxsize=WORKS)
def _works(sources: Sources, accessed: date | None) -> list[str]:
    return [
        line
        for source in sources
        for line in (_work(source, accessed), *map(_publication, source.publications))
    ]


def _work(source: Source, accessed: date | None) -> str:
    version = f" (Version {one_line(source.version)})" if source.version else ""
    kind = f" [Data set; {licence_of(source, 'licence ')}]"
    title = f"{title_of(source)}{version}{kind}."
    start = _start(names_of(source), year_of(source), title)
    link = link_of(source)
    place = link if accessed is None else _retrieved(accessed, link)
    return sentences(*start, ended(publisher_of(source)), place)


def _retrieved(accessed: date, place: str) -> str:
    day = f"{MONTHS[accessed.month - 1]} {accessed.day}, {accessed.year}"
    return f"Retrieved {day}, from {place}" if place else f"Retrieved {day}."


def _publication(work: Publication) -> str:
    title = heading_of(work)
    if work.journal is None:
        title, place = f"{title} ({number_of(work)})", f"{ARXIV}."
    else:
        pages = (work.pages or "").replace("-", _EN_DASH)
        place = f"{work.journal}, {work.volume}({work.issue}), {pages}."
    start = _start(authors_of(work), year_of(work), ended(title))
    return sentences(*start, one_line(place), link_of(work))


def _start(names: list[Name], year: str | None, title: str) -> tuple[str, ...]:
    """Begin with authors and year; a work by nobody begins with its title."""
    authors, known = ended(_authors(names)), f"({year or 'n.d.'})."
    return (authors, known, title) if authors else (title, known)


def _authors(names: list[Name]) -> str:
    *others, last = [_initials(name) for name in names] or [""]
    return f"{', '.join(others)}, & {last}" if others else last


def _initials(name: Name) -> str:
    """Turn ``Family, Given Second-Third`` into ``Family, G. S.-T.``."""
    letters = [
        "-".join(f"{part[0]}." for part in word.split("-") if part)
        for word in name.given.split()
    ]
    return ", ".join(part for part in (name.family, " ".join(letters)) if part)
