"""The figures of all occupations of a release, among which one of them is ranked.

What is made of all rows is made once a build (``gathers`` of ``Follow``).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Annotated, NamedTuple

import strawberry

from .aggregate_rows import OccupationScoreRow
from .enums import Direction, FileCoverage
from .member import member
from .rank import Rank, rank_of
from .series import Series

Place = str | int | None
"""A major group, a job zone, or None for the whole release."""
Ordered = Mapping[Place, Sequence[float]]
"""Figures in ascending order, by where their occupations stand."""


@strawberry.enum(description="Among which occupations a figure is ranked.")
class RankedAmong(Enum):
    """Universes."""

    RELEASE = member("RELEASE", "All occupations of the release.")
    MAJOR_GROUP = member(
        "MAJOR_GROUP", "Those of the same SOC major group: the code's first two digits."
    )
    JOB_ZONE = member("JOB_ZONE", "Those in the same job zone.")


Among = Annotated[
    RankedAmong, strawberry.argument(description="Among which occupations.")
]
_WHOSE = {
    RankedAmong.RELEASE: "the occupations of this release",
    RankedAmong.MAJOR_GROUP: "the occupations of the same SOC major group in this "
    "release",
    RankedAmong.JOB_ZONE: "the occupations in the same job zone in this release",
}
_OF_PART = ", as far as they are in the part of the study's file that was loaded"


class Standing(NamedTuple):
    """Where an occupation stands: its code, and its job zone if it is in one."""

    code: str
    job_zone: int | None

    @property
    def group(self) -> str:
        """The SOC major group."""
        return self.code[:2]

    def places(self) -> Iterator[Place]:
        """Give everything that it is in."""
        yield from (None, self.group)
        if self.job_zone is not None:
            yield self.job_zone


def ranked(
    value: float | None,
    figures: Ordered,
    standing: Standing | None,
    *,
    among: RankedAmong,
    direction: Direction,
    coverage: FileCoverage,
) -> Rank | None:
    """Rank an occupation's figure; None without one, or without such a universe."""
    if value is None or standing is None:
        return None
    if among is RankedAmong.JOB_ZONE and standing.job_zone is None:
        return None
    place = {
        RankedAmong.RELEASE: None,
        RankedAmong.MAJOR_GROUP: standing.group,
        RankedAmong.JOB_ZONE: standing.job_zone,
    }[among]
    part = _OF_PART if coverage is FileCoverage.PART else ""
    population = f"{_WHOSE[among]} that have this figure{part}"
    members = figures.get(place, ())
    if value not in members:
        return None
    return rank_of(value, members, direction, coverage, population)


def ordered(figures: Iterable[tuple[Standing, float]]) -> Ordered:
    """Sort figures of occupations in each place where these stand."""
    found: defaultdict[Place, list[float]] = defaultdict(list)
    for standing, value in figures:
        for place in standing.places():
            found[place].append(value)
    return {place: sorted(values) for place, values in found.items()}


class PublishedFigures:
    """What studies publish of occupations, each of them with all others."""

    def __init__(self, rows: Iterable[OccupationScoreRow]) -> None:
        """Gather the scores of a release."""
        found: defaultdict[Series, list[tuple[Standing, float]]] = defaultdict(list)
        for row in rows:
            if row.score is not None:
                series = Series(row.study, row.rater, row.measure)
                found[series].append((Standing(row.code, row.job_zone), row.score))
        self._ordered = {series: ordered(each) for series, each in found.items()}

    def of(self, series: Series) -> Ordered:
        """Give the figures of a series."""
        return self._ordered.get(series, {})
