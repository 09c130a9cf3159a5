"""Tasks and occupations in pages."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from workatlas.cypher import Page

from .filters import condition_of
from .follow import Follow, Late
from .order import (
    BY_CODE,
    BY_TASK_ID,
    OCCUPATIONS_ORDERED_BY,
    TASKS_ORDERED_BY,
    OccupationOrder,
    Order,
    TaskOrder,
    order_of,
)
from .paging import Connection, CountRow, Listing, count_of
from .rows import OccupationRow, TaskRow

if TYPE_CHECKING:
    from .occupation import Occupation
    from .task import Task

_task = Late(".task", "Task")
_occupation = Late(".occupation", "Occupation")


def _listing(these: str, order: Order) -> Listing[Any]:
    return Listing(
        f"{these} by {order.words}",
        order.name,
        order.of,
        is_descending=order.is_descending,
        last=order.last,
    )


def _page(these: str, usual: Order) -> Callable[[Mapping[str, Any]], Page]:
    def page(arguments: Mapping[str, Any]) -> Page:
        condition, values = condition_of(arguments["filter"])
        listing = _listing(these, order_of(arguments["order_by"], usual))
        return listing.ask(arguments["first"], arguments["after"], condition, values)

    return page


def filtered_count(arguments: Mapping[str, Any]) -> Page:
    """Ask how many there are that pass the filter."""
    return count_of(*condition_of(arguments["filter"]))


def paged(entry: str, row: type[Any], keys: Any = None) -> tuple[Follow, Follow]:
    """Give what a connection needs: the rows of a page, and how many there are."""
    page, reads = (
        (_page("tasks", BY_TASK_ID), TASKS_ORDERED_BY)
        if row is TaskRow
        else (_page("occupations", BY_CODE), OCCUPATIONS_ORDERED_BY)
    )
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
    """Make a page of tasks; ties by task ID, those without the value last."""
    order = order_of(order_by, BY_TASK_ID)
    page = _listing("tasks", order).page(order.sort(rows), first, after)
    items = _task.of(page.rows)
    return Connection(items=items, page=page, totals=totals)


def occupations_in_pages(
    rows: list[OccupationRow],
    totals: list[CountRow],
    first: int,
    after: str | None,
    order_by: OccupationOrder | None,
) -> OccupationConnection:
    """Make a page of occupations; ties by code, those without the value last."""
    order = order_of(order_by, BY_CODE)
    page = _listing("occupations", order).page(order.sort(rows), first, after)
    items = _occupation.of(page.rows)
    return Connection(items=items, page=page, totals=totals)
