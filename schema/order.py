"""The orders of lists of tasks and of occupations."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

import strawberry

from .enums import Direction, OccupationOrderField, TaskOrderField

_R = TypeVar("_R")
_LAST: dict[type, tuple[Any, Any]] = {
    float: (1e9, -1.0),
    str: ("\U0010ffff", ""),
}
"""Stand for a missing value, so that it comes last, ascending and descending."""


@strawberry.input(
    description="How to sort tasks; ties are broken by ascending task ID."
)
class TaskOrder:
    """An order of tasks."""

    by: TaskOrderField = strawberry.field(description="What to sort by.")
    direction: Direction = strawberry.field(
        default=Direction.ASCENDING, description="Which end comes first."
    )


@strawberry.input(
    description="How to sort occupations; ties are broken by ascending code."
)
class OccupationOrder:
    """An order of occupations."""

    by: OccupationOrderField = strawberry.field(description="What to sort by.")
    direction: Direction = strawberry.field(
        default=Direction.ASCENDING, description="Which end comes first."
    )


class Order(NamedTuple):
    """An order of rows: by a column, ties by another one.

    ``name`` is the catalogue's; ``holds`` is the type of the column's values where some
    may be missing.
    """

    name: str
    column: str
    tie: str
    holds: type | None = None
    is_descending: bool = False

    @property
    def last(self) -> Any:
        """What stands for a missing value in the store, so that it comes last."""
        return None if self.holds is None else _LAST[self.holds][self.is_descending]

    def of(self, row: Any) -> tuple[Any, Any]:
        """Give a row's value, or what stands for it, and its tie."""
        value = getattr(row, self.column)
        return self.last if value is None else value, getattr(row, self.tie)

    def sort(self, rows: Sequence[_R]) -> list[_R]:
        """Sort rows; those without a value come last, ties by ascending tie."""
        by_tie = sorted(rows, key=attrgetter(self.tie))
        value = attrgetter(self.column)
        known = [row for row in by_tie if value(row) is not None]
        # sorted is stable, also when reversed: ties keep their own order.
        ranked = sorted(known, key=value, reverse=self.is_descending)
        return [*ranked, *(row for row in by_tie if value(row) is None)]

    @property
    def words(self) -> str:
        """How cursors call it."""
        way = "descending" if self.is_descending else "ascending"
        return f"{self.name.lower().replace('_', ' ')}, {way}"


_TASKS = {
    TaskOrderField.TASK_ID: Order("TASK_ID", "task_id", "task_id"),
    TaskOrderField.IMPORTANCE: Order("IMPORTANCE", "importance", "task_id", float),
    TaskOrderField.RELEVANCE: Order("RELEVANCE", "relevance", "task_id", float),
    TaskOrderField.SURVEYED: Order("SURVEYED", "surveyed", "task_id", str),
    TaskOrderField.STATEMENT: Order("STATEMENT", "statement", "task_id", str),
}
_OCCUPATIONS = {
    OccupationOrderField.CODE: Order("CODE", "code", "code"),
    OccupationOrderField.TITLE: Order("TITLE", "heading", "code", str),
    OccupationOrderField.JOB_ZONE: Order("JOB_ZONE", "job_zone", "code", float),
    OccupationOrderField.TASK_COUNT: Order("TASK_COUNT", "task_count", "code", float),
}
TASKS_ORDERED_BY = tuple(order.column for order in _TASKS.values())
"""The columns of a task that an order may read."""
OCCUPATIONS_ORDERED_BY = tuple(order.column for order in _OCCUPATIONS.values())
"""The columns of an occupation that an order may read."""


def order_of(asked: TaskOrder | OccupationOrder | None, usual: Order) -> Order:
    """Give the order that is asked for, or the usual one."""
    if asked is None:
        return usual
    known: dict[Any, Order] = {**_TASKS, **_OCCUPATIONS}
    down = asked.direction is Direction.DESCENDING
    return known[asked.by]._replace(is_descending=down)


BY_TASK_ID = _TASKS[TaskOrderField.TASK_ID]
BY_CODE = _OCCUPATIONS[OccupationOrderField.CODE]


def in_order(rows: Sequence[_R], order: TaskOrder | None) -> list[_R]:
    """Sort tasks, by task ID unless asked otherwise."""
    return order_of(order, BY_TASK_ID).sort(rows)
