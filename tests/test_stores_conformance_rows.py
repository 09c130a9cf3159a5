"""Both stores answer statements alike: every test here runs on each of them."""

import asyncio
import dataclasses
import importlib

import pytest

from workatlas.cypher import NODES
from workatlas.errors import StoreError

from .any_store import Store
from .by_scale import BY_SCALE, ask_by_scale, ratings_by_scale
from .odd_graph import SCALE, assert_same, keys_of, odd_graph


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
        columns = ", ".join(["key", *(f"n.{name}" for name in NODES[label])])
        match = f"UNWIND $keys AS key MATCH (n:{label} {{key: key}})"
        keys = [there.key(key) for key in table["key"]]
        found = await store.rows(there, f"{match} RETURN {columns}", keys=keys)
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
