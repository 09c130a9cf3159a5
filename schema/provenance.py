"""Where a figure comes from."""

from dataclasses import replace
from operator import attrgetter
from typing import Annotated, Protocol

import strawberry

from workatlas.stores.keys import local_of

from .enums import ProvenanceMissing
from .file import SourceFile
from .follow import Follow, Place, computed, follows, only
from .join_rows import CrosswalkRow
from .release import Release
from .rows import DatasetRow, ReleaseRow, SourceFileRow, StudyRow
from .source import Source, crosswalk_source, release_source, study_source

_RELEASE: Place = ("release",)
_OF_STUDY = 3
"""How many parts the place of a study's file has; a release's has one less."""


def _study(provenance: "Provenance") -> Place:
    return provenance.work("study")


def _crosswalk(provenance: "Provenance") -> Place:
    return provenance.work("crosswalk")


@strawberry.type(
    description="Where a figure comes from: the published work, its file, line and "
    "column, who gave it and when; for a derived figure also the method and what it "
    "was derived from."
)
class Provenance:
    """The source of one figure."""

    key: strawberry.Private[str]
    file_place: strawberry.Private[tuple[str, ...]]
    line: int | None = strawberry.field(
        description="Line of the file, counted from 1 with the header as line 1; "
        "null when the file holds no such row."
    )
    column: str | None = strawberry.field(
        description="The column's name as published; null for a whole row."
    )
    rater: str | None = strawberry.field(
        default=None,
        description="Who gave it: the identifier of a study's rater, as in gpt-4, or "
        "the domain source of a release's row in the publisher's words, as in "
        "Incumbent; null with the reason in `raterMissing`.",
    )
    date: str | None = strawberry.field(
        default=None,
        description="Year and month that the row itself is dated, as in 2022-08, which "
        "is older than the work; null with the reason in `dateMissing`.",
    )
    method: str | None = strawberry.field(
        default=None,
        description="How it was derived; null when it stands in the file as it is.",
    )

    def work(self, kind: str) -> Place:
        """Where the work of a kind stands that the file would be of."""
        place = self.file_place
        return (kind, place[1]) if len(place) == _OF_STUDY else _RELEASE

    @computed("Why there is no rater; null if there is one.")
    def rater_missing(self) -> ProvenanceMissing | None:
        """Give the reason."""
        return self._missing(self.rater)

    @computed("Why there is no date; null if there is one.")
    def date_missing(self) -> ProvenanceMissing | None:
        """Give the reason."""
        return self._missing(self.date)

    def _missing(self, fact: str | None) -> ProvenanceMissing | None:
        if fact is not None:
            return None
        if self.line is None:
            return ProvenanceMissing.NO_ROW
        return ProvenanceMissing.NOT_PUBLISHED

    @computed("What a derived figure was derived from; else empty.")
    def inputs(self) -> list[Annotated["Provenance", strawberry.lazy(".provenance")]]:
        """Give the published value that a method was applied to."""
        if self.method is None:
            return []
        return [replace(self, method=None)]

    @follows(
        Follow("release", ReleaseRow, at=_RELEASE),
        shared=True,
    )
    def release(self, rows: list[ReleaseRow]) -> Release:
        """The release whose page the figure is on; `source` is what the file is of."""
        return Release(row=only(rows))

    @follows(
        Follow("study", StudyRow, at=_study),
        Follow("crosswalk", CrosswalkRow, at=_crosswalk),
        Follow("release", ReleaseRow, at=_RELEASE),
        Follow("release_dataset", DatasetRow, at=_RELEASE),
        shared=True,
    )
    def source(
        self,
        studies: list[StudyRow],
        crosswalks: list[CrosswalkRow],
        releases: list[ReleaseRow],
        datasets: list[DatasetRow],
    ) -> Source:
        """The published work that the file belongs to: a study, crosswalk or release.

        A study's labels are shown on the pages of every release that they are joined
        to, and were published by the study.
        """
        if studies:
            return study_source(only(studies))
        if crosswalks:
            return crosswalk_source(only(crosswalks))
        return release_source(only(releases), only(datasets))

    @follows(
        Follow("source_file", SourceFileRow, at=attrgetter("file_place")),
        shared=True,
    )
    def file(self, rows: list[SourceFileRow]) -> SourceFile:
        """The file that it was read from, or would have been."""
        return SourceFile(row=only(rows))


class _FileRow(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int: ...


class _DatedRow(_FileRow, Protocol):
    @property
    def surveyed(self) -> str | None: ...
    @property
    def domain_source(self) -> str | None: ...


DATED = ("key", "file", "line", "surveyed", "domain_source")
"""What is read of a row for its dated source; ``FILED`` for its source alone."""
FILED = ("key", "file", "line")
"""What the source of a row is made of that says who gave it and when."""


def row_provenance(row: _FileRow) -> Provenance:
    """Give the source of a row of a release's file."""
    return Provenance(
        key=row.key, file_place=("file", row.file), line=row.line, column=None
    )


def owned_provenance(row: _FileRow) -> Provenance:
    """Give the source of a row of a file that a study or a crosswalk has.

    The key names whose file it is: ``crosswalkpair/<owner>/<line>``.
    """
    owner = local_of(row.key).split("/")[1]
    return Provenance(
        key=row.key, file_place=("file", owner, row.file), line=row.line, column=None
    )


def dated_provenance(row: _DatedRow, column_name: str | None = None) -> Provenance:
    """Give the source of a row that says who gave it and when, or of its column."""
    return Provenance(
        key=row.key,
        file_place=("file", row.file),
        line=row.line,
        column=column_name,
        rater=row.domain_source,
        date=row.surveyed,
    )
