"""Where a query starts."""

from collections.abc import Callable
from typing import Annotated, Any

import strawberry

from workatlas.errors import NotFoundError
from workatlas.search import Hit
from workatlas.stores import Snapshot

from .activity import WorkActivity, activity_asked
from .alias import same_elsewhere
from .arguments import (
    After,
    First,
    InRelease,
    OccupationsBy,
    OccupationsOnly,
    OfCategory,
    OrderBy,
    TasksOnly,
    argument,
)
from .comparing import Comparing
from .comparing_releases import ComparingReleases
from .connections import (
    OccupationConnection,
    TaskConnection,
    occupations_in_pages,
    paged,
    tasks_in_pages,
)
from .cost import costs
from .emerging_task import (
    EmergingTaskConnection,
    emerging_tasks_in_pages,
    emerging_tasks_paged,
)
from .explore import shown
from .follow import Follow, follows
from .identified import Identified
from .occupation import Occupation
from .paging import CountRow
from .rows import ActivityRow, EmergingTaskRow, OccupationRow, TaskRow
from .search import Kinds, SearchFor, SearchHit, hits, sought
from .task import Task
from .walk import Walk, Walked

TASK_ID = "O*NET's number of the task."
TASK_IDS = "O*NET's numbers of the tasks."
CODE = "O*NET-SOC code, as in 29-1125.00."
CODES = "O*NET-SOC codes."
ELEMENT_ID = "The activity's identifier in that release or in another one."


def _one(asked: Any) -> list[Any]:
    return [asked]


def _in_release(
    kind: str, argument: str, many: Callable[[Any], list[Any]] = _one
) -> Any:
    def keys(query: "Query", arguments: Any) -> list[str]:
        release = query.snapshot.release(arguments["release"])
        asked = arguments[argument]
        return [release.key(kind, local) for local in dict.fromkeys(many(asked))]

    return keys


def _release_keys(query: "Query", arguments: Any) -> list[str]:
    return [_release_key(query, arguments)]


def _release_key(query: "Query", arguments: Any) -> str:
    return query.snapshot.release(arguments["release"]).key("release")


def _elsewhere(
    _: "Query", snapshot: Snapshot, element_id: str, release: str | None
) -> Walk[list[str]]:
    return same_elsewhere(snapshot, snapshot.release(release), element_id)


_KNOWN_BY = {
    "Task": "number, as in 392",
    "Occupation": "code, as in 29-1125.00",
    "Activity": "identifier, whose form changed with 30.3",
}


def _missing(kind: str, local: str | int, release: str) -> NotFoundError:
    return NotFoundError(
        f"{kind} {shown(local)} is not in {release}.",
        todo=f"Check the {_KNOWN_BY[kind]}, or ask in another release: `releases` "
        "lists them.",
    )


def _each(made: dict[Any, Any], asked: list[Any], kind: str, release: str) -> list[Any]:
    """Give an item or, at its place in the list, the error that it is not there."""
    # An executor reports an exception in a list as an error at that item's path.
    return [
        made[local] if local in made else _missing(kind, local, release)
        for local in asked
    ]


