"""Which changes can be told of two releases, of which files may not be loaded whole."""

from collections.abc import Collection, Sequence

import strawberry

from .change_enums import ChangeMissing, ComparedKind, ReleaseChange
from .coverage import lacking
from .enums import FileContents, FileCoverage
from .rows import SourceFileRow

_OWN = {
    ComparedKind.TASK: (FileContents.TASK_STATEMENTS,),
    ComparedKind.OCCUPATION: (FileContents.OCCUPATIONS,),
    ComparedKind.WORK_ACTIVITY: (
        FileContents.DETAILED_ACTIVITIES,
        FileContents.INTERMEDIATE_ACTIVITIES,
        FileContents.ACTIVITY_HIERARCHY,
        FileContents.CONTENT_MODEL,
    ),
}
_RATINGS, _LINKS = (FileContents.TASK_RATINGS,), (FileContents.TASK_ACTIVITIES,)
_READ = {
    ReleaseChange.RE_RATED: _RATINGS,
    ReleaseChange.RATINGS_GAINED: _RATINGS,
    ReleaseChange.RATINGS_LOST: _RATINGS,
    ReleaseChange.LINKS_GAINED: _LINKS,
    ReleaseChange.LINKS_LOST: _LINKS,
}
"""What a change is told by, but for what tells that something is there at all."""
_BEFORE, _AFTER = 0, 1
_ALONE = {
    ReleaseChange.ADDED: _BEFORE,
    ReleaseChange.RATINGS_GAINED: _BEFORE,
    ReleaseChange.LINKS_GAINED: _BEFORE,
    ReleaseChange.REMOVED: _AFTER,
    ReleaseChange.RATINGS_LOST: _AFTER,
    ReleaseChange.LINKS_LOST: _AFTER,
}
"""The release in which something must be known not to be there."""
_OF_TASKS = frozenset(
    {*_READ, ReleaseChange.TYPE_CHANGED, ReleaseChange.LABELS_OUTDATED}
)
POSSIBLE = {
    ComparedKind.TASK: frozenset({*ReleaseChange} - {ReleaseChange.REIDENTIFIED}),
    ComparedKind.OCCUPATION: frozenset(
        {ReleaseChange.ADDED, ReleaseChange.REMOVED, ReleaseChange.REWORDED}
    ),
    ComparedKind.WORK_ACTIVITY: frozenset({*ReleaseChange} - _OF_TASKS),
}
"""The ways in which nodes of a kind change."""
Files = tuple[Sequence[SourceFileRow], Sequence[SourceFileRow]]
"""The files of the two releases."""


@strawberry.type(
    description="A change that cannot be told of two releases, for a file is not "
    "loaded whole."
)
class ChangeNotTold:
    """Why a change has no count."""

    change: ReleaseChange = strawberry.field(description="The change.")
    reason: ChangeMissing = strawberry.field(description="The reason.")
    release: strawberry.ID = strawberry.field(description="The release, as onet-18.1.")
    file_name: str = strawberry.field(description="The name of the file.")


def not_told(
    change: ReleaseChange,
    kind: ComparedKind,
    files: Files,
    releases: tuple[str, str],
) -> ChangeNotTold | None:
    """Give why a change cannot be told; None where it can."""
    contents = {each.value for each in _READ.get(change, _OWN[kind])}
    for side, release in enumerate(releases):
        is_whole_needed = _ALONE.get(change) == side
        for file in _lacking(files[side], contents):
            if is_whole_needed or file.coverage == FileCoverage.ABSENT.value:
                return ChangeNotTold(
                    change=change,
                    reason=ChangeMissing(file.coverage),
                    release=strawberry.ID(release),
                    file_name=file.file_name,
                )
    return None


def _lacking(
    files: Sequence[SourceFileRow], contents: Collection[str]
) -> list[SourceFileRow]:
    return sorted(lacking(files, contents), key=lambda file: file.file_name)
