"""The order of lists of tasks."""

from operator import attrgetter

import strawberry

from .enums import Direction, TaskOrderField
from .rows import TaskRow

ORDERED_BY = ("task_id", "importance", "relevance")
"""The columns of a task that an order may read."""


@strawberry.input(
    description="How to sort tasks; ties are broken by ascending task ID."
)
class TaskOrder:
    """An order of tasks."""

    by: TaskOrderField = strawberry.field(description="What to sort by.")
    direction: Direction = strawberry.field(
        default=Direction.ASCENDING, description="Which end comes first."
    )


def in_order(rows: list[TaskRow], order: TaskOrder | None) -> list[TaskRow]:
    """Sort tasks; those without the figure come last, ties by ascending task ID."""
    by_id = sorted(rows, key=attrgetter("task_id"))
    if order is None:
        return by_id
    down = order.direction is Direction.DESCENDING
    if order.by is TaskOrderField.TASK_ID:
        return by_id[::-1] if down else by_id
    figure = attrgetter(order.by.value.lower())
    rated = [row for row in by_id if figure(row) is not None]
    # sorted is stable, also when reversed: ties keep the ascending task IDs.
    ranked = sorted(rated, key=figure, reverse=down)
    return [*ranked, *(row for row in by_id if figure(row) is None)]
