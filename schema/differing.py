"""The tasks to which two raters gave different labels, in pages."""

from collections.abc import Sequence
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
from .ratings import NO_TASK, Place
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
    """A subject with two labels and the steps between them; the subject breaks ties."""

    distance: int
    subject: Any
    labels: tuple[str, str]

    @property
    def order(self) -> tuple[int, Any]:
        """Where it stands: the farthest apart come first."""
        return -self.distance, self.subject


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
        places = self.first.ratings.places({each.subject for each in shown})
        return [self._key(places[each.subject]) for each in shown]

    def page(
        self,
        rows: Sequence[TaskRow],
        first: int,
        after: str | None,
        pair: LabelPair | None,
    ) -> Connection[DifferingTask]:
        """Make a page with the rows of its tasks; raises as ``keys`` does."""
        page = self._listing.page(self._after(first, after, pair), first, after)
        wanted = {each.subject for each in page.rows}
        sides = [(s, s.ratings.places(wanted)) for s in (self.first, self.second)]
        by_key = {row.key: row for row in rows}
        items: list[DifferingTask] = []
        for each in page.rows:
            of = sides[0][1][each.subject]
            given = (
                self._given(side, label, places[each.subject])
                for (side, places), label in zip(sides, each.labels, strict=True)
            )
            items.append(self._made(each, of, by_key.get(self._key(of)), *given))
        totals = [CountRow(len(self._of(pair)))]
        return Connection(items=items, page=page, totals=totals)

    @cached_property
    def _all(self) -> list[Differing]:
        one, two = self.first.ratings.values, self.second.ratings.values
        found = [
            Differing(
                steps(self.order, label, two[each]) or 0, each, (label, two[each])
            )
            for each, label in one.items()
            if two.get(each, label) != label
        ]
        return sorted(found, key=lambda each: each.order)

    def _of(self, pair: LabelPair | None) -> list[Differing]:
        if pair is None:
            return self._all
        asked = (pair.by_first, pair.by_second)
        return [each for each in self._all if each.labels == asked]

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
            found = [each for each in found if is_place and each.order > place]
        return found[: first + 1]

    @cached_property
    def _listing(self) -> Listing[Differing]:
        study, one, measure = self.first.of
        these = "rows" if self.by_row else "tasks"
        return Listing(
            f"{these} of {study} that differ in {measure} by {one} and "
            f"{self.second.of[1]} by distance, descending",
            "",
            lambda each: (each.distance, each.subject),
            is_descending=True,
        )

    def _key(self, place: Place) -> str:
        return beside(self.key, "task", place.of)

    def _made(
        self,
        differing: Differing,
        place: Place,
        row: TaskRow | None,
        first: GivenLabel,
        second: GivenLabel,
    ) -> DifferingTask:
        return DifferingTask(
            task_row=row,
            task_id=None if place.of == NO_TASK else place.of,
            first=first,
            second=second,
            distance=differing.distance if self.order else None,
        )

    def _given(self, side: ComparedRatings, label: str, place: Place) -> GivenLabel:
        study, rater, _ = side.of
        source = Provenance(
            key=self.key,
            file_place=("file", study, place.row.file),
            line=place.line,
            column=place.row.column,
            rater=rater,
        )
        return GivenLabel(label=label, provenance=source)


def steps(order: Sequence[str], first: str, second: str) -> int | None:
    """Count the steps between two labels; None where they have no order."""
    if not order:
        return None
    return linear(order.index(first), order.index(second))
