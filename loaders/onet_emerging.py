"""The emerging tasks of a release: candidates that have no task ID yet.

The publisher calls one New, or a Revision of a task that the release has. A row is
known by its line alone: the file numbers nothing, and a statement is no key.
"""

import polars as pl

from workatlas.cypher import EdgeKind

from .build import Edges, Nodes, edge_table, key, nodes
from .layout import Release
from .onet_owners import owners, refuse_loose
from .tables import Table

_CATEGORIES = {"New": "NEW", "Revision": "REVISION"}


def emerging_tasks(release: Release, made: Nodes) -> tuple[Nodes, Edges]:
    """Read the emerging tasks of occupations, unless they are left out.

    Raises:
        DataError: an unknown occupation or category, a row that stands twice, a
            revision of no task, of an unknown one or of another occupation's, a new
            one that revises a task, a date or number that is none.

    """
    table = release.table("emerging_tasks")
    if table is None:
        return {}, {}
    table.required("code", "statement", "category")
    table.among("code", made["Occupation"]["code"], "in the file of occupations")
    table.among("category", pl.Series(list(_CATEGORIES)), "a category: New or Revision")
    # The layouts of newer editions have no such column.
    if "writeIns" in table.spec.columns:
        table = table.typed(writeIns=table.numbers("writeIns", minimum=0, whole=True))
    typed = table.typed(
        originalTaskId=table.numbers("originalTaskId", minimum=1, whole=True),
        surveyed=table.months("surveyed"),
        category=pl.col("category").replace_strict(_CATEGORIES, return_dtype=pl.String),
    ).unique("code", "statement", "originalTaskId")
    rows = typed.frame.with_columns(key=key("emergingtask", "line"))
    revisions = _revisions(typed, rows)
    refuse_loose(typed, revisions, owners(release), "originalTaskId")
    return {"EmergingTask": nodes("EmergingTask", rows, file=table.file.name)}, {
        EdgeKind("Occupation", "HAS_EMERGING", "EmergingTask"): edge_table(
            rows, key("occupation", "code"), pl.col("key")
        ),
        EdgeKind("EmergingTask", "REVISES", "Task"): edge_table(
            revisions, pl.col("key"), key("task", "originalTaskId")
        ),
    }


def _revisions(table: Table, rows: pl.DataFrame) -> pl.DataFrame:
    """Give the rows that name a task; refuse those whose category says otherwise."""
    is_revision = pl.col("category") == "REVISION"
    names_one = pl.col("originalTaskId").is_not_null()
    column = "originalTaskId"
    nameless = "A revision does not say which task it revises."
    table.refuse(rows.filter(is_revision & ~names_one), column, nameless)
    renewed = "A new task revises none, and this one names {originalTaskId}."
    table.refuse(rows.filter(~is_revision & names_one), column, renewed)
    return rows.filter(names_one)
