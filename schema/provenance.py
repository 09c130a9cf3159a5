"""Where a figure comes from."""

from dataclasses import replace
from operator import attrgetter
from typing import Annotated, Protocol

import strawberry

from .file import SourceFile
from .follow import Follow, computed, follows, only
from .release import Release
from .rows import ReleaseRow, SourceFileRow


@strawberry.type(
    description="Where a figure comes from: release, file, line and column; for a "
    "derived figure also the method and what it was derived from."
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
    method: str | None = strawberry.field(
        default=None,
        description="How it was derived; null when it stands in the file as it is.",
    )

    @computed("What a derived figure was derived from; else empty.")
    def inputs(self) -> list[Annotated["Provenance", strawberry.lazy(".provenance")]]:
        """Give the published value that a method was applied to."""
        if self.method is None:
            return []
        return [replace(self, method=None)]

    @follows(
        Follow("release", ReleaseRow, at=("release",)),
        shared=True,
    )
    def release(self, rows: list[ReleaseRow]) -> Release:
        """The release whose page the figure is on."""
        return Release(row=only(rows))

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


def row_provenance(row: _FileRow, column_name: str | None = None) -> Provenance:
    """Give the source of a row of a release's file, or of one of its columns."""
    return Provenance(
        key=row.key,
        file_place=("file", row.file),
        line=row.line,
        column=column_name,
    )
