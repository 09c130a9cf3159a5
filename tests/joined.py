"""What tests look at in a release that is joined to a study."""

from collections import Counter, defaultdict

import polars as pl

from workatlas.stores import Subgraph

STUDY = "gpts-are-gpts"


def ends(graph: Subgraph, name: str) -> list[tuple[str, str]]:
    """Give the relationships of a type, sorted."""
    tables = [t for kind, t in graph.edges.items() if kind.name == name]
    return sorted(row for table in tables for row in table.rows())


def counts(graph: Subgraph, study: str = STUDY, file: str = "") -> Counter[str]:
    """Give the counts of a join by reason: of all files, or of one."""
    found = graph.nodes["JoinCount"].filter(pl.col("study") == study)
    if file:
        found = found.filter(pl.col("fileName") == file)
    summed = Counter[str]()
    for reason, rows in found.select("reason", "rows").iter_rows():
        summed[reason] += rows
    return summed


def unrated(graph: Subgraph, study: str = STUDY) -> dict[str, list[str]]:
    """Give what has no rating of a study, by reason."""
    nodes = graph.nodes["Unrated"].filter(pl.col("study") == study)
    reasons = dict(nodes.select("key", "reason").iter_rows())
    found: defaultdict[str, list[str]] = defaultdict(list)
    for start, end in ends(graph, "UNRATED"):
        if end in reasons:
            found[reasons[end]].append(start)
    return dict(found)
