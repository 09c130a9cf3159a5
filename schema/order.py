"""The order of lists of tasks."""

from collections.abc import Mapping
from typing import Any

import strawberry

from .enums import Direction, TaskOrderField
from .figure import IMPORTANCE, RELEVANCE
from .rows import PeerValueRow, TaskRow

_SCALES = {
    TaskOrderField.IMPORTANCE: IMPORTANCE,
    TaskOrderField.RELEVANCE: RELEVANCE,
}


@strawberry.input(
    description="How to sort tasks; ties are broken by ascending task ID."
)
class TaskOrder:
    """An order of tasks."""

    by: TaskOrderField = strawberry.field(description="What to sort by.")
    direction: Direction = strawberry.field(
        default=Direction.ASCENDING, description="Which end comes first."
    )


def figures_needed(arguments: Mapping[str, Any]) -> str | None:
    """Give the scale whose figures an order needs, if it needs any."""
    order: TaskOrder | None = arguments.get("order_by")
    return _SCALES.get(order.by) if order else None


def in_order(
    rows: list[TaskRow], values: list[PeerValueRow], order: TaskOrder | None
) -> list[TaskRow]:
    """Sort tasks; those without the figure come last, ties by ascending task ID."""
    by_id = sorted(rows, key=lambda r: r.task_id)
    if order is None:
        return by_id
    down = order.direction is Direction.DESCENDING
    if order.by is TaskOrderField.TASK_ID:
        return by_id[::-1] if down else by_id
    figure = {v.key: v.value for v in values if v.value is not None}
    rated = [r for r in by_id if r.key in figure]
    # sorted is stable, also when reversed: ties keep the ascending task IDs.
    ranked = sorted(rated, key=lambda r: figure[r.key], reverse=down)
    return [*ranked, *(r for r in by_id if r.key not in figure)]
