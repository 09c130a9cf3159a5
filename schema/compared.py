"""What a comparison of two raters says of each of them, and of what it covers."""

from typing import Any

import strawberry

from .compared_enums import NotCompared
from .follow import Follow, Place, computed, follows, only
from .ratings import Ratings, excluded
from .rows import MeasureRow, RaterRow, StudyRow
from .study import Measure, Rater, Study
from .study_enums import BASIS_OF_EDGE, Basis

PLACED = ("file", "column", "lines")
"""What is read of rows to say where they stand."""


@strawberry.type(description="How many ratings were joined to a release on one basis.")
class BasisCount:
    """A count of joins."""

    basis: Basis = strawberry.field(description="The basis of the join.")
    count: int = strawberry.field(
        description="How many tasks or occupations were joined on it."
    )


@strawberry.type(
    description="How many cannot be compared for the same reasons. A side without a "
    "reason has a rating."
)
class NotComparedCount:
    """A count of what is left out of a comparison."""

    first: NotCompared | None = strawberry.field(
        description="What the first lacks; null if it has a rating."
    )
    second: NotCompared | None = strawberry.field(
        description="What the second lacks; null if it has a rating."
    )
    count: int = strawberry.field(description="How many there are.")


@strawberry.type(description="What a comparison covers, and what it leaves out.")
class ComparedPopulation:
    """Numbers that add up: ``total`` is ``compared`` and all that is left out."""

    total: int = strawberry.field(
        description="How many tasks, occupations or rows there are."
    )
    compared: int = strawberry.field(
        description="How many of them both rate; every figure is of these."
    )
    not_compared: list[NotComparedCount] = strawberry.field(
        description="How many are left out, by reason, the most first; with "
        "`compared` they add up to `total`."
    )


def population(first: Ratings, second: Ratings, total: int) -> ComparedPopulation:
    """Say what a comparison covers of ``total``."""
    counts = [
        NotComparedCount(first=one, second=two, count=count)
        for (one, two), count in excluded(first, second, total).items()
    ]
    return ComparedPopulation(
        total=total,
        compared=total - sum(each.count for each in counts),
        not_compared=sorted(counts, key=_by_count),
    )


def _by_count(counted: NotComparedCount) -> tuple[int, str, str]:
    return -counted.count, str(counted.first), str(counted.second)


def _study_place(ratings: "ComparedRatings") -> Place:
    return ("study", ratings.of[0])


def _rater_place(ratings: "ComparedRatings") -> Place:
    return ("rater", *ratings.of[:2])


def _measure_place(ratings: "ComparedRatings") -> Place:
    study, _, measure = ratings.of
    return ("measure", study, measure)


@strawberry.type(description="One side of a comparison: whose ratings, and how many.")
class ComparedRatings:
    """The ratings of a rater under a measure; ``of`` names study, rater, measure."""

    key: strawberry.Private[str]
    of: strawberry.Private[tuple[str, str, str]]
    ratings: strawberry.Private[Ratings]

    @follows(Follow("study", StudyRow, at=_study_place), reads=(), shared=True)
    def study(self, rows: list[StudyRow]) -> Study:
        """The study that published them."""
        return Study(row=only(rows))

    @follows(Follow("rater", RaterRow, at=_rater_place), reads=(), shared=True)
    def rater(self, rows: list[RaterRow]) -> Rater:
        """Who rated."""
        return Rater(row=only(rows))

    @follows(Follow("measure", MeasureRow, at=_measure_place), reads=(), shared=True)
    def measure(self, rows: list[MeasureRow]) -> Measure | None:
        """What is measured; null where the study does not publish it, see `derived`."""
        return Measure(row=rows[0]) if rows else None

    @computed("How many tasks, occupations or rows have a rating.", reads=())
    def rated(self) -> int:
        """Count them."""
        return self.ratings.rated

    @computed(
        "How some were derived, as in alpha = [E1]; null where all were published.",
        reads=(),
    )
    def derived(self) -> str | None:
        """Give the formula."""
        return self.ratings.derived

    @computed(
        "How they were joined to the release, in the order of `Basis`; empty for rows "
        "as published. One that several rows stand for counts once for each basis.",
        reads=("basis",),
    )
    def bases(self) -> list[BasisCount]:
        """Count the joins."""
        counts = {BASIS_OF_EDGE[e]: n for e, n in self.ratings.bases.items()}
        return [BasisCount(basis=b, count=counts[b]) for b in Basis if b in counts]

    @computed(
        "How many of the rated tasks or occupations more than one row stands for. "
        "Where those rows differ in the rating it is left out as `SEVERAL`.",
        reads=(),
    )
    def in_several_rows(self) -> int:
        """Count them."""
        return self.ratings.in_several_rows

    @computed(
        "How many of the rated tasks or occupations share a row with others, and so "
        "its rating: they are fewer observations than they seem.",
        reads=("file", "lines"),
    )
    def in_shared_rows(self) -> int:
        """Count them."""
        return self.ratings.in_shared_rows


def in_common(first: Ratings, second: Ratings) -> list[tuple[Any, Any]]:
    """Give what both say of each that both rate."""
    both = first.values.keys() & second.values.keys()
    return [(first.values[each], second.values[each]) for each in both]
