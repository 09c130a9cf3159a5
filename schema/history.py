"""What became of a node from release to release, whatever kind of node it is."""

from collections.abc import Callable, Collection, Iterable, Iterator
from enum import Enum
from typing import Any, NamedTuple

import strawberry

from .coverage import lacking
from .follow import computed
from .member import member
from .release import Release
from .rows import ReleaseRow, SourceFileRow


@strawberry.enum(
    description="What changed from one release to another that has it. Only what is "
    "named here is compared."
)
class HistoryChange(Enum):
    """Changes; a release may bring several."""

    FIRST = member(
        "FIRST",
        "The first release here that has it, and none before it is known to lack it: "
        "whether it is new is not known.",
    )
    ADDED = member("ADDED", "It is new: no older release has it.")
    RETURNED = member(
        "RETURNED", "It is back: an older release has it, one since then does not."
    )
    REWORDED = member("REWORDED", "A task's statement is another one.")
    RETITLED = member("RETITLED", "An occupation's or activity's title is another one.")
    REDESCRIBED = member(
        "REDESCRIBED", "An occupation's or activity's description is another one."
    )
    REIDENTIFIED = member("REIDENTIFIED", "An activity has another identifier.")
    MOVED = member(
        "MOVED",
        "A task belongs to an occupation with another code, or an activity to a parent "
        "with another identifier and title.",
    )
    TYPE_CHANGED = member("TYPE_CHANGED", "A task's type is another one.")
    REMOVED = member(
        "REMOVED",
        "It is not in this release, and was in the one before; it may return.",
    )
    ABSENT = member("ABSENT", "It is not in this release, and was not before.")


@strawberry.enum(description="Why a release is shown without it.")
class VersionMissing(Enum):
    """Reasons for an absent version."""

    NOT_IN_RELEASE = member("NOT_IN_RELEASE", "The release does not have it.")
    FILE_PART = member(
        "FILE_PART", "A file that would name it was loaded in part; it may be there."
    )


class Seen(NamedTuple):
    """What a release has of a node: ``found`` is rows, or None for the reason."""

    release: ReleaseRow
    found: Any
    missing: VersionMissing | None


class Told(NamedTuple):
    """What changed with a release, since which one."""

    seen: Seen
    changes: list[HistoryChange]
    since: ReleaseRow | None


def told(
    versions: Iterable[Seen], differences: Callable[[Any, Any], list[HistoryChange]]
) -> Iterator[Told]:
    """Say what changed with each release, the oldest first.

    ``differences`` compares what two releases have. Of a release that is loaded in part
    nothing is said where that part does not have it.
    """
    last: Seen | None = None
    is_lacked = False
    for seen in versions:
        since = last and last.release
        if seen.found is not None:
            if last is None:
                first = HistoryChange.ADDED if is_lacked else HistoryChange.FIRST
                changes = [first]
            else:
                changes = [HistoryChange.RETURNED] if is_lacked else []
                changes += differences(last.found, seen.found)
            last, is_lacked = seen, False
        elif seen.missing is VersionMissing.NOT_IN_RELEASE:
            was_there = last is not None and not is_lacked
            changes = [HistoryChange.REMOVED if was_there else HistoryChange.ABSENT]
            is_lacked = True
        else:
            changes = []
        yield Told(seen, changes, since)


def missing_of(
    files: Iterable[SourceFileRow], contents: Collection[str]
) -> VersionMissing:
    """Say why a release has no such node, by its files that would have it."""
    # No release is loaded without the files that name tasks, occupations, activities.
    is_part = bool(lacking(files, contents))
    return VersionMissing.FILE_PART if is_part else VersionMissing.NOT_IN_RELEASE


@strawberry.type(description="A node as one release has it, and what changed.")
class Version:
    """What versions of all kinds of nodes have."""

    told: strawberry.Private[Told]

    @computed("The release.", reads=(), passes=True)
    def release(self) -> Release:
        """Give the release."""
        return Release(row=self.told.seen.release)

    @computed(
        "What changed since the release named in `since`; empty if nothing did, and "
        "where it is not known whether the release has it.",
        reads=(),
    )
    def changes(self) -> list[HistoryChange]:
        """Give the changes."""
        return self.told.changes

    @computed(
        "The last older release that has it, with which it is compared; null for the "
        "first.",
        reads=(),
        passes=True,
    )
    def since(self) -> Release | None:
        """Give the release before."""
        row = self.told.since
        return row and Release(row=row)

    @computed("Why the release is shown without it; null if it has it.", reads=())
    def missing(self) -> VersionMissing | None:
        """Give the reason."""
        return self.told.seen.missing
