"""The file ``export.json``: which graphs an export holds, and what each is named by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import orjson
import polars as pl
from pydantic import Field, TypeAdapter, ValidationError

from workatlas.cypher import EdgeKind
from workatlas.errors import DataError
from workatlas.stores import GraphKind, PublishedGraph, Snapshot, Subgraph

from .formats import FORMATS
from .tables import PLACES

MANIFEST = "export.json"
FORMAT = 1
"""To be raised when an export is laid out otherwise than before."""

_Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$")]
"""A graph's name is a folder's too, and leads nowhere else."""


@dataclass(frozen=True)
class ExportedGraph:
    """A graph of an export: what a store publishes it as, and the rows of its tables.

    ``fingerprint`` is a sha256 over its content, and ``build`` begins like it.
    """

    id: _Identifier
    kind: GraphKind
    build: str
    published: str
    synthetic: bool
    fingerprint: str
    tables: Mapping[str, int]

    @classmethod
    def of(cls, graph: Subgraph, tables: Mapping[str, int]) -> "ExportedGraph":
        """Describe a graph with so many rows in each table."""
        return cls(
            id=graph.id,
            kind=graph.kind,
            build=PublishedGraph.of(graph, "").build,
            published=graph.published,
            synthetic=graph.synthetic,
            fingerprint=graph.fingerprint,
            tables=tables,
        )

    def count(self, kind: type) -> int:
        """Count the nodes (``str``) or the relationships (``EdgeKind``)."""
        tables = self.tables.items()
        return sum(rows for place, rows in tables if isinstance(PLACES[place], kind))

    def subgraph(
        self,
        nodes: Mapping[str, pl.DataFrame],
        edges: Mapping[EdgeKind, pl.DataFrame],
    ) -> Subgraph:
        """Give the graph with these tables."""
        return Subgraph(
            id=self.id,
            kind=self.kind,
            published=self.published,
            synthetic=self.synthetic,
            fingerprint=self.fingerprint,
            nodes=nodes,
            edges=edges,
        )


@dataclass(frozen=True)
class Manifest:
    """What an export holds.

    ``version`` is that of a graph with exactly this content; ``published_version`` that
    of the graph it was taken from, another one if only a release was taken.
    """

    format: int
    version: str
    published_version: str
    formats: Sequence[str]
    graphs: Sequence[ExportedGraph]

    @classmethod
    def of(
        cls,
        graphs: Sequence[ExportedGraph],
        published_version: str,
        formats: Sequence[str],
    ) -> "Manifest":
        """Describe an export of these graphs."""
        return cls(FORMAT, version_of(graphs), published_version, formats, graphs)

    def files(self) -> list[str]:
        """Give the path of every table in every format."""
        return [
            path_of(graph.id, place, name)
            for name in self.formats
            for graph in self.graphs
            for place in graph.tables
        ]


_ADAPTER = TypeAdapter(Manifest)


def path_of(graph: str, place: str, name: str) -> str:
    """Give the path of a table: ``parquet/onet-29.2/nodes/Task.parquet``."""
    return f"{name}/{graph}/{place}.{name}"


def version_of(graphs: Sequence[ExportedGraph]) -> str:
    """Name the content of the graphs, as the store does that holds no others."""
    there = (PublishedGraph.of(graph.subgraph({}, {}), "") for graph in graphs)
    return Snapshot({graph.id: graph for graph in there}).version


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write ``export.json``."""
    text = orjson.dumps(manifest, option=orjson.OPT_INDENT_2)
    (folder / MANIFEST).write_bytes(text + b"\n")


def read_manifest(folder: Path) -> Manifest:
    """Read ``export.json``.

    Raises:
        DataError: it is damaged, of another version of this program, or names what
            this one does not know; says where.

    """
    try:
        manifest = _ADAPTER.validate_json((folder / MANIFEST).read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise DataError(
            f"{first['msg']}.", file=MANIFEST, column=place or None, todo=_TODO
        ) from error
    if manifest.format != FORMAT:
        raise _other(f"It has format {manifest.format}, this version reads {FORMAT}.")
    named = {*manifest.formats, *(p for g in manifest.graphs for p in g.tables)}
    unknown = sorted(named - FORMATS.keys() - PLACES.keys())
    if unknown or not manifest.formats:
        what = unknown[0] if unknown else "an export without a format"
        raise _other(f"This version does not know {what}.")
    if manifest.version != version_of(manifest.graphs):
        raise _other(f"{manifest.version} is not the version of its graphs.")
    return manifest


_TODO = "Import with the version of WorkAtlas that exported it, or export it again."


def _other(what: str) -> DataError:
    return DataError(what, file=MANIFEST, todo=_TODO)
