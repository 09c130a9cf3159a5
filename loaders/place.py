"""A place: nodes of one label in one file, and what their rows must say of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import polars as pl

from workatlas.cypher import NODES, EdgeKind
from workatlas.errors import StoreError
from workatlas.stores import Subgraph, node_schema

COPIED = {"Task": {"importance": "IM", "relevance": "RT"}}
"""Properties that repeat the value of a rating on a scale, and stand in no row."""
COPIED_OVER = {"jobZone": "HAS_JOB_ZONE", "taskCount": "HAS_TASK"}
"""Properties of occupations that follow from a relationship, and stand in no row."""
_IN_NO_ROW = {
    "Task": (*COPIED["Task"], "ratedAs"),
    "Occupation": tuple(COPIED_OVER),
    "WorkActivity": ("information",),
}


class Tie(NamedTuple):
    """A relationship of a node, of which the row names the other end.

    ``own`` is the end at which the node is; ``other`` makes the other end's key.
    """

    kind: EdgeKind
    own: Literal["start", "end"]
    other: pl.Expr


@dataclass(frozen=True)
class Place:
    """Nodes of one label in one file, and what their rows must say of them.

    ``columns`` maps properties to published columns. ``key`` makes a node's key of the
    published columns and ``line``. Properties that are neither in ``columns`` nor in
    ``fixed``, which the place decides, must be null. ``made`` has what follows from a
    whole row.
    """

    label: str
    nodes: pl.DataFrame
    columns: Mapping[str, str]
    key: pl.Expr
    fixed: Mapping[str, str | None] = field(default_factory=dict[str, str | None])
    ties: tuple[Tie, ...] = ()
    made: Mapping[str, pl.Expr] = field(default_factory=dict[str, pl.Expr])

    @property
    def constants(self) -> dict[str, str | None]:
        """The properties that the rows do not decide."""
        own = _IN_NO_ROW.get(self.label, ())
        of_row = {*self.columns, *self.fixed, *self.made, *own, "file", "line"}
        return {**self.fixed, **{p: None for p in NODES[self.label] if p not in of_row}}


def rows_of(graph: Subgraph, label: str) -> pl.DataFrame:
    """Give a label's table; an empty one if the graph has no such nodes."""
    return graph.nodes.get(label, pl.DataFrame(schema=node_schema(label)))


def unknown(graph: Subgraph, what: str) -> StoreError:
    """Give the error of a graph that another version of this program made."""
    return StoreError(
        f"This version of WorkAtlas does not know {what}.",
        where=graph.id,
        todo="Load it again with this version, or verify with the one that loaded it.",
    )
