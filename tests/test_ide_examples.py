"""The examples of the IDE, each asked of the sample and of the real release."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import pytest
from graphql import GraphQLObjectType, build_schema

from workatlas.resolvers import Service
from workatlas.schema import sdl
from workatlas.stores import open_reader

FOLDER = Path(__file__).parent.parent / "ide" / "examples"
EXAMPLES = sorted(FOLDER.glob("*.graphql"))
by_name = pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)


def asked(example: Path, version: str) -> tuple[str, dict[str, Any]]:
    """Give an example's document, and variables as the IDE chooses them."""
    known = json.loads(example.with_suffix(".json").read_text(encoding="utf-8"))
    return example.read_text("utf-8"), known.get(version, known["default"])


async def answer(store: Path, example: Path, version: str) -> dict[str, Any]:
    """Ask an example as the IDE would where a release of that version is the newest."""
    document, variables = asked(example, version)
    service = Service(open_reader(str(store)))
    return (await service.answer(document, variables)).as_dict()


def values(data: Any) -> Iterator[Any]:
    """Give every value that is no object or list."""
    if isinstance(data, Mapping):
        data = list(cast("Mapping[str, Any]", data).values())
    if isinstance(data, list):
        for item in cast("list[Any]", data):
            yield from values(item)
    else:
        yield data


def test_every_use_case_has_one() -> None:
    """The panel has an example for each use, with a title and what it shows."""
    titles = [path.read_text(encoding="utf-8").splitlines()[0] for path in EXAMPLES]
    assert titles == [
        "# A task page",
        "# Compare raters",
        "# An occupation and its tasks",
        "# Related tasks",
        "# Where a figure comes from",
        "# A release and its files",
        "# Where raters disagree",
        "# Cite what was used",
        "# Recompute a figure",
        "# A task over releases",
    ]


@by_name
async def test_over_the_sample(example: Path, sample_graph: Path) -> None:
    """Each example is answered from the invented sample, with something in it."""
    told = await answer(sample_graph, example, "sample")
    assert "errors" not in told
    assert [value for value in values(told["data"]) if value is not None]
    assert "onet-sample" in [source["id"] for source in told["extensions"]["sources"]]


@by_name
async def test_over_the_real_release(example: Path, real_store: Path) -> None:
    """Each example is answered from the real release, with something in it."""
    told = await answer(real_store, example, "29.2")
    assert "errors" not in told
    assert [value for value in values(told["data"]) if value is not None]
    assert "onet-29.2" in [source["id"] for source in told["extensions"]["sources"]]


def test_places_are_known_by_their_fields() -> None:
    """The provenance panel finds places by these fields, which no other type has."""
    telling = {"file", "line", "column"}
    types = build_schema(sdl()).type_map.values()
    having = {
        known.name
        for known in types
        if isinstance(known, GraphQLObjectType) and telling & set(known.fields)
    }
    assert having == {"Provenance"}
