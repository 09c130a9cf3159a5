"""Graphs made from the model alone: every label, every edge, and every odd value."""

import dataclasses
import hashlib
from itertools import cycle, islice

import polars as pl

from workatlas.cypher import EDGES, NODES, EdgeKind
from workatlas.stores import EDGE_SCHEMA, GraphKind, Subgraph, node_schema

SIZE = 6
"""How many nodes each label has."""

SCALE = 'S "1"'
STRINGS = [
    SCALE,
    None,
    "",
    "It's Müller's \"best\" \\ `one` €😀",
    "2024-01-01",
    " two\nlines\tand a tab ",
    "e\u0301 is not \u00e9",
    "0012",
    "null",
    "$scale {key: 1} // no",
    "\u2028\x00\x7f",
]
INTS = [1, None, 0, -1, 2**53 + 1, 2**63 - 1, -(2**63)]
FLOATS = [0.1, None, 0.0, -0.0, 100.0, 1 / 3, 1e-300, 1.7976931348623157e308, 5e-324]
BOOLS = [True, None, False]
_VALUES = {"string": STRINGS, "int": INTS, "float": FLOATS, "bool": BOOLS}


def keys_of(label: str, size: int = SIZE) -> list[str]:
    """Give the local keys of a label's nodes, not in their own order."""
    return [f"{label.lower()}/ü '{i}\"" for i in reversed(range(size))]


def _nodes(label: str, shift: int, size: int) -> pl.DataFrame:
    columns = {"key": keys_of(label, size)} | {
        name: list(islice(cycle(_VALUES[kind]), shift + i, shift + i + size))
        for i, (name, kind) in enumerate(NODES[label].items())
    }
    if "scale" in columns:
        columns["scale"] = list(islice(cycle(STRINGS[:3]), size))
    return pl.DataFrame(columns, schema=node_schema(label))


def _edges(kind: EdgeKind, size: int) -> pl.DataFrame:
    starts, ends = sorted(keys_of(kind.start, size)), sorted(keys_of(kind.end, size))
    shift = 2 if kind.start == kind.end else 0
    pairs = [*zip(starts, ends[1:]), *zip(starts, ends[shift:])]  # noqa: B905
    return pl.DataFrame(pairs, schema=EDGE_SCHEMA, orient="row")


def odd_graph(
    name: str = "onet-1.0",
    kind: GraphKind = GraphKind.RELEASE,
    *,
    shift: int = 0,
    size: int = SIZE,
) -> Subgraph:
    """Make a graph; another ``shift`` gives the same nodes other values."""
    text = f"{name} {shift} {size}"
    return Subgraph(
        id=name,
        kind=kind,
        published="2025-02",
        synthetic=True,
        fingerprint=hashlib.sha256(text.encode()).hexdigest(),
        nodes={label: _nodes(label, shift, size) for label in NODES},
        edges={kind: _edges(kind, size) for kind in EDGES},
    )


def assert_same(found: Subgraph, wanted: Subgraph) -> None:
    """Compare all of two graphs; what a store gives back is in order of its keys."""
    for fact in ("id", "kind", "published", "synthetic", "fingerprint"):
        assert getattr(found, fact) == getattr(wanted, fact)
    assert found.nodes.keys() == wanted.nodes.keys()
    for label, table in wanted.nodes.items():
        assert found.nodes[label].equals(table.sort("key")), label
    assert found.edges.keys() == wanted.edges.keys()
    for kind, table in wanted.edges.items():
        assert found.edges[kind].equals(table.sort("start", "end")), kind


def narrow_graph(shift: int) -> Subgraph:
    """Make a graph of tasks and ratings alone: quick to load many times."""
    graph, rated = odd_graph(shift=shift), EdgeKind("Task", "RATED", "Rating")
    nodes = {label: graph.nodes[label] for label in ("Task", "Rating")}
    return dataclasses.replace(graph, nodes=nodes, edges={rated: graph.edges[rated]})
