"""Ranks: the place of a figure among others, by standard competition ranking."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Annotated

import strawberry

from .enums import Direction, FileCoverage
from .quick import quick

FromEnd = Annotated[
    Direction, strawberry.argument(description="From which end to count.")
]


@strawberry.type(description="The place of a figure among the figures beside it.")
class Rank:
    """A rank by standard competition ranking."""

    position: int = strawberry.field(
        description="1 + the number of members that come strictly before."
    )
    of: int = strawberry.field(
        description="How many members have a figure, itself included."
    )
    tied: int = strawberry.field(
        description="How many other members have an equal figure."
    )
    percentile: float = strawberry.field(
        description="Percent of the members that have a lower figure, and half of "
        "those with an equal one, itself included: above 0 and below 100, high for a "
        "high figure from whichever end is counted."
    )
    direction: Direction = strawberry.field(description="From which end is counted.")
    population: str = strawberry.field(
        description="Who the members are, and whether some may be missing."
    )
    coverage: FileCoverage = strawberry.field(
        description="How much of the file of ratings the members are taken from; with "
        "PART, place and size among all of them may be others."
    )
    tie_rule: str = strawberry.field(description="What happens to equal figures.")
    method: str = strawberry.field(description="How it is computed.")


_rank = quick(Rank)


def rank_of(
    value: float,
    members: Sequence[float],
    direction: Direction,
    coverage: FileCoverage,
    population: str,
) -> Rank:
    """Rank a value among the members, which are sorted and have it among them."""
    lower, not_higher = bisect_left(members, value), bisect_right(members, value)
    of, equal = len(members), not_higher - lower
    down = direction is Direction.DESCENDING
    return _rank(
        position=1 + (of - not_higher if down else lower),
        of=of,
        tied=equal - 1,
        percentile=100 * (lower + equal / 2) / of,
        direction=direction,
        population=population,
        coverage=coverage,
        tie_rule="equal figures share the best place, and the next place is left out",
        method="1 + the number of members whose figure is strictly "
        + ("higher" if down else "lower"),
    )