@strawberry.type(description="Where a query starts.")
class Query(Identified, Comparing, ComparingReleases):
    """The entry points; all that is below stays in the release asked for."""

    def _release(self, asked: str | None) -> str:
        return self.snapshot.release(asked).id

    @follows(Follow("task", TaskRow, keys=_in_release("task", "task_id"), reads=()))
    def task(
        self,
        rows: list[TaskRow],
        *,
        task_id: Annotated[int, argument(TASK_ID)],
        release: InRelease = None,
    ) -> Task | None:
        """A task by its number; an error if the release does not have it."""
        if not rows:
            raise _missing("Task", task_id, self._release(release))
        return Task(row=rows[0])

    @follows(
        Follow(
            "task",
            TaskRow,
            keys=_in_release("task", "task_ids", list),
            reads=("task_id",),
        )
    )
    def tasks(
        self,
        rows: list[TaskRow],
        *,
        task_ids: Annotated[list[int], argument(TASK_IDS)],
        release: InRelease = None,
    ) -> list[Task | None]:
        """Tasks by number, in the order given; an error for each unknown one."""
        made = {row.task_id: Task(row=row) for row in rows}
        return _each(made, task_ids, "Task", self._release(release))

    @follows(
        Follow(
            "occupation",
            OccupationRow,
            keys=_in_release("occupation", "code"),
            reads=(),
        )
    )
    def occupation(
        self,
        rows: list[OccupationRow],
        *,
        code: Annotated[str, argument(CODE)],
        release: InRelease = None,
    ) -> Occupation | None:
        """An occupation by its code; an error if the release does not have it."""
        if not rows:
            raise _missing("Occupation", code, self._release(release))
        return Occupation(row=rows[0])

    @follows(
        Follow(
            "occupation",
            OccupationRow,
            keys=_in_release("occupation", "codes", list),
            reads=("code",),
        )
    )
    def occupations(
        self,
        rows: list[OccupationRow],
        *,
        codes: Annotated[list[str], argument(CODES)],
        release: InRelease = None,
    ) -> list[Occupation | None]:
        """Occupations by code, in the order given; an error for each unknown one."""
        made = {row.code: Occupation(row=row) for row in rows}
        return _each(made, codes, "Occupation", self._release(release))

    @costs(weight=500)
    @follows(*paged("release_tasks", TaskRow, _release_keys), reads=())
    def task_connection(
        self,
        rows: list[TaskRow],
        totals: list[CountRow],
        *,
        release: InRelease = None,
        first: First = 20,
        after: After = None,
        order_by: OrderBy = None,
        filter: TasksOnly = None,  # noqa: A002 - what clients call it
    ) -> TaskConnection:
        """The tasks of a release in pages, by task ID unless asked otherwise."""
        del release, filter  # the store has chosen by them
        return tasks_in_pages(rows, totals, first, after, order_by)

    @costs(weight=50)
    @follows(*paged("release_occupations", OccupationRow, _release_keys), reads=())
    def occupation_connection(
        self,
        rows: list[OccupationRow],
        totals: list[CountRow],
        *,
        release: InRelease = None,
        first: First = 20,
        after: After = None,
        order_by: OccupationsBy = None,
        filter: OccupationsOnly = None,  # noqa: A002 - what clients call it
    ) -> OccupationConnection:
        """The occupations of a release in pages, by code unless asked otherwise."""
        del release, filter  # the store has chosen by them
        return occupations_in_pages(rows, totals, first, after, order_by)

    @costs(weight=50)
    @follows(*emerging_tasks_paged(_release_keys), reads=())
    def emerging_task_connection(
        self,
        rows: list[EmergingTaskRow],
        totals: list[CountRow],
        *,
        release: InRelease = None,
        first: First = 20,
        after: After = None,
        category: OfCategory = None,
    ) -> EmergingTaskConnection:
        """What the publisher of a release proposes for later ones, as in the file.

        Candidates: they are none of the tasks of the release.
        """
        del release, category  # the store has chosen by them
        return emerging_tasks_in_pages(rows, totals, first, after)

    @follows(
        Follow(
            "work_activity",
            ActivityRow,
            keys=_in_release("activity", "element_id"),
            otherwise=Walked(_elsewhere, across=True),
            reads=("element_id",),
        )
    )
    def work_activity(
        self,
        rows: list[ActivityRow],
        *,
        element_id: Annotated[str, argument(ELEMENT_ID)],
        release: InRelease = None,
    ) -> WorkActivity | None:
        """A work activity by its identifier, or by one that other releases have for it.

        Its own is looked up first; then it is found by the title that the identifier
        has elsewhere, or by the table of identifiers, as `foundBy` says. An error if
        that leads to nothing, or to several.
        """
        if not rows:
            raise _missing("Activity", element_id, self._release(release))
        return activity_asked(rows[0], element_id)

    @costs(weight=200)
    @follows(sought=sought(_release_key), reads=())
    def search(
        self,
        found: list[Hit],
        *,
        query: SearchFor,
        first: First = 20,
        kinds: Kinds = None,
        release: InRelease = None,
    ) -> list[SearchHit]:
        """What has texts like what is typed, best first, each node once."""
        del query, first, kinds, release  # what was found was chosen by them
        return hits(found)
