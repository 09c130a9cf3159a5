"""Tasks: everything that a page about one shows."""

from typing import Annotated

import strawberry
from typing_extensions import override

from .activity import ActivityLink, WorkActivity, activities
from .arguments import (
    AccessDate,
    After,
    ExcludeOccupation,
    First,
    MinScore,
    OfMeasure,
    OfRater,
    OfStudy,
    OrderBy,
    PageAddress,
    Styles,
    TasksOnly,
    Via,
)
from .caveats import EXPOSURES_READ, RATINGS_READ, Caveat, caveats_of
from .citation import Citation, cite
from .continuation import continued_by, continues
from .continuations import TASKS as LINKED
from .cost import costs
from .coverage import OF_OCCUPATIONS, TASK_LABELS, holding
from .enums import TaskType
from .exposure import (
    LABELLED,
    ExposureRating,
    UnratedBy,
    exposure_ratings,
    unrated_by,
)
from .figure import FREQUENCY, IMPORTANCE, RELEVANCE, FrequencyFigure, RatedFigure
from .figures import frequencies, rated_figure
from .follow import Follow, column, computed, follows, only
from .histories import history_of_task
from .join_rows import UnratedRow
from .named import NAMED, check_named
from .occupation import Occupation
from .order import TASKS_ORDERED_BY, in_order
from .page import (
    DATASET,
    FILES,
    RELEASE,
    STUDIES,
    STUDY_FILES,
    behind,
    page_of,
)
from .paging import Connection, CountRow
from .provenance import DATED, Provenance, dated_provenance
from .quick import quick
from .related import TASKS, RelatedTask
from .release import Release
from .rows import (
    ActivityLinkRow,
    ActivityRow,
    CategoryRow,
    DatasetRow,
    ExposureRow,
    MeasureNameRow,
    OccupationRow,
    RaterNameRow,
    RatingRow,
    RelatedRow,
    ReleaseRow,
    SourceFileRow,
    StatementRow,
    StudyFileRow,
    StudyRow,
    TaskRow,
)
from .source import Source, sources_of
from .statement import SharedStatement
from .task_disagreement import ComparedTask
from .trend import trend_of_task

_RATED = Follow("task_ratings", RatingRow, reads=("scale",), optional=True)
_EXPOSURES = Follow("task_exposures", ExposureRow, reads=LABELLED)
_RATED_BY = Follow("task_exposures", ExposureRow, reads=("study",))


