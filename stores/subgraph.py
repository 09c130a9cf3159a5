"""A whole release or study as tables: what loaders hand to a store and get back."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl
import polars.selectors as cs

from workatlas.cypher import EDGES, NODES, EdgeKind
from workatlas.errors import StoreError

_TYPES: dict[str, pl.DataType] = {
    "string": pl.String(),
    "int": pl.Int64(),
    "float": pl.Float64(),
    "bool": pl.Boolean(),
}


class GraphKind(StrEnum):
    """What a graph is about."""

    RELEASE = "RELEASE"
    STUDY = "STUDY"
    CROSSWALK = "CROSSWALK"


def node_schema(label: str) -> dict[str, pl.DataType]:
    """Give the columns of a label's table: ``key`` and the model's properties."""
    return {"key": pl.String(), **{p: _TYPES[t] for p, t in NODES[label].items()}}


_DEFECT = "This is a defect of a loader: report it with the command used."
_NONE = pl.DataFrame(schema={"key": pl.String()})

EDGE_SCHEMA: dict[str, pl.DataType] = {"start": pl.String(), "end": pl.String()}
"""The columns of a relationship's table: the local keys of its two ends."""


@dataclass(frozen=True)
class Subgraph:
    """The tables of one release (with the studies joined to it) or of one study.

    ``nodes`` has a table a label with exactly ``node_schema(label)``; keys are local
    (``task/392``), the store puts the build's prefix before them. ``fingerprint`` is a
    sha256 over everything that decides the content, so equal means nothing to do.
    ``built_at`` is when it was built before, if that is to stay.
    """

    id: str
    kind: GraphKind
    published: str
    synthetic: bool
    fingerprint: str
    nodes: Mapping[str, pl.DataFrame]
    edges: Mapping[EdgeKind, pl.DataFrame]
    built_at: str = ""

    def check(self) -> None:
        """Refuse what a store would take silently and wrongly.

        Raises:
            StoreError: a table that is not in the model, a key that stands twice, a
                relationship whose end is no node (the embedded store would invent it).

        """
        for label, table in self.nodes.items():
            self._check_nodes(label, table)
        for kind, table in self.edges.items():
            self._check_edges(kind, table)

    def _check_nodes(self, label: str, table: pl.DataFrame) -> None:
        if label not in NODES or dict(table.schema) != node_schema(label):
            raise StoreError(
                f"The table of {label} does not have the model's columns.",
                where=self.id,
                todo=_DEFECT,
            )
        if table["key"].null_count() or table["key"].n_unique() != table.height:
            raise StoreError(
                f"Keys of {label} are missing or stand twice.",
                where=self.id,
                todo=_DEFECT,
            )

        odd = pl.any_horizontal(cs.float().is_nan() | cs.float().is_infinite())
        if table.select(cs.float()).width and table.filter(odd).height:
            raise StoreError(
                f"A {label} has a number that is none or infinite.",
                where=self.id,
                todo=_DEFECT,
            )

    def _check_edges(self, kind: EdgeKind, table: pl.DataFrame) -> None:
        ends = ((kind.start, "start"), (kind.end, "end"))
        if kind not in EDGES or dict(table.schema) != EDGE_SCHEMA:
            raise StoreError(
                f"{kind} is not in the model.", where=self.id, todo=_DEFECT
            )
        if table.is_duplicated().any():
            raise StoreError(
                f"A {kind.name} stands twice.", where=self.id, todo=_DEFECT
            )
        for label, column in ends:
            known = self.nodes.get(label, _NONE).select(pl.col("key").alias(column))
            loose = table.join(known, on=column, how="anti")
            if loose.height:
                raise StoreError(
                    f"{kind.name} points to {loose.height} {label} that are not there, "
                    f"first {loose[column][0]}.",
                    where=self.id,
                    todo=_DEFECT,
                )
