"""Work activities and what they reach."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from .enums import ActivityLevel
from .follow import Follow, column, computed, follows, late
from .node import Node
from .provenance import Provenance, dated_provenance, row_provenance
from .rows import ActivityLinkRow, ActivityRow, ReachRow, TaskRow

if TYPE_CHECKING:
    from .task import Task

_task = late(".task", "Task")


# Each finds something from an activity of its own level only.
_REACH = tuple(
    Follow(f"{level.value.lower()}_activity_reach", ReachRow) for level in ActivityLevel
)


@strawberry.type(description="A work activity at one of three levels.")
class WorkActivity(Node):
    """An activity."""

    row: strawberry.Private[ActivityRow]

    element_id: str = column(
        "element_id", "Its identifier in this release; the form changed with 30.3."
    )
    title: str = column("heading", "Its title.")
    description: str | None = column(
        "description", "What it covers; published for generalized activities only."
    )

    information: float | None = column(
        "information",
        "How much it says of a task to be linked to it or to one below it, in bits: "
        "-log2 of the share of the release's linked tasks that are. Null if none is.",
    )

    @computed("Its level.", reads=("level",))
    def level(self) -> ActivityLevel:
        """Give the level."""
        return ActivityLevel(self.row.level)

    @computed("Where the release defines it.", reads=("file", "line"))
    def provenance(self) -> Provenance:
        """Give the source."""
        return row_provenance(self.row)

    @follows(Follow("activity_parent", ActivityRow, reads=()), reads=())
    def parent(
        self, rows: list[ActivityRow]
    ) -> Annotated["WorkActivity", strawberry.lazy(".activity")] | None:
        """The activity one level up; null for a generalized one."""
        return WorkActivity(row=rows[0]) if rows else None

    @follows(Follow("activity_children", ActivityRow, reads=("element_id",)), reads=())
    def children(
        self, rows: list[ActivityRow]
    ) -> list[Annotated["WorkActivity", strawberry.lazy(".activity")]]:
        """The activities one level down, by identifier."""
        return activities(rows)

    @follows(Follow("activity_tasks", TaskRow, reads=("task_id",)), reads=())
    def tasks(
        self, rows: list[TaskRow]
    ) -> list[Annotated["Task", strawberry.lazy(".task")]]:
        """The tasks linked to it or to an activity below it, each once, by task ID."""
        by_id = {row.task_id: row for row in rows}
        return [_task(row=by_id[number]) for number in sorted(by_id)]

    @follows(*_REACH, reads=())
    def task_count(self, *rows: list[ReachRow]) -> int:
        """How many tasks are linked to it or to an activity below it: `tasks`."""
        return len({r.key for found in rows for r in found})

    @follows(*_REACH, reads=())
    def occupation_count(self, *rows: list[ReachRow]) -> int:
        """How many occupations those tasks belong to."""
        return len({r.occupation_key for found in rows for r in found})


@strawberry.type(description="The row that links a task to a detailed activity.")
class ActivityLink:
    """A link, which is a row of a file with a date and a source of its own."""

    row: strawberry.Private[ActivityLinkRow]
    activity_row: strawberry.Private[ActivityRow]

    surveyed: str | None = column(
        "surveyed",
        "Year and month in which the link was made, as in 2014-03; null where the "
        "release gives none.",
    )
    domain_source: str | None = column(
        "domain_source",
        "Who made the link, in the publisher's words: Analyst, ...; null where the "
        "release does not say.",
    )

    @computed("The detailed activity.")
    def activity(self) -> WorkActivity:
        """Give the activity."""
        return WorkActivity(row=self.activity_row)

    @computed("Where the link stands.")
    def provenance(self) -> Provenance:
        """Give the source."""
        return dated_provenance(self.row)


def activities(rows: list[ActivityRow]) -> list[WorkActivity]:
    """Give activities by their identifier."""
    return [WorkActivity(row=r) for r in sorted(rows, key=lambda r: r.element_id)]
