"""What is next to a node: the steps that a walk can take from it."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

import strawberry

from workatlas.cypher import FIRST, Choice, Page
from workatlas.errors import NotFoundError, UsageError
from workatlas.stores.keys import local_of, public_id

from .enums import LinkKind
from .follow import Late, computed
from .node import Node
from .rows import ActivityRow, OccupationRow, StatementRow, TaskRow
from .walk import Ask, Walk

_Key = Callable[[Any], Any]


class _Kind(NamedTuple):
    """A kind of node: how it is looked up and made, and how its kind is ordered."""

    entry: str
    row: type[Any]
    make: Callable[..., Any]
    order: _Key


_KINDS = {
    "task": _Kind("task", TaskRow, Late(".task", "Task"), attrgetter("task_id")),
    "occupation": _Kind(
        "occupation",
        OccupationRow,
        Late(".occupation", "Occupation"),
        attrgetter("code"),
    ),
    "activity": _Kind(
        "work_activity",
        ActivityRow,
        Late(".activity", "WorkActivity"),
        attrgetter("element_id"),
    ),
    "statement": _Kind(
        "statement",
        StatementRow,
        Late(".statement", "SharedStatement"),
        attrgetter("statement"),
    ),
}


class _Way(NamedTuple):
    """A way from nodes of a kind to those of another, along a link or against it."""

    entry: str
    to: str
    link: LinkKind
    is_along: bool
    is_paged: bool = False


_WAYS: dict[str, Sequence[_Way]] = {
    "task": (
        _Way("task_occupation", "occupation", LinkKind.HAS_TASK, is_along=False),
        _Way("task_activities", "activity", LinkKind.INVOLVES, is_along=True),
        _Way("task_statement", "statement", LinkKind.SAYS, is_along=True),
    ),
    "occupation": (
        _Way(
            "occupation_tasks", "task", LinkKind.HAS_TASK, is_along=True, is_paged=True
        ),
    ),
    "activity": (
        _Way("activity_parent", "activity", LinkKind.PART_OF, is_along=True),
        _Way("activity_children", "activity", LinkKind.PART_OF, is_along=False),
        _Way(
            "activity_own_tasks",
            "task",
            LinkKind.INVOLVES,
            is_along=False,
            is_paged=True,
        ),
    ),
    "statement": (
        _Way("statement_tasks", "task", LinkKind.SAYS, is_along=False, is_paged=True),
    ),
}
ENTRIES = {way.entry: _KINDS[way.to].row for ways in _WAYS.values() for way in ways}
"""The catalogue entries that walks follow, each with its row."""


@strawberry.type(description="A link of the graph between two nodes.")
class Link:
    """A link in its own direction, which may not be that of a walk."""

    source_key: strawberry.Private[str]
    target_key: strawberry.Private[str]
    kind: LinkKind = strawberry.field(description="What the source has to the target.")

    @property
    def key(self) -> str:
        """The key of the node that it starts at."""
        return self.source_key

    @property
    def ends(self) -> tuple[str, str]:
        """The keys of its two nodes; no two nodes have two links."""
        return self.source_key, self.target_key

    @computed("The identifier of the node that the link starts at.")
    def source(self) -> strawberry.ID:
        """Give the identifier."""
        return strawberry.ID(public_id(self.source_key))

    @computed("The identifier of the node that the link ends at.")
    def target(self) -> strawberry.ID:
        """Give the identifier."""
        return strawberry.ID(public_id(self.target_key))


class Step(NamedTuple):
    """A step of a walk: where from, along which link, and the row of where to."""

    start: str
    link: Link
    row: Any


def kind_of(key: str) -> str:
    """Give the kind of a node by its key: task, occupation, activity, statement."""
    return local_of(key).partition("/")[0]


def check_walkable(key: str) -> None:
    """Refuse a node from which no way leads.

    Raises:
        UsageError: it is another.

    """
    if kind_of(key) not in _KINDS:
        raise UsageError(
            f"{public_id(key)} cannot be walked from.",
            todo="Give the identifier of a task, an occupation, a work activity or a "
            "shared statement.",
        )


def node_of(row: Any) -> Node:
    """Make the node of a row."""
    made: Node = _KINDS[kind_of(row.key)].make(row=row)
    return made


def starting_at(keys: Sequence[str]) -> Walk[dict[str, Any]]:
    """Look up the rows of nodes, and give them by key.

    Raises:
        NotFoundError: there is no such node.

    """
    kinds = [_KINDS[kind_of(key)] for key in keys]
    asks = [Ask(k.entry, k.row, [key]) for k, key in zip(kinds, keys, strict=True)]
    found = yield asks
    rows: dict[str, Any] = {}
    for key, each in zip(keys, found, strict=True):
        if not each[key]:
            raise NotFoundError(
                f"{public_id(key)} is not in the graph.",
                todo="Identifiers look like onet-29.2/task/392; see `releases`.",
            )
        rows[key] = each[key][0]
    return rows


def steps_from(keys: Iterable[str], most: int | None = None) -> Walk[list[Step]]:
    """Find all steps from nodes, in their order; of each kind by number or code.

    With ``most`` the store gives no more tasks of a node than that.
    """
    starts = list(keys)
    kinds = {kind: [k for k in starts if kind_of(k) == kind] for kind in _WAYS}
    ways = [(way, kinds[kind]) for kind in _WAYS if kinds[kind] for way in _WAYS[kind]]
    page = None if most is None else Page(Choice("TASK_ID"), {FIRST: most})
    found = yield [
        Ask(way.entry, _KINDS[way.to].row, own, page if way.is_paged else None)
        for way, own in ways
    ]
    steps: dict[str, list[Step]] = {key: [] for key in starts}
    for (way, own), rows in zip(ways, found, strict=True):
        order = _KINDS[way.to].order
        for key in own:
            steps[key] += (_step(key, way, row) for row in sorted(rows[key], key=order))
    return [step for key in starts for step in steps[key]]


def _step(start: str, way: _Way, row: Any) -> Step:
    source, target = (start, row.key) if way.is_along else (row.key, start)
    link = Link(source_key=source, target_key=target, kind=way.link)
    return Step(start, link, row)
