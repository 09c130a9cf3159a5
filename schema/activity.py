"""Work activities and what they reach."""

from collections.abc import Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from typing_extensions import override

from workatlas.cypher import Page

from .aggregates import exposure_of_activity
from .alias import aliases_of_activity, found_by_of_activity
from .arguments import (
    AccessDate,
    After,
    First,
    OccupationsBy,
    OccupationsOnly,
    OfMeasure,
    OfRater,
    OfStudy,
    OrderBy,
    PageAddress,
    Styles,
    TasksOnly,
)
from .citation import Citation, cite
from .connections import (
    OccupationConnection,
    TaskConnection,
    occupations_in_pages,
    paged,
    tasks_in_pages,
)
from .continuation import continued_by, continues
from .continuations import ACTIVITIES as LINKED
from .cost import costs
from .enums import ActivityLevel
from .exposure import (
    LABELLED,
    ExposureRating,
    UnratedBy,
    exposure_ratings,
    unrated_by,
)
from .follow import Follow, Late, column, computed, follows
from .histories import history_of_activity
from .join_rows import UnratedRow
from .named import NAMED, check_named
from .node import Node
from .page import DATASET, RELEASE, STUDIES, behind, page_of
from .paging import CountRow, count_of
from .provenance import FILED, Provenance, dated_provenance, row_provenance
from .quick import quick
from .rows import (
    ActivityLinkRow,
    ActivityRow,
    DatasetRow,
    ExposureRow,
    MeasureNameRow,
    OccupationRow,
    RaterNameRow,
    ReleaseRow,
    StudyRow,
    TaskRow,
)
from .source import Source, sources_of

if TYPE_CHECKING:
    from .task import Task

_task = Late(".task", "Task")
_RATED_BY = Follow("activity_exposures", ExposureRow, reads=("study",))


def _all(_: Mapping[str, Any]) -> Page:
    return count_of(None, {})


