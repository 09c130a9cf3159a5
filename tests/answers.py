"""What tests do with answers over small graphs: serve, ask, look at data or errors."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import workatlas
from workatlas.loaders.load import load
from workatlas.resolvers import Answer, Service
from workatlas.stores import Subgraph, open_reader, open_writer

from .made_once import made_once
from .mini import release

NOW = "2026-01-02T03:04:05Z"
SAMPLE = Path(workatlas.__file__).parent / "loaders" / "sample"


def serve(folder: Path, *graphs: Subgraph) -> Service:
    """Publish graphs in a folder and serve them."""
    writer = open_writer(str(folder))
    with writer.lock():
        writer.publish(graphs, now=NOW)
    return Service(open_reader(str(folder)))


def serve_two(folder: Path) -> Service:
    """Serve two releases, the older one without its ratings."""
    older = release("0.9", coverage="ABSENT", published="2024-11")
    return serve(folder, release(), older)


@pytest.fixture(scope="session")
def sample_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an embedded store with the bundled sample; do not change it."""

    def make(folder: Path) -> None:
        writer = open_writer(str(folder / "graph"))
        load(writer, "sample", archive=folder / "archive", now=NOW)

    return made_once(tmp_path_factory, "sample-graph", make) / "graph"


def serve_sample(graph: Path) -> Service:
    """Serve the bundled sample with its invented labels, as if nobody had before."""
    return Service(open_reader(str(graph)))


def serve_loaded(
    folder: Path,
    *sources: tuple[str, Path],
    partial: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
) -> Service:
    """Load sources, each from its place; of the last one without files, or in part."""
    writer = open_writer(str(folder / "graph"))
    for source, place in sources:
        load(
            writer,
            source,
            archive=folder / "archive",
            now=NOW,
            origin=str(place),
            partial=partial if source == sources[-1][0] else (),
            without=without if source == sources[-1][0] else (),
        )
    return Service(open_reader(str(folder / "graph")))


async def ask(service: Service, document: str, **variables: Any) -> Mapping[str, Any]:
    """Give the data of an answer without errors."""
    body = (await service.answer(document, variables)).as_dict()
    assert "errors" not in body, body["errors"]
    data: Mapping[str, Any] = body["data"]
    return data


def errors(answer: Answer) -> list[tuple[list[str | int] | None, str]]:
    """Give path and code of each error of an answer."""
    found = answer.as_dict().get("errors", [])
    return [(e.get("path"), e["extensions"]["code"]) for e in found]
