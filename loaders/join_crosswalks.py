"""Puts crosswalks into releases: which lead to one, and what each line leads to."""

from collections.abc import Iterable
from typing import NamedTuple

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.stores import Subgraph

from .build import Edges, edge_table
from .place import rows_of


class _Side(NamedTuple):
    """Codes of a crosswalk that are those of a release: of what, and where they are."""

    column: str
    label: str
    code: str


def leading(release: Subgraph, some: Iterable[Subgraph]) -> list[Subgraph]:
    """Give the crosswalks that lead to what a release has."""
    found = (each for each in some if _sides(release, each))
    return sorted(found, key=lambda crosswalk: crosswalk.id)


def ties(release: Subgraph, crosswalk: Subgraph) -> Edges:
    """Give the relationships of a crosswalk and of its lines to a release's nodes."""
    held = edge_table(crosswalk.nodes["Crosswalk"], pl.lit("release"), pl.col("key"))
    edges: Edges = {EdgeKind("Release", "HAS_CROSSWALK", "Crosswalk"): held}
    for side in _sides(release, crosswalk):
        ends = rows_of(release, side.label).select(end="key", code=side.code)
        pairs = crosswalk.nodes["CrosswalkPair"].select(start="key", code=side.column)
        found = pairs.join(ends, on="code", maintain_order="left")
        kind = EdgeKind("CrosswalkPair", "LEADS_TO", side.label)
        before = [edges[kind]] if kind in edges else []
        edges[kind] = pl.concat([*before, found.select("start", "end")])
    return edges


def _sides(release: Subgraph, crosswalk: Subgraph) -> list[_Side]:
    """Name the sides of a crosswalk that have codes like the release's.

    Identifiers of activities may be of either side, whatever the release is: each is
    looked up.
    """
    facts = crosswalk.nodes["Crosswalk"].row(0, named=True)
    if facts["subjects"] == "ACTIVITY":
        return [_Side(c, "WorkActivity", "elementId") for c in ("fromCode", "toCode")]
    own = release.nodes["Release"].item(0, "taxonomy")
    sides = {facts["toTaxonomy"]: "toCode", facts["fromTaxonomy"]: "fromCode"}
    return [_Side(sides[own], "Occupation", "code")] if own in sides else []
