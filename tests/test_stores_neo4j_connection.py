"""How a Neo4j is reached and asked: addresses, passwords, connections, time."""

import asyncio
import dataclasses
import logging
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from typing_extensions import override

from workatlas.errors import StoreError, UsageError
from workatlas.stores import Row
from workatlas.stores.neo4j_connect import open_session, query, store_errors
from workatlas.stores.neo4j_connection import Connection
from workatlas.stores.neo4j_lock import load_lock
from workatlas.stores.neo4j_published import READ_PUBLISHED
from workatlas.stores.neo4j_reader import Neo4jReader
from workatlas.stores.neo4j_writer import Neo4jWriter

from .any_store import Store
from .neo4j_server.fixtures import ask
from .neo4j_server.server import (
    VERSIONS,
    Neo4jServer,
    can_start,
    find_java,
    read_settings,
)
from .odd_graph import odd_graph
from .tcp import Relay, serving

PASSWORD = "not-to-be-seen"  # noqa: S105 - of no server
SLOW = "UNWIND range(1, 1000000000) AS i WITH i WHERE i < 0 RETURN i"


@pytest.mark.parametrize(
    "address",
    [
        f"neo4j://neo4j:{PASSWORD}@localhost",
        f"bolt+s://{PASSWORD}@localhost:7687",
        "bolt://",
        "neo4j://:7687",
        "bolt://localhost:seven",
        "neo4j+x://localhost",
        "bolt://localhost?policy=x",
    ],
)
def test_wrong_addresses_are_refused(address: str) -> None:
    """An address without host or with a password is refused, and not repeated."""
    for face in (Neo4jReader, Neo4jWriter):
        with pytest.raises(UsageError) as caught:
            face(address, user="neo4j", password=PASSWORD)
        assert PASSWORD not in str(caught.value)
        assert caught.value.todo


async def test_wrong_password_is_told(
    neo4j_server: Neo4jServer, caplog: pytest.LogCaptureFixture
) -> None:
    """A refused password names the settings to look at, and is written nowhere."""
    caplog.set_level(logging.DEBUG)
    for user, password in (("nobody", PASSWORD), (None, PASSWORD), (None, None)):
        store = Store(neo4j_server.address, user, password)
        with pytest.raises(StoreError) as caught:
            await store.snapshot()
        assert "WORKATLAS_NEO4J_PASSWORD" in caught.value.todo
        assert caught.value.where == neo4j_server.address
        assert PASSWORD not in str(caught.value)
    store = Store(neo4j_server.address, "nobody", PASSWORD)
    with pytest.raises(StoreError, match="refuses"), store.writer() as writer:
        writer.snapshot()
    assert PASSWORD not in caplog.text


