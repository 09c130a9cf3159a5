"""A citation as CSL-JSON: an item for the page, and one for each work behind it."""

from datetime import date
from functools import lru_cache
from typing import Any

import orjson

from ..source import Source
from .work import (
    CONTAINER,
    WORKS,
    Name,
    Page,
    bare,
    behind,
    full_note_of,
    name_line,
    names_of,
)


def csl_json(page: Page, sources: list[Source], accessed: date) -> str:
    """Give a JSON array of items, in the order of the works."""
    own: dict[str, Any] = {
        "id": f"{CONTAINER.lower()}/{page.id}",
        "type": "webpage",
        "title": page.heading,
        "container-title": CONTAINER,
        "author": [{"literal": CONTAINER}],
        "accessed": {"date-parts": [[accessed.year, accessed.month, accessed.day]]},
        "archive_location": page.id,
        "URL": page.url,
        "note": behind(sources),
    }
    items = [_filled(own), *(_filled(_work(source)) for source in sources)]
    return orjson.dumps(items, option=orjson.OPT_INDENT_2).decode()


def _filled(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if value}


@lru_cache(maxsize=WORKS)
def _work(source: Source) -> dict[str, Any]:
    parts = [int(part) for part in source.published.split("-") if part]
    return {
        "id": source.id,
        "type": "dataset",
        "title": bare(source.title) or source.id,
        "author": [_author(name) for name in names_of(source)],
        "publisher": name_line(source.publisher),
        "version": source.version,
        "issued": {"date-parts": [parts]} if parts else None,
        "DOI": source.doi,
        "URL": source.url,
        "note": full_note_of(source),
    }


def _author(name: Name) -> dict[str, str]:
    return name._asdict() if name.given else {"literal": name.family}
