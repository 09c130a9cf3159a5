"""Emerging tasks: what the publisher of a release proposes for later ones."""

from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from workatlas.cypher import Condition, Page, Passes
from workatlas.stores import Snapshot, release_number
from workatlas.stores.keys import graph_of, wording

from .enums import EmergingCategory
from .follow import Apart, Follow, Late, column, computed, follows, only
from .node import Node
from .page import RELEASE
from .paging import Connection, CountRow, Listing, count_of
from .promotion import Promotion, promotions
from .provenance import DATED, Provenance, dated_provenance
from .release import Release
from .rows import EmergingTaskRow, OccupationRow, OwnedTaskRow, ReleaseRow, TaskRow

if TYPE_CHECKING:
    from .occupation import Occupation
    from .task import Task

_task = Late(".task", "Task")
_occupation = Late(".occupation", "Occupation")


def _in_later(
    snapshot: Snapshot, emerging: "EmergingTask", _: Mapping[str, Any]
) -> list[str]:
    """Give the places of its words in the later releases of the data set."""
    number = release_number(graph_of(emerging.key))
    return [
        release.key(*wording("task", emerging.row.statement))
        for release in snapshot.same_dataset(emerging.key)
        if release_number(release.id) > number
    ]


@strawberry.type(
    description="What the publisher of a release proposes for later ones: a new task, "
    "or other words for a task. It is a candidate and no task of the release: it has "
    "no task ID, is linked to no activity and rated by nobody, and counts in no figure."
)
class EmergingTask(Node):
    """An emerging task, known by its line in the file."""

    row: strawberry.Private[EmergingTaskRow]

    statement: str = column("statement", "What would be done, as the release words it.")
    write_in_total: int | None = column(
        "write_ins",
        "What the release gives as `Write-in Total`; null where it has no such column, "
        "as from 29.0 on.",
    )
    surveyed: str | None = column(
        "surveyed",
        "Year and month that the release gives for it, as in 2022-08; null where it "
        "gives none.",
    )
    domain_source: str | None = column(
        "domain_source",
        "Where it is from, in the publisher's words: Incumbent, Occupational Expert, "
        "...; null where the release does not say.",
    )

    @computed("Whether it is new or other words for a task.", reads=("category",))
    def category(self) -> EmergingCategory:
        """Give the category."""
        return EmergingCategory(self.row.category)

    @computed("Where it stands.", reads=DATED, straight=True)
    def provenance(self) -> Provenance:
        """Give the source."""
        return dated_provenance(self.row)

    @follows(RELEASE, reads=(), shared=True)
    def release(self, rows: list[ReleaseRow]) -> Release:
        """The release that proposes it."""
        return Release(row=only(rows))

    @follows(Follow("emerging_task_occupation", OccupationRow, reads=()), reads=())
    def occupation(
        self, rows: list[OccupationRow]
    ) -> Annotated["Occupation", strawberry.lazy(".occupation")]:
        """The occupation that it is proposed for."""
        made: Occupation = _occupation(row=only(rows))
        return made

    @follows(Follow("emerging_task_revises", TaskRow, reads=()), reads=())
    def revises(
        self, rows: list[TaskRow]
    ) -> Annotated["Task", strawberry.lazy(".task")] | None:
        """The task of the same release that it would reword; null if it is new."""
        return _task(row=rows[0]) if rows else None

    @follows(
        Follow(
            "wording_owned_tasks",
            OwnedTaskRow,
            across=_in_later,
            reads=("key", "task_id", "statement", "code"),
        ),
        Follow("emerging_task_revises", TaskRow, reads=("task_id",)),
        reads=("key", "code", "statement"),
    )
    def promoted(
        self, rows: Apart[OwnedTaskRow], revised: list[TaskRow]
    ) -> list[Promotion]:
        """The tasks of later releases that it became, the oldest release first.

        Those of all later releases that are loaded, by release and task ID. Their
        words are its own, to the letter, and their occupation has the same code;
        nothing else is taken for it. Empty where no loaded release has such a task,
        which does not mean that it was rejected.
        """
        there = [
            row
            for row in chain.from_iterable(rows.values())
            if (row.code, row.statement) == (self.row.code, self.row.statement)
        ]
        return promotions(there, {row.task_id for row in revised})


EmergingTaskConnection = Connection[EmergingTask]
_LISTING: Listing[EmergingTaskRow] = Listing(
    "emerging tasks by line", "LINE", lambda row: (row.line, row.line)
)


def _condition(arguments: Mapping[str, Any]) -> tuple[Condition | None, dict[str, Any]]:
    category: EmergingCategory | None = arguments["category"]
    if category is None:
        return None, {}
    return Passes("CATEGORY", "value"), {"value": category.value}


def _page(arguments: Mapping[str, Any]) -> Page:
    first, after = arguments["first"], arguments["after"]
    return _LISTING.ask(first, after, *_condition(arguments))


def _count(arguments: Mapping[str, Any]) -> Page:
    return count_of(*_condition(arguments))


def emerging_tasks_paged(keys: Any) -> tuple[Follow, Follow]:
    """Give what a connection of a release's emerging tasks needs."""
    entry = "release_emerging_tasks"
    return (
        Follow(
            entry,
            EmergingTaskRow,
            keys=keys,
            page=_page,
            reads=("line",),
            optional=True,
        ),
        Follow(
            entry, CountRow, keys=keys, page=_count, reads=("total",), optional=True
        ),
    )


def emerging_tasks(rows: list[EmergingTaskRow]) -> list[EmergingTask]:
    """Give emerging tasks in the order of their lines."""
    return [EmergingTask(row=row) for row in sorted(rows, key=lambda row: row.line)]


def emerging_tasks_in_pages(
    rows: list[EmergingTaskRow], totals: list[CountRow], first: int, after: str | None
) -> EmergingTaskConnection:
    """Make a page of emerging tasks, in the order of their lines."""
    page = _LISTING.page(sorted(rows, key=lambda row: row.line), first, after)
    items = [EmergingTask(row=row) for row in page.rows]
    return Connection(items=items, page=page, totals=totals)
