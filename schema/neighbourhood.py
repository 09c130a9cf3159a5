"""The nodes around a node, as many as fit into a drawing."""

import strawberry

from .around import Link, check_walkable, node_of, starting_at, steps_from
from .node import Node
from .paging import check_first
from .walk import Walk

DEEPEST = 3
"""From there on nearly everything is near."""


@strawberry.type(description="A part of the graph around a node, to be drawn.")
class Neighbourhood:
    """Nodes, and the links that were walked to find them."""

    key: strawberry.Private[str]
    nodes: list[Node] = strawberry.field(
        description="The node itself, then the others, the nearest first; nodes of one "
        "kind that are as near by number, code or identifier."
    )
    links: list[Link] = strawberry.field(
        description="The links between those nodes, apart from links between two of "
        "the farthest; the nearest first."
    )
    truncated: bool = strawberry.field(
        description="Whether nodes of that depth were left out for want of room."
    )


def neighbourhood_of(start: str, depth: int, first: int) -> Walk[Neighbourhood]:
    """Walk from a node, ``depth`` steps at most, until ``first`` nodes are found.

    Raises:
        UsageError: a number is out of its range, or nothing can be walked from there.
        NotFoundError: there is no such node.

    """
    check_first(first)
    check_walkable(start)
    rows = yield from starting_at([start])
    links: dict[tuple[str, str], Link] = {}
    truncated = False
    frontier = [start]
    for _ in range(depth):
        farther: list[str] = []
        for step in (yield from steps_from(frontier, first + 1)):
            key = step.row.key
            if key not in rows:
                if len(rows) >= first:
                    truncated = True
                    continue
                rows[key] = step.row
                farther.append(key)
            links[step.link.ends] = step.link
        frontier = farther
        if not frontier:
            break
    return Neighbourhood(
        key=start,
        nodes=[node_of(row) for row in rows.values()],
        links=list(links.values()),
        truncated=truncated,
    )
