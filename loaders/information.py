"""How much it says of a task that it is linked to an activity.

The information content of an activity is -log2 of the share of tasks that are linked to
it or to an activity below it, among all tasks that are linked to any (Resnik 1995,
"Using information content to evaluate semantic similarity in a taxonomy"). A rare
activity says much, one that all tasks share says nothing.
"""

import math
from collections import defaultdict
from collections.abc import Iterator

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.stores import Subgraph

from .findings import Finding

INVOLVES = EdgeKind("Task", "INVOLVES", "WorkActivity")
PART_OF = EdgeKind("WorkActivity", "PART_OF", "WorkActivity")
TAXONOMY = frozenset({INVOLVES.name, PART_OF.name})
"""The relationships that information contents are computed from."""
DECIMALS = 3
_LEVELS = 3


def with_information(
    activities: pl.DataFrame, links: pl.DataFrame, up: pl.DataFrame
) -> pl.DataFrame:
    """Add the column ``information`` in bits, to three decimals.

    ``links`` leads from tasks to activities, ``up`` from activities to those above;
    both have the keys ``start`` and ``end``. An activity without tasks has none.
    """
    reached, above = links, links
    for _ in range(_LEVELS - 1):
        above = above.join(up, left_on="end", right_on="start", suffix="Above").select(
            "start", end="endAbove"
        )
        reached = pl.concat([reached, above])
    every = links["start"].n_unique()
    found = reached.group_by("end").agg(
        (pl.lit(every) / pl.col("start").n_unique()).alias("share")
    )
    information = found.select(
        key="end", information=pl.col("share").log(2).round(DECIMALS)
    )
    return activities.drop("information").join(
        information, on="key", how="left", maintain_order="left"
    )


def check_information(graph: Subgraph) -> tuple[int, list[Finding]]:
    """Compute the information contents of a graph's activities again, by other means.

    Gives how many there are, and those that differ by more than their rounding.
    """
    if "WorkActivity" not in graph.nodes:
        return 0, []
    parents = dict(_pairs(graph, PART_OF))
    reached: defaultdict[str, set[str]] = defaultdict(set)
    every: set[str] = set()
    for task, activity in _pairs(graph, INVOLVES):
        every.add(task)
        at: str | None = activity
        while at is not None:
            reached[at].add(task)
            at = parents.get(at)
    findings: list[Finding] = []
    nodes = graph.nodes["WorkActivity"].sort("key")
    for row in nodes.select("key", "file", "line", "information").to_dicts():
        tasks = len(reached[row["key"]])
        found = math.log2(len(every) / tasks) if tasks else None
        if not is_alike(row["information"], found):
            findings.append(
                Finding(
                    graph.id,
                    row["file"],
                    key=row["key"],
                    property="information",
                    line=row["line"],
                    recorded=row["information"],
                    found=found,
                )
            )
    return nodes.height, findings


def _pairs(graph: Subgraph, kind: EdgeKind) -> Iterator[tuple[str, str]]:
    if kind in graph.edges:
        yield from graph.edges[kind].select("start", "end").iter_rows()


def is_alike(recorded: float | None, found: float | None) -> bool:
    """Tell whether an information content is another one, but for its rounding."""
    if recorded is None or found is None:
        return recorded is found
    return math.isclose(recorded, found, abs_tol=0.6 * 10**-DECIMALS)
