"""A citation as CSL-JSON: an item for the page, and one for each work behind it."""

from datetime import date
from typing import Any

import orjson

from ..source import Source
from .work import CONTAINER, INVENTED, Page, one_line


def csl_json(page: Page, sources: list[Source], accessed: date) -> str:
    """Give a JSON array of items, in the order of the works."""
    own: dict[str, Any] = {
        "id": f"{CONTAINER.lower()}/{page.id}",
        "type": "webpage",
        "title": one_line(page.title).rstrip(". "),
        "container-title": CONTAINER,
        "author": [{"literal": CONTAINER}],
        "accessed": {"date-parts": [[accessed.year, accessed.month, accessed.day]]},
        "archive_location": page.id,
        "note": f"Based on {', '.join(s.id for s in sources)}" if sources else None,
    }
    items = [_filled(own), *(_filled(_work(source)) for source in sources)]
    return orjson.dumps(items, option=orjson.OPT_INDENT_2).decode()


def _filled(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if value}


def _work(source: Source) -> dict[str, Any]:
    parts = [int(part) for part in source.published.split("-") if part]
    return {
        "id": source.id,
        "type": "dataset",
        "title": one_line(source.title),
        "author": [_name(name) for name in source.authors]
        or [{"literal": one_line(source.publisher)}],
        "publisher": one_line(source.publisher),
        "version": source.version,
        "issued": {"date-parts": [parts]} if parts else None,
        "DOI": source.doi,
        "URL": source.url,
        "note": INVENTED if source.synthetic else None,
    }


def _name(author: str) -> dict[str, str]:
    family, _, given = one_line(author).partition(", ")
    return {"family": family, "given": given} if given else {"literal": family}
