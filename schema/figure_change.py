"""Figures of a task that have another value in another release."""

from collections.abc import Iterator, Sequence

import strawberry

from .figure import FREQUENCY, IMPORTANCE, RELEVANCE, Figure
from .figures import frequencies, rated_figure
from .follow import computed
from .rows import CategoryRow, RatingRow, SourceFileRow, TaskRow

Rated = tuple[TaskRow, Sequence[RatingRow], Sequence[CategoryRow], list[SourceFileRow]]
"""A task with its ratings, the categories of frequency, and the release's files."""


@strawberry.type(description="A figure of a task with another value in `to`.")
class FigureChange:
    """A change of a value; both figures are of one scale and category."""

    before: Figure = strawberry.field(description="The figure in `from`.")
    after: Figure = strawberry.field(description="The figure in `to`.")

    @computed(
        "The value in `to` less that in `from`, in their unit; rounded to the two "
        "decimals that are published.",
        reads=(),
    )
    def difference(self) -> float:
        """Give the difference."""
        return round((self.after.value or 0) - (self.before.value or 0), 2)

    @computed(
        "Whether the 95 percent confidence intervals of the two have a point in "
        "common; null where a bound is not published. That they do is no test of "
        "whether the values differ.",
        reads=("lower_bound", "upper_bound"),
    )
    def bounds_overlap(self) -> bool | None:
        """Compare the bounds."""
        (low, high), (least, most) = map(_bounds, (self.before.row, self.after.row))
        if low is None or high is None or least is None or most is None:
            return None
        return low <= most and least <= high


def _bounds(row: RatingRow | None) -> tuple[float | None, float | None]:
    return (None, None) if row is None else (row.lower_bound, row.upper_bound)


def figure_changes(before: Rated, after: Rated) -> list[FigureChange]:
    """Give what both releases have a value of, and not the same: by scale, category."""
    other = dict(_figures(*after))
    return [
        FigureChange(before=figure, after=other[place])
        for place, figure in _figures(*before)
        if place in other and figure.value != other[place].value
    ]


def _figures(
    row: TaskRow,
    ratings: Sequence[RatingRow],
    categories: Sequence[CategoryRow],
    files: list[SourceFileRow],
) -> Iterator[tuple[tuple[str, int], Figure]]:
    """Give the figures that have a value, by scale and category."""
    rows = [*ratings]
    for scale, value in ((IMPORTANCE, row.importance), (RELEVANCE, row.relevance)):
        if value is not None:
            yield (scale, 0), rated_figure(row.key, scale, value, rows, files)
    for figure in frequencies(row.key, rows, [*categories], files):
        if figure.value is not None:
            yield (FREQUENCY, figure.category), figure
