"""A citation as BibTeX: an entry for the page, and one for each work behind it."""

import re
from datetime import date

from ..source import Source
from .work import CONTAINER, INVENTED, Page, one_line, year_of

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def bibtex(page: Page, sources: list[Source], accessed: date) -> str:
    """Give the entries; the page's note names the keys of the works behind it."""
    keys = ", ".join(_key(source.id) for source in sources)
    own = {
        "title": _braced(page.title.rstrip(". ") or page.id),
        "author": _braced(CONTAINER),
        "howpublished": _plain(page.place),
        "urldate": f"{{{accessed.isoformat()}}}",
        "note": f"{{Based on {_escape(keys)}}}" if keys else None,
    }
    entries = [_entry(f"{CONTAINER.lower()}-{_key(page.id)}", own)]
    return "\n\n".join([*entries, *(_entry(_key(s.id), _work(s)) for s in sources)])


def _work(source: Source) -> dict[str, str | None]:
    names = " and ".join(_escape(one_line(name)) for name in source.authors)
    return {
        "title": _braced(source.title),
        "author": f"{{{names}}}" if names else _braced(source.publisher),
        "publisher": _plain(source.publisher) if names else None,
        "year": _plain(year_of(source)),
        "version": _plain(source.version),
        "doi": _address(source.doi),
        "url": _address(source.url),
        "note": f"{{{INVENTED}}}" if source.synthetic else None,
    }


def _entry(key: str, fields: dict[str, str | None]) -> str:
    lines = [f"  {name} = {value}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def _key(identifier: str) -> str:
    return re.sub(r"[^A-Za-z0-9.:-]+", "-", identifier)


def _escape(text: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in text)


def _plain(text: str | None) -> str | None:
    return f"{{{_escape(one_line(text))}}}" if text else None


def _braced(text: str) -> str:
    # Doubled braces keep a corporate name whole and a title's capitals as they are.
    return f"{{{{{_escape(one_line(text))}}}}}"


def _address(text: str | None) -> str | None:
    """Keep an address as it is, but for what would end its braces."""
    if not text:
        return None
    return f"{{{one_line(text).replace('{', '%7B').replace('}', '%7D')}}}"
