"""Tasks and occupations in pages."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from workatlas.cypher import Page

from .enums import Direction, TaskOrderField
from .filters import condition_of
from .follow import Follow, late
from .order import ORDERED_BY, TaskOrder, in_order
from .paging import Connection, CountRow, Listing, count_of
from .rows import OccupationRow, TaskRow

if TYPE_CHECKING:
    from .occupation import Occupation
    from .task import Task

_task = late(".task", "Task")
_occupation = late(".occupation", "Occupation")
_LOWEST, _HIGHEST = -1.0, 1e9
"""Stand for a missing figure, so that it comes last whatever the direction."""
_CODES = Listing[OccupationRow](
    "occupations by code", "CODE", lambda row: (row.code, row.code)
)


def _listing(order: TaskOrder | None) -> Listing[TaskRow]:
    by = TaskOrderField.TASK_ID if order is None else order.by
    down = order is not None and order.direction is Direction.DESCENDING
    last = None if by is TaskOrderField.TASK_ID else _LOWEST if down else _HIGHEST
    column = by.value.lower()

    def place(row: TaskRow) -> tuple[float, int]:
        value: float | None = getattr(row, column)
        return (last or 0.0) if value is None else value, row.task_id

    way = "descending" if down else "ascending"
    listed = f"tasks by {column.replace('_', ' ')}, {way}"
    return Listing(listed, by.value, place, is_descending=down, last=last)


def task_page(arguments: Mapping[str, Any]) -> Page:
    """Ask for a page of tasks."""
    condition, values = condition_of(arguments["filter"])
    listing = _listing(arguments["order_by"])
    return listing.ask(arguments["first"], arguments["after"], condition, values)


def occupation_page(arguments: Mapping[str, Any]) -> Page:
    """Ask for a page of occupations."""
    condition, values = condition_of(arguments["filter"])
    return _CODES.ask(arguments["first"], arguments["after"], condition, values)


def filtered_count(arguments: Mapping[str, Any]) -> Page:
    """Ask how many there are that pass the filter."""
    return count_of(*condition_of(arguments["filter"]))


def paged(entry: str, row: type[Any], keys: Any = None) -> tuple[Follow, Follow]:
    """Give what a connection needs: the rows of a page, and how many there are."""
    page = task_page if row is TaskRow else occupation_page
    reads = ORDERED_BY if row is TaskRow else ("code",)
    return (
        Follow(entry, row, keys=keys, page=page, reads=reads, optional=True),
        Follow(
            entry,
            CountRow,
            keys=keys,
            page=filtered_count,
            reads=("total",),
            optional=True,
        ),
    )


TaskConnection = Connection[Annotated["Task", strawberry.lazy(".task")]]
OccupationConnection = Connection[
    Annotated["Occupation", strawberry.lazy(".occupation")]
]


def tasks_in_pages(
    rows: list[TaskRow],
    totals: list[CountRow],
    first: int,
    after: str | None,
    order_by: TaskOrder | None,
) -> TaskConnection:
    """Make a page of tasks; ties by task ID, those without the figure last."""
    page = _listing(order_by).page(in_order(rows, order_by), first, after)
    items = [_task(row=row) for row in page.rows]
    return Connection(items=items, page=page, totals=totals)


def occupations_in_pages(
    rows: list[OccupationRow], totals: list[CountRow], first: int, after: str | None
) -> OccupationConnection:
    """Make a page of occupations, by code."""
    ordered = sorted(rows, key=lambda row: row.code)
    page = _CODES.page(ordered, first, after)
    items = [_occupation(row=row) for row in page.rows]
    return Connection(items=items, page=page, totals=totals)
