"""Both stores publish alike: every test here runs on each of them."""

import dataclasses
from collections.abc import Iterator

import polars as pl
import pytest

from workatlas.errors import BusyError, DataError, NotFoundError, StoreError
from workatlas.stores import GraphKind, PublishedGraph, Snapshot, Subgraph

from .any_store import NOW, Store
from .by_scale import BY_SCALE, RATED, ask_by_scale, ratings_by_scale
from .odd_graph import SCALE, assert_same, keys_of, odd_graph

LATER = "2026-02-03T04:05:06Z"


def published(graph: Subgraph, now: str = NOW) -> PublishedGraph:
    """Give what a snapshot says of a graph."""
    return PublishedGraph(
        id=graph.id,
        kind=graph.kind,
        build=graph.fingerprint[:12],
        published=graph.published,
        synthetic=graph.synthetic,
        built_at=now,
    )


def snapshot(*graphs: Subgraph) -> Snapshot:
    """Give the snapshot of graphs that were all published at NOW."""
    return Snapshot({graph.id: published(graph) for graph in graphs})


def test_graph_is_given_back_as_published(store: Store) -> None:
    """Every label, edge and type, with nulls and odd values, comes back equal."""
    graph = odd_graph()
    store.publish(graph)
    with store.writer() as writer:
        assert_same(writer.read(graph.id), graph)
        assert_same(writer.tables(graph.id), graph)


async def test_snapshot_says_what_is_published(store: Store) -> None:
    """Writer and reader tell the same, and every store gives the same builds."""
    assert await store.snapshot() == Snapshot({})
    release, study = odd_graph(), odd_graph("a-study", GraphKind.STUDY)
    wanted = snapshot(release, study)
    assert store.publish(release, study) == wanted
    assert await store.snapshot() == wanted
    with store.writer() as writer:
        assert writer.snapshot() == wanted


async def test_graphs_are_published_and_retired_together(store: Store) -> None:
    """One publication changes, adds and retires; other graphs stay as they are."""
    old, stays = odd_graph("onet-1.0"), odd_graph("onet-2.0")
    store.publish(old, stays)
    changed, study = odd_graph("onet-2.0", shift=1), odd_graph("s", GraphKind.STUDY)
    after = store.publish(changed, study, removed=("onet-1.0",))
    assert after == await store.snapshot() == snapshot(changed, study)
    assert store.publish(removed=("onet-2.0", "s")) == Snapshot({})
    assert await store.snapshot() == Snapshot({})


async def test_equal_graph_again_changes_nothing(store: Store) -> None:
    """Publishing what is published keeps everything, the time of it included."""
    before = store.publish(odd_graph())
    assert store.publish(odd_graph(), now=LATER) == before
    assert await store.snapshot() == before
    assert store.publish() == before


async def test_old_snapshot_can_still_be_read(store: Store) -> None:
    """A request that began before a publication ends on the graph it began with."""
    old, new = odd_graph(), odd_graph(shift=1)
    before = store.publish(old).graphs[old.id]
    after = store.publish(new).graphs[new.id]
    assert await ask_by_scale(store, before) == ratings_by_scale(old)
    assert await ask_by_scale(store, after) == ratings_by_scale(new)
    assert ratings_by_scale(old) != ratings_by_scale(new)


async def test_build_retired_long_ago_is_an_error(store: Store) -> None:
    """Two publications later a statement in an old build fails: no rows would lie."""
    graphs = [odd_graph(shift=shift) for shift in range(3)]
    before, *_ = [store.publish(graph).graphs["onet-1.0"] for graph in graphs]
    with store.writer() as writer, writer.lock():
        pass
    with pytest.raises(StoreError, match="no longer in the store"):
        await ask_by_scale(store, before)


async def test_graph_can_come_back(store: Store) -> None:
    """A graph that was replaced can be published again, whole."""
    first, second = odd_graph(), odd_graph(shift=1)
    for graph in (first, second, first, second, second, first):
        there = store.publish(graph).graphs[graph.id]
        assert await ask_by_scale(store, there) == ratings_by_scale(graph)


async def test_open_reader_sees_a_publication(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that is open tells of a new publication when it asks anew."""
    monkeypatch.setattr("workatlas.stores.neo4j_reader.FRESH_SECONDS", 0.0)
    async with store.reader() as reader:
        assert await reader.snapshot() == Snapshot({})
        for shift in range(3):
            graph = odd_graph(shift=shift)
            now = store.publish(graph)
            assert await reader.snapshot() == now
            there = now.graphs[graph.id]
            keys = [there.key(key) for key in keys_of("Task")]
            parameters = {"keys": keys, "scale": SCALE}
            rows = await reader.fetch(there.prefix, BY_SCALE, parameters)
            assert len(rows) == len(keys)


def test_second_load_is_refused(store: Store) -> None:
    """While a load holds the lock another one is told so; afterwards it may run."""
    with store.writer() as one, store.writer() as two:
        with one.lock(), pytest.raises(BusyError, match="Another load"), two.lock():
            pass  # pragma: no cover
        with two.lock():
            two.publish([odd_graph()], now=NOW)


def test_failed_load_lets_go_of_the_lock(store: Store) -> None:
    """What goes wrong in a load comes out as it is, and the next load may run."""
    with store.writer() as writer:
        with pytest.raises(DataError), writer.lock():
            raise DataError("wrong", file="x")
        with writer.lock():
            pass


async def test_failed_publication_changes_nothing(store: Store) -> None:
    """When the second of two graphs cannot be made, the first is not published."""

    def graphs() -> Iterator[Subgraph]:
        yield odd_graph(shift=1)
        raise DataError("wrong", file="x")

    before = store.publish(odd_graph())
    with store.writer() as writer, pytest.raises(DataError), writer.lock():
        writer.publish(graphs(), now=NOW)
    assert await store.snapshot() == before
    assert store.publish(odd_graph(shift=1)) == snapshot(odd_graph(shift=1))


async def test_unsound_graph_is_refused(store: Store) -> None:
    """A relationship to nothing is refused, and what was published stays."""
    before = store.publish(odd_graph())
    edges = pl.DataFrame({"start": [keys_of("Task")[0]], "end": ["r/none"]})
    loose = dataclasses.replace(odd_graph(shift=1), edges={RATED: edges})
    with pytest.raises(StoreError, match="not there"):
        store.publish(loose)
    assert await store.snapshot() == before


def test_unpublished_graph_cannot_be_read(store: Store) -> None:
    """A graph that is not published is said to be missing."""
    with store.writer() as writer, pytest.raises(NotFoundError, match=r"onet-9\.9"):
        writer.read("onet-9.9")
