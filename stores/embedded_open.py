"""The graph files that are open: those used last, up to a limit in bytes."""

import asyncio
from collections import OrderedDict
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import NamedTuple

from workatlas.cypher import keyed_labels, load_catalogue

from .embedded_build import open_graph
from .embedded_manifest import GraphFile
from .embedded_memory import kglite
from .threads import in_thread

OPEN_BYTES = 3 * 2**30
"""Bytes of graph files that are open at once, unless another limit is given."""


@cache
def _keyed() -> frozenset[str]:
    """Give the labels that need an index: one of all nodes would take twice as much."""
    return keyed_labels(load_catalogue())


class _Open(NamedTuple):
    """An open graph, and the bytes of its file: it takes less memory than that."""

    graph: kglite.FrozenGraph
    bytes: int


class OpenGraphs:
    """Opens each file once for all who wait, and closes those used longest ago.

    For one event loop at a time: what another one began is begun anew. Files are
    opened in a thread, one at a time, so that what is open is answered meanwhile.
    Whoever reads a graph keeps it until they are done; one that is larger than the
    limit is open alone.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        """Open files of a folder, at most ``limit`` bytes of them at once."""
        self._folder = folder
        self._limit = limit
        self._graphs: OrderedDict[str, _Open] = OrderedDict()
        self._opening: dict[str, asyncio.Task[kglite.FrozenGraph]] = {}
        self._turn = asyncio.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def get(self, prefix: str) -> kglite.FrozenGraph | None:
        """Give a graph by the prefix of its keys, if it is open."""
        found = self._graphs.get(prefix)
        if found is None:
            return None
        self._graphs.move_to_end(prefix)
        return found.graph

    async def open(self, entry: GraphFile) -> kglite.FrozenGraph:
        """Give a graph when its file is open; whoever leaves, others still get it.

        Raises:
            StoreError: the file is gone, damaged, or not the one that was published.

        """
        prefix, loop = entry.graph.prefix, asyncio.get_running_loop()
        if loop is not self._loop:
            # A lock that a loop left taken behind would never be free.
            self._loop, self._turn, self._opening = loop, asyncio.Lock(), {}
        opening = self._opening.get(prefix)
        if opening is None:
            opening = asyncio.create_task(self._open(entry))
            self._opening[prefix] = opening
        return await asyncio.shield(opening)

    async def _open(self, entry: GraphFile) -> kglite.FrozenGraph:
        prefix = entry.graph.prefix
        try:
            async with self._turn:
                closed = self._room_for(entry.bytes)
                graph = await in_thread(self._replaced, closed, entry)
                self._graphs[prefix] = _Open(graph, entry.bytes)
            return graph
        finally:
            self._opening.pop(prefix, None)

    def _room_for(self, size: int) -> list[_Open]:
        """Take out what was used longest ago until there is room."""
        left = self._limit - size - sum(each.bytes for each in self._graphs.values())
        closed: list[_Open] = []
        while left < 0 and self._graphs:
            _, oldest = self._graphs.popitem(last=False)
            left += oldest.bytes
            closed.append(oldest)
        return closed

    def _replaced(self, closed: list[_Open], entry: GraphFile) -> kglite.FrozenGraph:
        """Close graphs, which takes long as well, then open one."""
        closed.clear()
        graph = open_graph(self._folder / entry.file, entry.sha256)
        for label in _keyed() & set(graph.node_types):
            graph.create_index(label, "key")
        return graph.freeze()

    def keep(self, prefixes: Collection[str]) -> None:
        """Close all but these."""
        for prefix in self._graphs.keys() - prefixes:
            del self._graphs[prefix]
