"""Aggregates that show their work: a value, and all that it was made of."""

from collections.abc import Sequence

import strawberry

from .aggregate_enums import (
    AggregateMissing,
    InputWeight,
    MissingRule,
    PublishedMissing,
    TaskSet,
)
from .aggregate_figures import AggregateFigures, Aggregation, StudySaid
from .aggregate_inputs import (
    AggregateInput,
    ExcludedInput,
    InputCoverage,
    coverage_of,
    excluded_of,
    inputs_of,
)
from .aggregate_rows import StudyInputRow, StudySaidRow
from .cost import costs
from .enums import Direction
from .exposure import ExposureRating
from .follow import Follow, Place, computed, follows, only
from .rank import FromEnd, Rank
from .rows import MeasureRow, RaterRow, StudyRow
from .scores import Names
from .series import Series
from .series_page import everything
from .source import Source, study_source
from .study import Measure, Rater, Study
from .universe import Among, RankedAmong, Standing, ranked
from .weighing import OF_ACTIVITIES, Candidate, Loaded, Mean, mean_of

_WORDS = {
    InputWeight.EQUAL: "w = 1",
    InputWeight.CORE: "w = 2 for a core task, 1 for any other",
    InputWeight.IMPORTANCE: "w = importance",
    InputWeight.RELEVANCE: "w = relevance",
    InputWeight.IMPORTANCE_X_RELEVANCE: "w = importance * relevance",
    InputWeight.PUBLISHED: "w = weight as published",
}


@strawberry.type(description="An aggregate as it would be with another weight.")
class OtherWeight:
    """A value beside the aggregate's."""

    weight: InputWeight = strawberry.field(description="How much each input counts.")
    value: float | None = strawberry.field(
        description="The value; null with the reason in `missing`."
    )
    missing: AggregateMissing | None = strawberry.field(
        description="Why there is no value; null if there is one."
    )
    difference: float | None = strawberry.field(
        description="This value less the aggregate's; null without either."
    )
    coverage: InputCoverage = strawberry.field(description="What it is made of.")


def _study_place(one: "Aggregate") -> Place:
    return ("study", one.series.study)


def _rater_place(one: "Aggregate") -> Place:
    return ("rater", one.series.study, one.series.rater)


def _measure_place(one: "Aggregate") -> Place:
    return ("measure", one.series.study, one.series.measure)


