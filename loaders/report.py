"""What a load did, for a person and for a program."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from workatlas.stores import GraphKind, Snapshot, Subgraph, node_schema

_FILE_FACTS = ("fileName", "coverage", "rows", "licenceTitle")
_NO_JOINS = pl.DataFrame(schema=node_schema("JoinCount"))


@dataclass(frozen=True)
class FileReport:
    """A file that was read (rows without the header), or that is absent on request.

    ``licence`` is null where its publisher states none.
    """

    name: str
    coverage: str
    rows: int | None
    licence: str | None


@dataclass(frozen=True)
class JoinReport:
    """What happened to so many rows of a study's file in a release.

    Without a file something of the release is counted.
    """

    study: str
    file: str | None
    reason: str
    rows: int


@dataclass(frozen=True)
class GraphReport:
    """One graph that the load published, or found published already."""

    id: str
    build: str
    changed: bool
    synthetic: bool
    files: Sequence[FileReport]
    joins: Sequence[JoinReport]


@dataclass(frozen=True)
class LoadReport:
    """Everything that a load did; ``version`` is the graph's after it."""

    version: str
    graphs: Sequence[GraphReport]

    def as_dict(self) -> dict[str, Any]:
        """Give the report as plain values."""
        return asdict(self)

    def lines(self) -> list[str]:
        """Give the report as lines of text."""
        return [line for graph in self.graphs for line in _lines(graph)]


@dataclass(frozen=True)
class Contents:
    """What a graph was made of, noted before its tables are let go."""

    id: str
    files: Sequence[FileReport]
    joins: Sequence[JoinReport]

    @classmethod
    def of(cls, subgraph: Subgraph) -> "Contents":
        """Note the files and joins; the files of joined studies count with those."""
        files = subgraph.nodes["SourceFile"].sort("key")
        if subgraph.kind is GraphKind.RELEASE:
            files = files.filter(files["key"].str.count_matches("/") == 1)
        joins = subgraph.nodes.get("JoinCount", _NO_JOINS).sort(
            "study", "fileName", "reason", nulls_last=True
        )
        return cls(
            id=subgraph.id,
            files=[
                FileReport(*facts) for facts in files.select(_FILE_FACTS).iter_rows()
            ],
            joins=[
                JoinReport(row["study"], row["fileName"], row["reason"], row["rows"])
                for row in joins.iter_rows(named=True)
            ],
        )

    def report(self, before: Snapshot, after: Snapshot) -> GraphReport:
        """Say how the graph was published."""
        graph, known = after.graphs[self.id], before.graphs.get(self.id)
        return GraphReport(
            id=graph.id,
            build=graph.build,
            changed=known is None or known.build != graph.build,
            synthetic=graph.synthetic,
            files=self.files,
            joins=self.joins,
        )


def _lines(graph: GraphReport) -> list[str]:
    state = "published" if graph.changed else "nothing changed"
    invented = ", invented" if graph.synthetic else ""
    return [
        f"{graph.id}: {state} (build {graph.build}{invented})",
        *(f"  {f.name}: {_extent(f)}" for f in graph.files),
        *(f"  {_counted(j)}" for j in graph.joins if j.rows),
    ]


def _counted(join: JoinReport) -> str:
    place = f" in {join.file}" if join.file else ""
    return f"{join.study}: {join.rows:,} {join.reason}{place}"


def _extent(file: FileReport) -> str:
    if file.rows is None:
        return "absent, as asked for"
    part = ", a part of the file" if file.coverage == "PART" else ""
    licence = "" if file.licence else ", its publisher states no licence"
    return f"{file.rows:,} rows{part}{licence}"
