"""Small steps that turn checked columns into the tables of a graph."""

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.stores import node_schema

Nodes = dict[str, pl.DataFrame]
Edges = dict[EdgeKind, pl.DataFrame]


def nodes(label: str, frame: pl.DataFrame, **facts: object) -> pl.DataFrame:
    """Give a label's table: its columns of ``frame``, the facts, and nulls."""
    schema = node_schema(label)
    chosen = [
        pl.lit(facts[name], dtype=kind).alias(name)
        if name in facts
        else pl.col(name).cast(kind)
        if name in frame.columns
        else pl.lit(None, dtype=kind).alias(name)
        for name, kind in schema.items()
    ]
    return frame.select(chosen)


def edge_table(frame: pl.DataFrame, start: pl.Expr, end: pl.Expr) -> pl.DataFrame:
    """Give a relationship's table; the ends are expressions over ``frame``."""
    return frame.select(start.alias("start"), end.alias("end"))


def key(kind: str, *columns: str) -> pl.Expr:
    """Give local keys: ``task/392`` is ``key("task", "taskId")``."""
    parts = [pl.col(column).cast(pl.String) for column in columns]
    return pl.concat_str([pl.lit(kind), *parts], separator="/")
