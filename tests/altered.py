"""A loaded graph that tests of `verify` alter in one place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import polars as pl
import pytest

from workatlas.cypher import EdgeKind
from workatlas.loaders.findings import VerifyReport
from workatlas.loaders.generate import generate
from workatlas.loaders.load import load
from workatlas.loaders.verify import verify
from workatlas.stores import Snapshot, Subgraph, Writer, open_writer

from .made_once import made_once
from .studied import studied

NOW = "2026-01-02T03:04:05Z"
RELEASE = "onet-29.2"
Graphs = dict[str, Subgraph]


def filled(folder: Path, layout: str) -> tuple[Writer, Path]:
    """Generate and load a release with labels."""
    out = folder / "written"
    generate(out, occupations=3, tasks=12, seed=3, layout=layout)
    writer, archive = open_writer(str(folder / "graph")), folder / "archive"
    for source, origin in (("onet@29.2", out), ("gpts-are-gpts", out / "exposure")):
        load(writer, source, archive=archive, now=NOW, origin=str(origin))
    return writer, archive


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Snapshot, Graphs, Path]:
    """Give what is published of a release with every study, and its archive."""

    def make(folder: Path) -> None:
        writer = open_writer(str(folder / "graph"))
        with writer.lock():
            writer.publish(studied(folder), now=NOW)

    folder = made_once(tmp_path_factory, "kept", make)
    writer = open_writer(str(folder / "graph"))
    now = writer.snapshot()
    graphs = {graph_id: writer.read(graph_id) for graph_id in now.graphs}
    return now, graphs, folder / "archive"


@dataclass
class Altered:
    """Stands for a store whose graphs were written wrongly."""

    now: Snapshot
    right: Graphs
    archive: Path
    graphs: Graphs = field(init=False)

    def __post_init__(self) -> None:
        """Begin with what is right."""
        self.graphs = dict(self.right)

    def snapshot(self) -> Snapshot:
        """Tell what is published, of what was altered."""
        changed = {
            name: graph
            for name, graph in self.now.graphs.items()
            if self.graphs[name] is not self.right[name]
        }
        return replace(self.now, graphs=changed)

    def read(self, graph_id: str) -> Subgraph:
        """Give a graph."""
        return self.graphs[graph_id]

    @property
    def release(self) -> Subgraph:
        """The release."""
        return self.graphs[RELEASE]

    def nodes(self, label: str, change: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
        """Change the release's nodes of a label."""
        nodes = {**self.release.nodes, label: change(self.release.nodes[label])}
        self.graphs[RELEASE] = replace(self.release, nodes=nodes)

    def edges(self, edges: Mapping[EdgeKind, pl.DataFrame]) -> None:
        """Give the release other relationships."""
        self.graphs[RELEASE] = replace(self.release, edges=edges)

    def verify(self) -> VerifyReport:
        """Verify the altered graphs."""
        return verify(cast("Writer", self), self.archive)


@pytest.fixture
def altered(kept: tuple[Snapshot, Graphs, Path]) -> Altered:
    """Give published graphs of which a test may alter one."""
    now, graphs, archive = kept
    return Altered(now, graphs, archive)


def changed(
    graph: Subgraph, label: str, change: Callable[[pl.DataFrame], pl.DataFrame]
) -> Subgraph:
    """Give a graph with other nodes of a label, to be published as a new one."""
    nodes = {**graph.nodes, label: change(graph.nodes[label])}
    return replace(graph, nodes=nodes, fingerprint="0" * 64)


def first(column: str, value: Any) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """Put a value into the first row that has one in a column."""

    def change(nodes: pl.DataFrame) -> pl.DataFrame:
        cells = nodes[column].to_list()
        cells[next(i for i, cell in enumerate(cells) if cell is not None)] = value
        return nodes.with_columns(pl.Series(column, cells, nodes.schema[column]))

    return change
