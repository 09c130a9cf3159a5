"""A citation in APA style: the page, then each work behind it, one a line."""

from datetime import date

from ..source import Source
from .work import CONTAINER, Page, ended, initials, name_of, one_line, year_of


def apa(page: Page, sources: list[Source], accessed: date) -> str:
    """Cite as APA's seventh edition has it for web pages and data sets."""
    day = f"{accessed:%B} {accessed.day}, {accessed.year}"
    own = f"{CONTAINER}. (n.d.). {ended(page.title)} Retrieved {day}, from {page.place}"
    return "\n".join([own, *(_work(source) for source in sources)])


def _work(source: Source) -> str:
    year = year_of(source) or "n.d."
    version = f" (Version {source.version})" if source.version else ""
    kind = " [Data set]"
    publisher = "" if not source.authors else f" {ended(source.publisher)}"
    link = f"https://doi.org/{source.doi}" if source.doi else source.url
    return " ".join(
        part
        for part in (
            f"{ended(_authors(source))} ({year}).",
            f"{name_of(source)}{version}{kind}.{publisher}",
            link,
        )
        if part
    )


def _authors(source: Source) -> str:
    names = [initials(name) for name in source.authors]
    if not names:
        return one_line(source.publisher)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, & {names[-1]}"