@strawberry.type(
    description="A figure of an occupation or activity that is made of a study's "
    "ratings of its tasks or activities, with everything that it is made of. Not a "
    "share of working time, of jobs or of people, unless the measure says so."
)
class Aggregate:
    """A weighted mean, computed when it is asked for."""

    key: strawberry.Private[str]
    standing: strawberry.Private[Standing | None]
    series: strawberry.Private[Series]
    candidates: strawberry.Private[Sequence[Candidate]]
    mean: strawberry.Private[Mean]
    files: strawberry.Private[Loaded]
    rating: strawberry.Private[ExposureRating | None]
    weights: strawberry.Private[Sequence[InputWeight]]
    tasks: TaskSet | None = strawberry.field(
        description="Which tasks it is made of; null for an activity, which has those "
        "of the release, and where it is made of activities."
    )
    missing_rule: MissingRule = strawberry.field(
        description="What became of inputs that lack a score or a weight."
    )
    is_study_method: bool = strawberry.field(
        description="Whether the study computes its own figures of occupations so."
    )
    published_missing: PublishedMissing | None = strawberry.field(
        description="Why there is no published figure; null if there is one."
    )

    @computed(
        "The value, in the measure's unit, not rounded; null with the reason in "
        "`missing`.",
        reads=(),
    )
    def value(self) -> float | None:
        """Give the value."""
        return self.mean.value

    @computed("Why there is no value; null if there is one.", reads=())
    def missing(self) -> AggregateMissing | None:
        """Give the reason."""
        return self.mean.missing

    @computed("How much each input counts.", reads=())
    def weight(self) -> InputWeight:
        """Give the weight."""
        return self.mean.by

    @computed("How it is computed, w being the weight of an input.", reads=())
    def formula(self) -> str:
        """Give the formula."""
        what = "activity" if self.weights is OF_ACTIVITIES else "task"
        methods = {used.candidate.rated.method for used in self.mean.used} - {None}
        how = "".join(f" ({method})" for method in sorted(map(str, methods)))
        score = f"x = {self.series.measure} of each {what}{how}"
        return f"sum(w * x) / sum(w); {score}, {_WORDS[self.mean.by]}"

    @follows(Follow("study", StudyRow, at=_study_place), reads=())
    def formula_source(self, rows: list[StudyRow]) -> Source | None:
        """The study, where the formula is the study's own; null for one of ours."""
        return study_source(only(rows)) if self.is_study_method else None

    @costs(size=25)
    @computed("What it is made of, by task ID or identifier of the activity.", reads=())
    def inputs(self) -> list[AggregateInput]:
        """Give the inputs."""
        return inputs_of(self.key, self.mean)

    @computed("What it is not made of, with the reasons, in the same order.", reads=())
    def excluded(self) -> list[ExcludedInput]:
        """Give what is left out."""
        return excluded_of(self.key, self.mean)

    @computed("How much of what there is it is made of.", reads=())
    def coverage(self) -> InputCoverage:
        """Give the coverage."""
        return coverage_of(self.mean, self.files)

    @computed(
        "The study's own figure; null with the reason in `publishedMissing`.",
        reads=(),
        passes=True,
    )
    def published(self) -> ExposureRating | None:
        """Give the figure beside it."""
        return self.rating

    @computed("The value less the published one; null without either.", reads=())
    def difference(self) -> float | None:
        """Give the difference."""
        rating = self.rating
        return _less(self.mean.value, None if rating is None else rating.row.score)

    @computed(
        "What it would be under each other weight that its inputs can have, all else "
        "equal.",
        reads=(),
    )
    def other_weights(self) -> list[OtherWeight]:
        """Give the values beside it."""
        own = self.mean
        if not (own.used or own.unused):
            return []
        others = [
            mean_of(self.candidates, by, self.missing_rule, self.files)
            for by in self.weights
            if by is not own.by
        ]
        return [
            OtherWeight(
                weight=other.by,
                value=other.value,
                missing=other.missing,
                difference=_less(other.value, own.value),
                coverage=coverage_of(other, self.files),
            )
            for other in others
        ]

    @costs(once=4000)
    @follows(
        Follow(
            "study_inputs", StudyInputRow, at=_study_place, gathers=AggregateFigures
        ),
        Follow(
            "study_said",
            StudySaidRow,
            at=_study_place,
            page=everything,
            gathers=StudySaid,
        ),
        reads=(),
    )
    def rank(
        self,
        figures: list[AggregateFigures],
        said: list[StudySaid],
        *,
        among: Among = RankedAmong.RELEASE,
        direction: FromEnd = Direction.DESCENDING,
    ) -> Rank | None:
        """Its rank among the aggregates of other occupations that are made like it.

        Null without a value, for an activity, in no job zone among those of one, and of
        a study that names tasks by their statements alone.
        """
        value = self.mean.value
        if self.standing is None or value is None:
            return None
        own = self.series
        asked = Aggregation(
            Names(own.rater, own.measure), self.mean.by, self.tasks, self.missing_rule
        )
        return ranked(
            value,
            only(figures).of(asked, only(said)),
            self.standing,
            among=among,
            direction=direction,
            coverage=self.files.inputs,
        )

    @follows(Follow("study", StudyRow, at=_study_place), reads=())
    def study(self, rows: list[StudyRow]) -> Study:
        """The study whose ratings it is made of."""
        return Study(row=only(rows))

    @follows(Follow("rater", RaterRow, at=_rater_place), reads=())
    def rater(self, rows: list[RaterRow]) -> Rater:
        """Who gave them."""
        return Rater(row=only(rows))

    @follows(Follow("measure", MeasureRow, at=_measure_place), reads=())
    def measure(self, rows: list[MeasureRow]) -> Measure:
        """What is measured."""
        return Measure(row=only(rows))


def _less(value: float | None, other: float | None) -> float | None:
    return None if value is None or other is None else value - other
