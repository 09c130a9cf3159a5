"""The path of a backup: exported aside, with its files and checksums, put in place."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from workatlas.errors import NotFoundError, SourceError, StoreError
from workatlas.stores import Snapshot, Writer
from workatlas.stores.checksum import file_sha256

from ..aside import aside, check_free, put
from ..export import export_graph
from ..export.manifest import path_of
from ..export.sums import write_sums
from .times import ARCHIVE, GRAPH, write_times

_FORMAT = "parquet"
_TRIES = 5
"""How often a backup begins anew because a load published something meanwhile."""


@dataclass(frozen=True)
class BackupReport:
    """What was backed up: the version of the graph, files and bytes, all together."""

    out: str
    version: str
    graphs: int
    files: int
    bytes: int

    def as_dict(self) -> dict[str, Any]:
        """Give the report as plain values."""
        return asdict(self)

    def lines(self) -> list[str]:
        """Give the report as lines of text."""
        size = f"{self.files:,} files, {self.bytes:,} bytes"
        return [f"{self.out}: version {self.version}, {self.graphs:,} graphs, {size}"]


def backup(writer: Writer, archive: Path, out: Path) -> BackupReport:
    """Write what is published, and each archived file that it names, or nothing.

    Requests and loads go on meanwhile; the backup is of one moment. It is on the disk,
    not only on its way there, before it gets its name.

    Args:
        writer: the store, of either kind.
        archive: the folder of source files.
        out: a folder that is empty or not there.

    Raises:
        UsageError: ``out`` is taken or cannot be written.
        NotFoundError: nothing is published.
        SourceError: an archived file is missing or damaged; says which.
        StoreError: the store is away or damaged, or loads came one after the other.

    """
    check_free(out)
    out = out.resolve()
    with aside(out) as folder:
        inside = folder / "backup"
        snapshot = _export(writer, inside / GRAPH)
        for sha256, name in sorted(set(_sources(inside / GRAPH))):
            _copy(archive, inside / ARCHIVE, sha256, name)
        built_at = {name: graph.built_at for name, graph in snapshot.graphs.items()}
        write_times(inside, built_at)
        write_sums(inside)
        sizes = [_settle(path) for path in inside.rglob("*")]
        put(inside, out)
        _settle(out.parent)
    files = [size for size in sizes if size]
    graphs = len(snapshot.graphs)
    return BackupReport(str(out), snapshot.version, graphs, len(files), sum(files))


def _export(writer: Writer, out: Path, tries: int = _TRIES) -> Snapshot:
    """Export all of one snapshot; of a later one if that is published meanwhile."""
    snapshot = writer.snapshot()
    try:
        export_graph(writer, out, version=snapshot.version, formats=[_FORMAT])
    except (StoreError, NotFoundError):
        if tries == 1 or writer.snapshot() == snapshot:
            raise
        return _export(writer, out, tries - 1)
    return snapshot


def _sources(graph: Path) -> Iterator[tuple[str, str]]:
    """Give sha256 and name of each file that something in the graph was read from."""
    for path in graph.glob(path_of("*", "nodes/SourceFile", _FORMAT)):
        yield from pl.read_parquet(path, columns=["sha256", "fileName"]).iter_rows()


def _copy(archive: Path, to: Path, sha256: str, name: str) -> None:
    (to / sha256).mkdir(parents=True, exist_ok=True)
    source, copy = archive / sha256 / name, to / sha256 / name
    try:
        shutil.copyfile(source, copy)
    except FileNotFoundError:
        found = None
    else:
        found = file_sha256(copy)
    if found != sha256:
        raise SourceError(
            f"The archive's copy is {'damaged' if found else 'missing'}.",
            where=str(source),
            todo="Correct --archive, or load that source again; `workatlas verify` "
            "lists all that is wrong.",
        )


def _settle(path: Path) -> int:
    """See to it that a file or folder is on the disk; give its size, of a folder 0."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
        return 0 if path.is_dir() else os.fstat(handle).st_size
    finally:
        os.close(handle)
