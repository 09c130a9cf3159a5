"""One statement that many tests ask, and its answer from the tables alone."""

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.stores import PublishedGraph, Row, Subgraph

from .any_store import Store
from .odd_graph import SCALE, keys_of

BY_SCALE = (
    "UNWIND $keys AS key MATCH (t:Task {key: key}) "
    "RETURN key, [(t)-[:RATED]->(r:Rating) WHERE r.scale = $scale | [r.value, r.line]]"
)
RATED = EdgeKind("Task", "RATED", "Rating")


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
