"""What tests look at in a graph: a node, and the relationships of a kind."""

from typing import Any

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.stores import Subgraph


def node(graph: Subgraph, label: str, key: str) -> dict[str, Any]:
    """Give the properties of the node with a key."""
    return graph.nodes[label].row(by_predicate=pl.col("key") == key, named=True)


def ends(graph: Subgraph, kind: str) -> set[tuple[str, str]]:
    """Give the relationships of a kind, written ``Task RATED Rating``."""
    return set(graph.edges[EdgeKind(*kind.split())].iter_rows())
