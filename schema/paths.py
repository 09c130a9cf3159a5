"""The shortest paths between two nodes, and which of them says most."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Any

import strawberry

from workatlas.errors import UsageError
from workatlas.stores.keys import prefix_of, public_id

from .around import (
    Link,
    Step,
    check_walkable,
    node_of,
    starting_at,
    steps_from,
)
from .follow import computed
from .node import Node
from .paging import check_first
from .rows import ActivityRow, StatementRow
from .walk import Walk

METHOD = "rarest-weakest-link"
_MOST_NODES = 20_000
"""How many nodes may be met: about as many as a release has tasks."""
_MOST_PATHS = 10_000
"""How many paths are ranked."""


@strawberry.type(description="A shortest path between two nodes, and what it says.")
class Path:
    """A path; ``rows`` are those of its nodes."""

    rows: strawberry.Private[Sequence[Any]]
    links: list[Link] = strawberry.field(
        description="Its links in order, each in its own direction."
    )

    @property
    def key(self) -> str:
        """The key of the node that it starts at."""
        key: str = self.rows[0].key
        return key

    @computed("How many links it has.")
    def length(self) -> int:
        """Give the length."""
        return len(self.links)

    @computed("Its nodes in order, both ends among them.")
    def nodes(self) -> list[Node]:
        """Give the nodes."""
        return [node_of(row) for row in self.rows]

    @computed(
        "How much the two have in common by it: the information content, in bits, of "
        "the most usual activity or shared statement on it; null where none is on it "
        "that says something of tasks."
    )
    def score(self) -> float | None:
        """Give the score; Resnik 1995 of the weakest link."""
        return min(
            (
                row.information
                for row in self.rows
                if isinstance(row, ActivityRow | StatementRow)
                and row.information is not None
            ),
            default=None,
        )

    @computed("How the score is computed; see `score`.")
    def method(self) -> str:
        """Give the name of the method."""
        return METHOD


@dataclass
class _Side:
    """What is known from one end: how each node that was met was come to."""

    frontier: list[str]
    before: dict[str, list[Step]] = field(default_factory=dict[str, list[Step]])

    def advance(self, steps: Sequence[Step]) -> list[str]:
        """Go one step farther; give the nodes that are new."""
        new: dict[str, list[Step]] = {}
        for step in steps:
            if step.row.key not in self.before:
                new.setdefault(step.row.key, []).append(step)
        self.before.update(new)
        self.frontier = list(new)
        return self.frontier

    def chains(self, key: str) -> Iterator[list[Step]]:
        """Give the shortest ways from the end to a node, as steps from the end."""
        if not self.before[key]:
            yield []
        for step in self.before[key]:
            for chain in self.chains(step.start):
                yield [*chain, step]


def paths_between(start: str, end: str, first: int) -> Walk[list[Path]]:
    """Walk from both ends until they meet; give the ``first`` paths that say most.

    None if nothing connects them. Paths are as long as each other. The ones with the
    highest score come first, those without one last; ties by the keys of their nodes.

    Raises:
        UsageError: the nodes are not of one release, or too much lies between them.
        NotFoundError: there is no such node.

    """
    check_first(first)
    for key in (start, end):
        check_walkable(key)
    if prefix_of(start) != prefix_of(end):
        raise UsageError(
            f"{public_id(start)} and {public_id(end)} are not in one release.",
            todo="Ask for two nodes of the same release.",
        )
    rows = yield from starting_at(list(dict.fromkeys([start, end])))
    sides = [_Side([start], {start: []}), _Side([end], {end: []})]
    met = [start] if start == end else []
    while not met:
        near, other = sorted(sides, key=lambda side: len(side.frontier))
        if not near.frontier:
            return []
        steps = yield from steps_from(near.frontier)
        rows.update((step.row.key, step.row) for step in steps)
        if len(rows) > _MOST_NODES:
            raise UsageError(
                "Too much lies between the two nodes.",
                todo="Ask for nodes that are nearer, or for tasks and not activities.",
            )
        met = [key for key in near.advance(steps) if key in other.before]
    found = (
        _path([start, *_ends(there), *_starts(back)], [*there, *reversed(back)], rows)
        for key in met
        for there, back in product(sides[0].chains(key), sides[1].chains(key))
    )
    return sorted(islice(found, _MOST_PATHS), key=_place)[:first]


def _ends(steps: Sequence[Step]) -> list[str]:
    return [step.row.key for step in steps]


def _starts(steps: Sequence[Step]) -> list[str]:
    return [step.start for step in reversed(steps)]


def _path(keys: Sequence[str], steps: Sequence[Step], rows: Mapping[str, Any]) -> Path:
    return Path(rows=[rows[key] for key in keys], links=[step.link for step in steps])


def _place(path: Path) -> tuple[bool, float, list[str]]:
    score = path.score()
    return score is None, -(score or 0.0), [row.key for row in path.rows]
