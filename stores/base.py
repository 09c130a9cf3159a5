"""What a store promises: the two faces of a place where graphs live."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from .published import Snapshot
from .subgraph import Subgraph

ROW_LIMIT = 100_000
"""How many rows a statement may give; more is an error, never cut off."""

Row = Sequence[Any]
"""One row of a statement: the values of its RETURN, in order."""


class Reader(Protocol):
    """The serving face: asynchronous and read only."""

    address: str

    async def snapshot(self) -> Snapshot:
        """Give what is published now. Raises StoreError when the store is away."""
        ...

    async def fetch(
        self, prefix: str, statement: str, parameters: Mapping[str, Any]
    ) -> list[Row]:
        """Run a read statement in the build that ``prefix`` names.

        Raises StoreError when the store is away, times out or refuses.
        """
        ...

    async def close(self) -> None:
        """Let go of files and connections."""
        ...


class Writer(Protocol):
    """The loading face: synchronous, one at a time, all or nothing."""

    address: str

    def lock(self) -> AbstractContextManager[None]:
        """Be the only load of this store; BusyError when another one runs.

        Clears away what a load that was killed left behind.
        """
        ...

    def snapshot(self) -> Snapshot:
        """Give what is published now."""
        ...

    def read(self, graph_id: str) -> Subgraph:
        """Give a published graph back as tables, equal to those published.

        They come out of the graph that requests are answered from.
        """
        ...

    def tables(self, graph_id: str) -> Subgraph:
        """Give what ``read`` gives, from a copy of the tables if there is one."""
        ...

    def publish(
        self, changed: Iterable[Subgraph], *, removed: Sequence[str] = (), now: str
    ) -> Snapshot:
        """Write the changed graphs aside, then switch to all of them at once.

        They may be made as they are asked for: of releases, one is in memory at a time.
        """
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
