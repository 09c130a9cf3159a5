"""A citation as CSL-JSON: an item for the page, and one for each work behind it."""

from datetime import date
from functools import lru_cache
from typing import Any

import orjson

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
    date_of,
    heading_of,
    name_line,
    names_of,
    note_of,
    number_of,
)


def csl_json(page: Page, sources: Sources, accessed: date) -> str:
    """Give a JSON array of items, in the order of the works."""
    own: dict[str, Any] = {
        "id": f"{CONTAINER.lower()}/{page.id}",
        "type": "webpage",
        "title": page.heading,
        "container-title": CONTAINER,
        "author": [{"literal": CONTAINER}],
        "accessed": _day(accessed),
        "archive_location": page.id,
        "URL": page.url,
        "note": behind(sources),
    }
    return _array([_written(own), *_works(sources, None)])


def csl_json_works(sources: Sources, accessed: date | None) -> str:
    """Give an array of the works alone; ``accessed`` is when data were read."""
    return _array(_works(sources, accessed))


def _array(items: list[str]) -> str:
    lines = ",\n".join(items)
    return f"[\n{lines}\n]" if items else "[]"


@lru_cache(maxsize=WORKS)
def _works(sources: Sources, accessed: date | None) -> list[str]:
    return [
        _written(item)
        for source in sources
        for item in (_work(source, accessed), *map(_publication, source.publications))
    ]


def _written(item: dict[str, Any]) -> str:
    """Give an item as it stands in an array, indented."""
    filled = {name: value for name, value in item.items() if value}
    array = orjson.dumps([filled], option=orjson.OPT_INDENT_2).decode()
    return array.removeprefix("[\n").removesuffix("\n]")


def _work(source: Source, accessed: date | None) -> dict[str, Any]:
    return {
        "id": source.id,
        "type": "dataset",
        "title": heading_of(source),
        "author": [_author(name) for name in names_of(source)],
        "publisher": name_line(source.publisher),
        "version": source.version,
        "issued": _issued(source),
        "accessed": _day(accessed) if accessed else None,
        "DOI": source.doi,
        "URL": source.url,
        "note": note_of(source),
    }


def _publication(work: Publication) -> dict[str, Any]:
    is_article = work.journal is not None
    of_kind: dict[str, Any] = (
        {"type": "article-journal"}
        if is_article
        else {"type": "article", "genre": "preprint", "publisher": ARXIV}
    )
    return {
        "id": work.id,
        **of_kind,
        "title": heading_of(work),
        "author": [_author(name) for name in authors_of(work)],
        "container-title": work.journal,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.pages,
        "number": None if is_article else number_of(work),
        "issued": _issued(work),
        "DOI": work.doi,
        "URL": work.url,
    }


def _day(day: date) -> dict[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _issued(work: Source | Publication) -> dict[str, Any] | None:
    parts = date_of(work)
    return {"date-parts": [parts]} if parts else None


def _author(name: Name) -> dict[str, str]:
    return name._asdict() if name.given else {"literal": name.family}
