"""Relationships of a kind that must be there, and no others."""

from collections.abc import Collection, Iterable, Iterator
from typing import Literal, NamedTuple

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.stores import EDGE_SCHEMA, Subgraph

from .findings import Finding

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


def compare_links(
    graph: Subgraph, links: Iterable[Link], wrong: Collection[str]
) -> tuple[int, list[Finding]]:
    """Compare the relationships that are there with those that must be.

    Gives how many must be, and what differs. Nodes with the keys ``wrong`` have values
    that are not those of their lines: what follows from them is not judged.
    """
    count, findings = 0, list[Finding]()
    for link in links:
        count += link.pairs.height
        there = graph.edges.get(link.kind, pl.DataFrame(schema=EDGE_SCHEMA))
        ends = list(EDGE_SCHEMA)
        missing = link.pairs.join(there, on=ends, how="anti")
        extra = there.join(link.pairs, on=ends, how="anti")
        both = [*_findings(graph, link, missing), *_findings(graph, link, extra)]
        findings += [f for f in both if not {f.key, f.recorded, f.found} & {*wrong}]
    return count, findings


def _findings(graph: Subgraph, link: Link, rows: pl.DataFrame) -> Iterator[Finding]:
    """Give a finding a pair; those that are there and must not be have no place."""
    other, must_be = "end" if link.own == "start" else "start", "file" in rows.columns
    for row in rows.sort(link.own, other).to_dicts():
        yield Finding(
            graph.id,
            row.get("file"),
            key=row[link.own],
            property=link.kind.name,
            line=row.get("line"),
            recorded=None if must_be else row[other],
            found=row[other] if must_be else None,
        )
