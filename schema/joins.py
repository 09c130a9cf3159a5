"""What became of a study's rows when it was joined to a release."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from workatlas.cypher import Page
from workatlas.stores.keys import graph_of

from .arguments import After, First
from .crosswalk import CrosswalkPair
from .follow import Follow, Late, column, computed, follows
from .join_rows import (
    CrosswalkPairRow,
    JoinCountRow,
    SubjectRatingRow,
    SubjectRow,
)
from .paging import Connection, CountRow, Listing, count_of
from .rows import ActivityRow, OccupationRow, TaskRow
from .study_enums import Basis, JoinReason, RatedKind

if TYPE_CHECKING:
    from .activity import WorkActivity
    from .occupation import Occupation
    from .provenance import Provenance
    from .task import Task

_task = Late(".task", "Task")
_occupation = Late(".occupation", "Occupation")
_activity = Late(".activity", "WorkActivity")
_provenance = Late(".provenance", "owned_provenance")

_BLANK = JoinReason.RATING_BLANK.value
_JOINED = {basis.value for basis in Basis}


@strawberry.type(description="A label or a score in a row of a study.")
class RowRating:
    """A rating, without what it was joined to."""

    row: strawberry.Private[SubjectRatingRow]

    rater: strawberry.ID = column("rater", "The rater's identifier.")
    measure: strawberry.ID = column("measure", "The measure's identifier.")
    label: str | None = column("exposure_label", "The label; null without one.")
    score: float | None = column("score", "The score; null without one.")
    column_name: str = column("column", "The column that it stands in.")


@strawberry.type(description="A row of a study's file, and what it is about.")
class RatedRow:
    """A row of a study."""

    row: strawberry.Private[SubjectRow]

    task_id: int | None = column("task_id", "The task's number; null without one.")
    code: str | None = column("code", "The occupation's code; null without one.")
    element_id: str | None = column(
        "element_id", "The activity's identifier; null without one."
    )
    statement: str | None = column("statement", "The statement; null without one.")
    title: str | None = column("heading", "The title; null without one.")
    suppressed: bool = column(
        "suppressed", "Whether the publisher left out some of its figures."
    )

    @property
    def key(self) -> str:
        """The key of the row."""
        return self.row.key

    @computed("What it is about, as the file identifies it.", reads=("kind",))
    def rated(self) -> RatedKind:
        """Give the kind."""
        return RatedKind(self.row.kind)

    @computed("Where it stands.", reads=("key", "file", "line"))
    def provenance(self) -> Annotated["Provenance", strawberry.lazy(".provenance")]:
        """Give the source."""
        made: Provenance = _provenance(self.row)
        return made

    @follows(Follow("subject_ratings", SubjectRatingRow), reads=())
    def ratings(self, rows: list[SubjectRatingRow]) -> list[RowRating]:
        """Its labels and scores, by rater and measure."""
        ordered = sorted(rows, key=lambda r: (r.rater, r.measure))
        return [RowRating(row=r) for r in ordered]

    @follows(Follow("subject_tasks", TaskRow, reads=("task_id",)), reads=())
    def tasks(
        self, rows: list[TaskRow]
    ) -> list[Annotated["Task", strawberry.lazy(".task")]]:
        """The tasks that it is joined to, by task ID."""
        return _task.of(sorted(rows, key=lambda r: r.task_id))

    @follows(Follow("subject_occupations", OccupationRow, reads=("code",)), reads=())
    def occupations(
        self, rows: list[OccupationRow]
    ) -> list[Annotated["Occupation", strawberry.lazy(".occupation")]]:
        """The occupations that it is joined to, by code."""
        return _occupation.of(sorted(rows, key=lambda r: r.code))

    @follows(Follow("subject_activities", ActivityRow, reads=("element_id",)), reads=())
    def work_activities(
        self, rows: list[ActivityRow]
    ) -> list[Annotated["WorkActivity", strawberry.lazy(".activity")]]:
        """The work activities that it is joined to, by identifier."""
        return _activity.of(sorted(rows, key=lambda r: r.element_id))

    @follows(Follow("subject_crosswalk", CrosswalkPairRow, reads=("line",)), reads=())
    def crosswalk(self, rows: list[CrosswalkPairRow]) -> list[CrosswalkPair]:
        """The lines of a crosswalk that led to those occupations; else empty."""
        return [CrosswalkPair(row=r) for r in sorted(rows, key=lambda r: r.line)]


_ROWS = Listing[SubjectRow](
    "rows of a study by line", "LINE", lambda row: (row.line, row.line)
)


def _page(arguments: Any) -> Page:
    return _ROWS.ask(arguments["first"], arguments["after"])


def _count(_: Any) -> Page:
    return count_of(None, {})


def is_matched(row: JoinCountRow) -> bool | None:
    """Tell whether counted rows are joined; None where the count says nothing of it."""
    if row.file_name is None or row.reason == _BLANK:
        return None
    return row.reason in _JOINED


@strawberry.type(
    description="One count of what became of a study when it was joined to a release."
)
class JoinCount:
    """One line of the report of a join."""

    row: strawberry.Private[JoinCountRow]

    study: strawberry.ID = column("study", "The study's identifier.")
    file_name: str | None = column(
        "file_name",
        "The study's file whose rows are counted; null where something of the release "
        "is.",
    )
    rows: int = column("rows", "How many there are.")

    @property
    def key(self) -> str:
        """The key of the count."""
        return self.row.key

    @computed("What is counted.")
    def reason(self) -> JoinReason:
        """Give the reason."""
        return JoinReason(self.row.reason)

    @computed(
        "Whether the rows are joined to something; null where the count says nothing "
        "of that: RATING_BLANK, and what of the release is not rated."
    )
    def matched(self) -> bool | None:
        """Tell whether they are joined."""
        return is_matched(self.row)

    @follows(
        Follow(
            "join_count_rows", SubjectRow, page=_page, reads=("line",), optional=True
        ),
        Follow(
            "join_count_rows",
            CountRow,
            page=_count,
            reads=("total",),
            optional=True,
        ),
        reads=(),
    )
    def row_connection(
        self,
        rows: list[SubjectRow],
        totals: list[CountRow],
        *,
        first: First = 20,
        after: After = None,
    ) -> Connection[RatedRow]:
        """The rows that it counts in pages, by line; empty where `matched` is null."""
        ordered = sorted(rows, key=lambda r: r.line)
        page = _ROWS.page(ordered, first, after)
        items = [RatedRow(row=row) for row in page.rows]
        return Connection(items=items, page=page, totals=totals)


def join_counts(rows: list[JoinCountRow]) -> list[JoinCount]:
    """Give counts by study, file and reason; those of the release after the files'."""
    ordered = sorted(
        rows,
        key=lambda r: (r.study, r.file_name is None, r.file_name or "", r.reason),
    )
    return [JoinCount(row=r) for r in ordered]


@strawberry.type(
    description="What became of every row of a study's files: those that are joined to "
    "something and those that are not are all rows."
)
class JoinReport:
    """The report of a join."""

    key: strawberry.Private[str]
    counted: strawberry.Private[list[JoinCountRow]]

    @computed("The release that the study was joined to.")
    def release(self) -> strawberry.ID:
        """Give the release's identifier."""
        return strawberry.ID(graph_of(self.key))

    @computed("How many rows the files have that say something of a subject.")
    def rows(self) -> int:
        """Count the rows."""
        return self._sum(matched=True) + self._sum(matched=False)

    @computed("How many of them are joined to something.")
    def matched(self) -> int:
        """Count the rows."""
        return self._sum(matched=True)

    @computed("How many of them are not.")
    def unmatched(self) -> int:
        """Count the rows."""
        return self._sum(matched=False)

    @computed("How many, by file and reason.")
    def counts(self) -> list[JoinCount]:
        """Give the counts."""
        return join_counts(self.counted)

    def _sum(self, *, matched: bool) -> int:
        return sum(row.rows for row in self.counted if is_matched(row) is matched)
