"""Which of the files behind a page are loaded in part or not at all."""

from collections.abc import Collection, Iterable
from typing import Protocol, TypeVar

from .enums import FileContents, FileCoverage

ACTIVITIES = frozenset({FileContents.TASK_ACTIVITIES.value})
TITLES = frozenset(
    {FileContents.ALTERNATE_TITLES.value, FileContents.REPORTED_TITLES.value}
)
RELATED = frozenset({FileContents.RELATED_OCCUPATIONS.value})
EMERGING = frozenset({FileContents.EMERGING_TASKS.value})
ZONES = frozenset({FileContents.JOB_ZONES.value})
ZONES_DESCRIBED = ZONES | {FileContents.JOB_ZONE_DESCRIPTIONS.value}
OF_OCCUPATIONS = TITLES | RELATED | ZONES_DESCRIBED | EMERGING
TASK_LABELS = frozenset(
    {FileContents.TASK_EXPOSURE.value, FileContents.STATEMENT_EXPOSURE.value}
)
OCCUPATION_LABELS = frozenset({FileContents.OCCUPATION_EXPOSURE.value})
ACTIVITY_LABELS = frozenset(
    {FileContents.ACTIVITY_EXPOSURE.value, FileContents.ACTIVITY_WEIGHTS.value}
)
"""What files hold, by the names that rows have for it. What is ``OF_OCCUPATIONS`` is on
the pages of occupations alone."""


class FileRow(Protocol):
    """A row that says what a file holds, and how much of it is loaded."""

    @property
    def contents(self) -> str:
        """The layout's or study's name of what it holds."""
        ...

    @property
    def coverage(self) -> str:
        """The name of a FileCoverage."""
        ...


_File = TypeVar("_File", bound=FileRow)


def holding(files: Iterable[_File], contents: Collection[str]) -> list[_File]:
    """Give the files that hold, or would hold, some of these contents."""
    return [file for file in files if file.contents in contents]


def lacking(files: Iterable[_File], contents: Collection[str]) -> list[_File]:
    """Give those of them that were left out or loaded in part."""
    whole = FileCoverage.WHOLE.value
    return [file for file in holding(files, contents) if file.coverage != whole]


class StudyFile(FileRow, Protocol):
    """The like of a study, by its identifier."""

    @property
    def study(self) -> str:
        """The study that it is a file of."""
        ...


def study_coverage(
    files: Iterable[StudyFile], study: str, contents: Collection[str]
) -> FileCoverage:
    """Say how much is loaded of a study's files that hold some of these contents."""
    is_part = any(file.study == study for file in lacking(files, contents))
    return FileCoverage.PART if is_part else FileCoverage.WHOLE
