"""The path of an import: checked file by file, read, recomputed, published."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.errors import DataError, SourceError, UsageError
from workatlas.stores import GraphKind, Subgraph, Writer

from ..load import refuse_replacing
from ..report import Contents, LoadReport
from .content import TODO, refuse_changed
from .formats import FORMATS
from .manifest import MANIFEST, ExportedGraph, Manifest, path_of, read_manifest
from .sums import SUMS, check_sums
from .tables import PLACES, local, schema_of


def import_graph(
    writer: Writer,
    folder: Path,
    *,
    now: str,
    built_at: Mapping[str, str] | None = None,
) -> LoadReport:
    """Publish what an export holds: all of it, and nothing else, or nothing.

    Every file is compared with its checksum, every graph with the hash that names it,
    and the relationships to studies with those that a load makes. So the store has the
    version of the export after it. Any format is read, the first that there is.

    Args:
        writer: the store; what it holds already must be in the export too.
        folder: what ``export_graph`` wrote.
        now: the time, ISO 8601 in UTC.
        built_at: when graphs were built, by their names, if that is to stay.

    Raises:
        SourceError: the folder is no export.
        DataError: it was damaged or changed; says in which file, line and column.
        UsageError: the store holds what the export does not, or something real that
            would be replaced by something invented.
        BusyError: a load is running.
        StoreError: the store is away, damaged or full.

    """
    manifest = _checked(folder)
    with writer.lock():
        before = writer.snapshot()
        _refuse_mixing(writer, manifest)
        refuse_replacing(writer, manifest.graphs)
        contents: list[Contents] = []
        times = built_at or {}
        graphs = _graphs(folder, manifest, contents)
        dated = (replace(graph, built_at=times.get(graph.id, "")) for graph in graphs)
        after = writer.publish(dated, now=now)
    return LoadReport(after.version, [c.report(before, after) for c in contents])


def _checked(folder: Path) -> Manifest:
    """Read the manifest, and compare every file with its checksum."""
    if not all((folder / name).is_file() for name in (MANIFEST, SUMS)):
        raise SourceError(
            f"This is no export: {MANIFEST} and {SUMS} are not both in it.",
            where=str(folder),
            todo="Give the folder that `workatlas export` wrote.",
        )
    manifest = read_manifest(folder)
    check_sums(folder, [MANIFEST, *manifest.files()])
    return manifest


def _refuse_mixing(writer: Writer, manifest: Manifest) -> None:
    """Refuse a store with other graphs: it would have another version afterwards."""
    kept = sorted(writer.snapshot().graphs.keys() - {g.id for g in manifest.graphs})
    if kept:
        raise UsageError(
            f"The store holds {', '.join(kept)}, which the export does not.",
            where=writer.address,
            todo="Import into another --store, or retire that first.",
        )


def _graphs(
    folder: Path, manifest: Manifest, contents: list[Contents]
) -> Iterator[Subgraph]:
    """Give the studies and crosswalks, then the releases, one after the other."""
    others: dict[str, Subgraph] = {}
    for exported in sorted(manifest.graphs, key=lambda g: g.kind is GraphKind.RELEASE):
        graph = _read(folder, exported, manifest.formats[0])
        refuse_changed(graph, others, manifest.formats[0])
        if graph.kind is not GraphKind.RELEASE:
            others[graph.id] = graph
        contents.append(Contents.of(graph))
        yield graph


def _read(folder: Path, exported: ExportedGraph, name: str) -> Subgraph:
    nodes: dict[str, pl.DataFrame] = {}
    edges: dict[EdgeKind, pl.DataFrame] = {}
    for place, rows in exported.tables.items():
        path, kind = path_of(exported.id, place, name), PLACES[place]
        table = FORMATS[name].read(folder / path, schema_of(place), path)
        if table.height != rows:
            raise DataError(
                f"It has {table.height:,} rows; {MANIFEST} says {rows:,}.",
                file=path,
                todo=TODO,
            )
        keyed = local(table, place, exported.id, path)
        if isinstance(kind, EdgeKind):
            edges[kind] = keyed
        else:
            nodes[kind] = keyed
    return exported.subgraph(nodes, edges)
