"""Where the embedded store surprises: an upgrade that changes one of these is noticed.

docs/decisions/0002 says what follows from them.
"""

import random
import time
from pathlib import Path
from typing import Any

import kglite
import pandas as pd
import pytest

TRAPS_OF = "0.21.2"
FILTERED = "MATCH (x:T {key: 'k1'}) WHERE size(x.s) > 0 AND x.n > 7 RETURN x.n"


def nodes(count: int, **columns: Any) -> pd.DataFrame:
    """Make a table of nodes with a number, a key, and what else is given."""
    keys = [f"k{i}" for i in range(count)]
    return pd.DataFrame({"nid": range(count), "key": keys, **columns})


def graph_of(count: int, *pairs: tuple[int, int], **columns: Any) -> Any:
    """Make a graph of T nodes, indexed by key, with P edges between them."""
    graph = kglite.KnowledgeGraph()
    graph.add_nodes(nodes(count, **columns), "T", "nid")
    graph.create_index("T", "key")
    if pairs:
        ends = pd.DataFrame(list(pairs), columns=["a", "b"])
        graph.add_relationships(ends, "P", "T", "a", "T", "b")
    return graph


def ask(graph: Any, text: str, **parameters: Any) -> list[list[Any]]:
    """Run a statement and give its rows."""
    rows = graph.cypher(text, params=parameters).to_list()
    return [list(row.values()) for row in rows]


def milliseconds(graph: Any, text: str, **parameters: Any) -> float:
    """Give the best of some runs."""
    best = float("inf")
    for _ in range(15):
        began = time.perf_counter()
        graph.cypher(text, params=parameters)
        best = min(best, time.perf_counter() - began)
    return best * 1000


def test_version() -> None:
    """The traps are those of one version: another one needs another look."""
    assert kglite.__version__ == TRAPS_OF


def test_key_as_unique_id_loses_a_filter() -> None:
    """With key as the unique id a WHERE is dropped; with a number of its own, not."""
    facts = nodes(30, s=["", "abc"] * 15, n=range(30))
    wrong = kglite.KnowledgeGraph()
    wrong.add_nodes(facts.drop(columns="nid"), "T", "key")
    assert ask(wrong.freeze(), FILTERED) == [[1]]
    right = graph_of(30, s=["", "abc"] * 15, n=range(30))
    assert ask(right.freeze(), FILTERED) == []


def test_key_without_index_is_scanned() -> None:
    """Only an index on key makes look-ups quick; a node without label never is."""
    keys, count = {"keys": ["k5", "k19999"]}, 20_000
    bare = kglite.KnowledgeGraph()
    bare.add_nodes(nodes(count), "T", "nid")
    slow, quick = bare.freeze(), graph_of(count).freeze()
    unwound = "UNWIND $keys AS k MATCH (t:T {key: k}) RETURN t.key"
    listed = "MATCH (t:T) WHERE t.key IN $keys RETURN t.key"
    bound = 5 * milliseconds(quick, unwound, **keys)
    assert milliseconds(slow, unwound, **keys) > bound
    assert milliseconds(slow, listed, **keys) > bound
    unlabelled = "UNWIND $keys AS k MATCH (t {key: k}) RETURN t.key"
    assert milliseconds(quick, unlabelled, **keys) > bound


def test_some_property_names_are_special() -> None:
    """A property that was never given answers with the node's number or label."""
    graph = graph_of(1)
    special = "MATCH (n:T) RETURN n.id, n.title, n.name, n.type, n.label, n.node_type"
    assert ask(graph.freeze(), special) == [[0, 0, 0, "T", "T", "T"]]
    assert ask(graph.freeze(), "MATCH (n:T) RETURN n.heading") == [[None]]


def test_property_named_id_is_lost() -> None:
    """A column called id cannot be read back."""
    graph = kglite.KnowledgeGraph()
    with pytest.warns(UserWarning, match="not readable"):
        graph.add_nodes(nodes(1, id=["x"]), "T", "nid")
    assert ask(graph.freeze(), "MATCH (n:T) RETURN n.id") == [[0]]


def test_edge_to_nothing_makes_a_node() -> None:
    """An end that does not exist is invented: counting afterwards finds it."""
    graph = graph_of(2)
    with pytest.warns(UserWarning, match="stub"):
        graph.add_relationships(
            pd.DataFrame({"a": [0], "b": [99]}), "P", "T", "a", "T", "b"
        )
    assert graph.graph_info()["node_count"] == 3


def test_equal_number_replaces_a_node() -> None:
    """A number that is there already changes that node, without an error."""
    graph = graph_of(2)
    report = graph.add_nodes(pd.DataFrame({"nid": [1], "key": ["new"]}), "T", "nid")
    assert report["has_errors"] is False
    assert sorted(ask(graph.freeze(), "MATCH (n:T) RETURN n.key")) == [["k0"], ["new"]]


def test_equal_keys_are_taken() -> None:
    """Two nodes of one key are both there: nothing makes a plain property unique."""
    graph = kglite.KnowledgeGraph()
    graph.add_nodes(pd.DataFrame({"nid": [0, 1], "key": ["a", "a"]}), "T", "nid")
    graph.create_index("T", "key")
    assert len(ask(graph.freeze(), "MATCH (n:T {key: 'a'}) RETURN n.key")) == 2


