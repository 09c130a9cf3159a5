"""Both stores keep the same promises: every test here runs on each of them."""

import asyncio
import dataclasses
import importlib
from collections.abc import Iterator

import polars as pl
import pytest

from workatlas.cypher import NODES, EdgeKind
from workatlas.errors import BusyError, DataError, NotFoundError, StoreError
from workatlas.stores import GraphKind, PublishedGraph, Row, Snapshot, Subgraph

from .any_store import NOW, Store
from .odd_graph import SCALE, keys_of, odd_graph

LATER = "2026-02-03T04:05:06Z"
BY_SCALE = (
    "UNWIND $keys AS key MATCH (t:Task {key: key}) "
    "RETURN key, [(t)-[:RATED]->(r:Rating) WHERE r.scale = $scale | [r.value, r.line]]"
)
RATED = EdgeKind("Task", "RATED", "Rating")


def assert_same(found: Subgraph, wanted: Subgraph) -> None:
    """Compare all of two graphs; what is read comes in order of its keys."""
    for fact in ("id", "kind", "published", "synthetic", "fingerprint"):
        assert getattr(found, fact) == getattr(wanted, fact)
    assert found.nodes.keys() == wanted.nodes.keys()
    for label, table in wanted.nodes.items():
        assert found.nodes[label].equals(table.sort("key")), label
    assert found.edges.keys() == wanted.edges.keys()
    for kind, table in wanted.edges.items():
        assert found.edges[kind].equals(table.sort("start", "end")), kind


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


def ratings_by_scale(graph: Subgraph) -> dict[str, list[Row]]:
    """Answer BY_SCALE for all tasks from the tables alone."""
    found = graph.edges[RATED].join(
        graph.nodes["Rating"], left_on="end", right_on="key"
    )
    found = found.filter(pl.col("scale") == SCALE)
    answer: dict[str, list[Row]] = {key: [] for key in keys_of("Task")}
    for start, value, line in found.select("start", "value", "line").rows():
        answer[start].append([value, line])
    return {key: sorted(rows, key=repr) for key, rows in answer.items()}


async def ask_by_scale(store: Store, graph: PublishedGraph) -> dict[str, list[Row]]:
    """Ask BY_SCALE for all tasks; the keys without what the build adds to them."""
    keys = [graph.key(key) for key in keys_of("Task")]
    rows = await store.rows(graph, BY_SCALE, keys=keys, scale=SCALE)
    return {key.partition("/")[2]: sorted(found, key=repr) for key, found in rows}


def test_graph_is_given_back_as_published(store: Store) -> None:
    """Every label, edge and type, with nulls and odd values, comes back equal."""
    graph = odd_graph()
    store.publish(graph)
    with store.writer() as writer:
        assert_same(writer.read(graph.id), graph)


async def test_snapshot_says_what_is_published(store: Store) -> None:
    """Writer and reader tell the same, and every store gives the same builds."""
    assert await store.snapshot() == Snapshot({})
    release, study = odd_graph(), odd_graph("a-study", GraphKind.STUDY)
    wanted = snapshot(release, study)
    assert store.publish(release, study) == wanted
    assert await store.snapshot() == wanted
    with store.writer() as writer:
        assert writer.snapshot() == wanted


async def test_statement_with_parameters(store: Store) -> None:
    """A comprehension with WHERE and a parameter finds what the tables hold."""
    graph = odd_graph()
    found = await ask_by_scale(store, store.publish(graph).graphs[graph.id])
    assert found == ratings_by_scale(graph)
    assert any(found.values())


async def test_values_come_back_exactly(store: Store) -> None:
    """Each property gives the value and type that was written, nulls included."""
    graph = odd_graph()
    there = store.publish(graph).graphs[graph.id]
    for label, table in graph.nodes.items():
        columns = ", ".join(f"n.{name}" for name in NODES[label])
        match = f"UNWIND $keys AS key MATCH (n:{label} {{key: key}})"
        keys = [there.key(key) for key in table["key"]]
        found = await store.rows(there, f"{match} RETURN key, {columns}", keys=keys)
        wanted = [[there.key(key), *values] for key, *values in table.rows()]
        assert sorted(map(repr, found)) == sorted(map(repr, wanted))


async def test_type_of_a_relationship(store: Store) -> None:
    """type() tells apart the relationships that one comprehension finds."""
    graph = odd_graph()
    there = store.publish(graph).graphs[graph.id]
    text = (
        "UNWIND $keys AS key MATCH (t:Task {key: key}) "
        "RETURN [(t)<-[j:IS_TASK|IS_REWORDED_TASK]-(s:RatedSubject) | type(j)]"
    )
    [[found]] = await store.rows(there, text, keys=[there.key(min(keys_of("Task")))])
    assert sorted(found) == ["IS_REWORDED_TASK", "IS_TASK"]


