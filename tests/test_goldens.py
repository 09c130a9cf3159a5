"""Each shipped query gives the same bytes on every store, and those kept here.

``pytest tests/test_goldens.py --update-goldens`` writes the expected answers anew.
"""

import json
from pathlib import Path

import orjson

from workatlas.loaders.load import load
from workatlas.resolvers import Service

from .any_store import NOW, Store

FOLDER = Path(__file__).parent / "goldens"


def variables_of(document: str) -> dict[str, object]:
    """Give the variables that the first line of a golden query names."""
    found: dict[str, object] = json.loads(
        document.splitlines()[0].removeprefix("# variables: ")
    )
    return found


async def test_every_store_gives_the_kept_bytes(
    store: Store, tmp_path: Path, *, update_goldens: bool
) -> None:
    """Answers, errors and statements over the sample are the same everywhere."""
    with store.writer() as writer:
        load(writer, "sample", archive=tmp_path / "archive", now=NOW)
    async with store.reader() as reader:
        await compare(Service(reader), update=update_goldens)


async def compare(service: Service, *, update: bool) -> None:
    """Answer every golden query, and compare or write what is kept."""
    queries = sorted(FOLDER.glob("*.graphql"))
    assert queries
    for query in queries:
        document = query.read_text(encoding="utf-8")
        answer = await service.answer(document, variables_of(document))
        # Which keys share a batch may depend on which statement ends first.
        names = sorted({name for name, _ in answer.statements})
        found = orjson.dumps(
            {"statements": names, "answer": answer.as_dict()},
            option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE,
        )
        kept = query.with_suffix(".json")
        if update:
            kept.write_bytes(found)
        assert found == kept.read_bytes(), query.name
