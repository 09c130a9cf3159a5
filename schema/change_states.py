"""What is compared of two releases: the states of their nodes, by name.

The states of a release are gathered once and kept with its build. Texts that several
releases share are held once.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from sys import intern
from typing import Any, ClassVar, NamedTuple, TypeAlias, cast

from typing_extensions import override

from .change_enums import ReleaseChange

Name: TypeAlias = int | str
"""A task ID, a code, or the identifier of an activity."""
Pair: TypeAlias = tuple[Name | None, Name | None]
"""The names of a node in two releases; None in one that does not have it."""
Matched = Mapping[Name, Name]
"""The names in the second release by those in the first, of what both have."""
Link: TypeAlias = tuple[str, str]
"""The identifier and the title of an activity that a task is linked to."""
Test = Callable[[Any, Any, Matched], bool]
"""Tells whether something changed between two states that differ."""


class TaskState(NamedTuple):
    """A task; its activities, and the studies that rated other words of it.

    ``activities`` has the identifier and the title of each.
    """

    key: str
    task_id: int
    statement: str
    task_type: str | None
    code: str
    rated_as: str | None
    activities: Sequence[Link]
    reworded: Sequence[str]


class OccupationState(NamedTuple):
    """An occupation."""

    key: str
    code: str
    heading: str
    description: str


class ActivityState(NamedTuple):
    """A work activity; ``parents`` has the identifier of the one above it, if any."""

    key: str
    element_id: str
    heading: str
    level: str
    parents: Sequence[str]


class States:
    """The states of all nodes of a kind in a release, by name."""

    tests: ClassVar[Mapping[ReleaseChange, Test]]

    def __init__(self, rows: Iterable[Any]) -> None:
        """Gather rows of a key and a name, and what is compared but for the key."""
        self.rows: dict[Name | None, Any] = {
            row[1]: row._make(("", *map(_held_once, row[1:])))
            for row in rows
            if row[1] is not None
        }

    def pairs(self, other: "States") -> list[Pair]:
        """Give the names of each node in this release and in another one."""
        own: list[Pair] = [(n, n if n in other.rows else None) for n in self.rows]
        return own + [(None, name) for name in other.rows if name not in self.rows]


class TaskStates(States):
    """The tasks of a release."""

    tests: ClassVar[Mapping[ReleaseChange, Test]] = {
        ReleaseChange.REWORDED: lambda one, two, _: one.statement != two.statement,
        ReleaseChange.MOVED: lambda one, two, _: one.code != two.code,
        ReleaseChange.TYPE_CHANGED: lambda one, two, _: one.task_type != two.task_type,
        ReleaseChange.RE_RATED: lambda one, two, _: (
            None not in (one.rated_as, two.rated_as) and one.rated_as != two.rated_as
        ),
        ReleaseChange.RATINGS_GAINED: lambda one, two, _: (
            one.rated_as is None and two.rated_as is not None
        ),
        ReleaseChange.RATINGS_LOST: lambda one, two, _: (
            one.rated_as is not None and two.rated_as is None
        ),
        ReleaseChange.LINKS_GAINED: lambda one, two, _: bool(
            only_in(two.activities, one.activities)
        ),
        ReleaseChange.LINKS_LOST: lambda one, two, _: bool(
            only_in(one.activities, two.activities)
        ),
        ReleaseChange.LABELS_OUTDATED: lambda one, two, _: bool(outdated(one, two)),
    }


class OccupationStates(States):
    """The occupations of a release."""

    tests: ClassVar[Mapping[ReleaseChange, Test]] = {
        ReleaseChange.REWORDED: lambda one, two, _: (
            (one.heading, one.description) != (two.heading, two.description)
        ),
    }


class ActivityStates(States):
    """The work activities of a release."""

    tests: ClassVar[Mapping[ReleaseChange, Test]] = {
        ReleaseChange.REWORDED: lambda one, two, _: one.heading != two.heading,
        ReleaseChange.MOVED: lambda one, two, matched: (
            [matched.get(parent) for parent in one.parents] != [*two.parents]
        ),
        ReleaseChange.REIDENTIFIED: lambda one, two, _: (
            one.element_id != two.element_id
        ),
    }

    @override
    def pairs(self, other: States) -> list[Pair]:
        """Match identifiers, then titles that one activity of a level has."""
        left = _titles(row for name, row in self.rows.items() if name not in other.rows)
        right = _titles(row for n, row in other.rows.items() if n not in self.rows)
        both = left.keys() & right.keys()
        renamed = {left[title]: right[title] for title in both}
        taken = {*renamed.values()}
        return [
            (first, second if first is None else renamed.get(first, second))
            for first, second in super().pairs(other)
            if first is not None or second not in taken
        ]


def only_in(links: Sequence[Link], others: Sequence[Link]) -> list[Link]:
    """Give the links of which the others have neither the identifier nor the title."""
    known = {part for link in others for part in link}
    return [link for link in links if known.isdisjoint(link)]


def outdated(one: TaskState, two: TaskState) -> list[str]:
    """Give the studies that rated the first wording of a task and not the second."""
    if one.statement == two.statement:
        return []
    return [study for study in two.reworded if study not in one.reworded]


def _held_once(value: Any) -> Any:
    """Give a value whose texts are not held once more; a list as a sorted set."""
    if isinstance(value, str):
        return intern(value)
    if isinstance(value, list):
        parts = cast("list[str | list[str] | None]", value)
        # Most lists are empty, and there is one for each task.
        return tuple(sorted({_part(each) for each in parts})) if parts else ()
    return value


def _part(value: str | list[str] | None) -> Any:
    if isinstance(value, list):
        return tuple(intern(each or "") for each in value)
    return intern(value or "")


def _titles(rows: Iterable[ActivityState]) -> dict[tuple[str, str], Name]:
    """Give identifiers by level and title, but for titles that several share."""
    found = list(rows)
    shared = Counter((row.level, row.heading) for row in found)
    return {
        (row.level, row.heading): row.element_id
        for row in found
        if shared[row.level, row.heading] == 1
    }