def test_row_limit_cuts_off() -> None:
    """A limit of rows is no error: only a warning tells that rows are missing."""
    view = graph_of(10).freeze().cypher("MATCH (t:T) RETURN t.key", row_limit=3)
    assert len(view) == 3
    assert "truncated" in view.diagnostics["warnings"][0]


def test_default_time_is_three_minutes() -> None:
    """Without a limit of its own a statement may run for 180 seconds."""
    view = graph_of(1).freeze().cypher("MATCH (t:T) RETURN t.key")
    assert view.diagnostics["timeout_ms"] == 180_000


def test_time_and_work_are_limited_on_request() -> None:
    """Both limits are errors, and so is writing to a frozen graph."""
    frozen = graph_of(100).freeze()
    product = "MATCH (a:T), (b:T), (c:T), (d:T) WHERE a.key > d.key RETURN count(*)"
    with pytest.raises(kglite.KgError):
        frozen.cypher(product, timeout_ms=50)
    with pytest.raises(kglite.KgError):
        frozen.cypher(product, max_work_units=1000)
    with pytest.raises(kglite.KgError):
        frozen.cypher("CREATE (t:T {key: 'new'})")


def test_two_hops_of_one_type_need_a_filter() -> None:
    """EXISTS over two edges of one type misses nodes unless the middle is named."""
    frozen = graph_of(5, (0, 1), (1, 2), (0, 4)).freeze()
    text = "MATCH (a:T) WHERE EXISTS {{ (a)<-[:P]-(u:T)-[:P]->(v:T) {} }} RETURN a.key"
    assert ask(frozen, text.format("")) == [["k1"]]
    right = ask(frozen, text.format("WHERE u.key IS NOT NULL"))
    assert sorted(right) == [["k1"], ["k4"]]


def test_comprehensions_have_an_order_of_their_own() -> None:
    """What was written first comes last: every order is made after reading."""
    frozen = graph_of(4, (0, 1), (0, 2), (0, 3)).freeze()
    text = "MATCH (a:T {key: 'k0'}) RETURN [(a)-[:P]->(b:T) | b.key]"
    assert ask(frozen, text) == [[["k3", "k2", "k1"]]]


def test_numbers_with_gaps_need_a_type() -> None:
    """A whole number beside a gap becomes a float, unless the column says Int64."""
    columns = {"i": [1, None], "j": pd.array([2**53 + 1, None], dtype="Int64")}
    frozen = graph_of(2, **columns).freeze()
    rows = ask(frozen, "MATCH (n:T) RETURN n.i, n.j")
    assert [repr(v) for v in rows[0]] == ["1.0", str(2**53 + 1)]
    assert rows[1] == [None, None]


def test_not_a_number_becomes_nothing() -> None:
    """NaN is stored as null, which the other store would not do."""
    frozen = graph_of(1, f=[float("nan")]).freeze()
    assert ask(frozen, "MATCH (n:T) RETURN n.f") == [[None]]


def test_only_eager_checking_finds_all_damage(tmp_path: Path) -> None:
    """Of 20 flipped bits verify="eager" finds 20 and the default fewer."""
    dice, whole = random.Random(1), tmp_path / "whole.kgl"  # noqa: S311
    texts = [f"{dice.random()} text" * 3 for _ in range(60_000)]
    graph_of(60_000, s=texts).save(str(whole))
    content, found = whole.read_bytes(), {"eager": 0, None: 0}
    for i in range(20):
        damaged = bytearray(content)
        damaged[len(content) * (2 * i + 1) // 40] ^= 0x10
        path = tmp_path / f"{i}.kgl"
        path.write_bytes(damaged)
        for verify in found:
            options: dict[str, Any] = {"verify": verify} if verify else {}
            try:
                kglite.load(str(path), storage="mapped", **options)
            except kglite.KgError:
                found[verify] += 1
    assert found["eager"] == 20
    assert found[None] < 20


def test_unknown_names_are_told_on_standard_error(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A label that no node has is a warning on standard error, unless silenced."""
    frozen = graph_of(1).freeze()
    kglite.set_query_warning_policy("stderr")
    try:
        assert ask(frozen, "MATCH (n:Nope) RETURN n.key") == []
    finally:
        kglite.set_query_warning_policy("silent")
    assert "Nope" in capfd.readouterr().err
    assert ask(frozen, "MATCH (n:Nope) RETURN n.key") == []
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "text",
    [
        "RETURN COLLECT { MATCH (n:T) RETURN n.key }",
        "OPTIONAL CALL { RETURN 1 AS a } RETURN a",
        "MATCH (n:T) WHERE EXISTS { MATCH (n) RETURN n } RETURN n.key",
        "MATCH (n:!T) RETURN n.key",
        "MATCH (a:T)(()-[:P]->()){1,2}(b:T) RETURN a.key",
        "MATCH SHORTEST 1 (a:T)-[:P]->+(b:T) RETURN a.key",
        "RETURN /* why */ 1",
        "RETURN 1 < 2 < 3",
        "MATCH (n:T) RETURN CASE WHEN count(*) > 0 THEN 1 END",
        "RETURN percentileCont(1, 0.5)",
        "RETURN stdevp(1.0)",
    ],
)
def test_text_that_is_not_understood(text: str) -> None:
    """What only the other store understands is an error here."""
    with pytest.raises(kglite.KgError):
        graph_of(1).freeze().cypher(text)
