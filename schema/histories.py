"""Histories of tasks, occupations and work activities: what each kind compares."""

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeVar

import strawberry

from .continuation_basis import ContinuationBasis, same_id
from .continuations import titled
from .enums import FileContents
from .follow import Apart, Follow, Late, computed, follows
from .history import HistoryChange, Seen, Version, missing_of, told
from .over_releases import FILES_OF_ALL, RELEASES, in_all, own_place
from .rows import ActivityRow, OccupationRow, ReleaseRow, SourceFileRow, TaskRow

if TYPE_CHECKING:
    from .activity import WorkActivity
    from .occupation import Occupation
    from .task import Task

_T = TypeVar("_T")
_task = Late(".task", "Task")
_occupation = Late(".occupation", "Occupation")
_activity = Late(".activity", "WorkActivity")
_TASKS = {FileContents.TASK_STATEMENTS.value}
_OCCUPATIONS = {FileContents.OCCUPATIONS.value}
_BOTH = FileContents.ACTIVITY_HIERARCHY.value
_ACTIVITIES = {
    "DETAILED": {FileContents.DETAILED_ACTIVITIES.value, _BOTH},
    "INTERMEDIATE": {FileContents.INTERMEDIATE_ACTIVITIES.value, _BOTH},
    "GENERALIZED": {FileContents.CONTENT_MODEL.value},
}
"""The files that have them."""


@strawberry.type(description="A task as one release has it, and what changed.")
class TaskVersion(Version):
    """A version of a task."""

    @computed(
        "The task there; null with the reason in `missing`.", reads=(), passes=True
    )
    def task(self) -> Annotated["Task", strawberry.lazy(".task")] | None:
        """Give the task."""
        found: _OwnedTask | None = self.told.seen.found
        return found and _task(row=found.task)


@strawberry.type(description="An occupation as one release has it, and what changed.")
class OccupationVersion(Version):
    """A version of an occupation."""

    @computed(
        "The occupation there; null with the reason in `missing`.",
        reads=(),
        passes=True,
    )
    def occupation(
        self,
    ) -> Annotated["Occupation", strawberry.lazy(".occupation")] | None:
        """Give the occupation."""
        found: OccupationRow | None = self.told.seen.found
        return found and _occupation(row=found)


@strawberry.type(description="A work activity as one release has it, and what changed.")
class WorkActivityVersion(Version):
    """A version of an activity."""

    @computed(
        "The activity there; null with the reason in `missing`.", reads=(), passes=True
    )
    def activity(
        self,
    ) -> Annotated["WorkActivity", strawberry.lazy(".activity")] | None:
        """Give the activity."""
        found: _PlacedActivity | None = self.told.seen.found
        return found and _activity(row=found.activity)

    @computed(
        "How it was found there: by identifier, or else by title; null where it was "
        "not.",
        reads=(),
    )
    def basis(self) -> ContinuationBasis | None:
        """Give the basis."""
        found: _PlacedActivity | None = self.told.seen.found
        return found and found.basis


class _OwnedTask(NamedTuple):
    """A task and the occupation that it belongs to."""

    task: TaskRow
    occupation: OccupationRow


@follows(
    RELEASES,
    FILES_OF_ALL,
    Follow("task", TaskRow, across=in_all(own_place), reads=("statement", "task_type")),
    Follow("task_occupation", OccupationRow, across=in_all(own_place), reads=("code",)),
    reads=(),
)
def history_of_task(
    self: Any,
    releases: Apart[ReleaseRow],
    files: Apart[SourceFileRow],
    tasks: Apart[TaskRow],
    occupations: Apart[OccupationRow],
) -> list[TaskVersion]:
    """What became of it: the task of the same number in each release, oldest first.

    Of all published releases of its data set; numbers are never used again, and may
    vanish and return. Looks into all of these releases.
    """
    del self  # its key has been used
    seen = [
        Seen(
            release,
            _OwnedTask(tasks[build][0], occupations[build][0])
            if tasks[build]
            else None,
            None if tasks[build] else missing_of(files[build], _TASKS),
        )
        for build, (release,) in releases.items()
    ]
    return [TaskVersion(told=each) for each in told(seen, _of_tasks)]


def _of_tasks(one: _OwnedTask, other: _OwnedTask) -> list[HistoryChange]:
    return _named(
        {
            HistoryChange.REWORDED: one.task.statement != other.task.statement,
            HistoryChange.MOVED: one.occupation.code != other.occupation.code,
            HistoryChange.TYPE_CHANGED: one.task.task_type != other.task.task_type,
        }
    )


