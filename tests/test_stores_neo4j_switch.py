"""Two loads of a Neo4j never both publish, whatever became of their locks."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

import polars as pl
import pytest
from neo4j import ManagedTransaction

from workatlas.cypher import EdgeKind
from workatlas.errors import StoreError
from workatlas.stores import GraphKind, Subgraph
from workatlas.stores.neo4j_build import delete_build
from workatlas.stores.neo4j_connection import Connection
from workatlas.stores.neo4j_writer import Neo4jWriter

from .any_store import NOW, Store
from .neo4j_server.fixtures import ask
from .neo4j_server.server import Neo4jServer
from .odd_graph import assert_same, odd_graph

IDLE = "SHOW TRANSACTIONS YIELD transactionId, currentQuery WHERE currentQuery = ''"
LISTS = "MATCH (g:PublishedGraph) RETURN g.key ORDER BY g.key"
LOSERS = "Another load published meanwhile"
Work = Callable[[ManagedTransaction], None]


def study(number: int) -> Subgraph:
    """Make a small graph of its own name."""
    return odd_graph(f"study-{number}", GraphKind.STUDY, size=2)


def take_lock_away(server: Neo4jServer) -> None:
    """End the transaction that is the lock of a load."""
    ids = [row[0] for row in ask(server, IDLE)]
    ask(server, "TERMINATE TRANSACTIONS $ids", ids=ids)


@pytest.fixture
def unnoticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let loads not notice by themselves that they lost their lock."""

    def nothing(_: Neo4jWriter) -> None:
        return

    monkeypatch.setattr(Neo4jWriter, "_assert_held", nothing)


@pytest.mark.usefixtures("unnoticed")
def test_a_load_that_lost_its_lock_to_another_does_not_publish(
    neo4j_store: Store, empty_neo4j: Neo4jServer
) -> None:
    """The number is still the one it read; that the other has begun is enough."""
    with ExitStack() as stack, neo4j_store.writer() as one, neo4j_store.writer() as two:
        stack.enter_context(one.lock())
        take_lock_away(empty_neo4j)
        with two.lock():
            with pytest.raises(StoreError, match=LOSERS) as caught:
                one.publish([study(1)], now=NOW)
            assert "Load again" in caught.value.todo
            said = two.publish([study(2)], now=NOW)
        assert two.snapshot() == said
        assert_same(two.read("study-2"), study(2))
    assert ask(empty_neo4j, LISTS) == [["1/study-2"]]


@pytest.mark.usefixtures("unnoticed")
def test_a_loser_leaves_the_list_of_the_winner_alone(
    neo4j_store: Store, empty_neo4j: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the winner's list and its switch, the loser deletes and writes none."""
    real = Connection.change

    def with_loser(self: Connection, work: Work) -> None:
        real(self, work)
        if getattr(work, "__name__", "") == "write_list":
            monkeypatch.setattr(Connection, "change", real)
            with pytest.raises(StoreError, match=LOSERS):
                one.publish([study(1)], now=NOW)

    with ExitStack() as stack, neo4j_store.writer() as one, neo4j_store.writer() as two:
        stack.enter_context(one.lock())
        take_lock_away(empty_neo4j)
        with two.lock():
            monkeypatch.setattr(Connection, "change", with_loser)
            two.publish([study(2)], now=NOW)
        assert Connection.change is real
        assert two.snapshot().graphs.keys() == {"study-2"}


def test_the_number_must_be_the_one_that_was_read(neo4j_store: Store) -> None:
    """Without a lock too, what was published meanwhile is not undone."""
    with neo4j_store.writer() as one, neo4j_store.writer() as two:

        def graphs() -> Iterator[Subgraph]:
            two.publish([study(2)], now=NOW)
            yield study(1)

        with pytest.raises(StoreError, match=LOSERS):
            one.publish(graphs(), now=NOW)
        assert one.snapshot().graphs.keys() == {"study-2"}
        one.publish([study(1)], now=NOW)
        assert one.snapshot().graphs.keys() == {"study-1", "study-2"}


def test_one_of_many_wins(neo4j_store: Store) -> None:
    """Of loads that publish at the same moment one wins, and the others say so."""
    neo4j_store.publish(study(0))  # makes the constraints as well

    def publish(number: int) -> str:
        with neo4j_store.writer() as writer:
            try:
                writer.publish([study(number)], now=NOW)
            except StoreError as error:
                return error.what
            return ""

    for start in (1, 11):
        with ThreadPoolExecutor(4) as threads:
            errors = list(threads.map(publish, range(start, start + 4)))
        with neo4j_store.writer() as writer:
            there = writer.snapshot().graphs.keys()
        for number, error in enumerate(errors, start):
            assert not error or LOSERS in error
            assert (f"study-{number}" in there) == (not error)
        assert "" in errors


def test_a_build_that_is_deleted_while_it_is_read(
    neo4j_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of a build is never given for the whole: it is an error that says why."""
    neo4j_store.publish(study(1))
    with neo4j_store.writer() as writer:
        server = Connection(neo4j_store.address, neo4j_store.user, neo4j_store.password)
        prefix = writer.snapshot().graphs["study-1"].prefix

        def deleted(*_: object) -> Iterator[tuple[EdgeKind, pl.DataFrame]]:
            with closing(server):
                delete_build(server, prefix)
            yield from ()

        monkeypatch.setattr("workatlas.stores.neo4j_writer.read_edges", deleted)
        with pytest.raises(StoreError, match="deleted while it was read"):
            writer.read("study-1")
