"""The serving face of the embedded store: frozen graphs, opened when first asked."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from workatlas.errors import StoreError

from .base import ROW_LIMIT, Row
from .embedded_manifest import MANIFEST, Manifest, read_manifest
from .embedded_memory import kglite
from .embedded_open import OPEN_BYTES, OpenGraphs
from .published import Snapshot
from .threads import in_thread

WORK_LIMIT = 1_000_000
"""How much work a statement may do; twice that takes the memory of a small machine."""
QUICK_WORK = 700
"""How much work is done while the event loop waits: at 1.5 µs a unit, a millisecond."""
_KNOWN_TEXTS = 1000
_LEFT_TO_THREADS = 200
"""How often a text that was too much work goes to a thread at once before it is tried
again: what was done of it until then is lost."""


_Stamp = tuple[int, int, int]


class _TooMuchError(Exception):
    """A statement is more work than may be done while the event loop waits."""


class EmbeddedReader:
    """Reads the published files of a folder; any number of processes may.

    A file is opened when a request needs it and checked against its sha256. It is let
    go when it is neither published nor the one published before, or to make room.
    """

    def __init__(
        self, folder: Path, *, timeout: float = 5.0, open_bytes: int = OPEN_BYTES
    ) -> None:
        """Use a folder; a statement may take ``timeout`` seconds.

        At most ``open_bytes`` of graph files are open at once, or a single one.
        """
        self.address = str(folder)
        self._folder = folder
        self._timeout_ms = int(timeout * 1000)
        # Texts that are planned, and how often each still goes to a thread.
        self._known: dict[str, int] = {}
        self._list = folder / MANIFEST
        self._published: tuple[_Stamp | None, Manifest] = (None, Manifest({}, {}))
        self._open = OpenGraphs(folder / "graphs", open_bytes)

    async def snapshot(self) -> Snapshot:
        """Give what is published now; one look at the file's date when unchanged."""
        return self._current().snapshot

    def _current(self) -> Manifest:
        stamp = _stamp(self._list)
        known, manifest = self._published
        if stamp is not None and stamp == known:
            return manifest
        # Read as it was at the stamp or later: then the next look reads it again.
        manifest = read_manifest(self._folder)
        self._published = stamp, manifest
        kept = (manifest.files, manifest.previous)
        self._open.keep({e.graph.prefix for side in kept for e in side.values()})
        return manifest

    async def fetch(
        self, prefix: str, statement: str, parameters: Mapping[str, Any]
    ) -> list[Row]:
        """Run a read statement in the file of a build.

        What is more than a little work is done in a thread of its own, and so is a
        text that the store has not planned yet. A thread cannot be stopped: when a
        request is given up, its statement ends at its own end or by the time limit.

        Raises:
            StoreError: the file is damaged or gone, the statement took too long, gave
                more than ``ROW_LIMIT`` rows, or is not one that the store can run.

        """
        graph = self._open.get(prefix)
        if graph is None:
            graph = await self._open.open(self._current().by_prefix(prefix))
        waits = self._known.get(statement)
        if waits is not None:
            if waits == 0:
                with suppress(_TooMuchError):
                    return self._run(graph, prefix, statement, parameters, QUICK_WORK)
            self._known[statement] = waits - 1 if waits else _LEFT_TO_THREADS
        rows = await in_thread(
            self._run, graph, prefix, statement, parameters, WORK_LIMIT
        )
        if len(self._known) >= _KNOWN_TEXTS:
            self._known.clear()
        self._known.setdefault(statement, 0)
        return rows

    def _run(
        self,
        graph: kglite.FrozenGraph,
        prefix: str,
        statement: str,
        parameters: Mapping[str, Any],
        work: int,
    ) -> list[Row]:
        try:
            view = graph.cypher(
                statement,
                params=dict(parameters),
                timeout_ms=self._timeout_ms,
                max_work_units=work,
                row_limit=ROW_LIMIT + 1,
            )
        except kglite.KgError as error:
            if work == QUICK_WORK and "max_work_units" in str(error):
                raise _TooMuchError from error
            raise StoreError(
                f"The embedded store could not run a statement ({error.code}).",
                where=prefix,
                todo="Ask for less at once; if that does not help, report it.",
            ) from error
        rows: list[Row] = [list(row.values()) for row in view.to_list()]
        if len(rows) > ROW_LIMIT:
            raise StoreError(
                f"A statement gave more than {ROW_LIMIT} rows.",
                where=prefix,
                todo="Ask for less at once.",
            )
        return rows

    async def close(self) -> None:
        """Let go of all files."""
        self._open.keep(())


def _stamp(path: Path) -> _Stamp | None:
    """Tell one state of a file from another; None if it cannot be looked at."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_ino, stat.st_size