async def test_nested_comprehensions(store: Store) -> None:
    """A comprehension in a comprehension uses the variable and parameter outside."""
    graph = odd_graph()
    there = store.publish(graph).graphs[graph.id]
    text = (
        "UNWIND $keys AS key MATCH (o:Occupation {key: key}) "
        "RETURN key, [(o)-[:HAS_TASK]->(t:Task) | [t.key, "
        "[(t)-[:RATED]->(r:Rating) WHERE r.scale = $scale | [r.value, r.line]]]]"
    )
    keys = [there.key(key) for key in keys_of("Occupation")]
    rows = await store.rows(there, text, keys=keys, scale=SCALE)
    found = {key: sorted(found, key=repr) for _, tasks in rows for key, found in tasks}
    wanted = ratings_by_scale(graph)
    assert found == {there.key(key): rows for key, rows in wanted.items()}
    assert sum(len(tasks) for _, tasks in rows) == 2 * len(keys) - 1


async def test_missing_keys_give_no_rows(store: Store) -> None:
    """A key that is not there gives no row, one without relationships an empty list."""
    graph = dataclasses.replace(odd_graph(), edges={})
    there = store.publish(graph).graphs[graph.id]
    key = there.key(keys_of("Task")[0])
    keys = [there.key("task/none"), key, "", "onet-9.9@000000000000/task/1"]
    assert await store.rows(there, BY_SCALE, keys=keys, scale=SCALE) == [[key, []]]
    assert await store.rows(there, BY_SCALE, keys=[], scale=SCALE) == []


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


async def test_open_reader_sees_a_publication(store: Store) -> None:
    """A reader that is open tells of a new publication when asked."""
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


async def test_many_statements_at_once(store: Store) -> None:
    """Statements that run at the same time do not mix."""
    graph = odd_graph()
    there = store.publish(graph).graphs[graph.id]
    keys = [there.key(key) for key in keys_of("Task")] * 20
    parameters = [{"keys": [key], "scale": SCALE} for key in keys]
    async with store.reader() as reader:
        answers = await asyncio.gather(
            *(reader.fetch(there.prefix, BY_SCALE, given) for given in parameters)
        )
    assert [answer[0][0] for answer in answers] == keys


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


async def test_bad_statements_are_errors(store: Store) -> None:
    """Writing, wrong syntax, a missing parameter: refused, and nothing is changed."""
    graph = odd_graph()
    there = store.publish(graph).graphs[graph.id]
    for text in (
        "CREATE (t:Task {key: 'new'})",
        "MATCH (t:Task) SET t.statement = 'other'",
        "MATCH (t:Task) DETACH DELETE t",
        "MATCH (t:Task RETURN t.key",
        "RETURN $nothing",
    ):
        with pytest.raises(StoreError) as caught:
            await store.rows(there, text)
        assert caught.value.todo
    with store.writer() as writer:
        assert_same(writer.read(graph.id), graph)


async def test_too_many_rows_are_an_error(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many rows as are allowed come; one more is an error, not one row too few."""
    for module in ("embedded_reader", "neo4j_reader"):
        name = f"workatlas.stores.{module}.ROW_LIMIT"
        assert importlib.import_module(f"workatlas.stores.{module}").ROW_LIMIT == 10**5
        monkeypatch.setattr(name, 50)
    graph = odd_graph(size=1)
    there = store.publish(graph).graphs[graph.id]
    text = "UNWIND range(1, $n) AS i RETURN i"
    assert await store.rows(there, text, n=50) == [[i] for i in range(1, 51)]
    with pytest.raises(StoreError, match="more than 50 rows"):
        await store.rows(there, text, n=51)


async def test_slow_statement_is_stopped(store: Store) -> None:
    """A statement that takes longer than allowed is an error, soon after that time."""
    graph = odd_graph(size=1)
    there = store.publish(graph).graphs[graph.id]
    text = (
        "UNWIND range(1, $n) AS a UNWIND range(1, $n) AS b UNWIND range(1, $n) AS c "
        "WITH a, b, c WHERE a + b + c < 0 RETURN a"
    )
    async with store.reader(0.5) as reader, asyncio.timeout(5):
        with pytest.raises(StoreError) as caught:
            await reader.fetch(there.prefix, text, {"n": 3000})
    assert "less" in caught.value.todo
