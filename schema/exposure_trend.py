"""The exposure of an occupation over the releases of its data set."""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from typing import Any

import strawberry

from workatlas.errors import NotFoundError

from .aggregate import Aggregate
from .aggregate_enums import MissingRule, TaskSet
from .aggregates import (
    OF_OCCUPATION,
    AskedFor,
    ByRater,
    ByWeight,
    IfMissing,
    OfSeries,
    OfTasks,
    UnderMeasure,
    occupation_aggregate,
)
from .cost import costs
from .enums import FileContents
from .follow import Apart, Follow, computed, follows
from .history import VersionMissing, missing_of
from .member import member
from .over_releases import (
    FILES_OF_ALL,
    RELEASES,
    Local,
    in_all,
    own_place,
    release_node,
)
from .release import Release
from .rows import OccupationRow, ReleaseRow, SourceFileRow
from .series import Series
from .universe import Standing

_OCCUPATIONS = {FileContents.OCCUPATIONS.value}
_METHOD = (
    "The figure `exposure` of the occupation with this code, computed in each release "
    "of what the release has. The study rated once: a value changes where tasks, their "
    "types, their figures or their occupation change, and not with what models can do."
)


@strawberry.enum(description="Why a release has no figure in a trend of exposure.")
class ExposureTrendMissing(Enum):
    """Reasons for a gap."""

    OCCUPATION_NOT_IN_RELEASE = member(
        "OCCUPATION_NOT_IN_RELEASE", "The release does not have the code."
    )
    OCCUPATIONS_PART = member(
        "OCCUPATIONS_PART",
        "The file of occupations was loaded in part, and lacks the code.",
    )
    NOT_JOINED = member(
        "NOT_JOINED", "No such study, rater and measure is joined to the release."
    )


@strawberry.type(description="The exposure of an occupation in one release.")
class ExposureTrendPoint:
    """A point of a trend."""

    release_row: strawberry.Private[ReleaseRow]
    made: strawberry.Private[Aggregate | None]
    missing: ExposureTrendMissing | None = strawberry.field(
        description="Why there is no figure at all; null if there is one, which may "
        "have no value for a reason of its own."
    )

    @computed("The release.", reads=(), passes=True)
    def release(self) -> Release:
        """Give the release."""
        return Release(row=self.release_row)

    @computed(
        "The figure with all that it is made of, and how much that is of what there "
        "is; null with the reason in `missing`.",
        reads=(),
        passes=True,
    )
    def aggregate(self) -> Aggregate | None:
        """Give the figure."""
        return self.made


@strawberry.type(
    description="The exposure of an occupation over all published releases of its data "
    "set."
)
class ExposureTrend:
    """A trend."""

    found: strawberry.Private[list[ExposureTrendPoint]]

    @computed(
        "One for each release, the oldest first; those without a figure too.",
        reads=(),
        passes=True,
    )
    def points(self) -> list[ExposureTrendPoint]:
        """Give the points."""
        return self.found

    @computed("How it is made.", reads=())
    def method(self) -> str:
        """Give the method."""
        return _METHOD


def _in_all(need: Follow) -> Follow:
    """Give a need of one occupation's as one in all releases."""
    local: Local = own_place if need.at is None else release_node
    return replace(need, at=None, keys=None, across=in_all(local))


@costs(weight=300)
@follows(
    RELEASES,
    FILES_OF_ALL,
    Follow(
        "occupation",
        OccupationRow,
        across=in_all(own_place),
        reads=("key", "code", "job_zone"),
    ),
    *map(_in_all, OF_OCCUPATION),
    reads=(),
)
def exposure_trend_of_occupation(
    self: Any,
    releases: Apart[ReleaseRow],
    files: Apart[SourceFileRow],
    occupations: Apart[OccupationRow],
    *rows: Apart[Any],
    study: OfSeries,
    rater: ByRater,
    measure: UnderMeasure,
    weight: ByWeight = None,
    tasks: OfTasks = TaskSet.AS_STUDIED,
    missing: IfMissing = MissingRule.EXCLUDE,
) -> ExposureTrend:
    """Its `exposure` in each release of its data set, oldest first.

    Of the occupation with this code. An error if no release has such a study, rater and
    measure. Looks into all of these releases.
    """
    del self  # its key has been used
    asked = AskedFor(Series(study, rater, measure), weight, tasks, missing)
    points: list[ExposureTrendPoint] = []
    unknown: NotFoundError | None = None
    for build, (release,) in releases.items():
        aggregate, reason = None, None
        if not occupations[build]:
            reason = _lacking(files[build])
        else:
            own = [some.get(build, []) for some in rows]
            try:
                aggregate = _aggregate(occupations[build], asked, own)
            except NotFoundError as error:
                unknown, reason = error, ExposureTrendMissing.NOT_JOINED
        points.append(
            ExposureTrendPoint(release_row=release, made=aggregate, missing=reason)
        )
    if unknown is not None and all(point.made is None for point in points):
        raise unknown
    return ExposureTrend(found=points)


def _aggregate(
    occupations: Sequence[OccupationRow], asked: AskedFor, rows: Sequence[Any]
) -> Aggregate:
    (row,) = occupations
    return occupation_aggregate(row.key, Standing(row.code, row.job_zone), asked, rows)


def _lacking(files: list[SourceFileRow]) -> ExposureTrendMissing:
    if missing_of(files, _OCCUPATIONS) is VersionMissing.NOT_IN_RELEASE:
        return ExposureTrendMissing.OCCUPATION_NOT_IN_RELEASE
    return ExposureTrendMissing.OCCUPATIONS_PART
