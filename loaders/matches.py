"""What a study's rows were found to be about in a release, and how."""

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from workatlas.stores import Subgraph

BASES = {
    "IS_TASK": "SAME_ID_SAME_WORDING",
    "IS_REWORDED_TASK": "SAME_ID_REWORDED",
    "SAYS_TASK": "SAME_TEXT_ONE_TASK",
    "SAYS_TASKS": "SAME_TEXT_MANY_TASKS",
    "IS_OCCUPATION": "SAME_CODE",
    "HOLDS_OCCUPATION": "SOC_ONE_OCCUPATION",
    "HOLDS_OCCUPATIONS": "SOC_MANY_OCCUPATIONS",
    "BECAME_OCCUPATION": "CROSSWALK_ONE",
    "BECAME_OCCUPATIONS": "CROSSWALK_SPLIT",
    "MERGED_IN_OCCUPATION": "CROSSWALK_MERGED",
    "IS_ACTIVITY": "SAME_ACTIVITY",
    "IS_RETITLED_ACTIVITY": "SAME_ACTIVITY_RETITLED",
    "IS_TITLED_ACTIVITY": "SAME_TITLE",
}
"""The relationships by which rows are joined, each with the reason it stands for."""

UNMATCHED = (
    "TASK_NOT_IN_RELEASE",
    "STATEMENT_NOT_IN_RELEASE",
    "ROW_WITHOUT_TASK",
    "OCCUPATION_NOT_IN_RELEASE",
    "AGGREGATED_OCCUPATION",
    "NO_CROSSWALK",
    "ACTIVITY_NOT_IN_RELEASE",
)
"""Why rows are not joined."""

_FOUND = {"start": pl.String(), "end": pl.String(), "by": pl.String()}
_LED = {"start": pl.String(), "end": pl.String()}


class Sides(NamedTuple):
    """What is matched: a study, a release, and what leads from one to the other."""

    study: Subgraph
    release: Subgraph
    crosswalks: Sequence[Subgraph]


class Matches(NamedTuple):
    """What rows of a study are about; keys throughout.

    ``found`` has a row as ``start``, a node of the release as ``end`` and the
    relationship ``by`` which they are joined. ``reasons`` says of each row, ``start``
    in its ``file``, why it is joined as it is or not at all: one of BASES or another.
    ``led`` has the lines of a crosswalk, ``end``, that led from a row to what it found.
    """

    found: pl.DataFrame
    reasons: pl.DataFrame
    led: pl.DataFrame


def matches(
    rows: pl.DataFrame,
    found: pl.DataFrame | None,
    why: pl.Expr,
    led: pl.DataFrame | None = None,
) -> Matches:
    """Put together what was ``found`` of ``rows``; ``why`` is the reason of the others.

    A row is found by one relationship only.
    """
    pairs = pl.DataFrame(schema=_FOUND) if found is None else found.select(list(_FOUND))
    by = pairs.select("start", "by").unique("start")
    reason = pl.col("by").replace_strict(BASES, default=None, return_dtype=pl.String)
    reasons = rows.join(by, on="start", how="left", maintain_order="left").select(
        "start", "file", reason=reason.fill_null(why)
    )
    lines = pl.DataFrame(schema=_LED) if led is None else led.select(list(_LED))
    return Matches(pairs, reasons, lines)