def _named(changes: dict[HistoryChange, bool]) -> list[HistoryChange]:
    return [change for change, is_so in changes.items() if is_so]


@follows(
    RELEASES,
    FILES_OF_ALL,
    Follow(
        "occupation",
        OccupationRow,
        across=in_all(own_place),
        reads=("heading", "description"),
    ),
    reads=(),
)
def history_of_occupation(
    self: Any,
    releases: Apart[ReleaseRow],
    files: Apart[SourceFileRow],
    occupations: Apart[OccupationRow],
) -> list[OccupationVersion]:
    """What became of it: the occupation of the same code in each release, oldest first.

    Of all published releases of its data set. Where codes were split or merged,
    `continues` and `continuedBy` lead on. Looks into all of these releases.
    """
    del self  # its key has been used
    seen = [
        Seen(
            release,
            _first(occupations[build]),
            None if occupations[build] else missing_of(files[build], _OCCUPATIONS),
        )
        for build, (release,) in releases.items()
    ]
    return [OccupationVersion(told=each) for each in told(seen, _of_occupations)]


def _of_occupations(one: OccupationRow, other: OccupationRow) -> list[HistoryChange]:
    return _named(
        {
            HistoryChange.RETITLED: one.heading != other.heading,
            HistoryChange.REDESCRIBED: one.description != other.description,
        }
    )


class _PlacedActivity(NamedTuple):
    """An activity, the one that it is part of, and how it was found."""

    activity: ActivityRow
    parent: ActivityRow | None
    basis: ContinuationBasis


class _ActivityRows(NamedTuple):
    """The rows of the needs below."""

    releases: Apart[ReleaseRow]
    files: Apart[SourceFileRow]
    same: Apart[ActivityRow]
    above_same: Apart[ActivityRow]
    alike: Apart[ActivityRow]
    above_alike: Apart[ActivityRow]

    def placed(self, build: str, title: str) -> _PlacedActivity | None:
        """Give the one that a release has; of several it is not known which it is."""
        if self.same[build]:
            (row,), above = self.same[build], self.above_same[build]
            return _PlacedActivity(row, _first(above), same_id(title, row.heading))
        if len(self.alike[build]) == 1:
            (row,), above = self.alike[build], self.above_alike[build]
            return _PlacedActivity(row, _first(above), ContinuationBasis.SAME_TITLE)
        return None


def _first(rows: list[_T]) -> _T | None:
    return rows[0] if rows else None


_NAMED_SO = ("element_id", "heading", "description")


@follows(
    RELEASES,
    FILES_OF_ALL,
    Follow("work_activity", ActivityRow, across=in_all(own_place), reads=_NAMED_SO),
    Follow("activity_parent", ActivityRow, across=in_all(own_place), reads=_NAMED_SO),
    Follow("wording_activities", ActivityRow, across=in_all(titled), reads=_NAMED_SO),
    Follow("wording_parents", ActivityRow, across=in_all(titled), reads=_NAMED_SO),
    reads=("level", "heading"),
)
def history_of_activity(self: Any, *given: Any) -> list[WorkActivityVersion]:
    """What became of it in each release, oldest first.

    The activity of the same identifier, or else the only one of its level with the
    same title: the form of identifiers changed with 30.3. Of all published releases of
    its data set; looks into all of them.
    """
    rows, contents = _ActivityRows(*given), _ACTIVITIES[self.row.level]
    seen: list[Seen] = []
    for build, (release,) in rows.releases.items():
        found = rows.placed(build, self.row.heading)
        missing = None if found else missing_of(rows.files[build], contents)
        seen.append(Seen(release, found, missing))
    return [WorkActivityVersion(told=each) for each in told(seen, _of_activities)]


def _of_activities(one: _PlacedActivity, other: _PlacedActivity) -> list[HistoryChange]:
    before, after = one.activity, other.activity
    return _named(
        {
            HistoryChange.RETITLED: before.heading != after.heading,
            HistoryChange.REDESCRIBED: before.description != after.description,
            HistoryChange.REIDENTIFIED: before.element_id != after.element_id,
            HistoryChange.MOVED: not _is_same(one.parent, other.parent),
        }
    )


def _is_same(one: ActivityRow | None, other: ActivityRow | None) -> bool:
    """Tell whether two parents are one: by identifier or by title."""
    if one is None or other is None:
        return one is other
    return one.element_id == other.element_id or one.heading == other.heading
