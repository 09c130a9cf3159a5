"""What became of an emerging task in later releases."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Annotated

import strawberry

from workatlas.stores import release_number
from workatlas.stores.keys import graph_of

from .enums import PromotionBasis
from .follow import Late, computed, follows, only
from .page import RELEASE
from .release import Release
from .rows import OwnedTaskRow, ReleaseRow

if TYPE_CHECKING:
    from .task import Task

_task = Late(".task", "Task")


@strawberry.type(
    description="A task of a later release that has the words of an emerging one, in "
    "the occupation with the same code."
)
class Promotion:
    """A task that an emerging one became, and why it is taken for that."""

    row: strawberry.Private[OwnedTaskRow]
    basis: PromotionBasis = strawberry.field(
        description="Why it is taken for what the emerging task became."
    )

    @property
    def key(self) -> str:
        """The task's key, which is of the later release."""
        return self.row.key

    @follows(RELEASE, reads=(), shared=True)
    def release(self, rows: list[ReleaseRow]) -> Release:
        """The later release."""
        return Release(row=only(rows))

    @computed("The task, in the later release.", reads=("key",), passes=True)
    def task(self) -> Annotated["Task", strawberry.lazy(".task")]:
        """Give the task."""
        made: Task = _task(row=self.row.task)
        return made


def promotions(
    rows: Collection[OwnedTaskRow], revised: Collection[int]
) -> list[Promotion]:
    """Give what an emerging task became, the oldest release first, then by task ID."""
    ordered = sorted(
        rows, key=lambda row: (release_number(graph_of(row.key)), row.task_id)
    )
    return [
        Promotion(
            row=row,
            basis=PromotionBasis.REVISED_TASK
            if row.task_id in revised
            else PromotionBasis.SAME_TEXT,
        )
        for row in ordered
    ]
