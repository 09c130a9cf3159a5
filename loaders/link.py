"""Relationships of a kind that must be there, and no others."""

from typing import Literal, NamedTuple

import polars as pl

from workatlas.cypher import EdgeKind

_PLACE: dict[str, pl.DataType] = {"file": pl.String(), "line": pl.Int64()}


class Link(NamedTuple):
    """Relationships of a kind: the pairs that must be there, and no others.

    ``own`` is the end whose node decides; ``pairs`` has the two keys, and the file and
    line of that node as far as it has them.
    """

    kind: EdgeKind
    own: Literal["start", "end"]
    pairs: pl.DataFrame


def pairs_of(nodes: pl.DataFrame, start: pl.Expr, end: pl.Expr) -> pl.DataFrame:
    """Give the pairs that nodes call for, with their place if they have one."""
    place = (
        (pl.col(name) if name in nodes.columns else pl.lit(None, kind)).alias(name)
        for name, kind in _PLACE.items()
    )
    return nodes.select(start.alias("start"), end.alias("end"), *place)
