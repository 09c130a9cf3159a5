"""How far two raters of a study agree, and on which tasks they do not."""

from collections.abc import Sequence
from functools import cached_property
from typing import Annotated

import strawberry

from .agreement import Distance, Matrix, linear, matrix_of, quadratic
from .arguments import After, First, argument
from .compared import (
    PLACED,
    ComparedPopulation,
    ComparedRatings,
    in_common,
    population,
)
from .compared_enums import ComparedOver
from .differing import DifferingTask, DifferingTasks, LabelPair
from .follow import Follow, computed, follows
from .paging import Connection
from .ratings import Ratings
from .rows import TaskRow
from .statistic import Statistic, StatisticMissing, statistic

OfLabels = Annotated[
    LabelPair | None, argument("Only those with this pair of labels; all without it.")
]


@strawberry.type(description="How many times two raters gave a pair of labels.")
class MatrixCell:
    """A cell of a matrix of labels."""

    first: str = strawberry.field(description="The label that the first rater gave.")
    second: str = strawberry.field(description="The label that the second rater gave.")
    count: int = strawberry.field(description="How often; 0 where it never happened.")


@strawberry.type(
    description="How far two raters of a study agree in their labels under a measure. "
    "It says nothing of who is right."
)
class Disagreements:
    """A comparison of two raters.

    ``known`` are the measure's labels; ``order`` the same from the lowest to the
    highest, empty where they have no order.
    """

    key: strawberry.Private[str]
    known: strawberry.Private[Sequence[str]]
    order: strawberry.Private[Sequence[str]]
    total: strawberry.Private[int]
    sides: strawberry.Private[tuple[ComparedRatings, ComparedRatings]]
    over: ComparedOver = strawberry.field(description="What they are compared over.")

    @computed("The first rater's labels.", reads=(), passes=True)
    def first(self) -> ComparedRatings:
        """Give the first side."""
        return self.sides[0]

    @computed("The second rater's labels.", reads=(), passes=True)
    def second(self) -> ComparedRatings:
        """Give the second side."""
        return self.sides[1]

    @computed("What is compared, and what is left out and why.", reads=("total",))
    def population(self) -> ComparedPopulation:
        """Give the population."""
        return population(*self._ratings, self.total)

    @computed(
        "The rows and columns of `matrix`: the labels from the lowest to the highest, "
        "or as the rubric lists them where they have no order.",
        reads=(),
    )
    def labels(self) -> list[str]:
        """Give the labels."""
        return [*self._table.labels]

    @computed(
        "How often each pair of labels was given, by the first's label, then the "
        "second's, in the order of `labels`. The counts add up to "
        "`population { compared }`.",
        reads=(),
    )
    def matrix(self) -> list[MatrixCell]:
        """Give the cells."""
        return [
            MatrixCell(first=first, second=second, count=count)
            for first, second, count in self._table.cells
        ]

    @computed("The share of those compared with the same label, 0 to 1.", reads=())
    def agreement(self) -> Statistic:
        """Give the agreement."""
        none = StatisticMissing.NONE_COMPARED
        return statistic("agreement", self._table.agreement, none)

    @computed("The agreement that chance would give, 0 to 1.", reads=())
    def expected_agreement(self) -> Statistic:
        """Give what chance would give."""
        none = StatisticMissing.NONE_COMPARED
        return statistic("expected", self._table.expected, none)

    @computed(
        "Cohen's kappa, -1 to 1: 1 is full agreement, 0 as much as chance would give.",
        reads=(),
    )
    def kappa(self) -> Statistic:
        """Give kappa."""
        return statistic("kappa", self._table.kappa().value, self._no_kappa)

    @computed(
        "Weighted kappa, -1 to 1: a difference counts by the steps between the labels.",
        reads=(),
    )
    def linear_kappa(self) -> Statistic:
        """Give it with linear weights."""
        return self._weighted("linear", linear)

    @computed(
        "Weighted kappa, -1 to 1: a difference counts by the square of those steps.",
        reads=(),
    )
    def quadratic_kappa(self) -> Statistic:
        """Give it with quadratic weights."""
        return self._weighted("quadratic", quadratic)

    @follows(
        Follow(
            "task",
            TaskRow,
            keys=lambda found, a: found.differing.keys(
                a["first"], a["after"], a["labels"]
            ),
            reads=("key",),
        ),
        reads=PLACED,
    )
    def tasks(
        self,
        rows: list[TaskRow],
        *,
        first: First = 20,
        after: After = None,
        labels: OfLabels = None,
    ) -> Connection[DifferingTask]:
        """The tasks with different labels in pages, the farthest apart first.

        Ties by task ID, of the rows of a study by file and line.
        """
        return self.differing.page(rows, first, after, labels)

    @cached_property
    def differing(self) -> DifferingTasks:
        """All tasks with different labels."""
        by_row = self.over is ComparedOver.STUDY_ROWS
        return DifferingTasks(self.key, *self.sides, self.order, by_row)

    @property
    def _ratings(self) -> tuple[Ratings, Ratings]:
        first, second = self.sides
        return first.ratings, second.ratings

    @cached_property
    def _table(self) -> Matrix:
        return matrix_of(self.order or self.known, in_common(*self._ratings))

    @property
    def _no_kappa(self) -> StatisticMissing:
        none, one = StatisticMissing.NONE_COMPARED, StatisticMissing.ONE_LABEL
        return one if self._table.total else none

    def _weighted(self, name: str, distance: Distance) -> Statistic:
        order = " < ".join(self.order)
        if not order:
            return statistic(name, None, StatisticMissing.NOT_ORDERED)
        value = self._table.kappa(distance).value
        return statistic(name, value, self._no_kappa, order=order)
