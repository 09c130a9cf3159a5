"""Links between tasks, and between work activities, of two releases.

By the same number or identifier, and by the same words to the letter.
"""

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from workatlas.stores.keys import wording

from .continuation import Continuation, Link, Linked
from .continuation_basis import ContinuationBasis, same_id
from .follow import Apart, Follow, Late, computed
from .over_releases import Local, Way, in_other, own_place, release_of
from .rows import ActivityRow, ReleaseRow, TaskRow

if TYPE_CHECKING:
    from .activity import WorkActivity
    from .task import Task

_task = Late(".task", "Task")
_activity = Late(".activity", "WorkActivity")


@strawberry.type(description="A link to a task of an older or a newer release.")
class TaskContinuation(Continuation):
    """A link between tasks."""

    @computed("The task there.", reads=(), passes=True)
    def task(self) -> Annotated["Task", strawberry.lazy(".task")]:
        """Give the task."""
        made: Task = _task(row=self.link.row)
        return made


@strawberry.type(
    description="A link to a work activity of an older or a newer release."
)
class WorkActivityContinuation(Continuation):
    """A link between activities."""

    @computed("The activity there.", reads=(), passes=True)
    def activity(self) -> Annotated["WorkActivity", strawberry.lazy(".activity")]:
        """Give the activity."""
        made: WorkActivity = _activity(row=self.link.row)
        return made


def said(task: Any) -> str:
    """Give where in a build the words of a task stand."""
    return "/".join(wording("task", task.row.statement))


def titled(activity: Any) -> str:
    """Give where in a build the title of an activity stands."""
    row: ActivityRow = activity.row
    return "/".join(wording(row.level.lower(), row.heading))


_STATEMENT, _NUMBER = "statement", "task_id"
_TITLE, _ELEMENT = "heading", "element_id"


def _needs(
    same: str, alike: str, row: type[Any], words: Local, reads: tuple[str, str]
) -> Callable[[Way], tuple[Follow, ...]]:
    """Need what stands at the same place, and what has the same words."""
    columns = ("key", *reads)
    return lambda way: (
        release_of(way),
        Follow(same, row, across=in_other(way, own_place), reads=columns),
        Follow(alike, row, across=in_other(way, words), reads=columns),
    )


def _made(
    of: Callable[..., Continuation],
    words: Callable[[Any], str],
    order: Callable[[Any], Any],
    basis: ContinuationBasis,
) -> Callable[..., list[Continuation]]:
    """Make links of what has the same identifier, or else the same words: a basis."""

    def found(
        node: Any, releases: Apart[ReleaseRow], same: Apart[Any], alike: Apart[Any]
    ) -> Iterator[Link]:
        own = words(node.row)
        for build, (release,) in releases.items():
            for row in same[build]:
                yield Link(release, row, [same_id(own, words(row))])
            known = {row.key for row in same[build]}
            for row in sorted(alike[build], key=order):
                if row.key not in known:
                    yield Link(release, row, [basis])

    def made(way: Way, *given: Any) -> list[Continuation]:
        del way  # the rows are of the release that it leads to
        return [of(link=link) for link in found(*given)]

    return made


TASKS = Linked(
    of=TaskContinuation,
    needs=_needs("task", "wording_tasks", TaskRow, said, (_STATEMENT, _NUMBER)),
    made=_made(
        TaskContinuation,
        attrgetter(_STATEMENT),
        attrgetter(_NUMBER),
        ContinuationBasis.SAME_TEXT,
    ),
    reads=(_STATEMENT,),
)
ACTIVITIES = Linked(
    of=WorkActivityContinuation,
    needs=_needs(
        "work_activity", "wording_activities", ActivityRow, titled, (_TITLE, _ELEMENT)
    ),
    made=_made(
        WorkActivityContinuation,
        attrgetter(_TITLE),
        attrgetter(_ELEMENT),
        ContinuationBasis.SAME_TITLE,
    ),
    reads=("level", _TITLE),
)
