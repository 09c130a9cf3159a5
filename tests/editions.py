"""Releases of one small data set, each a little other than the one before it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from workatlas.stores import Subgraph

from .onet_files import Row, Tables, read, tables, write

Change = Callable[[Tables], None]


def edition(
    folder: Path,
    version: str,
    *changes: Change,
    leave_out: Sequence[str] = (),
    **options: Any,
) -> Subgraph:
    """Read a release of the small data set with some changes."""
    rows = tables()
    for change in changes:
        change(rows)
    tasks = {row["taskId"] for row in rows["task_statements"]}
    revised = (row for row in rows["emerging_tasks"] if "originalTaskId" in row)
    gone = [row for row in revised if row["originalTaskId"] not in tasks]
    rows["emerging_tasks"] = [r for r in rows["emerging_tasks"] if r not in gone]
    within = folder / version
    within.mkdir(parents=True)
    source = write(within, rows=rows, leave_out=leave_out)
    return read(source, version=version, **options)


def with_cells(table: str, where: Mapping[str, str], **cells: str | None) -> Change:
    """Give the rows of a table that have some cells other ones."""

    def change(rows: Tables) -> None:
        for row in rows[table]:
            if where.items() <= row.items():
                row.update(cells)

    return change


def with_rows(table: str, *more: Row) -> Change:
    """Add rows to a table."""

    def change(rows: Tables) -> None:
        rows[table] += [row.copy() for row in more]

    return change


def without(column: str, value: str) -> Change:
    """Leave out what has a value in a column, in every table."""

    def change(rows: Tables) -> None:
        for name, table in rows.items():
            rows[name] = [row for row in table if row.get(column) != value]

    return change


def renamed(values: Mapping[str, str], *columns: str) -> Change:
    """Give values in columns of that name other ones, in every table."""

    def change(rows: Tables) -> None:
        for row in (row for table in rows.values() for row in table):
            for column in columns:
                row[column] = values.get(str(row.get(column)), row.get(column))

    return change
