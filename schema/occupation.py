"""Occupations."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from .arguments import OfMeasure, OfRater, OfStudy, OrderBy
from .enums import JobTitleKind
from .exposure import ExposureRating, exposure_ratings
from .follow import Follow, column, computed, follows, late, only
from .node import Node
from .order import ORDERED_BY, in_order
from .provenance import Provenance, row_provenance
from .release import Release
from .rows import (
    ExposureRow,
    JobTitleRow,
    OccupationRow,
    ReleaseRow,
    TaskRow,
)

if TYPE_CHECKING:
    from .task import Task

_task = late(".task", "Task")


@strawberry.type(description="Another title of an occupation.")
class JobTitle:
    """A job title."""

    row: strawberry.Private[JobTitleRow]

    title: str = column("job_title", "The title.")
    short_title: str | None = column("short_title", "Its short form, if it has one.")

    @computed("Where the title comes from.")
    def kind(self) -> JobTitleKind:
        """Give the kind."""
        return JobTitleKind(self.row.kind)

    @computed("Where it stands.")
    def provenance(self) -> Provenance:
        """Give the source."""
        return row_provenance(self.row)


@strawberry.type(description="An occupation of O*NET-SOC.")
class Occupation(Node):
    """An occupation."""

    row: strawberry.Private[OccupationRow]

    code: str = column("code", "O*NET-SOC code, as in 29-1125.00.")
    title: str = column("heading", "Its title.")
    description: str = column("description", "What people in it do.")

    @computed("Where the release defines it.", reads=("file", "line"))
    def provenance(self) -> Provenance:
        """Give the source."""
        return row_provenance(self.row)

    @follows(
        Follow("release", ReleaseRow, at=("release",)),
        reads=(),
        shared=True,
    )
    def release(self, rows: list[ReleaseRow]) -> Release:
        """The release it is taken from."""
        return Release(row=only(rows))

    @follows(Follow("occupation_tasks", TaskRow, reads=ORDERED_BY), reads=())
    def tasks(
        self,
        rows: list[TaskRow],
        *,
        order_by: OrderBy = None,
    ) -> list[Annotated["Task", strawberry.lazy(".task")]]:
        """Its tasks, by task ID unless asked otherwise."""
        return [_task(row=r) for r in in_order(rows, order_by)]

    @follows(Follow("occupation_tasks", TaskRow, reads=()), reads=())
    def task_count(self, rows: list[TaskRow]) -> int:
        """How many tasks it has."""
        return len(rows)

    @follows(Follow("occupation_tasks", TaskRow, reads=("importance",)), reads=())
    def rated_task_count(self, rows: list[TaskRow]) -> int:
        """How many of its tasks have an importance figure."""
        return sum(row.importance is not None for row in rows)

    @follows(
        Follow("occupation_job_titles", JobTitleRow, reads=("kind", "line")), reads=()
    )
    def job_titles(self, rows: list[JobTitleRow]) -> list[JobTitle]:
        """Its other titles: alternate ones, then reported ones, as in the files."""
        return [JobTitle(row=r) for r in sorted(rows, key=lambda r: (r.kind, r.line))]

    @follows(Follow("occupation_exposures", ExposureRow), reads=())
    def exposure_ratings(
        self,
        rows: list[ExposureRow],
        *,
        study: OfStudy = None,
        rater: OfRater = None,
        measure: OfMeasure = None,
    ) -> list[ExposureRating]:
        """What studies publish of it as a whole, by study, rater and measure."""
        return exposure_ratings(rows, study=study, rater=rater, measure=measure)
