"""One text, two stores: every statement of the catalogue gives the same bytes."""

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

import orjson
import pytest

from workatlas.cypher import Choice, Passes, load_catalogue
from workatlas.errors import StoreError
from workatlas.stores import PublishedGraph, Row

from .any_store import Store
from .neo4j_server.fixtures import clear
from .neo4j_server.server import Neo4jServer
from .odd_graph import STRINGS, keys_of, odd_graph

CATALOGUE = load_catalogue()

ALIKE = (
    "UNWIND $keys AS key MATCH (t:Task {key: key}) CALL (t) { "
    "MATCH (t)-[:RATED]->(r:Rating) RETURN r ORDER BY r.key LIMIT $one "
    "} RETURN key, r.key",
    "UNWIND $keys AS key MATCH (t:Task {key: key}) CALL (t) { "
    "MATCH (t)-[:RATED]->(r:Rating) RETURN r.key AS found "
    "UNION MATCH (t)-[:HAS_LINK]->(l:ActivityLink) RETURN l.key AS found "
    "} RETURN key, found",
    "UNWIND $keys AS key MATCH (t:Task {key: key}) OPTIONAL MATCH "
    "(t)-[:RATED]->(r:Rating) WHERE r.n > $one RETURN key, r.n, coalesce(r.n, $one)",
    "UNWIND $keys AS key MATCH (t:Task {key: key}) WHERE t.statement IS NULL "
    "OR t.statement STARTS WITH $words RETURN key, t.statement",
    "UNWIND $keys AS key MATCH (t:Task {key: key}) "
    "RETURN key, t.taskId = $one, t.taskId <> $one, t.taskId > $one, NOT t.taskId = 1",
    "UNWIND $keys AS key MATCH (t:Task {key: key}) "
    "WITH key, t ORDER BY t.line DESC, key RETURN key, t.line SKIP $one LIMIT $two",
    "MATCH (t:Task)-[:RATED]->(r:Rating) "
    "RETURN t.key, count(r), count(r.value), min(r.line), max(r.line)",
    "MATCH (a:Task {key: $key})-[:INVOLVES]->(w:WorkActivity)-[:PART_OF*1..3]->"
    "(u:WorkActivity) RETURN w.key, u.key",
    "MATCH (a:WorkActivity {key: $low}), (b:WorkActivity {key: $high}) "
    "MATCH p = shortestPath((a)-[:PART_OF*..5]->(b)) RETURN length(p)",
    "MATCH (t:Task {key: $key})-[e:RATED]->(r) "
    "RETURN type(e), CASE WHEN r:Rating THEN $one ELSE $two END",
    "RETURN 7 / 2, -7 / 2, -7 % 3, 7 / 2.0, 0.1 + 0.2, 2 ^ 10, null + 1",
    "RETURN 1 = 1.0 AS a, null = null AS b, 1 IN [null, 1] AS c, 2 IN [null, 1] AS d",
    "RETURN size($words), substring($words, 1, 3), toUpper($words), split($words, 't')",
    "UNWIND [3, null, 1] AS x WITH x ORDER BY x WITH collect(x) AS s RETURN s[0], s[1]",
    "UNWIND ['\uffee', '😀', 'ä', 'z', 'Z'] AS x UNWIND ['ü', '\U0010ffff', 'a'] AS y "
    "RETURN x, y, x > y, x >= y",
    "UNWIND ['\uffee', '😀', 'ä', 'z', 'Z'] AS x WITH x ORDER BY x "
    "WITH collect(x) AS s RETURN s[0], s[1], s[2], s[3], s[4]",
)
"""Constructs that statements may use, as far as the stores answer alike."""

UNLIKE: dict[str, tuple[Any, Any]] = {
    "RETURN round(-2.5)": (-3.0, -2.0),
    "RETURN [1, 2, 3][0..null]": (StoreError, None),
    "RETURN 0.0 / 0.0 IS NULL": (True, False),
    "RETURN toString(1e21)": ("1000000000000000000000.0", "1.0E21"),
    "RETURN toString(datetime('2024-01-01T00:00:00Z'))": (
        "2024-01-01T00:00Z",
        "2024-01-01T00:00:00Z",
    ),
    "RETURN toString(duration.between(date('2024-01-01'), date('2024-03-01')))": (
        "P60D",
        "P2M",
    ),
    "MATCH (t:Task {key: $key}) RETURN t.label": ("Task", None),
    "MATCH (t:Task {key: $key}) RETURN t {.*}.nid IS NULL": (False, True),
}
"""Constructs that statements must not use: the embedded store's answer, and Neo4j's."""


class Both(NamedTuple):
    """The same graph in both stores."""

    embedded: Store
    neo4j: Store
    graph: PublishedGraph

    def keys(self, label: str) -> list[str]:
        """Give the keys of all nodes of a label."""
        return [self.graph.key(key) for key in keys_of(label)]


