"""Which occupation a task of a release belongs to, and rows that say another one."""

import polars as pl

from .layout import Release
from .tables import Table


def owners(release: Release) -> pl.DataFrame:
    """Give the code of each task's occupation, ``owner``, by ``taskId``."""
    statements = release.needed("task_statements")
    task = statements.numbers("taskId", whole=True)
    return statements.typed(taskId=task, owner=pl.col("code")).frame.select(
        "taskId", "owner"
    )


def refuse_loose(
    table: Table, rows: pl.DataFrame, owners: pl.DataFrame, column: str = "taskId"
) -> None:
    """Refuse rows whose task is unknown, or belongs to another occupation than theirs.

    Raises:
        DataError: the first of them, by the column of the task or of the occupation.

    """
    owned = rows.join(owners, left_on=column, right_on="taskId", how="left")
    table.refuse(
        owned.filter(pl.col("owner").is_null()),
        column,
        f"Task {{{column}}} is not in the file of task statements.",
    )
    table.refuse(
        owned.filter(pl.col("owner") != pl.col("code")),
        "code",
        f"Task {{{column}}} belongs to {{owner}}, not to {{code}}.",
    )
