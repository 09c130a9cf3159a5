"""A switch is announced: nobody sees an older graph after a newer one."""

import asyncio
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
from typing_extensions import override

from workatlas.stores import Reader, Row
from workatlas.stores.neo4j_published import (
    ANNOUNCED_SECONDS,
    FRESH_SECONDS,
    READ_PUBLISHED,
)
from workatlas.stores.neo4j_reader import Neo4jReader

from .any_store import Store
from .neo4j_server.fixtures import ask
from .neo4j_server.server import Neo4jServer
from .odd_graph import odd_graph
from .tcp import serving

POINTER = "MATCH (p:PublishedPointer) RETURN p.publication, p.announced"
ANNOUNCE = "MATCH (p:PublishedPointer) SET p.announced = p.publication + 1"
PUBLICATIONS = 3


async def alternately(readers: Sequence[Reader], publishing: asyncio.Task[Any]) -> int:
    """Ask one reader after the other what is published, and see it never go back."""
    seen: list[str] = []
    asked = 0
    is_last = False
    while not is_last:
        is_last = publishing.done()  # then each is asked once more
        for reader in readers:
            version = (await reader.snapshot()).version
            asked += 1
            if version not in seen:
                seen.append(version)
            assert version == seen[-1], f"{version} after {seen[-1]}"
        await asyncio.sleep(0.002)  # an embedded store alone never waits
    await publishing
    assert len(seen) == PUBLICATIONS
    return asked


async def test_two_services_switch_at_once(store: Store) -> None:
    """One client of two services, over either store, while four graphs are published.

    The two look at different moments, and each trusts what it saw for a while.
    """

    def publish() -> None:
        for shift in range(1, PUBLICATIONS):
            time.sleep(FRESH_SECONDS)
            store.publish(odd_graph(size=1, shift=shift))

    store.publish(odd_graph(size=1))
    async with AsyncExitStack() as stack:
        one = await stack.enter_async_context(store.reader())
        await one.snapshot()
        await asyncio.sleep(FRESH_SECONDS / 2)
        two = await stack.enter_async_context(store.reader())
        publishing = asyncio.create_task(asyncio.to_thread(publish))
        assert await alternately([one, two], publishing) > 10 * PUBLICATIONS


def test_it_is_announced_for_longer_than_it_is_trusted(
    neo4j_store: Store, empty_neo4j: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list is announced, then waited for, then switched to; not the very first."""
    slept: list[tuple[float, list[Any]]] = []

    def sleep(seconds: float) -> None:
        [pointer] = ask(empty_neo4j, POINTER)
        slept.append((seconds, pointer))

    monkeypatch.setattr("workatlas.stores.neo4j_switch.time.sleep", sleep)
    neo4j_store.publish(odd_graph(size=1))
    assert slept == []
    neo4j_store.publish(odd_graph(size=1, shift=1))
    assert slept == [(ANNOUNCED_SECONDS, [1, 2])]
    assert ask(empty_neo4j, POINTER) == [[2, 2]]
    assert ANNOUNCED_SECONDS > FRESH_SECONDS


class Watched(Neo4jReader):
    """A reader that notes what it asks, and may be given something else as answer."""

    def __init__(self, store: Store) -> None:
        """Read from a store."""
        super().__init__(store.address, user=store.user, password=store.password)
        self.sent = 0
        self.go = asyncio.Event()
        self.instead: list[Row] | None = None

    async def asks(self) -> int:
        """Tell how often it asks the server for one snapshot."""
        before = self.sent
        await self.snapshot()
        return self.sent - before

    @override
    async def _run(self, statement: str, parameters: Mapping[str, Any]) -> list[Row]:
        self.sent += 1
        given, self.instead = self.instead, None
        if given is None:
            return await super()._run(statement, parameters)
        await self.go.wait()
        return given


@asynccontextmanager
async def watched(store: Store) -> AsyncGenerator[Watched]:
    """Open a reader that is watched."""
    reader = Watched(store)
    try:
        yield reader
    finally:
        await reader.close()


async def test_while_announced_nothing_is_trusted(
    neo4j_store: Store, empty_neo4j: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader asks each time from then on, and the next load ends a killed one's."""
    monkeypatch.setattr("workatlas.stores.neo4j_reader.FRESH_SECONDS", 60.0)
    neo4j_store.publish(odd_graph(size=1))
    async with watched(neo4j_store) as reader:
        assert [await reader.asks() for _ in range(3)] == [1, 0, 0]
    ask(empty_neo4j, ANNOUNCE)  # as a load does that is killed right after
    async with watched(neo4j_store) as reader:
        assert [await reader.asks() for _ in range(3)] == [1, 1, 1]
        with neo4j_store.writer() as writer, writer.lock():
            assert ask(empty_neo4j, POINTER) == [[1, 1]]
        assert [await reader.asks() for _ in range(3)] == [1, 0, 0]


async def test_while_nothing_is_published_nothing_is_trusted(
    neo4j_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first publication is seen at once, also where everything was retired."""
    monkeypatch.setattr("workatlas.stores.neo4j_reader.FRESH_SECONDS", 60.0)
    async with neo4j_store.reader() as reader:
        assert not (await reader.snapshot()).graphs
        first = neo4j_store.publish(odd_graph(size=1))
        assert await reader.snapshot() == first
    neo4j_store.publish(removed=tuple(first.graphs))
    async with neo4j_store.reader() as reader:
        assert not (await reader.snapshot()).graphs
        again = neo4j_store.publish(odd_graph(size=1))
        assert await reader.snapshot() == again


async def test_a_look_of_others_is_trusted_as_long_as_ones_own(
    neo4j_store: Store, empty_neo4j: Neo4jServer
) -> None:
    """Who comes while another one's look is under way waits for it, and looks anew."""
    old = neo4j_store.publish(odd_graph(size=1))
    async with watched(neo4j_store) as reader:
        reader.instead = list(ask(empty_neo4j, READ_PUBLISHED))
        first = asyncio.create_task(reader.snapshot())
        await asyncio.sleep(0.01)
        new = neo4j_store.publish(odd_graph(size=1, shift=1))
        second = asyncio.create_task(reader.snapshot())
        await asyncio.sleep(0.01)
        assert reader.sent == 1
        reader.go.set()
        assert await first == old
        assert await second == new
        assert reader.sent == 2


async def test_who_is_closed_while_looking_waits_for_nothing() -> None:
    """A server that never answers keeps neither the reader nor its look."""
    reached = asyncio.Event()
    async with serving(b"", silent=True, reached=reached) as port:
        others = asyncio.all_tasks()
        reader = Neo4jReader(
            f"bolt://127.0.0.1:{port}", user="neo4j", password=str(port)
        )
        asking = asyncio.create_task(reader.snapshot())
        await reached.wait()
        new = asyncio.all_tasks() - others
        looking = {task for task in new if "_look_in_time" in repr(task)}
        asking.cancel()
        await reader.close()
        _, still = await asyncio.wait({asking, *looking}, timeout=5)
        assert looking
        assert not still
        assert all(task.cancelled() for task in looking)
