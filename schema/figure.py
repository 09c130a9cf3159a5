"""Figures of the ratings file, with reasons for whatever is absent."""

from operator import attrgetter

import strawberry

from .cost import costs
from .enums import BoundsMissing, Direction, FileContents, FileCoverage, Missing, Unit
from .follow import Follow, column, computed, follows, only
from .provenance import DATED, Provenance, dated_provenance
from .rank import FromEnd, Rank, rank_of
from .rows import RatingRow, ScaleRow, SourceFileRow, TaskRow
from .scale import Scale

VALUE_COLUMN = "Data Value"
IMPORTANCE, RELEVANCE, FREQUENCY = "IM", "RT", "FT"
_UNITS = {IMPORTANCE: Unit.POINTS, RELEVANCE: Unit.PERCENT, FREQUENCY: Unit.PERCENT}
_COLUMNS = {IMPORTANCE: "importance", RELEVANCE: "relevance"}
_POPULATION = "the tasks of the same occupation in this release that have it"
_OF_PART = ", as far as they are in the part of the ratings file that was loaded"
EXPERT = "Occupational Expert"


@strawberry.interface(
    description="A figure: its value and unit, how sure it is, who was asked when, "
    "where it stands; or the reason why it is absent."
)
class Figure:
    """One value of a scale for a task."""

    task_key: strawberry.Private[str]
    scale_id: strawberry.Private[str]
    row: strawberry.Private[RatingRow | None]
    files: strawberry.Private[list[SourceFileRow]]

    @property
    def key(self) -> str:
        """The key of the rated task."""
        return self.task_key

    @property
    def ratings(self) -> SourceFileRow:
        """The file that holds the release's task ratings, or would hold them."""
        return ratings_file(self.files)

    value: float | None = strawberry.field(
        description="The value as published; null with the reason in `missing`."
    )

    @computed("The value's unit.", reads=())
    def unit(self) -> Unit:
        """Give the unit."""
        return _UNITS[self.scale_id]

    @computed("Why there is no value; null if there is one.", reads=())
    def missing(self) -> Missing | None:
        """Give the reason."""
        if self.value is not None:
            return None
        return {
            FileCoverage.ABSENT: Missing.FILE_ABSENT,
            FileCoverage.PART: Missing.FILE_PART,
            FileCoverage.WHOLE: Missing.NOT_RATED,
        }[FileCoverage(self.ratings.coverage)]

    n: int | None = column(
        "n", "How many answered; null without a value, and where it is not published."
    )
    standard_error: float | None = column(
        "standard_error",
        "Standard error, in the value's unit; null with the reason in `boundsMissing`.",
    )
    lower_bound: float | None = column(
        "lower_bound",
        "Lower bound of the 95 percent confidence interval, in the value's unit; null "
        "with the reason in `boundsMissing`.",
    )
    upper_bound: float | None = column(
        "upper_bound",
        "Upper bound of the 95 percent confidence interval, in the value's unit; the "
        "interval is not symmetric about the value. Null with the reason in "
        "`boundsMissing`.",
    )

    @computed(
        "Why standard error or bounds are absent; null if all are there.",
        reads=("domain_source", "standard_error", "lower_bound", "upper_bound"),
    )
    def bounds_missing(self) -> BoundsMissing | None:
        """Give the reason."""
        if self.row is None:
            return BoundsMissing.NO_VALUE
        row = self.row
        if None not in (row.standard_error, row.lower_bound, row.upper_bound):
            return None
        if row.domain_source == EXPERT:
            return BoundsMissing.EXPERT_RATING
        if row.standard_error == 0:
            return BoundsMissing.NO_VARIATION
        return BoundsMissing.NOT_PUBLISHED

    recommend_suppress: bool | None = column(
        "recommend_suppress",
        "The publisher advises against use: too few answers or too wide "
        "an error. Null where the release gives no advice.",
    )
    surveyed: str | None = column(
        "surveyed",
        "Year and month of the survey, as in 2022-08, not of the release; null without "
        "a value, and where the release gives none.",
    )
    domain_source: str | None = column(
        "domain_source",
        "Who answered, in the publisher's words: Incumbent (workers), "
        "Occupational Expert, Analyst, ...; null without a value, and where the "
        "release does not say.",
    )

    @computed(
        "Where the value stands; for a missing one the file that would "
        "hold it, without a line.",
        reads=DATED,
        straight=True,
    )
    def provenance(self) -> Provenance:
        """Give the source."""
        if self.row is not None:
            return dated_provenance(self.row, VALUE_COLUMN)
        return Provenance(
            key=self.task_key,
            file_place=("file", self.ratings.file_name),
            line=None,
            column=VALUE_COLUMN,
        )

    @follows(
        Follow("scale", ScaleRow, at=lambda f: ("scale", f.scale_id)),
        reads=(),
        shared=True,
    )
    def scale(self, rows: list[ScaleRow]) -> Scale:
        """The scale that the value is on."""
        return Scale(row=only(rows))


@strawberry.type(description="A figure that tasks of an occupation can be ranked by.")
class RatedFigure(Figure):
    """Importance or relevance."""

    @costs(weight=25)
    @follows(Follow("task_siblings", TaskRow, reads=_COLUMNS.values()), reads=())
    def rank(
        self,
        rows: list[TaskRow],
        *,
        direction: FromEnd = Direction.DESCENDING,
    ) -> Rank | None:
        """Its rank among the tasks of the same occupation; null without a value."""
        if self.value is None:
            return None
        peers = map(attrgetter(_COLUMNS[self.scale_id]), rows)
        members = sorted([self.value, *(p for p in peers if p is not None)])
        coverage = FileCoverage(self.ratings.coverage)
        return rank_of(self.value, members, direction, coverage, _population(coverage))


@strawberry.type(
    description="How many of those asked do the task as often as a category says."
)
class FrequencyFigure(Figure):
    """The share of one category of frequency."""

    category: int = strawberry.field(description="The category's number, 1 to 7.")
    label: str = strawberry.field(description="What the category stands for.")


def ratings_file(files: list[SourceFileRow]) -> SourceFileRow:
    """Give the file that holds a release's task ratings, or would hold them."""
    return next(f for f in files if f.contents == FileContents.TASK_RATINGS.value)


def _population(coverage: FileCoverage) -> str:
    return _POPULATION + (_OF_PART if coverage is FileCoverage.PART else "")
