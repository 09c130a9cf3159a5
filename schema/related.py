"""Related tasks, with the activities that explain them."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Annotated

import strawberry

from workatlas.errors import UsageError

from .activity import WorkActivity, activities
from .enums import RelatedVia
from .follow import Follow, follows, late, only
from .rows import ActivityRow, DetailedPeerRow, PeerRow, TaskRow

if TYPE_CHECKING:
    from .task import Task

MOST = 100
_task = late(".task", "Task")


@strawberry.type(description="A task that shares activities with another one.")
class RelatedTask:
    """A related task and why it is one."""

    task_key: strawberry.Private[str]
    activity_keys: strawberry.Private[tuple[str, ...]]

    via: RelatedVia = strawberry.field(
        description="The narrowest kind of activity that the two tasks share."
    )

    @follows(Follow("task", TaskRow, keys=lambda r, _: (r.task_key,), reads=()))
    def task(self, rows: list[TaskRow]) -> Annotated["Task", strawberry.lazy(".task")]:
        """The related task."""
        made: Task = _task(row=only(rows))
        return made

    @follows(Follow("work_activity", ActivityRow, keys=lambda r, _: r.activity_keys))
    def shared_activities(self, rows: list[ActivityRow]) -> list[WorkActivity]:
        """The shared activities of that kind, by identifier."""
        return activities(rows)


def related_tasks(
    detailed: list[DetailedPeerRow],
    others: list[PeerRow],
    via: Collection[RelatedVia],
    first: int,
) -> list[RelatedTask]:
    """Group the paths by task, closest first.

    ``others`` share an intermediate activity by way of another detailed activity;
    those that share a detailed one share the intermediate one above it too.

    Tasks that share a detailed activity come before those that only share an
    intermediate one; then the more shared activities the earlier; then by task ID.

    Raises:
        UsageError: ``first`` is out of its range.

    """
    if not 1 <= first <= MOST:
        raise UsageError(
            f"first is {first}, and can be 1 to {MOST}.",
            todo=f"Ask for at least 1 and at most {MOST}.",
        )
    found: dict[str, tuple[RelatedVia, set[str]]] = {}
    paths = {
        RelatedVia.DETAILED_ACTIVITY: [(r.key, r.activity_key) for r in detailed],
        RelatedVia.INTERMEDIATE_ACTIVITY: [
            *((r.key, wider) for r in detailed for wider in r.wider_keys),
            *((r.key, r.activity_key) for r in others),
        ],
    }
    order = [kind for kind in RelatedVia if kind in via]
    for kind in order:
        for task_key, activity_key in paths[kind]:
            closest, shared = found.setdefault(task_key, (kind, set()))
            if closest is kind:
                shared.add(activity_key)
    ranked = sorted(
        found.items(),
        key=lambda item: (order.index(item[1][0]), -len(item[1][1]), _number(item[0])),
    )
    return [
        RelatedTask(task_key=key, activity_keys=tuple(sorted(shared)), via=closest)
        for key, (closest, shared) in ranked[:first]
    ]


def _number(task_key: str) -> int:
    return int(task_key.rpartition("/")[2])
