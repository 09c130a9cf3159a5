"""A citation in APA style: the page, then each work behind it, one a line."""

from datetime import date
from functools import lru_cache

from ..source import Source
from .work import (
    CONTAINER,
    INVENTED,
    MONTHS,
    WORKS,
    Name,
    Page,
    ended,
    link_of,
    names_of,
    one_line,
    publisher_of,
    sentences,
    title_of,
    venue_of,
    year_of,
)


def apa(page: Page, sources: list[Source], accessed: date) -> str:
    """Cite as APA's seventh edition has it for web pages and data sets."""
    invented = any(source.synthetic for source in sources)
    day = f"{MONTHS[accessed.month - 1]} {accessed.day}, {accessed.year}"
    own = sentences(
        f"{CONTAINER}. (n.d.).",
        f"{page.heading} [{INVENTED}]." if invented else ended(page.heading),
        f"Retrieved {day}, from {page.place}",
    )
    return "\n".join([own, *(_work(source) for source in sources)])


@lru_cache(maxsize=WORKS)
def _work(source: Source) -> str:
    version = f" (Version {one_line(source.version)})" if source.version else ""
    kind = f" [Data set; licence {one_line(source.licence.name)}]"
    title = f"{title_of(source)}{version}{kind}."
    year = f"({year_of(source) or 'n.d.'})."
    authors = ended(_authors(names_of(source)))
    # A work by nobody begins with its title.
    start = (authors, year, title) if authors else (title, year)
    where = (venue_of(source), publisher_of(source))
    return sentences(*start, *map(ended, where), link_of(source))


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
