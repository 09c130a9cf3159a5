"""What tests look at in a release that is joined to a study."""

import polars as pl

from workatlas.stores import Subgraph

STUDY = "gpts-are-gpts"


def ends(graph: Subgraph, name: str) -> list[tuple[str, str]]:
    """Give the relationships of a type, sorted."""
    tables = [t for kind, t in graph.edges.items() if kind.name == name]
    return sorted(row for table in tables for row in table.rows())


def counts(graph: Subgraph, study: str = STUDY) -> dict[str, int]:
    """Give the counts of a join by reason."""
    found = graph.nodes["JoinCount"].filter(pl.col("study") == study)
    return dict(found.select("reason", "rows").rows())