def test_lock_with_wrong_password_is_told(neo4j_server: Neo4jServer) -> None:
    """A lock that is refused for another reason is not taken for a busy one."""
    server = Connection(neo4j_server.address, "nobody", PASSWORD)
    with (
        closing(server),
        pytest.raises(StoreError, match="refuses"),
        load_lock(server),
    ):
        pass  # pragma: no cover


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
@pytest.mark.parametrize("words", [None, b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
async def test_no_neo4j_at_the_address_is_told(
    scheme: str, words: bytes | None
) -> None:
    """Nobody there, one who hangs up, one who speaks HTTP: an error, at once."""
    async with serving(words) as port:
        store = Store(f"{scheme}://127.0.0.1:{port}", "neo4j", PASSWORD)
        async with asyncio.timeout(4):
            with pytest.raises(StoreError, match="does not answer") as caught:
                await store.snapshot()
        assert "running" in caught.value.todo
        assert PASSWORD not in str(caught.value)
        with store.writer() as writer, pytest.raises(StoreError, match="not answer"):
            await asyncio.to_thread(writer.snapshot)


async def test_silent_server_is_told() -> None:
    """A server that takes the connection and says nothing is an error in time."""
    async with serving(b"", silent=True) as port:
        store = Store(f"bolt://127.0.0.1:{port}", "neo4j", PASSWORD)
        async with asyncio.timeout(4), store.reader(0.3) as reader:
            with pytest.raises(StoreError, match="too long"):
                await reader.snapshot()


def wait_until_it_runs(server: Neo4jServer, text: str) -> None:
    """Wait until a server runs a statement."""
    running = "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery = $it RETURN 1"
    while not ask(server, running, it=text):
        time.sleep(0.01)


async def test_lost_connection_is_an_error_and_comes_back(
    neo4j_store: Store, empty_neo4j: Neo4jServer
) -> None:
    """A statement whose connection breaks fails; the next one has a new connection."""
    snapshot = neo4j_store.publish(odd_graph(size=1))
    there = snapshot.graphs["onet-1.0"].prefix
    async with Relay(neo4j_store.address) as relay:
        through = dataclasses.replace(neo4j_store, address=relay.address)
        async with through.reader() as reader:
            assert await reader.snapshot() == snapshot
            slow = asyncio.create_task(reader.fetch(there, SLOW, {}))
            await asyncio.to_thread(wait_until_it_runs, empty_neo4j, SLOW)
            await relay.cut()
            with pytest.raises(StoreError, match="does not answer"):
                await slow
            assert await reader.snapshot() == snapshot
            await relay.cut()
            assert await reader.snapshot() == snapshot


def test_server_ends_slow_statements(neo4j_server: Neo4jServer) -> None:
    """A statement is also stopped by the server, for when nobody waits any more."""
    server = Connection(neo4j_server.address, neo4j_server.user, neo4j_server.password)
    with (
        closing(server),
        pytest.raises(StoreError, match="too long"),
        store_errors(server.address),
        open_session(server.driver) as session,
    ):
        session.run(query(SLOW, timeout=0.1)).consume()


class Waiting(Neo4jReader):
    """A reader that runs nothing: it waits, and tells what runs."""

    def __init__(self) -> None:
        """Reach nobody."""
        super().__init__("bolt://127.0.0.1:1", password=PASSWORD)
        self.running: list[str] = []
        self.go = asyncio.Event()
        self._begun: asyncio.Queue[str] = asyncio.Queue()

    async def begins(self, count: int) -> None:
        """Wait until so many more statements are running, or were."""
        for _ in range(count):
            await self._begun.get()

    @override
    async def _run(self, statement: str, parameters: Mapping[str, Any]) -> list[Row]:
        if statement == READ_PUBLISHED:
            graph = ["g", "STUDY", "1", "2025", True, "now", "fingerprint"]
            return [[1, 1, 1, *graph]]
        self.running.append(statement)
        self._begun.put_nowait(statement)
        if parameters:
            await self.go.wait()
        return []


async def test_new_statements_wait_and_known_ones_do_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Texts that the server has to plan pass two at a time, beside the known ones."""
    monkeypatch.setattr("workatlas.stores.neo4j_reader._KNOWN_TEXTS", 3)
    reader = Waiting()

    async def all_of(texts: str) -> None:
        slow = [reader.fetch("g@1", text, {"slow": True}) for text in texts]
        await asyncio.gather(*slow)

    await reader.fetch("g@1", "known", {})
    new = asyncio.create_task(all_of("abc"))
    await reader.begins(3)  # known, a, b
    await reader.fetch("g@1", "known", {})
    assert reader.running == ["known", "a", "b", "known"]
    reader.go.set()
    await new
    assert reader.running[4:] == ["c"]
    reader.go.clear()
    new = asyncio.create_task(all_of("ab"))  # three were known, then only the last
    await reader.begins(4)  # known, c, a, b
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(reader.fetch("g@1", "known", {}), 0.01)
    reader.go.set()
    await new
    await reader.close()


async def test_old_knowledge_is_renewed(
    neo4j_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long request learns that its build was removed, whatever was known before."""
    monkeypatch.setattr("workatlas.stores.neo4j_reader.FRESH_SECONDS", 0.0)
    old = neo4j_store.publish(odd_graph(size=1)).graphs["onet-1.0"]
    async with neo4j_store.reader() as reader:
        await reader.snapshot()
        assert await reader.fetch(old.prefix, "RETURN 1", {}) == [[1]]
        for shift in (1, 2):
            neo4j_store.publish(odd_graph(size=1, shift=shift))
        with pytest.raises(StoreError, match="no longer in the store"):
            await reader.fetch(old.prefix, "RETURN 1", {})


def test_compose_has_the_settings_that_are_tested() -> None:
    """docker-compose.yml gives its Neo4j the settings that these tests run with."""
    file = Path(__file__).parent.parent / "docker-compose.yml"
    given = yaml.safe_load(file.read_text())["services"]["neo4j"]["environment"]
    tested = read_settings()
    assert str(given.pop("NEO4J_AUTH_FILE")).startswith("/run/secrets/")
    names = {
        f"NEO4J_{name.replace('_', '__').replace('.', '_')}": value
        for name, value in tested.items()
    }
    assert given == names


def test_what_is_missing_for_a_server_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Java, or without Maven and what it once brought, tests say so."""
    monkeypatch.setitem(VERSIONS, "1.0", 10**6)
    assert can_start("1.0") == "no Java 1000000 or newer for Neo4j 1.0"
    if find_java(8):
        monkeypatch.setitem(VERSIONS, "1.0", 8)
        monkeypatch.setenv("PATH", "")
        assert can_start("1.0") == "no Maven to get Neo4j 1.0 with"
