"""Values that a graph holds a second time, so that lists can be ordered by them."""

from collections.abc import Collection

import polars as pl

from workatlas.stores import Subgraph

from .findings import Finding
from .places import COPIED, rows_of


def check_copies(graph: Subgraph, wrong: Collection[str]) -> tuple[int, list[Finding]]:
    """Compare what tasks repeat of their ratings with these.

    Gives how many values were compared, and what differs, with the place of the rating.
    Ratings with the keys ``wrong`` are not those of their lines: not judged by them.
    """
    tasks = rows_of(graph, "Task")
    suspect, findings = list(wrong), list[Finding]()
    for name, scale in COPIED["Task"].items():
        ratings = rows_of(graph, "Rating").filter(pl.col("scale") == scale)
        both = tasks.select("key", recorded=name).join(
            ratings.select(
                "file",
                "line",
                rating="key",
                key=pl.col("key").str.replace("rating/(.*)/.*", "task/$1"),
                found="value",
            ),
            on="key",
            how="left",
        )
        differing = both.filter(
            pl.col("recorded").ne_missing(pl.col("found")),
            pl.col("rating").is_null() | ~pl.col("rating").is_in(suspect),
        )
        findings += [
            Finding(graph.id, property=name, **row)
            for row in differing.drop("rating").sort("key").to_dicts()
        ]
    return tasks.height * len(COPIED["Task"]), findings