@strawberry.type(description="A work activity at one of three levels.")
class WorkActivity(Node):
    """An activity; ``asked`` is another identifier by which it was found, if one."""

    row: strawberry.Private[ActivityRow]
    asked: strawberry.Private[str | None] = None

    element_id: str = column(
        "element_id", "Its identifier in this release; the form changed with 30.3."
    )
    title: str = column("heading", "Its title.")
    description: str | None = column(
        "description", "What it covers; published for generalized activities only."
    )

    information: float | None = column(
        "information",
        "How much it says of a task to be linked to it or to one below it, in bits: "
        "-log2 of the share of the release's linked tasks that are. Null if none is.",
    )

    aliases = aliases_of_activity
    found_by = found_by_of_activity

    @computed("Its level.", reads=("level",))
    def level(self) -> ActivityLevel:
        """Give the level."""
        return ActivityLevel(self.row.level)

    @computed("Where the release defines it.", reads=FILED, straight=True)
    def provenance(self) -> Provenance:
        """Give the source."""
        return row_provenance(self.row)

    history = history_of_activity
    continues = continues(LINKED)
    continued_by = continued_by(LINKED)

    @follows(Follow("activity_parent", ActivityRow, reads=()), reads=())
    def parent(
        self, rows: list[ActivityRow]
    ) -> Annotated["WorkActivity", strawberry.lazy(".activity")] | None:
        """The activity one level up; null for a generalized one."""
        return WorkActivity(row=rows[0]) if rows else None

    @follows(Follow("activity_children", ActivityRow, reads=("element_id",)), reads=())
    def children(
        self, rows: list[ActivityRow]
    ) -> list[Annotated["WorkActivity", strawberry.lazy(".activity")]]:
        """The activities one level down, by identifier."""
        return activities(rows)

    @follows(Follow("activity_tasks", TaskRow, reads=("task_id",)), reads=())
    def tasks(
        self, rows: list[TaskRow]
    ) -> list[Annotated["Task", strawberry.lazy(".task")]]:
        """The tasks linked to it or to an activity below it, each once, by task ID."""
        by_id = {row.task_id: row for row in rows}
        return [_task(row=by_id[number]) for number in sorted(by_id)]

    @costs(weight=50)
    @follows(*paged("activity_tasks", TaskRow), reads=())
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
        """The same in pages, by task ID unless asked otherwise."""
        del filter  # the store has chosen by it
        return tasks_in_pages(rows, totals, first, after, order_by)

    @follows(*paged("activity_occupations", OccupationRow), reads=())
    def occupation_connection(
        self,
        rows: list[OccupationRow],
        totals: list[CountRow],
        *,
        first: First = 20,
        after: After = None,
        order_by: OccupationsBy = None,
        filter: OccupationsOnly = None,  # noqa: A002 - what clients call it
    ) -> OccupationConnection:
        """The occupations that those tasks belong to in pages, by code unless asked."""
        del filter  # the store has chosen by it
        return occupations_in_pages(rows, totals, first, after, order_by)

    @follows(
        Follow("activity_exposures", ExposureRow, reads=LABELLED), *NAMED, reads=()
    )
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
        """What studies say of it, sorted by study, rater and measure."""
        names = {"study": study, "rater": rater, "measure": measure}
        check_named(self.key, studies, raters, measures, **names)
        return exposure_ratings(rows, **names)

    @follows(STUDIES, Follow("activity_unrated", UnratedRow), reads=())
    def exposure_missing(
        self, studies: list[StudyRow], rows: list[UnratedRow]
    ) -> list[UnratedBy]:
        """The studies that rate activities of its level and not it, and why."""
        return unrated_by(studies, rows)

    exposure = exposure_of_activity

    @follows(Follow("activity_tasks", CountRow, page=_all), reads=())
    def task_count(self, totals: list[CountRow]) -> int:
        """How many tasks are linked to it or to an activity below it: `tasks`."""
        return sum(row.total for row in totals)

    @follows(Follow("activity_occupations", CountRow, page=_all), reads=())
    def occupation_count(self, totals: list[CountRow]) -> int:
        """How many occupations those tasks belong to."""
        return sum(row.total for row in totals)

    @override
    @follows(RELEASE, DATASET, STUDIES, _RATED_BY, reads=())
    def sources(
        self,
        releases: list[ReleaseRow],
        datasets: list[DatasetRow],
        studies: list[StudyRow],
        exposures: list[ExposureRow],
    ) -> list[Source]:
        """The works behind its page: its release, then the studies that rate it."""
        return sources_of(releases, datasets, behind(studies, exposures))

    @costs(size=4)
    @follows(RELEASE, DATASET, STUDIES, _RATED_BY, reads=("heading",))
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
        page = page_of(self.key, self.row.heading, url)
        sources = sources_of(releases, datasets, behind(studies, exposures))
        return cite(page, sources, accessed, styles)


@strawberry.type(description="The row that links a task to a detailed activity.")
class ActivityLink:
    """A link, which is a row of a file with a date and a source of its own."""

    row: strawberry.Private[ActivityLinkRow]
    activity_row: strawberry.Private[ActivityRow]

    surveyed: str | None = column(
        "surveyed",
        "Year and month in which the link was made, as in 2014-03; null where the "
        "release gives none.",
    )
    domain_source: str | None = column(
        "domain_source",
        "Who made the link, in the publisher's words: Analyst, ...; null where the "
        "release does not say.",
    )

    @computed("The detailed activity.")
    def activity(self) -> WorkActivity:
        """Give the activity."""
        return WorkActivity(row=self.activity_row)

    @computed("Where the link stands.", straight=True)
    def provenance(self) -> Provenance:
        """Give the source."""
        return dated_provenance(self.row)


def activity_asked(row: ActivityRow, element_id: str) -> WorkActivity:
    """Give an activity that was asked for by an identifier, maybe another one."""
    asked = None if element_id == row.element_id else element_id
    return WorkActivity(row=row, asked=asked)


_activity = quick(WorkActivity)
_by_id = attrgetter("element_id")


def activities(rows: list[ActivityRow]) -> list[WorkActivity]:
    """Give activities by their identifier."""
    return [_activity(row=r) for r in sorted(rows, key=_by_id)]
