"""A real Neo4j that is killed, hangs or has no room: clear errors, then all is well."""

import asyncio
import resource
import signal
import sys
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from workatlas.errors import StoreError

from .any_store import Store
from .faulty import SOON, Load, Reply, ask, known_answers, started
from .mini import release
from .neo4j_server.fixtures import ELSEWHERE, SWITCH, clear
from .neo4j_server.server import VERSIONS, Machine, can_start, machine
from .odd_graph import assert_same, narrow_graph
from .switches import require

VERSION = next(iter(VERSIONS))
LIMIT = 5.0
"""Seconds that a statement may take here."""
CLIENTS = 6

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="needs SIGSTOP"),
    pytest.mark.skipif(bool(ELSEWHERE), reason="a server that is not ours to kill"),
]


@pytest.fixture(scope="module")
def own() -> Iterator[Machine]:
    """Start a server of which tests may do anything."""
    missing = can_start(VERSION)
    require(met=missing is None, switch=SWITCH, reason=str(missing))
    with machine(VERSION) as started_:
        yield started_


@pytest.fixture
def store(own: Machine) -> Store:
    """Give the server as an empty store."""
    clear(own.server)
    return Store(own.server.address, own.server.user, own.server.password)


@asynccontextmanager
async def under_load(store: Store) -> AsyncGenerator[Load]:
    """Publish a graph, serve it, and have clients ask for it."""
    await asyncio.to_thread(store.publish, release())
    settings: dict[str, Any] = {
        "store": store.address,
        "neo4j_password": store.password,
        "limit_seconds": 60,
    }
    async with started(**settings, statement_timeout=60) as patient:
        known = await known_answers(patient, 1, 2, 3)
    async with started(**settings, statement_timeout=LIMIT) as app:
        await ask(app, "GET", "/schema.graphql")  # printed when it is asked for first
        load = Load(app, known)
        async with load.running(CLIENTS):
            await load.until(lambda: load.right > CLIENTS)
            yield load
    assert load.wrong == []


async def ready_is(load: Load, status: int) -> Reply:
    """Wait until /readyz has a status: what is known of the store lasts a second."""
    async with asyncio.timeout(120):
        reply = await ask(load.app, "GET", "/readyz")
        while reply.status != status:
            await asyncio.sleep(0.1)
            reply = await ask(load.app, "GET", "/readyz")
    return reply


async def assert_refused(load: Load) -> None:
    """Expect clear errors within the limit, and that nobody else waits."""
    before = load.failed
    await load.until(lambda: load.failed > before + 2 * CLIENTS)
    ready = await ready_is(load, 503)
    assert ready.json()["todo"]
    for path in ("/healthz", "/schema.graphql"):
        reply = await ask(load.app, "GET", path)
        assert (reply.status, reply.seconds < SOON) == (200, True)


async def assert_well_again(load: Load) -> None:
    """Expect that the same application answers again, and goes on to."""
    await ready_is(load, 200)
    before = load.right
    await load.until(lambda: load.right > before + 2 * CLIENTS)
    failed, before = load.failed, load.right
    await load.until(lambda: load.right > before + 5 * CLIENTS)
    assert load.failed == failed


async def test_neo4j_is_killed_and_started_under_load(
    own: Machine, store: Store
) -> None:
    """Requests fail with an error of the store, then are answered as before."""
    async with under_load(store) as load:
        await asyncio.to_thread(own.kill)
        await assert_refused(load)
        await asyncio.to_thread(own.start)
        await assert_well_again(load)
    assert load.slowest < 2 * LIMIT + 2  # to see what is published, and a statement


async def test_neo4j_hangs_under_load(own: Machine, store: Store) -> None:
    """Requests end by the limit of time while a server says nothing at all."""
    async with under_load(store) as load:
        own.process.send_signal(signal.SIGSTOP)
        try:
            await assert_refused(load)
        finally:
            own.process.send_signal(signal.SIGCONT)
        await assert_well_again(load)
    assert load.slowest < 2 * LIMIT + 2  # to see what is published, and a statement


async def test_neo4j_is_killed_during_a_load(own: Machine, store: Store) -> None:
    """The load says that the store is away; what was published stays."""
    before = store.publish(narrow_graph(0))
    with store.writer() as writer, writer.lock():
        own.kill()
        with pytest.raises(StoreError, match="Neo4j"):
            writer.publish([narrow_graph(1)], now="2026-01-02T03:04:05Z")
    own.start()
    assert await store.snapshot() == before
    assert store.publish(narrow_graph(1)) != before
    with store.writer() as writer:
        assert_same(writer.read("onet-1.0"), narrow_graph(1))


async def test_neo4j_has_no_room_during_a_load(own: Machine, store: Store) -> None:
    """A disk that takes no more is an error of the store; once it does, all is well."""
    before = store.publish(narrow_graph(0))
    limits = resource.prlimit(own.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(own.process.pid, resource.RLIMIT_FSIZE, (4096, limits[1]))
    with pytest.raises(StoreError):
        store.publish(narrow_graph(1))
    own.kill()
    own.start()
    assert await store.snapshot() == before
    store.publish(narrow_graph(1))
    with store.writer() as writer:
        assert_same(writer.read("onet-1.0"), narrow_graph(1))