@strawberry.type(description="A task of an occupation, in the words of one release.")
class Task(ComparedTask):
    """A task."""

    row: strawberry.Private[TaskRow]

    task_id: int = column(
        "task_id", "O*NET's number, which a task keeps over releases."
    )
    statement: str = column("statement", "What is done, as the release words it.")
    incumbents_responding: int | None = column(
        "incumbents", "How many workers answered; null where that is not published."
    )
    surveyed: str | None = column(
        "surveyed",
        "Year and month that the release gives for the statement, as in 2022-08; null "
        "where it gives none.",
    )
    domain_source: str | None = column(
        "domain_source",
        "Where the statement is from, in the publisher's words: Incumbent, "
        "Occupational Expert, Analyst, ...; null where the release does not say.",
    )

    @computed("Core, supplemental, or not classified.", reads=("task_type",))
    def type(self) -> TaskType:
        """Give the type."""
        return TaskType(self.row.task_type or "NOT_CLASSIFIED")

    @computed("Where the statement stands.", reads=DATED, straight=True)
    def provenance(self) -> Provenance:
        """Give the source."""
        return dated_provenance(self.row)

    @follows(RELEASE, reads=(), shared=True)
    def release(self, rows: list[ReleaseRow]) -> Release:
        """The release it is taken from."""
        return Release(row=only(rows))

    @follows(Follow("task_occupation", OccupationRow, reads=()), reads=())
    def occupation(self, rows: list[OccupationRow]) -> Occupation:
        """The one occupation that it belongs to."""
        return Occupation(row=only(rows))

    history = history_of_task
    continues = continues(LINKED)
    continued_by = continued_by(LINKED)
    trend = trend_of_task

    @follows(_RATED, FILES, reads=("importance",))
    def importance(
        self, rows: list[RatingRow], files: list[SourceFileRow]
    ) -> RatedFigure:
        """How important it is in the occupation, 1 to 5 points."""
        return rated_figure(self.key, IMPORTANCE, self.row.importance, rows, files)

    @follows(_RATED, FILES, reads=("relevance",))
    def relevance(
        self, rows: list[RatingRow], files: list[SourceFileRow]
    ) -> RatedFigure:
        """How many of those asked say that it is part of the job, in percent."""
        return rated_figure(self.key, RELEVANCE, self.row.relevance, rows, files)

    @follows(
        Follow("task_ratings", RatingRow, reads=("scale", "category", "value")),
        Follow("scale_categories", CategoryRow, at=("scale", FREQUENCY)),
        FILES,
        reads=(),
    )
    def frequency(
        self,
        rows: list[RatingRow],
        categories: list[CategoryRow],
        files: list[SourceFileRow],
    ) -> list[FrequencyFigure]:
        """How often it is done: percent of those asked, by category."""
        return frequencies(self.key, rows, categories, files)

    @follows(Follow("task_activities", ActivityRow, reads=("element_id",)), reads=())
    def work_activities(self, rows: list[ActivityRow]) -> list[WorkActivity]:
        """The detailed work activities it is linked to, by identifier."""
        return activities(rows)

    @follows(
        Follow("task_activity_links", ActivityLinkRow),
        Follow("task_activities", ActivityRow),
        reads=(),
    )
    def activity_links(
        self, links: list[ActivityLinkRow], rows: list[ActivityRow]
    ) -> list[ActivityLink]:
        """The published rows of those links, by line."""
        by_key = {r.key: r for r in rows}
        return [
            ActivityLink(row=link, activity_row=by_key[link.activity_key])
            for link in sorted(links, key=lambda link: link.line)
        ]

    @follows(_EXPOSURES, *NAMED, reads=())
    def exposure_ratings(
        self,
        rows: list[ExposureRow],
        studies: list[StudyRow],
        raters: list[RaterNameRow],
        measures: list[MeasureNameRow],
        *,
        study: OfStudy = None,
        rater: OfRater = None,
        measure: OfMeasure = None,
    ) -> list[ExposureRating]:
        """What studies say of it, sorted by study, rater and measure; none are merged.

        Alpha, beta and gamma are derived from a label where a study has that alone.
        """
        names = {"study": study, "rater": rater, "measure": measure}
        check_named(self.key, studies, raters, measures, **names)
        return exposure_ratings(rows, **names)

    @follows(STUDIES, Follow("task_unrated", UnratedRow), reads=())
    def exposure_missing(
        self, studies: list[StudyRow], rows: list[UnratedRow]
    ) -> list[UnratedBy]:
        """The studies that rate tasks and not it, by identifier, and why."""
        return unrated_by(studies, rows)

    @follows(Follow("task_siblings", TaskRow, reads=TASKS_ORDERED_BY), reads=())
    def siblings(
        self,
        rows: list[TaskRow],
        *,
        order_by: OrderBy = None,
    ) -> list[Annotated["Task", strawberry.lazy(".task")]]:
        """The other tasks of its occupation, by task ID unless asked otherwise."""
        return [_task(row=row) for row in in_order(rows, order_by)]

    @follows(Follow("task_statement", StatementRow, reads=()), reads=())
    def shared_statement(self, rows: list[StatementRow]) -> SharedStatement | None:
        """Its statement, if other tasks have it too, to the letter; else null."""
        return SharedStatement(row=rows[0]) if rows else None

    @costs(weight=100)
    @follows(TASKS.rows(), reads=())
    def related(
        self,
        rows: list[RelatedRow],
        *,
        via: Via = None,
        first: First = 20,
        after: After = None,
        exclude_occupation: ExcludeOccupation = False,
        min_score: MinScore = None,
    ) -> list[RelatedTask]:
        """Tasks of any occupation that share its statement or activities, `first` ones.

        By how rare the rarest is that they share, the rarest first; ties by task ID.
        Cursors are those of `relatedConnection`.
        """
        del exclude_occupation, min_score  # the store has chosen by them
        arguments = {"via": via, "first": first, "after": after}
        found, _ = TASKS.found(rows, arguments, RelatedTask)
        return found

    @costs(weight=100)
    @follows(TASKS.rows(), TASKS.count(), reads=())
    def related_connection(
        self,
        rows: list[RelatedRow],
        totals: list[CountRow],
        *,
        via: Via = None,
        first: First = 20,
        after: After = None,
        exclude_occupation: ExcludeOccupation = False,
        min_score: MinScore = None,
        filter: TasksOnly = None,  # noqa: A002 - what clients call it
    ) -> Connection[RelatedTask]:
        """The same in pages; the count is of all, whatever the least score."""
        del exclude_occupation, min_score, filter  # the store has chosen by them
        arguments = {"via": via, "first": first, "after": after}
        found, page = TASKS.found(rows, arguments, RelatedTask)
        return Connection(items=found, page=page, totals=totals)

    @costs(size=4)
    @follows(
        Follow("task_ratings", RatingRow, reads=RATINGS_READ),
        Follow("task_exposures", ExposureRow, reads=EXPOSURES_READ),
        FILES,
        RELEASE,
        STUDY_FILES,
        reads=(),
    )
    def caveats(
        self,
        ratings: list[RatingRow],
        exposures: list[ExposureRow],
        files: list[SourceFileRow],
        releases: list[ReleaseRow],
        labels: list[StudyFileRow],
    ) -> list[Caveat]:
        """What its figures do not mean, in the order of `CaveatCode`."""
        own = [f for f in files if f.contents not in OF_OCCUPATIONS]
        shown = holding(labels, TASK_LABELS)
        return caveats_of(ratings, exposures, own, releases, shown)

    @override
    @follows(RELEASE, DATASET, STUDIES, _RATED_BY, reads=())
    def sources(
        self,
        releases: list[ReleaseRow],
        datasets: list[DatasetRow],
        studies: list[StudyRow],
        exposures: list[ExposureRow],
    ) -> list[Source]:
        """The works that it rests on: its release, then the studies that rate it."""
        return sources_of(releases, datasets, behind(studies, exposures))

    @costs(size=4)
    @follows(RELEASE, DATASET, STUDIES, _RATED_BY, reads=("statement",))
    def citations(
        self,
        releases: list[ReleaseRow],
        datasets: list[DatasetRow],
        studies: list[StudyRow],
        exposures: list[ExposureRow],
        *,
        accessed: AccessDate,
        styles: Styles = None,
        url: PageAddress = None,
    ) -> list[Citation]:
        """How to cite its page and the works behind it, in the order of the styles."""
        page = page_of(self.key, self.row.statement, url)
        sources = sources_of(releases, datasets, behind(studies, exposures))
        return cite(page, sources, accessed, styles)


_task = quick(Task)
