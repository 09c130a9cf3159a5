"""The service cannot write: not by mistake, and not by what a client sends."""

from pathlib import Path

import pytest
import typer.core
import typer.main

from workatlas.errors import StoreError
from workatlas.server.cli import _app  # pyright: ignore[reportPrivateUsage]
from workatlas.stores import Snapshot

from .any_store import Store
from .neo4j_server.fixtures import ask
from .neo4j_server.server import Neo4jServer
from .odd_graph import assert_same, odd_graph

ROOT = Path(__file__).parent.parent
WRITES = (
    "CREATE (n:Task {key: 'x'}) RETURN n.key",
    "MERGE (n:Task {key: 'x'}) RETURN n.key",
    "MATCH (n:Task) SET n.statement = 'x' RETURN n.key",
    "MATCH (n:Task) REMOVE n.statement RETURN n.key",
    "MATCH (n:Task) DETACH DELETE n",
    "UNWIND $keys AS key MATCH (n:Task {key: key}) SET n.taskId = 0 RETURN key, n.key",
)


async def test_readers_cannot_write(store: Store) -> None:
    """The server refuses writes in sessions that read, the frozen graph in any."""
    graph = odd_graph(size=3)
    there = store.publish(graph).graphs[graph.id]
    async with store.reader() as reader:
        await reader.snapshot()
        for text in WRITES:
            with pytest.raises(StoreError):
                await reader.fetch(there.prefix, text, {"keys": [there.key("task/1")]})
    with store.writer() as writer:
        assert_same(writer.read(graph.id), graph)


def statement() -> str:
    """Give the statement that makes the account of the service."""
    lines = (ROOT / "ops" / "accounts.cypher").read_text("utf-8").splitlines()
    [text] = [line for line in lines if not line.startswith("//")]
    assert text in (ROOT / "docs" / "operations.md").read_text("utf-8")
    return text.rstrip(";")


async def test_the_service_has_an_account_of_its_own(
    empty_neo4j: Neo4jServer,
) -> None:
    """The statements of docs/operations.md make one, and change its password."""
    for password in ("first-of-two", "second-of-two"):
        ask(empty_neo4j, statement(), password=password)
        account = Store(empty_neo4j.address, "atlas", password)
        assert await account.snapshot() == Snapshot({})
    refused = Store(empty_neo4j.address, "atlas", "first-of-two")
    with pytest.raises(StoreError, match="refuses the user or the password"):
        await refused.snapshot()
    ask(empty_neo4j, "DROP USER atlas")


def test_no_option_takes_a_password() -> None:
    """A command line is seen by everybody on the machine, so none has credentials."""
    command = typer.main.get_command(_app())
    assert isinstance(command, typer.core.TyperGroup)
    options = {
        word
        for each in command.commands.values()
        for parameter in each.params
        for word in parameter.opts
    }
    assert "--store" in options
    assert not any("pass" in word or "user" in word for word in options)
