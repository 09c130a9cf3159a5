"""Fields that make aggregates of rows: of an occupation's tasks, and an activity's."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, NamedTuple

import strawberry

from workatlas.cypher import Page

from .aggregate import Aggregate
from .aggregate_enums import (
    AggregateMissing,
    InputWeight,
    MissingRule,
    PublishedMissing,
    StudyAggregation,
    TaskSet,
)
from .aggregate_rows import (
    InputRatingRow,
    InputSubjectRow,
    InputWeightRow,
    StudiedLinkRow,
    WeighedLinkRow,
)
from .arguments import argument
from .candidates import release_candidates, studied_candidates, weighed_candidates
from .cost import costs
from .coverage import (
    ACTIVITY_LABELS,
    OCCUPATION_LABELS,
    TASK_LABELS,
    study_coverage,
)
from .enums import FileCoverage
from .exposure import ExposureRating, exposure_ratings
from .figure import ratings_file
from .follow import Follow, follows
from .named import NAMED, check_named
from .page import FILES, STUDY_FILES
from .rows import (
    ExposureRow,
    MeasureNameRow,
    RaterNameRow,
    SourceFileRow,
    StudyFileRow,
    StudyRow,
    TaskRow,
)
from .series import Series
from .series_page import Arguments, exactly, of_series, of_study
from .universe import Standing
from .weighing import (
    BARRED,
    OF_ACTIVITIES,
    OF_TASKS,
    Candidate,
    Loaded,
    mean_of,
    no_mean,
)

OfSeries = Annotated[
    strawberry.ID, argument("Of which study's ratings, as in gpts-are-gpts.")
]
ByRater = Annotated[
    strawberry.ID, argument("Whose: one of the study's raters, as in human.")
]
UnderMeasure = Annotated[
    strawberry.ID, argument("Under which of the study's measures, as in beta.")
]
ByWeight = Annotated[
    InputWeight | None,
    argument(
        "How much each input counts; without it as the study counts them, and the same "
        "where it makes no figures of them."
    ),
]
OfTasks = Annotated[
    TaskSet, argument("Which tasks it is made of, where it is made of tasks.")
]
IfMissing = Annotated[
    MissingRule, argument("What becomes of inputs that lack a score or a weight.")
]
_WEIGHED = ("task_id", "statement", "task_type", "importance", "relevance")
_TASK_COLUMNS = ("key", *_WEIGHED, "file", "line")


def _is_studied(arguments: Mapping[str, Any]) -> bool:
    return arguments["tasks"] is TaskSet.AS_STUDIED


def _is_of_release(arguments: Mapping[str, Any]) -> bool:
    return not _is_studied(arguments)


class _Names(NamedTuple):
    """What is known of the studies of the release, and which files are loaded."""

    studies: list[StudyRow]
    raters: list[RaterNameRow]
    measures: list[MeasureNameRow]
    files: list[SourceFileRow]
    study_files: list[StudyFileRow]

    def check(self, key: str, series: Series) -> None:
        """Refuse names that are not known; raises NotFoundError."""
        named = series._asdict()
        check_named(key, self.studies, self.raters, self.measures, **named)

    def aggregation(self, series: Series) -> StudyAggregation | None:
        """Say how the study makes figures of occupations, if it makes any."""
        (study,) = (s for s in self.studies if s.study == series.study)
        named = study.aggregation
        return None if named is None else StudyAggregation(named)

    def coverage(self, series: Series, contents: frozenset[str]) -> FileCoverage:
        """Say how much is loaded of what the study publishes in such files."""
        return study_coverage(self.study_files, series.study, contents)

    def loaded(self, series: Series, contents: frozenset[str]) -> Loaded:
        """Say how much is loaded of what the inputs stand in."""
        return Loaded(
            self.coverage(series, contents),
            FileCoverage(ratings_file(self.files).coverage),
        )


class _OccupationRows(NamedTuple):
    """The rows about an occupation, in the order of the needs below."""

    studied: list[InputSubjectRow]
    studied_ratings: list[InputRatingRow]
    links: list[StudiedLinkRow]
    tasks: list[TaskRow]
    subjects: list[InputSubjectRow]
    ratings: list[InputRatingRow]
    weights: list[InputWeightRow]
    weighed_ratings: list[InputRatingRow]
    weighed_links: list[WeighedLinkRow]
    published: list[ExposureRow]


_NAMES = (*NAMED, FILES, STUDY_FILES)
_KNOWN = len(_NAMES)


def _need(
    entry: str,
    row: type[Any],
    page: Callable[[Arguments], Page],
    when: Callable[[Arguments], bool] = lambda _: True,
) -> Follow:
    # One statement each: in one together every list would be carried along with each
    # row of the next, and take the product of their lengths.
    return Follow(entry, row, keys=lambda one, _: (one.key,), page=page, when=when)


OF_OCCUPATION = (
    _need("occupation_studied_tasks", InputSubjectRow, of_study, _is_studied),
    _need("occupation_studied_ratings", InputRatingRow, of_series, _is_studied),
    Follow("occupation_studied_links", StudiedLinkRow, when=_is_studied),
    Follow("occupation_tasks", TaskRow, when=_is_of_release, reads=_TASK_COLUMNS),
    _need("occupation_task_rows", InputSubjectRow, of_study, _is_of_release),
    _need("occupation_task_said", InputRatingRow, of_series, _is_of_release),
    _need("occupation_weights", InputWeightRow, of_study),
    _need("occupation_weighed_said", InputRatingRow, of_series),
    _need("occupation_weighed_links", WeighedLinkRow, of_study),
    _need("occupation_published", ExposureRow, exactly),
    *_NAMES,
)
"""What the figure of an occupation is made of."""


class AskedFor(NamedTuple):
    """Which figure of an occupation is asked for."""

    series: Series
    weight: InputWeight | None
    tasks: TaskSet
    missing: MissingRule


def occupation_aggregate(
    key: str, standing: Standing, asked: AskedFor, rows: Sequence[Any]
) -> Aggregate:
    """Make a figure of an occupation of the rows of ``OF_OCCUPATION``.

    Raises:
        NotFoundError: the studies of the release have none of such a name.

    """
    of, names = _OccupationRows(*rows[:-_KNOWN]), _Names(*rows[-_KNOWN:])
    series = asked.series
    names.check(key, series)
    aggregation = names.aggregation(series)
    is_weighed = aggregation is StudyAggregation.WEIGHTED_ACTIVITIES
    loaded = names.loaded(series, ACTIVITY_LABELS if is_weighed else TASK_LABELS)
    found = _candidates(of, series, asked.tasks, loaded, is_weighed=is_weighed)
    by = asked.weight or _WEIGHTS.get(aggregation, InputWeight.EQUAL)
    mean = mean_of(found, by, asked.missing, loaded)
    barred = BARRED.get(aggregation)
    if len({row.code for row in of.weights}) > 1:
        barred = AggregateMissing.SEVERAL_OCCUPATIONS
    if barred is not None:
        mean = no_mean(by, barred)
    own = exposure_ratings(of.published, standing, **series._asdict())
    is_own = by is _WEIGHTS.get(aggregation) and barred is None
    is_same = not mean.unused if is_weighed else asked.tasks is TaskSet.AS_STUDIED
    return Aggregate(
        key=key,
        standing=standing,
        series=series,
        candidates=found,
        mean=mean,
        files=loaded,
        rating=own[0] if len(own) == 1 else None,
        weights=OF_ACTIVITIES if is_weighed else OF_TASKS,
        tasks=None if is_weighed else asked.tasks,
        missing_rule=asked.missing,
        is_study_method=is_own and is_same,
        published_missing=_unpublished(own, names.coverage(series, OCCUPATION_LABELS)),
    )


@costs(weight=50)
@follows(*OF_OCCUPATION, reads=("code", "job_zone"))
def exposure_of_occupation(
    self: Any,
    *rows: Any,
    study: OfSeries,
    rater: ByRater,
    measure: UnderMeasure,
    weight: ByWeight = None,
    tasks: OfTasks = TaskSet.AS_STUDIED,
    missing: IfMissing = MissingRule.EXCLUDE,
) -> Aggregate:
    """A figure of the whole occupation made of a study's ratings of its tasks.

    Or of activities, where the study weighs these. With everything that it is made of,
    and the study's own figure beside it. An error if the release's studies have none of
    such a name.
    """
    asked = AskedFor(Series(study, rater, measure), weight, tasks, missing)
    standing = Standing(self.row.code, self.row.job_zone)
    return occupation_aggregate(self.key, standing, asked, rows)


_WEIGHTS: Mapping[StudyAggregation | None, InputWeight] = {
    StudyAggregation.CORE_TASKS: InputWeight.CORE,
    StudyAggregation.WEIGHTED_ACTIVITIES: InputWeight.PUBLISHED,
}
"""The weights that studies use themselves."""


def _candidates(
    of: _OccupationRows,
    series: Series,
    tasks: TaskSet,
    loaded: Loaded,
    *,
    is_weighed: bool,
) -> Sequence[Candidate]:
    if is_weighed:
        return weighed_candidates(
            series, of.weights, of.weighed_ratings, of.weighed_links
        )
    if tasks is TaskSet.AS_STUDIED:
        return studied_candidates(series, of.studied, of.studied_ratings, of.links)
    return release_candidates(series, of.tasks, of.subjects, of.ratings, loaded.inputs)


@costs(weight=200)
@follows(
    Follow("activity_tasks", TaskRow, reads=_TASK_COLUMNS),
    _need("activity_task_rows", InputSubjectRow, of_study),
    _need("activity_task_said", InputRatingRow, of_series),
    *_NAMES,
    reads=(),
)
def exposure_of_activity(
    self: Any,
    *rows: Any,
    study: OfSeries,
    rater: ByRater,
    measure: UnderMeasure,
    weight: ByWeight = None,
    missing: IfMissing = MissingRule.EXCLUDE,
) -> Aggregate:
    """A figure of the activity made of a study's ratings of the tasks linked to it.

    Each task linked to it or to an activity below it counts once, of whatever
    occupation it is. What studies say of the activity itself is in `exposureRatings`.
    An error if the release's studies have none of such a name.
    """
    tasks, subjects, ratings = rows[:-_KNOWN]
    series, names = Series(study, rater, measure), _Names(*rows[-_KNOWN:])
    names.check(self.key, series)
    loaded = names.loaded(series, TASK_LABELS)
    found = release_candidates(series, tasks, subjects, ratings, loaded.inputs)
    aggregation = names.aggregation(series)
    counts_core = aggregation is StudyAggregation.CORE_TASKS
    by = weight or (InputWeight.CORE if counts_core else InputWeight.EQUAL)
    barred = BARRED.get(aggregation)
    return Aggregate(
        key=self.key,
        standing=None,
        series=series,
        candidates=found,
        mean=no_mean(by, barred) if barred else mean_of(found, by, missing, loaded),
        files=loaded,
        rating=None,
        weights=OF_TASKS,
        tasks=None,
        missing_rule=missing,
        is_study_method=False,
        published_missing=PublishedMissing.NOT_OF_ACTIVITIES,
    )


def _unpublished(
    own: Sequence[ExposureRating], coverage: FileCoverage
) -> PublishedMissing | None:
    if len(own) == 1:
        return None
    if own:
        return PublishedMissing.SEVERAL
    if coverage is FileCoverage.PART:
        return PublishedMissing.FILE_PART
    return PublishedMissing.NOT_PUBLISHED
