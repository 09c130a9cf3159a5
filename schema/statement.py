"""Statements that several tasks share."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from workatlas.cypher import Page

from .follow import Follow, Late, column, follows
from .node import Node
from .paging import CountRow, count_of
from .rows import StatementRow, TaskRow

if TYPE_CHECKING:
    from .task import Task

_task = Late(".task", "Task")


def _all(_: Mapping[str, Any]) -> Page:
    return count_of(None, {})


@strawberry.type(
    description="A statement that several tasks of a release have, to the letter: "
    "case, punctuation and blanks count. Its identifier names it in every release."
)
class SharedStatement(Node):
    """A shared statement."""

    row: strawberry.Private[StatementRow]

    statement: str = column("statement", "What is done, as the release words it.")
    information: float = column(
        "information",
        "How much it says of a task to have it, in bits: -log2 of the share of the "
        "release's tasks that do.",
    )

    @follows(Follow("statement_tasks", CountRow, page=_all), reads=())
    def task_count(self, totals: list[CountRow]) -> int:
        """How many tasks have it: `tasks`."""
        return sum(row.total for row in totals)

    @follows(Follow("statement_tasks", TaskRow, reads=("task_id",)), reads=())
    def tasks(
        self, rows: list[TaskRow]
    ) -> list[Annotated["Task", strawberry.lazy(".task")]]:
        """The tasks that have it, by task ID."""
        return _task.of(sorted(rows, key=lambda row: row.task_id))


def statements(rows: list[StatementRow]) -> list[SharedStatement]:
    """Give statements in the order of their words, each once."""
    by_key = {row.key: row for row in rows}
    ordered = sorted(by_key.values(), key=lambda row: (row.statement, row.key))
    return [SharedStatement(row=row) for row in ordered]
