"""The figure of a task over the releases of its data set."""

from enum import Enum
from typing import Annotated, Any

import strawberry

from .arguments import argument
from .enums import FileContents, FileCoverage
from .figure import IMPORTANCE, RELEVANCE, RatedFigure
from .figures import rated_figure
from .follow import Apart, Follow, computed, follows
from .history import VersionMissing, missing_of
from .member import member
from .observation import Figured, Observation, observed
from .over_releases import FILES_OF_ALL, RELEASES, in_all, own_place
from .release import Release
from .rows import RatingRow, ReleaseRow, SourceFileRow, TaskRow

_TASKS = {FileContents.TASK_STATEMENTS.value}
_METHOD = (
    "The figure that each release publishes of the task with this number, unchanged; "
    "none is smoothed, and none is filled in. A new observation is told by the date of "
    "its survey."
)


@strawberry.enum(description="Which figure of a task.")
class TaskFigure(Enum):
    """Figures that tasks have one of; their values are scales."""

    IMPORTANCE = member(IMPORTANCE, "How important it is, 1 to 5 points.")
    RELEVANCE = member(RELEVANCE, "How many say that it is part of the job, percent.")


_COLUMNS = {TaskFigure.IMPORTANCE: "importance", TaskFigure.RELEVANCE: "relevance"}


@strawberry.enum(description="Why a release has no figure in a trend.")
class TrendMissing(Enum):
    """Reasons for a gap."""

    TASK_NOT_IN_RELEASE = member(
        "TASK_NOT_IN_RELEASE", "The release does not have the task."
    )
    TASKS_PART = member(
        "TASKS_PART", "The file of tasks was loaded in part, and lacks the task."
    )
    NOT_RATED = member("NOT_RATED", "The release holds no such rating of the task.")
    RATINGS_PART = member(
        "RATINGS_PART",
        "The file of ratings was loaded in part; the row may be missing.",
    )
    RATINGS_ABSENT = member(
        "RATINGS_ABSENT", "The release was loaded without its ratings."
    )


_WITHOUT_VALUE = {
    FileCoverage.WHOLE: TrendMissing.NOT_RATED,
    FileCoverage.PART: TrendMissing.RATINGS_PART,
    FileCoverage.ABSENT: TrendMissing.RATINGS_ABSENT,
}


@strawberry.type(description="The figure of a task in one release.")
class TrendPoint:
    """A point of a trend."""

    release_row: strawberry.Private[ReleaseRow]
    rated: strawberry.Private[RatedFigure | None]
    observation: Observation | None = strawberry.field(
        description="Whether it is a new observation; null without a value."
    )
    missing: TrendMissing | None = strawberry.field(
        description="Why there is no value; null if there is one."
    )

    @computed("The release.", reads=(), passes=True)
    def release(self) -> Release:
        """Give the release."""
        return Release(row=self.release_row)

    @computed(
        "The figure, with bounds, survey and source; null where the release does not "
        "have the task.",
        reads=(),
        passes=True,
    )
    def figure(self) -> RatedFigure | None:
        """Give the figure."""
        return self.rated


@strawberry.type(
    description="A figure of a task over all published releases of its data set."
)
class Trend:
    """A trend."""

    found: strawberry.Private[list[TrendPoint]]
    of: TaskFigure = strawberry.field(description="Which figure.")

    @computed(
        "One for each release, the oldest first; those without a value too.",
        reads=(),
        passes=True,
    )
    def points(self) -> list[TrendPoint]:
        """Give the points."""
        return self.found

    @computed("How it is made.", reads=())
    def method(self) -> str:
        """Give the method."""
        return _METHOD


@follows(
    RELEASES,
    FILES_OF_ALL,
    Follow(
        "task",
        TaskRow,
        across=in_all(own_place),
        reads=("key", *_COLUMNS.values()),
    ),
    Follow(
        "task_ratings",
        RatingRow,
        across=in_all(own_place),
        reads=("scale", "surveyed"),
    ),
    reads=(),
)
def trend_of_task(
    self: Any,
    releases: Apart[ReleaseRow],
    files: Apart[SourceFileRow],
    tasks: Apart[TaskRow],
    ratings: Apart[RatingRow],
    *,
    of: Annotated[TaskFigure, argument("Which figure.")],
) -> Trend:
    """One of its figures in each release of its data set, oldest first.

    Of the task with this number. A survey that several releases repeat is one
    observation, and each point says which it is. Looks into all of these releases.
    """
    del self  # its key has been used
    figures = [
        _figure(tasks[build], ratings[build], files[build], of) for build in releases
    ]
    seen = observed(map(_figured, figures))
    points = [
        TrendPoint(
            release_row=release,
            rated=figure,
            observation=observation,
            missing=_missing(figure, files[build]),
        )
        for (build, (release,)), figure, observation in zip(
            releases.items(), figures, seen, strict=True
        )
    ]
    return Trend(of=of, found=points)


def _figure(
    tasks: list[TaskRow],
    ratings: list[RatingRow],
    files: list[SourceFileRow],
    of: TaskFigure,
) -> RatedFigure | None:
    for task in tasks:
        value = getattr(task, _COLUMNS[of])
        return rated_figure(task.key, of.value, value, ratings, files)
    return None


def _figured(figure: RatedFigure | None) -> Figured | None:
    if figure is None or figure.value is None:
        return None
    return Figured(figure.value, figure.row and figure.row.surveyed)


def _missing(
    figure: RatedFigure | None, files: list[SourceFileRow]
) -> TrendMissing | None:
    if figure is None:
        is_lacked = missing_of(files, _TASKS) is VersionMissing.NOT_IN_RELEASE
        return (
            TrendMissing.TASK_NOT_IN_RELEASE if is_lacked else TrendMissing.TASKS_PART
        )
    if figure.value is not None:
        return None
    return _WITHOUT_VALUE[FileCoverage(figure.ratings.coverage)]
