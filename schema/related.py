"""Related tasks, and occupations whose tasks share something: each says what."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from .enums import RelatedVia
from .follow import Late, computed
from .rows import RelatedRow, SharingOccupationRow
from .sharing import Sharers, Sharing

if TYPE_CHECKING:
    from .occupation import Occupation
    from .task import Task

_NARROW = (RelatedVia.IDENTICAL_STATEMENT, RelatedVia.DETAILED_ACTIVITY)
_task = Late(".task", "Task")
_occupation = Late(".occupation", "Occupation")

TASKS = Sharers(
    "tasks",
    "task_related",
    RelatedRow,
    tie="task_id",
    usual=(*_NARROW, RelatedVia.INTERMEDIATE_ACTIVITY),
)
OCCUPATIONS = Sharers(
    "occupations",
    "occupation_sharing",
    SharingOccupationRow,
    tie="code",
    # Nearly all occupations share some intermediate activity.
    usual=_NARROW,
)


@strawberry.type(
    description="A task that shares its statement or activities with another one."
)
class RelatedTask(Sharing):
    """A related task, and why it is one."""

    row: strawberry.Private[RelatedRow]

    @computed("The related task.", reads=("key",), passes=True)
    def task(self) -> Annotated["Task", strawberry.lazy(".task")]:
        """Give the task."""
        made: Task = _task(row=self.row.task)
        return made


@strawberry.type(
    description="An occupation whose tasks share statements or activities with those "
    "of another one."
)
class SharingOccupation(Sharing):
    """Such an occupation, and what its tasks share."""

    row: strawberry.Private[SharingOccupationRow]

    @computed("The occupation.", reads=("key",), passes=True)
    def occupation(self) -> Annotated["Occupation", strawberry.lazy(".occupation")]:
        """Give the occupation."""
        made: Occupation = _occupation(row=self.row.occupation)
        return made
