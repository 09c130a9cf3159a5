"""A fixture that gives a test each kind of store in turn, empty."""

from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from workatlas.stores import (
    PublishedGraph,
    Reader,
    Row,
    Snapshot,
    Subgraph,
    Writer,
    open_reader,
    open_writer,
)

from .neo4j_server.fixtures import PLACES, clear
from .neo4j_server.server import Neo4jServer

EMBEDDED = "embedded"
NOW = "2026-01-02T03:04:05Z"


@dataclass(frozen=True)
class Store:
    """An address with what it takes to open it."""

    address: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @asynccontextmanager
    async def reader(self, seconds: float = 20.0) -> AsyncGenerator[Reader]:
        """Open the serving face; a statement may take some seconds."""
        reader = open_reader(
            self.address, user=self.user, password=self.password, timeout=seconds
        )
        try:
            yield reader
        finally:
            await reader.close()

    @contextmanager
    def writer(self) -> Generator[Writer]:
        """Open the loading face."""
        with closing(
            open_writer(self.address, user=self.user, password=self.password)
        ) as writer:
            yield writer

    def publish(
        self, *changed: Subgraph, removed: tuple[str, ...] = (), now: str = NOW
    ) -> Snapshot:
        """Publish under the lock, as a load does."""
        with self.writer() as writer, writer.lock():
            return writer.publish(changed, removed=removed, now=now)

    async def snapshot(self) -> Snapshot:
        """Ask a new reader what is published."""
        async with self.reader() as reader:
            return await reader.snapshot()

    async def rows(
        self, graph: PublishedGraph, text: str, **parameters: Any
    ) -> list[Row]:
        """Ask a new reader one statement."""
        async with self.reader() as reader:
            return await reader.fetch(graph.prefix, text, parameters)


@pytest.fixture(params=[EMBEDDED, *PLACES])
def store(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    neo4j_servers: Callable[[str], Neo4jServer],
) -> Iterator[Store]:
    """Give an empty store of each kind: embedded, and every Neo4j that is tested."""
    if request.param == EMBEDDED:
        yield Store(str(tmp_path / "graph"))
        return
    server = neo4j_servers(request.param)
    clear(server)
    yield Store(server.address, server.user, server.password)
    clear(server)


@pytest.fixture
def neo4j_store(empty_neo4j: Neo4jServer) -> Store:
    """Give an empty Neo4j of each version as a store."""
    return Store(empty_neo4j.address, empty_neo4j.user, empty_neo4j.password)
