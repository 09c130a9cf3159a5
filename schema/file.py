"""Published files."""

import strawberry

from .enums import FileContents, FileCoverage
from .follow import column, computed
from .rows import SourceFileRow


@strawberry.type(description="A published file that the graph was loaded from.")
class SourceFile:
    """A source file."""

    row: strawberry.Private[SourceFileRow]

    name: str = column("file_name", "The file's name as published.")
    url: str | None = column(
        "url",
        "Where the publisher offers it (after #, the file's place in an archive); "
        "null when it was loaded from a place of the user's own, in part, or not at "
        "all.",
    )
    sha256: str | None = column(
        "sha256", "Checksum of the bytes that were read; null for an absent file."
    )
    bytes: int | None = column("bytes", "Size in bytes; null for an absent file.")
    rows: int | None = column(
        "rows", "Rows without the header; null for an absent file."
    )
    retrieved: str | None = column(
        "retrieved", "When it was retrieved, ISO 8601 in UTC; null for an absent file."
    )
    licence_name: str | None = column(
        "licence_title", "The name of its licence, as in CC BY 4.0."
    )
    licence_url: str | None = column("licence_url", "Where the licence can be read.")

    @computed("What the file holds.")
    def contents(self) -> FileContents:
        """Give the contents."""
        return FileContents(self.row.contents)

    @computed("How much of the file is in the graph.")
    def coverage(self) -> FileCoverage:
        """Give the coverage."""
        return FileCoverage(self.row.coverage)
