"""Which occupations a release calls related to which."""

import polars as pl

from workatlas.cypher import EdgeKind

from .build import Edges, Nodes, edge_table, key, nodes
from .layout import Release

_TIERS = ("Primary-Short", "Primary-Long", "Supplemental")


def related_occupations(release: Release, made: Nodes) -> tuple[Nodes, Edges]:
    """Read the related occupations of each occupation, unless they are left out.

    Raises:
        DataError: an unknown occupation or tier, an index that is no whole number from
            1, a pair or an index of an occupation that stands twice.

    """
    table = release.table("related_occupations")
    if table is None:
        return {}, {}
    table.required("code", "related", "tier", "position")
    for column in ("code", "related"):
        codes = made["Occupation"]["code"]
        table.among(column, codes, "in the file of occupations")
    table.among("tier", pl.Series(_TIERS), "a tier of related occupations")
    position = table.numbers("position", minimum=1, whole=True)
    typed = table.typed(position=position).unique("code", "related")
    rows = typed.unique("code", "position").frame.with_columns(
        key=key("related", "code", "related")
    )
    return {
        "RelatedOccupation": nodes("RelatedOccupation", rows, file=table.file.name)
    }, {
        EdgeKind("Occupation", "HAS_RELATED", "RelatedOccupation"): edge_table(
            rows, key("occupation", "code"), pl.col("key")
        ),
        EdgeKind("RelatedOccupation", "RELATED_TO", "Occupation"): edge_table(
            rows, pl.col("key"), key("occupation", "related")
        ),
    }