@pytest.fixture(scope="module")
def both(
    neo4j_server: Neo4jServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Both]:
    """Give the same graph in both stores."""
    server, graph = neo4j_server, odd_graph()
    clear(server)
    embedded = Store(str(tmp_path_factory.mktemp("both")))
    neo4j = Store(server.address, server.user, server.password)
    there = neo4j.publish(graph).graphs[graph.id]
    assert embedded.publish(graph).graphs[graph.id] == there
    yield Both(embedded, neo4j, there)
    clear(server)


def in_order(rows: list[Row]) -> list[bytes]:
    """Give rows as bytes; what a comprehension found in an order that no store made.

    Rows and what comprehensions find in them lie in each other by turns: a row's values
    have a place, what is found has none.
    """

    def plain(value: Any, *, placed: bool) -> Any:
        if not isinstance(value, list):
            return value
        found = [plain(v, placed=not placed) for v in cast("list[Any]", value)]
        return found if placed else sorted(found, key=orjson.dumps)

    return sorted(orjson.dumps(plain(list(row), placed=True)) for row in rows)


async def same_rows(both: Both, text: str, **parameters: Any) -> list[list[Any]]:
    """Ask both stores and give the rows if they are the same."""
    one = await both.embedded.rows(both.graph, text, **parameters)
    two = await both.neo4j.rows(both.graph, text, **parameters)
    assert in_order(one) == in_order(two)
    return [list(row) for row in one]


@pytest.mark.parametrize(
    "name", sorted(n for n, entry in CATALOGUE.items() if not entry.is_paged_only)
)
async def test_catalogue_gives_the_same_rows(both: Both, name: str) -> None:
    """Every statement finds something, and the same in both stores."""
    entry = CATALOGUE[name]
    start = entry.parent or entry.child
    keys = both.keys(start.label)
    rows = await same_rows(both, entry.batch, keys=keys)
    assert len(rows) == len(keys)
    assert any(found for _, found in rows)


FIRST_WITH = {
    filter_: name
    for name in sorted(CATALOGUE, reverse=True)
    for filter_ in getattr(CATALOGUE[name].pages, "filters", ())
}
"""The first entry that has a filter."""


def value_for(name: str, text: str) -> Any:
    """Give a value of the kind that a filter takes."""
    if name.startswith(("MIN_", "MAX_", "JOB_")):
        return 1.0
    return (STRINGS[2], STRINGS[3]) if "$value[" in text else STRINGS[2]


@pytest.mark.parametrize("name", sorted(n for n, e in CATALOGUE.items() if e.pages))
async def test_pages_are_the_same_rows(both: Both, name: str) -> None:
    """Every order and filter finds the same in both stores; counts are equal too."""
    entry = CATALOGUE[name]
    assert entry.pages is not None
    assert entry.parent is not None
    keys = both.keys(entry.parent.label)
    asked = {"keys": keys, "first": 3, "last": -1.0}
    counts = await same_rows(both, entry.batch_of(Choice()), keys=keys)
    assert len(counts) == len(keys)
    assert any(found != [[0]] for _, found in counts)
    for order in entry.pages.orders:
        found = await same_rows(both, entry.batch_of(Choice(order)), **asked)
        assert any(rows for _, rows in found)
    for way in entry.ways:
        choice = Choice(next(iter(entry.pages.orders)), ways=(way,))
        found = await same_rows(both, entry.batch_of(choice), **asked)
        assert any(rows for _, rows in found)
    for filter_, text in entry.pages.filters.items():
        if FIRST_WITH[filter_] != name:
            continue  # entries share filters, and Neo4j plans every text anew
        value = value_for(filter_, text)
        choice = Choice(condition=Passes(filter_, "value"))
        await same_rows(both, entry.batch_of(choice), keys=keys, value=value)


@pytest.mark.parametrize("text", ALIKE, ids=range(len(ALIKE)))
async def test_what_statements_may_use_is_alike(both: Both, text: str) -> None:
    """What is in the portable subset has the same answer in both stores."""
    activities = sorted(both.keys("WorkActivity"))
    rows = await same_rows(
        both,
        text,
        keys=both.keys("Task"),
        key=min(both.keys("Task")),
        low=activities[0],
        high=activities[3],
        words="It's",
        one=1,
        two=2,
    )
    assert rows


@pytest.mark.parametrize("text", UNLIKE, ids=range(len(UNLIKE)))
async def test_what_statements_must_not_use_differs(both: Both, text: str) -> None:
    """What is outside of the portable subset is there for a reason."""
    for store, wanted in zip((both.embedded, both.neo4j), UNLIKE[text], strict=True):
        if wanted is StoreError:
            with pytest.raises(StoreError):
                await store.rows(both.graph, text, key=min(both.keys("Task")))
        else:
            rows = await store.rows(both.graph, text, key=min(both.keys("Task")))
            assert rows == [[wanted]]
