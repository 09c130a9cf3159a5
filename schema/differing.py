"""The tasks to which two raters gave different labels, in pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import strawberry

from workatlas.stores.keys import beside

from .agreement import linear
from .compared import ComparedRatings
from .cursor import read_cursor
from .follow import Late, computed
from .paging import Connection, CountRow, Listing, check_first
from .provenance import Provenance
from .ratings import Said, Subject
from .rows import TaskRow

if TYPE_CHECKING:
    from .task import Task

_task = Late(".task", "Task")


@strawberry.input(description="A label of each of two raters.")
class LabelPair:
    """A pair of labels."""

    by_first: str = strawberry.field(description="What the first rater said, as E1.")
    by_second: str = strawberry.field(description="What the second rater said.")


@strawberry.type(description="A label that a rater gave, and where it stands.")
class GivenLabel:
    """A label and its source."""

    label: str = strawberry.field(description="The label, as in E1.")
    provenance: Provenance = strawberry.field(description="Where it stands.")


@strawberry.type(description="A task to which two raters gave different labels.")
class DifferingTask:
    """A task, or a row of a study, and both labels."""

    task_row: strawberry.Private[TaskRow | None]
    task_id: int | None = strawberry.field(
        description="The number of the task that was rated; null where the study "
        "names none."
    )
    first: GivenLabel = strawberry.field(description="What the first rater said.")
    second: GivenLabel = strawberry.field(description="What the second rater said.")
    distance: int | None = strawberry.field(
        description="The steps between the two in the order of the labels, 1 or more; "
        "null where they have no order."
    )

    @computed(
        "The task; null where the release has none of that number.",
        reads=("key",),
        passes=True,
    )
    def task(self) -> Annotated["Task", strawberry.lazy(".task")] | None:
        """Give the task."""
        return None if self.task_row is None else _task(row=self.task_row)


class Differing(NamedTuple):
    """A subject with two labels: the steps between them, what breaks ties, both."""

    distance: int
    tie: int | str
    first: Said
    second: Said

    @property
    def place(self) -> tuple[int, Any]:
        """Where it stands: the farthest apart come first."""
        return -self.distance, self.tie


@dataclass(frozen=True)
class DifferingTasks:
    """All that two raters label differently; ``by_row``: rows of files, not tasks.

    ``key`` is of a node of the release, ``order`` of the labels, where they have one.
    """

    key: str
    first: ComparedRatings
    second: ComparedRatings
    order: Sequence[str]
    by_row: bool

    def keys(self, first: int, after: str | None, pair: LabelPair | None) -> list[str]:
        """Give the keys of the tasks on a page.

        Raises:
            UsageError: there can be no such page.

        """
        shown = self._after(first, after, pair)[:first]
        return [self._key(each) for each in shown]

    def page(
        self,
        rows: Sequence[TaskRow],
        first: int,
        after: str | None,
        pair: LabelPair | None,
    ) -> Connection[DifferingTask]:
        """Make a page with the rows of its tasks; raises as ``keys`` does."""
        page = self._listing.page(self._after(first, after, pair), first, after)
        by_key = {row.key: row for row in rows}
        items = [self._made(each, by_key) for each in page.rows]
        totals = [CountRow(len(self._of(pair)))]
        return Connection(items=items, page=page, totals=totals)

    @cached_property
    def _all(self) -> list[Differing]:
        one, two = self.first.ratings.values, self.second.ratings.values
        both = one.keys() & two.keys()
        found = [self._differing(each) for each in both if one[each] != two[each]]
        return sorted(found, key=lambda each: each.place)

    def _differing(self, subject: Subject) -> Differing:
        first = self.first.ratings.first(subject)
        second = self.second.ratings.first(subject)
        file, line = first.place
        tie: Any = f"{file}:{line:09}" if self.by_row else subject
        distance = steps(self.order, first.value, second.value)
        return Differing(distance or 0, tie, first, second)

    def _of(self, pair: LabelPair | None) -> list[Differing]:
        if pair is None:
            return self._all
        asked = (pair.by_first, pair.by_second)
        return [d for d in self._all if (d.first.value, d.second.value) == asked]

    def _after(
        self, first: int, after: str | None, pair: LabelPair | None
    ) -> list[Differing]:
        """Give what a page shows, and one more to see if there is more."""
        check_first(first)
        found = self._of(pair)
        if after is not None:
            _, value, tie = read_cursor(after, self._listing.listed)
            # Nothing comes after a place that cannot be in the list.
            is_place = isinstance(value, int) and isinstance(tie, str) == self.by_row
            place = (-int(value), tie) if is_place else (1, tie)
            found = [each for each in found if is_place and each.place > place]
        return found[: first + 1]

    @cached_property
    def _listing(self) -> Listing[Differing]:
        study, one, measure = self.first.of
        these = "rows" if self.by_row else "tasks"
        return Listing(
            f"{these} of {study} that differ in {measure} by {one} and "
            f"{self.second.of[1]} by distance, descending",
            "",
            lambda each: (each.distance, each.tie),
            is_descending=True,
        )

    def _key(self, differing: Differing) -> str:
        return beside(self.key, "task", differing.first.of)

    def _made(self, differing: Differing, rows: Mapping[str, TaskRow]) -> DifferingTask:
        return DifferingTask(
            task_row=rows.get(self._key(differing)),
            task_id=differing.first.of,
            first=self._given(self.first, differing.first),
            second=self._given(self.second, differing.second),
            distance=differing.distance if self.order else None,
        )

    def _given(self, side: ComparedRatings, said: Said) -> GivenLabel:
        study, rater, _ = side.of
        source = Provenance(
            key=self.key,
            file_place=("file", study, said.row.file),
            line=said.line,
            column=said.row.column,
            rater=rater,
        )
        return GivenLabel(label=said.value, provenance=source)


def steps(order: Sequence[str], first: str, second: str) -> int | None:
    """Count the steps between two labels; None where they have no order."""
    if not order:
        return None
    return linear(order.index(first), order.index(second))
