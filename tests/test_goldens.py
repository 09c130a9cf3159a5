"""Each shipped query has the plan, statements and answer kept here, on every store.

``pytest tests/test_goldens.py --update-goldens`` writes the expected answers anew.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import orjson

from workatlas.loaders.load import load
from workatlas.resolvers import Service
from workatlas.server.site.query import query_of

from .any_store import NOW, Store

FOLDER = Path(__file__).parent / "goldens"
SUGGEST = FOLDER.parent.parent / "ide" / "src" / "pages" / "suggest.graphql"
READ_AT = {"accessed": "2026-06-07", "url": "https://example.org/task/97"}
PAGES: Mapping[str, Mapping[str, Any]] = {
    "task": {"taskId": 97, **READ_AT},
    "occupation": {"code": "19-1017.00", **READ_AT},
    "activity": {"elementId": "4.A.4.a.3.I03", "within": "4.A.4.a.3.I03", **READ_AT},
    "search": {"query": "wetland ecolgist"},
}
"""The queries of the pages for readers, and what each is asked about."""


def variables_of(document: str) -> dict[str, object]:
    """Give the variables that the first line of a golden query names."""
    found: dict[str, object] = json.loads(
        document.splitlines()[0].removeprefix("# variables: ")
    )
    return found


async def test_every_store_gives_the_kept_bytes(
    store: Store, tmp_path: Path, *, update_goldens: bool
) -> None:
    """Plans, statements, answers and errors over the sample are the same everywhere."""
    with store.writer() as writer:
        load(writer, "sample", archive=tmp_path / "archive", now=NOW)
    # A server that is new takes its time to plan the first of so large statements.
    async with store.reader(60.0) as reader:
        await compare(Service(reader), update=update_goldens)


def shipped() -> Iterator[tuple[Path, str, Mapping[str, Any]]]:
    """Give each query with its variables, and where its answer is kept."""
    queries = sorted(FOLDER.glob("*.graphql"))
    assert queries
    for query in queries:
        document = query.read_text(encoding="utf-8")
        yield query.with_suffix(".json"), document, variables_of(document)
    for page, variables in PAGES.items():
        yield FOLDER / f"page_of_{page}.json", query_of(page), variables
    typed = SUGGEST.read_text(encoding="utf-8")
    yield FOLDER / "page_of_suggest.json", typed, {"query": "wetl"}


async def compare(service: Service, *, update: bool) -> None:
    """Answer every golden query, and compare or write what is kept."""
    for kept, document, variables in shipped():
        answer = await service.answer(document, variables)
        assert answer.body == (await service.reference(document, variables)).body
        # By now what describes the build is kept, and is not asked for again.
        again = await service.answer(document, variables, explain=True)
        plan = again.as_dict()["extensions"]["plan"]
        told = {
            "statements": plan.pop("statements"),
            "plan": plan,
            "answer": answer.as_dict(),
        }
        found = orjson.dumps(
            without_times(told), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        )
        if update:
            kept.write_bytes(found)
        assert found == kept.read_bytes(), kept.name


def without_times(told: Any) -> Any:
    """Give what was told without how long it took."""
    if isinstance(told, dict):
        items = cast("dict[str, Any]", told).items()
        return {name: without_times(value) for name, value in items if name != "ms"}
    if isinstance(told, list):
        return [without_times(value) for value in cast("list[Any]", told)]
    return told
