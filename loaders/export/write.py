"""The path of an export: read, written aside, described, put in its place."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.errors import NotFoundError
from workatlas.stores import Snapshot, Subgraph, Writer
from workatlas.stores.checksum import file_sha256

from ..aside import aside, check_free, put
from ..join import joined_to
from ..pinned import tables_pinned
from .attribution import attribution
from .croissant import CROISSANT, croissant
from .dcat import DCAT, dcat
from .description import ATTRIBUTION, About, Description, File
from .formats import FORMATS, Format, chosen_formats
from .manifest import ExportedGraph, Manifest, path_of, write_manifest
from .sums import write_sums
from .tables import tables_of

ALL = "all"


@dataclass(frozen=True)
class GraphReport:
    """A graph of an export, with how many nodes and relationships it has."""

    id: str
    build: str
    synthetic: bool
    nodes: int
    relationships: int


@dataclass(frozen=True)
class ExportReport:
    """What was exported; of its versions ``Manifest`` tells, ``bytes`` are tables'."""

    out: str
    version: str
    published_version: str
    formats: Sequence[str]
    files: int
    bytes: int
    graphs: Sequence[GraphReport]

    def as_dict(self) -> dict[str, Any]:
        """Give the report as plain values."""
        return asdict(self)

    def lines(self) -> list[str]:
        """Give the report as lines of text."""
        part = f", of version {self.published_version}"
        of = part if self.published_version != self.version else ""
        return [
            f"{self.out}: version {self.version}{of} ({', '.join(self.formats)})",
            *(
                f"  {g.id}: build {g.build}{', invented' if g.synthetic else ''}, "
                f"{g.nodes:,} nodes, {g.relationships:,} relationships"
                for g in self.graphs
            ),
            f"  {self.files:,} files of tables, {self.bytes:,} bytes",
        ]


def export_graph(
    writer: Writer,
    out: Path,
    *,
    release: str = ALL,
    version: str | None = None,
    formats: Sequence[str] = tuple(FORMATS),
) -> ExportReport:
    """Write every node and relationship of the published graph, or nothing.

    What is published is written as it is at this moment: a load meanwhile is an error.
    The same version gives the same bytes, from either store. One graph at a time is in
    memory.

    Args:
        writer: the store.
        out: a folder that is empty or not there.
        release: ``all``, or one release, ``onet-29.2`` or ``onet@29.2``, with the
            studies that are joined to it; ``latest`` is the newest.
        version: the version that the published graph must have.
        formats: names of ``FORMATS``.

    Raises:
        UsageError: an unknown format; ``out`` is taken or cannot be written.
        NotFoundError: nothing, or no such release or version, is published.
        StoreError: the store is away or damaged, or was loaded meanwhile.

    """
    chosen = chosen_formats(formats)
    check_free(out)
    snapshot = writer.snapshot()
    _check_version(writer, snapshot, version)
    out = out.resolve()
    with aside(out) as folder:
        inside = folder / "export"
        inside.mkdir()
        described = _write(_graphs(writer, snapshot, release), inside, snapshot, chosen)
        _describe(described, inside)
        put(inside, out)
    return _report(out, described)


def _check_version(writer: Writer, snapshot: Snapshot, asked: str | None) -> None:
    if not snapshot.graphs:
        raise NotFoundError(
            "There is nothing to export: no graph is loaded.",
            where=writer.address,
            todo="Load something, or correct --store or WORKATLAS_STORE.",
        )
    if asked not in (None, snapshot.version):
        raise NotFoundError(
            f"The published graph has version {snapshot.version}, not {asked}.",
            where=writer.address,
            todo="Export that one by leaving --version out, or load what is missing; "
            "`workatlas status` tells version and builds.",
        )


def _graphs(writer: Writer, snapshot: Snapshot, release: str) -> Iterator[Subgraph]:
    """Read what is asked for, one graph after the other."""
    if release == ALL:
        names = sorted(snapshot.graphs)
    else:
        graph = tables_pinned(writer, snapshot.release(release.replace("@", "-", 1)))
        names = joined_to(graph)
        yield graph
        del graph
    for name in names:
        yield tables_pinned(writer, snapshot.graphs[name])


def _write(
    graphs: Iterator[Subgraph],
    folder: Path,
    snapshot: Snapshot,
    formats: Sequence[Format],
) -> Description:
    """Write the tables of each graph in each format, and note what there is to say."""
    exported: dict[str, ExportedGraph] = {}
    about: dict[str, About] = {}
    files: list[File] = []
    for graph in graphs:
        tables: dict[str, int] = {}
        for place, table in tables_of(graph):
            tables[place] = table.height
            for known in formats:
                path = path_of(graph.id, place, known.name)
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                _put_down(table, known, folder / path)
                files.append(_file(folder, path, known, graph.id, place))
        exported[graph.id] = ExportedGraph.of(graph, tables)
        about[graph.id] = About.of(graph)
        del graph  # before the next one is read
    ordered = [exported[name] for name in sorted(exported)]
    names = [known.name for known in formats]
    return Description(Manifest.of(ordered, snapshot.version, names), files, about)


def _put_down(table: pl.DataFrame, known: Format, path: Path) -> None:
    """Write a table; a disk that takes no more is an OSError, whoever tells of it."""
    try:
        known.write(table, path)
    except pl.exceptions.PolarsError as error:
        raise OSError(0, str(error)) from error


def _file(folder: Path, path: str, known: Format, graph: str, place: str) -> File:
    written = folder / path
    size = written.stat().st_size
    return File(path, known.name, file_sha256(written), size, graph, place)


def _describe(export: Description, folder: Path) -> None:
    """Write what is beside the tables; the checksums last, of all that is there."""
    write_manifest(folder, export.manifest)
    for name, document in ((CROISSANT, croissant(export)), (DCAT, dcat(export))):
        text = orjson.dumps(document, option=orjson.OPT_INDENT_2)
        (folder / name).write_bytes(text + b"\n")
    (folder / ATTRIBUTION).write_bytes(attribution(export).encode())
    write_sums(folder)


def _report(out: Path, export: Description) -> ExportReport:
    manifest = export.manifest
    return ExportReport(
        out=str(out),
        version=manifest.version,
        published_version=manifest.published_version,
        formats=manifest.formats,
        files=len(export.files),
        bytes=sum(file.bytes for file in export.files),
        graphs=[
            GraphReport(
                id=graph.id,
                build=graph.build,
                synthetic=graph.synthetic,
                nodes=graph.count(str),
                relationships=graph.count(EdgeKind),
            )
            for graph in manifest.graphs
        ],
    )
