"""The words of what a release holds, named so that they are found in other releases.

An identifier may change while the words stay: tasks got new numbers when occupations
were split, activities when the form of their identifiers changed. Words are compared to
the letter.
"""

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.stores.keys import wording

from .build import Edges, Nodes, edge_table, nodes
from .layout import Release

WORDED = {"Task": "statement", "Occupation": "heading", "WorkActivity": "heading"}
"""What has words, and which property they are."""


def wordings(_: Release, made: Nodes) -> tuple[Nodes, Edges]:
    """Make a node of each wording that something has, and lead to it."""
    edges: Edges = {}
    for label, words in WORDED.items():
        kind = kind_of(label)
        keyed = made[label].select(
            "key",
            end=pl.struct(kind=kind, text=words).map_elements(
                lambda each: "/".join(wording(**each)), return_dtype=pl.String
            ),
        )
        kept = edge_table(keyed, pl.col("key"), pl.col("end"))
        edges[EdgeKind(label, "WORDED", "Wording")] = kept
    keys = pl.concat([table.select(key="end") for table in edges.values()]).unique()
    return {"Wording": nodes("Wording", keys.sort("key"))}, edges


def kind_of(label: str) -> pl.Expr:
    """Give the kind of words that nodes of a label have, in small letters.

    Some activities have the title of one at another level: each level is a kind.
    """
    if label == "WorkActivity":
        return pl.col("level").str.to_lowercase()
    return pl.lit(label.lower())
