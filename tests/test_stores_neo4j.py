"""How a Neo4j is loaded: builds beside each other in one database, and one lock."""

import dataclasses
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import polars as pl
import pytest

from workatlas.cypher import EdgeKind
from workatlas.errors import BusyError, StoreError
from workatlas.stores import GraphKind, Subgraph

from .any_store import NOW, Store
from .neo4j_server.fixtures import ask
from .neo4j_server.server import (
    Neo4jServer,
)
from .odd_graph import assert_same, keys_of, narrow_graph, odd_graph

RATED = EdgeKind("Task", "RATED", "Rating")
PREFIXES = (
    "MATCH (n) WHERE n.key CONTAINS '@' AND NOT n:GraphBuild "
    "RETURN DISTINCT split(n.key, '/')[0] ORDER BY split(n.key, '/')[0]"
)


def prefix(graph: Subgraph) -> str:
    """Give what the keys of a graph's nodes start with in the store."""
    return f"{graph.id}@{graph.fingerprint[:12]}"


def test_portions_lose_nothing(
    neo4j_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A graph that is written, read and deleted in many portions stays whole."""
    monkeypatch.setattr("workatlas.stores.neo4j_build.BATCH", 2)
    graph = narrow_graph(0)
    neo4j_store.publish(graph)
    with neo4j_store.writer() as writer:
        assert_same(writer.read(graph.id), graph)


def test_only_two_publications_stay(
    neo4j_store: Store, empty_neo4j: Neo4jServer
) -> None:
    """What was published and what it replaced is kept; all else goes at a load."""
    graphs = [odd_graph(shift=shift, size=2) for shift in range(4)]
    for graph in graphs:
        neo4j_store.publish(graph)
    with neo4j_store.writer() as writer, writer.lock():
        pass
    kept = sorted([[prefix(graphs[2])], [prefix(graphs[3])]])
    assert ask(empty_neo4j, PREFIXES) == kept
    assert sorted(ask(empty_neo4j, "MATCH (b:GraphBuild) RETURN b.key")) == kept
    assert ask(empty_neo4j, "MATCH (g:PublishedGraph) RETURN count(g)") == [[2]]


class Unchecked(Subgraph):
    """A graph that a store takes without looking."""

    def check(self) -> None:
        """Find nothing wrong."""


def test_count_is_compared(neo4j_store: Store, empty_neo4j: Neo4jServer) -> None:
    """A graph of which not all arrives is not published, and can be published later."""
    whole = odd_graph(size=2)
    edges = {RATED: pl.DataFrame({"start": [keys_of("Task")[0]], "end": ["none"]})}
    names = [field.name for field in dataclasses.fields(whole)]
    facts: dict[str, Any] = {name: getattr(whole, name) for name in names}
    facts["edges"] = edges
    loose = Unchecked(**facts)
    with neo4j_store.writer() as writer, writer.lock():
        with pytest.raises(StoreError, match="0 of 1 Task RATED Rating"):
            writer.publish([loose], now=NOW)
        assert writer.snapshot().graphs == {}
        assert ask(empty_neo4j, PREFIXES) == [[prefix(loose)]]
        writer.publish([whole], now=NOW)
        assert writer.read(whole.id).edges.keys() == whole.edges.keys()


def test_failed_load_is_cleared_away(
    neo4j_store: Store, empty_neo4j: Neo4jServer
) -> None:
    """What a load wrote before it failed is gone after the next one began."""

    def graphs() -> Iterator[Subgraph]:
        yield odd_graph(size=2)
        raise StoreError("and then it failed")

    with neo4j_store.writer() as writer:
        with pytest.raises(StoreError, match="failed"), writer.lock():
            writer.publish(graphs(), now=NOW)
        assert ask(empty_neo4j, PREFIXES) != []
        with writer.lock():
            assert ask(empty_neo4j, PREFIXES) == []


def test_load_that_lost_its_lock_does_not_publish(
    neo4j_store: Store, empty_neo4j: Neo4jServer
) -> None:
    """When the server ends the lock's transaction, nothing is published."""
    before = neo4j_store.publish(odd_graph(size=1))
    idle = "SHOW TRANSACTIONS YIELD transactionId, currentQuery WHERE currentQuery = ''"
    with neo4j_store.writer() as writer:
        with writer.lock():
            ids = [row[0] for row in ask(empty_neo4j, idle)]
            ask(empty_neo4j, "TERMINATE TRANSACTIONS $ids", ids=ids)
            with pytest.raises(StoreError, match="lock of this load was lost"):
                writer.publish([odd_graph(size=1, shift=1)], now=NOW)
        assert writer.snapshot() == before


def test_publish_without_lock(neo4j_store: Store) -> None:
    """The lock is the caller's business: without one, publishing works too."""
    with neo4j_store.writer() as writer:
        snapshot = writer.publish([odd_graph(size=1)], now=NOW)
        assert writer.snapshot() == snapshot


def test_first_loads_at_once(neo4j_store: Store, empty_neo4j: Neo4jServer) -> None:
    """Loads that begin at the same moment on a new server do not break each other."""
    for (name,) in ask(empty_neo4j, "SHOW CONSTRAINTS YIELD name"):
        ask(empty_neo4j, f"DROP CONSTRAINT {name}")
    studies = [odd_graph(f"study-{i}", GraphKind.STUDY, size=1) for i in range(3)]

    def load(study: Subgraph) -> None:
        with neo4j_store.writer() as writer:
            while study.id not in writer.snapshot().graphs:
                with suppress(BusyError), writer.lock():
                    writer.publish([study], now=NOW)

    with ThreadPoolExecutor() as threads:
        list(threads.map(load, studies))
    with neo4j_store.writer() as writer:
        assert writer.snapshot().graphs.keys() == {study.id for study in studies}
