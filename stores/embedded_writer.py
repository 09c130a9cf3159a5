"""The loading face of the embedded store: build aside, check, switch."""

import time
import uuid
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from workatlas.errors import BusyError, NotFoundError, StoreError

from .checksum import file_sha256
from .embedded_build import build_graph, open_graph, read_edges, read_nodes
from .embedded_manifest import (
    MANIFEST,
    GraphFile,
    Manifest,
    read_manifest,
    write_manifest,
)
from .embedded_memory import kglite
from .embedded_tables import Tables, read_tables, write_tables
from .published import PublishedGraph, Snapshot
from .publishing import chosen
from .subgraph import Subgraph

UNDER_WAY = 600.0
"""Seconds after which no request can be under way any more that began before."""


class EmbeddedWriter:
    """Publishes graphs as files of one folder, a file a release or study.

    Beside each file is a copy of the tables that it was made of, for the next load. It
    may be missing or damaged: then the graph is read.

    The folder holds ``published.json`` and ``graphs/``. Nothing is ever overwritten:
    each publication has a file name of its own, and the list of published files is
    replaced in one step. Files of the publication before stay, so that requests under
    way can finish, until the next one, or until a load or retirement that begins more
    than ``UNDER_WAY`` seconds later. Older files go at the end of each.
    """

    def __init__(self, folder: Path) -> None:
        """Use a folder, which is made when it is written to first."""
        self.address = str(folder)
        self._folder = folder
        self._graphs = folder / "graphs"

    @contextmanager
    def lock(self) -> Generator[None]:
        """Be the only load of this folder, and clear away what a killed one left.

        Raises:
            BusyError: another load is running.
            StoreError: the folder cannot be written.

        """
        with self._acquired():
            with self._writing():
                self._forget()
                self._sweep()
            yield
            # What is published is published: a file that resists goes the next time.
            with suppress(OSError):
                self._sweep()

    def _acquired(self) -> AbstractContextManager[object]:
        """Acquire the lock; leaving the context lets go of it."""
        with self._writing():
            self._graphs.mkdir(parents=True, exist_ok=True)
            try:
                return FileLock(self._folder / "load.lock", timeout=1).acquire()
            except Timeout as error:  # which is an OSError
                raise BusyError(
                    "Another load is writing to this graph.",
                    where=self.address,
                    todo="Wait until it has ended, then load again.",
                ) from error

    @contextmanager
    def _writing(self) -> Generator[None]:
        """Turn the system's refusal to write into a StoreError."""
        try:
            yield
        except OSError as error:
            raise StoreError(
                f"The folder of the graph cannot be written ({error.strerror}).",
                where=self.address,
                todo="Check the rights and the free space, or give another --store.",
            ) from error

    def _forget(self) -> None:
        """Let go of the publication before when no request can be reading it."""
        manifest = read_manifest(self._folder)
        if manifest.previous and time.time() - self._switched() > UNDER_WAY:
            write_manifest(self._folder, Manifest(manifest.files, {}))

    def _switched(self) -> float:
        """Give the time at which the list of published files was replaced."""
        return (self._folder / MANIFEST).stat().st_mtime

    def _sweep(self) -> None:
        manifest = read_manifest(self._folder)
        entries = (*manifest.files.values(), *manifest.previous.values())
        kept = {name for entry in entries for name in (entry.file, entry.tables)}
        for path in self._graphs.iterdir():
            if path.name not in kept:
                path.unlink()

    def snapshot(self) -> Snapshot:
        """Give what is published now."""
        return read_manifest(self._folder).snapshot

    def read(self, graph_id: str) -> Subgraph:
        """Give a published graph back as tables, sorted by key, out of its file.

        Raises:
            NotFoundError: no such graph is published.
            StoreError: its file is gone or damaged.

        """
        entry = self._published(graph_id)
        return _subgraph(entry, self._out_of_graph(entry))

    def tables(self, graph_id: str) -> Subgraph:
        """Give the tables that a graph was published from; raises as ``read`` does.

        They are read from their copy if it is whole, else as ``read`` does.
        """
        entry = self._published(graph_id)
        copied = read_tables(self._graphs / entry.tables, entry.tables_sha256)
        return _subgraph(entry, copied or self._out_of_graph(entry))

    def _published(self, graph_id: str) -> GraphFile:
        entry = read_manifest(self._folder).files.get(graph_id)
        if entry is None:
            raise NotFoundError(
                f"{graph_id} is not in the graph.",
                where=self.address,
                todo="`workatlas status` lists what is loaded.",
            )
        return entry

    def _out_of_graph(self, entry: GraphFile) -> Tables:
        graph = open_graph(self._graphs / entry.file, entry.sha256)
        prefix = entry.graph.prefix
        return dict(read_nodes(graph, prefix)), dict(read_edges(graph, prefix))

    def publish(
        self, changed: Iterable[Subgraph], *, removed: Sequence[str] = (), now: str
    ) -> Snapshot:
        """Write the changed graphs to new files, then switch to all of them at once.

        A graph whose content is published already is left as it is. A study is written
        by a thread of its own, beside the first release that it is joined to.

        Raises:
            StoreError: a table is not sound, or the disk is full; nothing is switched.

        """
        before = read_manifest(self._folder)
        with ThreadPoolExecutor(max_workers=1) as beside:
            files = chosen(
                before.files,
                changed,
                removed,
                holds=self._holds,
                write=partial(self._write, now=now),
                beside=beside,
            )
        if files == before.files:
            return before.snapshot
        after = Manifest(files, before.files)
        with self._writing():
            write_manifest(self._folder, after)
        return after.snapshot

    def _holds(self, known: GraphFile, subgraph: Subgraph) -> bool:
        """Tell whether the published files are this content, and undamaged."""
        files = ((known.file, known.sha256), (known.tables, known.tables_sha256))
        try:
            return known.fingerprint == subgraph.fingerprint and all(
                file_sha256(self._graphs / name) == sha256 for name, sha256 in files
            )
        except OSError:  # gone, or damaged so that it cannot be read
            return False

    def _write(self, subgraph: Subgraph, now: str) -> GraphFile:
        graph = PublishedGraph.of(subgraph, now)
        stem = f"{graph.prefix}-{uuid.uuid4().hex[:8]}"
        path, copy = self._graphs / f"{stem}.kgl", self._graphs / f"{stem}.tables"
        try:
            with self._writing(), ThreadPoolExecutor(max_workers=1) as beside:
                checking = beside.submit(subgraph.check)
                copying = beside.submit(write_tables, subgraph, copy)
                try:
                    build_graph(subgraph, graph.prefix).save(str(path))
                finally:
                    checking.result()  # says better what is wrong
                copying.result()
                return GraphFile(
                    graph,
                    subgraph.fingerprint,
                    file=path.name,
                    sha256=file_sha256(path),
                    bytes=path.stat().st_size,
                    tables=copy.name,
                    tables_sha256=file_sha256(copy),
                )
        except kglite.KgError as error:
            raise StoreError(
                f"The graph's file could not be written ({error}).",
                where=self.address,
                todo="Check the free space; nothing was switched, so load again.",
            ) from error

    def close(self) -> None:
        """Nothing is held open between calls."""


def _subgraph(entry: GraphFile, tables: Tables) -> Subgraph:
    nodes, edges = tables
    return Subgraph(
        id=entry.graph.id,
        kind=entry.graph.kind,
        published=entry.graph.published,
        synthetic=entry.graph.synthetic,
        fingerprint=entry.fingerprint,
        nodes=nodes,
        edges=edges,
    )
