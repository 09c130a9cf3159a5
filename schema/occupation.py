"""Occupations."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Annotated

import strawberry
from typing_extensions import override

from .aggregates import exposure_of_occupation
from .arguments import (
    AccessDate,
    After,
    First,
    MinScore,
    OccupationsOnly,
    OfMeasure,
    OfRater,
    OfStudy,
    OfTiers,
    OrderBy,
    PageAddress,
    SharedVia,
    Styles,
    TasksOnly,
)
from .caveats import EXPOSURES_READ, RATINGS_READ, Caveat, caveats_of
from .citation import Citation, cite
from .connections import TaskConnection, paged, tasks_in_pages
from .continuation import continued_by, continues
from .cost import costs
from .coverage import EMERGING, RELATED, TITLES, lacking
from .emerging_task import EmergingTask, emerging_tasks
from .enums import JobZoneMissing
from .exposure import (
    LABELLED,
    ExposureRating,
    UnratedBy,
    exposure_ratings,
    unrated_by,
)
from .exposure_trend import exposure_trend_of_occupation
from .file import SourceFile
from .follow import Follow, Late, column, computed, follows, only
from .histories import history_of_occupation
from .job_title import JobTitle
from .job_zone import JobZone, job_zone_missing
from .join_rows import CrosswalkRow, UnratedRow
from .named import NAMED, check_named
from .node import Node
from .order import TASKS_ORDERED_BY, in_order
from .page import (
    CROSSWALKS,
    DATASET,
    FILES,
    RELEASE,
    STUDIES,
    STUDY_FILES,
    behind,
    crossed,
    page_of,
)
from .paging import Connection, CountRow
from .provenance import FILED, Provenance, row_provenance
from .related import OCCUPATIONS, SharingOccupation
from .related_occupation import LISTED, RelatedOccupation, related_occupations
from .release import Release
from .rows import (
    DatasetRow,
    EmergingTaskRow,
    ExposureRow,
    JobTitleRow,
    JobZoneRow,
    MeasureNameRow,
    OccupationRow,
    RaterNameRow,
    RatingRow,
    RelatedOccupationRow,
    ReleaseRow,
    SharingOccupationRow,
    SourceFileRow,
    StudyFileRow,
    StudyRow,
    TaskRow,
)
from .source import Source, sources_of
from .succession import OCCUPATIONS as SUCCESSION
from .universe import Standing

if TYPE_CHECKING:
    from .task import Task

_task = Late(".task", "Task")
_EXPOSURES = Follow("occupation_exposures", ExposureRow, reads=LABELLED)
_RATED_BY = Follow("occupation_exposures", ExposureRow, reads=("study", "basis"))


@strawberry.type(description="An occupation of O*NET-SOC.")
class Occupation(Node):
    """An occupation."""

    row: strawberry.Private[OccupationRow]

    code: str = column("code", "O*NET-SOC code, as in 29-1125.00.")
    title: str = column("heading", "Its title.")
    description: str = column("description", "What people in it do.")
    task_count: int = column("task_count", "How many tasks it has.")

    @computed("Where the release defines it.", reads=FILED, straight=True)
    def provenance(self) -> Provenance:
        """Give the source."""
        return row_provenance(self.row)

    @follows(RELEASE, reads=(), shared=True)
    def release(self, rows: list[ReleaseRow]) -> Release:
        """The release it is taken from."""
        return Release(row=only(rows))

    history = history_of_occupation
    continues = continues(SUCCESSION)
    continued_by = continued_by(SUCCESSION)

    @follows(Follow("occupation_tasks", TaskRow, reads=TASKS_ORDERED_BY), reads=())
    def tasks(
        self,
        rows: list[TaskRow],
        *,
        order_by: OrderBy = None,
    ) -> list[Annotated["Task", strawberry.lazy(".task")]]:
        """Its tasks, by task ID unless asked otherwise."""
        return _task.of(in_order(rows, order_by))

    @costs(weight=20)
    @follows(*paged("occupation_tasks", TaskRow), reads=())
    def task_connection(
        self,
        rows: list[TaskRow],
        totals: list[CountRow],
        *,
        first: First = 20,
        after: After = None,
        order_by: OrderBy = None,
        filter: TasksOnly = None,  # noqa: A002 - what clients call it
    ) -> TaskConnection:
        """Its tasks in pages, by task ID unless asked otherwise."""
        del filter  # the store has chosen by it
        return tasks_in_pages(rows, totals, first, after, order_by)

    @follows(Follow("occupation_tasks", TaskRow, reads=("importance",)), reads=())
    def rated_task_count(self, rows: list[TaskRow]) -> int:
        """How many of its tasks have an importance figure in what is loaded."""
        return sum(row.importance is not None for row in rows)

    @follows(
        Follow("occupation_emerging_tasks", EmergingTaskRow, reads=("line",)), reads=()
    )
    def emerging_tasks(self, rows: list[EmergingTaskRow]) -> list[EmergingTask]:
        """What the publisher proposes for later releases, as in the file.

        Candidates: they are none of its `tasks`.
        """
        return emerging_tasks(rows)

    @costs(size=1)
    @follows(FILES, shared=True, reads=())
    def emerging_tasks_missing(self, rows: list[SourceFileRow]) -> list[SourceFile]:
        """The file of those, if it is left out or loaded in part; else empty."""
        return _missing(rows, EMERGING)

    @follows(
        Follow("occupation_job_titles", JobTitleRow, reads=("kind", "line")), reads=()
    )
    def job_titles(self, rows: list[JobTitleRow]) -> list[JobTitle]:
        """Its other titles: alternate ones, then reported ones, as in the files."""
        return [JobTitle(row=r) for r in sorted(rows, key=lambda r: (r.kind, r.line))]

    @costs(size=1)
    @follows(FILES, shared=True, reads=())
    def job_titles_missing(self, rows: list[SourceFileRow]) -> list[SourceFile]:
        """The files of titles left out or loaded in part, by name: titles may lack."""
        return _missing(rows, TITLES)

    @follows(Follow("occupation_related", RelatedOccupationRow, reads=LISTED), reads=())
    def related_occupations(
        self, rows: list[RelatedOccupationRow], *, tiers: OfTiers = None
    ) -> list[RelatedOccupation]:
        """The occupations that the publisher lists as related to it, in its order."""
        return related_occupations(rows, tiers)

    @costs(size=1)
    @follows(FILES, shared=True, reads=())
    def related_occupations_missing(
        self, rows: list[SourceFileRow]
    ) -> list[SourceFile]:
        """The file of those, if it is left out or loaded in part; else empty."""
        return _missing(rows, RELATED)

    @costs(weight=200)
    @follows(OCCUPATIONS.rows(), reads=())
    def related(
        self,
        rows: list[SharingOccupationRow],
        *,
        via: SharedVia = None,
        first: First = 20,
        after: After = None,
        min_score: MinScore = None,
    ) -> list[SharingOccupation]:
        """Occupations whose tasks share statements or activities with its tasks.

        By how rare the rarest is that they share, the rarest first; ties by code. The
        publisher's own list is `relatedOccupations`. Cursors are those of
        `relatedConnection`.
        """
        del min_score  # the store has chosen by it
        arguments = {"via": via, "first": first, "after": after}
        found, _ = OCCUPATIONS.found(rows, arguments, SharingOccupation)
        return found

    @costs(weight=200)
    @follows(OCCUPATIONS.rows(), OCCUPATIONS.count(), reads=())
    def related_connection(
        self,
        rows: list[SharingOccupationRow],
        totals: list[CountRow],
        *,
        via: SharedVia = None,
        first: First = 20,
        after: After = None,
        min_score: MinScore = None,
        filter: OccupationsOnly = None,  # noqa: A002 - what clients call it
    ) -> Connection[SharingOccupation]:
        """The same in pages; the count is of all, whatever the least score."""
        del min_score, filter  # the store has chosen by them
        arguments = {"via": via, "first": first, "after": after}
        found, page = OCCUPATIONS.found(rows, arguments, SharingOccupation)
        return Connection(items=found, page=page, totals=totals)

    @follows(Follow("occupation_job_zone", JobZoneRow, reads=()), reads=())
    def job_zone(self, rows: list[JobZoneRow]) -> JobZone | None:
        """The job zone that it is in; null with the reason in `jobZoneMissing`."""
        return JobZone(row=rows[0]) if rows else None

    @follows(Follow("occupation_job_zone", JobZoneRow, reads=()), FILES, reads=())
    def job_zone_missing(
        self, rows: list[JobZoneRow], files: list[SourceFileRow]
    ) -> JobZoneMissing | None:
        """Why it has no job zone; null if it has one."""
        return job_zone_missing(rows, files)

    @follows(_EXPOSURES, *NAMED, reads=("code", "job_zone"))
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
        """What studies publish of it as a whole, sorted by study, rater and measure."""
        names = {"study": study, "rater": rater, "measure": measure}
        check_named(self.key, studies, raters, measures, **names)
        standing = Standing(self.row.code, self.row.job_zone)
        return exposure_ratings(rows, standing, **names)

    exposure = exposure_of_occupation
    exposure_trend = exposure_trend_of_occupation

    @follows(STUDIES, Follow("occupation_unrated", UnratedRow), reads=())
    def exposure_missing(
        self, studies: list[StudyRow], rows: list[UnratedRow]
    ) -> list[UnratedBy]:
        """The studies that rate occupations and not it, by identifier, and why."""
        return unrated_by(studies, rows)

    @costs(size=4)
    @follows(
        Follow("occupation_ratings", RatingRow, reads=RATINGS_READ),
        Follow("occupation_exposures", ExposureRow, reads=EXPOSURES_READ),
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
        """What its figures and its tasks' ratings do not mean, by `CaveatCode`."""
        return caveats_of(ratings, exposures, files, releases, labels)

    @override
    @follows(RELEASE, DATASET, STUDIES, CROSSWALKS, _RATED_BY, reads=())
    def sources(
        self,
        releases: list[ReleaseRow],
        datasets: list[DatasetRow],
        studies: list[StudyRow],
        crosswalks: list[CrosswalkRow],
        exposures: list[ExposureRow],
    ) -> list[Source]:
        """Its release, then what it was rated over, and what rates it."""
        over = crossed(crosswalks, exposures)
        return sources_of(releases, datasets, behind(studies, exposures), over)

    @costs(size=4)
    @follows(RELEASE, DATASET, STUDIES, CROSSWALKS, _RATED_BY, reads=("heading",))
    def citations(
        self,
        releases: list[ReleaseRow],
        datasets: list[DatasetRow],
        studies: list[StudyRow],
        crosswalks: list[CrosswalkRow],
        exposures: list[ExposureRow],
        *,
        accessed: AccessDate,
        styles: Styles = None,
        url: PageAddress = None,
    ) -> list[Citation]:
        """How to cite its page and the works behind it, in the order of the styles."""
        page = page_of(self.key, self.row.heading, url)
        over = crossed(crosswalks, exposures)
        sources = sources_of(releases, datasets, behind(studies, exposures), over)
        return cite(page, sources, accessed, styles)


def _missing(rows: list[SourceFileRow], contents: Collection[str]) -> list[SourceFile]:
    found = sorted(lacking(rows, contents), key=lambda f: f.file_name)
    return [SourceFile(row=row) for row in found]
