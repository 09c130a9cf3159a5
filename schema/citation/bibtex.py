"""A citation as BibTeX: an entry for the page, and one for each work behind it."""

import re
from datetime import date
from functools import lru_cache

from ..publication import Publication
from ..source import Source
from .work import (
    ARXIV,
    CONTAINER,
    WORKS,
    Name,
    Page,
    Sources,
    authors_of,
    behind,
    heading_of,
    names_of,
    note_of,
    one_line,
    publisher_of,
    year_of,
)

# BibTeX counts an escaped brace as a brace, so braces are written by name.
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "$": r"\$",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_PLAIN_NAME = re.compile(r"(?:[^\W_]|[ .'\u2019-])+")
# An address is taken as it stands, but for what would break its braces.
_IN_ADDRESS = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"})


def bibtex(page: Page, sources: Sources, accessed: date) -> str:
    """Give the entries; the page's note names the works behind it."""
    own = {
        "title": _braced(page.heading),
        "author": _braced(CONTAINER),
        "howpublished": _plain(page.identifier),
        "url": _address(page.url),
        "urldate": _plain(accessed.isoformat()),
        "note": _note(sources),
    }
    entry = _entry(f"{CONTAINER.lower()}-{_key(page.id)}", own)
    return "\n\n".join([entry, *_works(sources, None)])


def bibtex_works(sources: Sources, accessed: date | None) -> str:
    """Give the entries of the works alone; ``accessed`` is when data were read."""
    return "\n\n".join(_works(sources, accessed))


@lru_cache(maxsize=WORKS)
def _note(sources: Sources) -> str | None:
    return _plain(behind(sources))


@lru_cache(maxsize=WORKS)
def _works(sources: Sources, accessed: date | None) -> list[str]:
    return [
        entry
        for source in sources
        for entry in (_work(source, accessed), *map(_publication, source.publications))
    ]


def _work(source: Source, accessed: date | None) -> str:
    fields = {
        "title": _braced(heading_of(source)),
        "author": _authors(names_of(source)),
        "publisher": _plain(publisher_of(source)),
        "year": _plain(year_of(source)),
        "version": _plain(source.version),
        "doi": _address(source.doi),
        "url": _address(source.url),
        "urldate": _plain(accessed.isoformat() if accessed else None),
        "note": _plain(f"Data set; {note_of(source)}"),
    }
    return _entry(_key(source.id), fields)


def _publication(work: Publication) -> str:
    is_article = work.journal is not None
    fields = {
        "title": _braced(heading_of(work)),
        "author": _authors(authors_of(work)),
        "journal": _plain(work.journal),
        "volume": _plain(work.volume),
        "number": _plain(work.issue),
        "pages": _plain(work.pages and work.pages.replace("-", "--")),
        "year": _plain(year_of(work)),
        "eprint": _plain(work.arxiv),
        "archiveprefix": None if is_article else _plain(ARXIV),
        "doi": _address(work.doi),
        "url": _address(work.url),
    }
    return _entry(_key(work.id), fields, "article" if is_article else "misc")


def _authors(names: list[Name]) -> str | None:
    return f"{{{' and '.join(map(_author, names))}}}" if names else None


def _author(name: Name) -> str:
    if not name.given:
        return f"{{{_escape(name.family)}}}"
    return ", ".join(map(_part, name))


def _part(name: str) -> str:
    # The word "and" and odd characters would split one name into two.
    whole = _PLAIN_NAME.fullmatch(name) and "and" not in name.lower().split()
    return name if whole else f"{{{_escape(name)}}}"


def _entry(key: str, fields: dict[str, str | None], kind: str = "misc") -> str:
    lines = [f"  {name} = {value}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def _key(identifier: str) -> str:
    return re.sub(r"[^A-Za-z0-9.:-]+", "-", identifier)


def _escape(text: str) -> str:
    return one_line(text).translate(_ESCAPES)


def _plain(text: str | None) -> str | None:
    return f"{{{_escape(text)}}}" if text else None


def _braced(text: str) -> str:
    # Doubled braces keep a corporate name whole and a title's capitals as they are.
    return f"{{{{{_escape(text)}}}}}"


def _address(text: str | None) -> str | None:
    return f"{{{one_line(text).translate(_IN_ADDRESS)}}}" if text else None
