"""Turn tables into a KGLite file and back.

The embedded store answers some look-ups wrongly unless it is filled in one way:
a surrogate integer ``nid`` is the unique id and never asked for, ``key`` is a plain
property (docs/decisions/0002). Who opens a file makes the indexes that it needs.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import polars as pl

from workatlas.cypher import EDGES, NODES, EdgeKind
from workatlas.errors import StoreError

from .checksum import file_sha256
from .embedded_frame import frame
from .embedded_memory import kglite
from .subgraph import EDGE_SCHEMA, Subgraph, node_schema

_KGLITE_TYPES = {
    "string": "string",
    "int": "integer",
    "float": "float",
    "bool": "boolean",
}
LOAD_TIMEOUT_MS = 120_000

# A statement may ask for labels that a graph without studies does not have: a fact
# here, and no reason to write on standard error.
kglite.set_query_warning_policy("silent")


def build_graph(subgraph: Subgraph, prefix: str) -> kglite.KnowledgeGraph:
    """Fill a new graph with the tables; keys get ``prefix/`` put before them.

    Raises:
        StoreError: the graph does not hold exactly the nodes and relationships given.

    """
    graph = kglite.KnowledgeGraph()
    numbers: dict[str, pl.DataFrame] = {}
    for label, table in subgraph.nodes.items():
        if table.height:
            numbers[label] = _add_nodes(graph, label, table, prefix)
    for kind, table in subgraph.edges.items():
        if table.height:
            _add_edges(graph, kind, table, numbers)
    _assert_whole(graph, subgraph)
    return graph


def _add_nodes(
    graph: kglite.KnowledgeGraph, label: str, table: pl.DataFrame, prefix: str
) -> pl.DataFrame:
    numbered = table.with_row_index("nid")
    keyed = numbered.with_columns(key=pl.lit(f"{prefix}/") + pl.col("key"))
    types = {p: _KGLITE_TYPES[t] for p, t in NODES[label].items()}
    types = {"nid": "uniqueid", "key": "string", **types}
    graph.add_nodes(frame(keyed), label, "nid", column_types=types)
    return numbered.select("nid", "key")


def _add_edges(
    graph: kglite.KnowledgeGraph,
    kind: EdgeKind,
    table: pl.DataFrame,
    numbers: dict[str, pl.DataFrame],
) -> None:
    ends = table.join(
        numbers[kind.start].rename({"nid": "from", "key": "start"}), on="start"
    ).join(numbers[kind.end].rename({"nid": "to", "key": "end"}), on="end")
    graph.add_relationships(
        frame(ends.select("from", "to")),
        kind.name,
        kind.start,
        "from",
        kind.end,
        "to",
        column_types={"from": "uniqueid", "to": "uniqueid"},
    )


def _assert_whole(graph: kglite.KnowledgeGraph, subgraph: Subgraph) -> None:
    wanted = (
        sum(t.height for t in subgraph.nodes.values()),
        sum(t.height for t in subgraph.edges.values()),
    )
    info = graph.graph_info()
    found = (info["node_count"], info["edge_count"])
    if found != wanted:
        raise StoreError(
            f"The embedded store holds {found} nodes and relationships, not {wanted}.",
            where=subgraph.id,
            todo="This is a defect: report it with the command used.",
        )


def open_graph(path: Path, sha256: str) -> kglite.KnowledgeGraph:
    """Open a graph file, every section of it checked, and its checksum if given.

    Raises:
        StoreError: the file is gone, damaged, or not the one that was published.

    """
    try:
        same = file_sha256(path) == sha256
        graph = kglite.load(str(path), storage="mapped", verify="eager")
    except (kglite.KgError, OSError, ValueError) as error:
        raise StoreError(
            "The graph file cannot be opened: it is gone or damaged.",
            where=path.name,
            todo="Load the release again: `workatlas load` builds the file anew.",
        ) from error
    if not same:
        raise StoreError(
            "The graph file is not the one that was published.",
            where=path.name,
            todo="Load the release again: that builds the file anew.",
        )
    return graph


def read_nodes(
    graph: kglite.KnowledgeGraph, prefix: str
) -> Iterator[tuple[str, pl.DataFrame]]:
    """Give the tables of all labels that the graph holds, in order of key."""
    for label in NODES:
        if label not in graph.node_types:
            continue
        schema = node_schema(label)
        wanted = ", ".join(f"n.{column} AS {column}" for column in schema)
        rows = _columns(graph, f"MATCH (n:{label}) RETURN {wanted}", list(schema))
        table = pl.DataFrame(rows, schema=schema)
        local = pl.col("key").str.strip_prefix(f"{prefix}/")
        yield label, table.with_columns(key=local).sort("key")


def read_edges(
    graph: kglite.KnowledgeGraph, prefix: str
) -> Iterator[tuple[EdgeKind, pl.DataFrame]]:
    """Give the tables of all relationships that the graph holds, in order of keys."""
    for kind in sorted(EDGES):
        text = (
            f"MATCH (a:{kind.start})-[:{kind.name}]->(b:{kind.end}) "
            "RETURN a.key AS start, b.key AS end_key"
        )
        rows = _columns(graph, text, ["start", "end_key"])
        table = pl.DataFrame([rows["start"], rows["end_key"]], schema=EDGE_SCHEMA)
        if table.height:
            local = pl.all().str.strip_prefix(f"{prefix}/")
            yield kind, table.with_columns(local).sort("start", "end")


def _columns(
    graph: kglite.KnowledgeGraph, text: str, names: list[str]
) -> dict[str, list[Any]]:
    view = cast("kglite.ResultView", graph.cypher(text, timeout_ms=LOAD_TIMEOUT_MS))
    return {name: view.column(name) for name in names}
