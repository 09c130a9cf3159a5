"""Where walks start: from one node to those around it, or to another one."""

from typing import Annotated

import strawberry

from workatlas.errors import NotFoundError, UsageError
from workatlas.stores import GraphKind, Snapshot

from .arguments import argument
from .cost import costs
from .neighbourhood import DEEPEST, Neighbourhood, neighbourhood_of
from .paths import Path, paths_between
from .walk import Walk, walks

NODE = "The identifier of a node, as its field `id` gives it."


def shown(name: str | int) -> str:
    """Show what was asked for, so that nothing is seen to be nothing."""
    text = str(name)
    return text if text.strip() else repr(text)


@strawberry.type(description="Fields that walk the graph.")
class Explore:
    """What is found by walking; part of Query."""

    snapshot: strawberry.Private[Snapshot]

    def node_key(self, node_id: str) -> str:
        """Turn a public identifier into the key of a published build."""
        graph, _, local = node_id.partition("/")
        found = self.snapshot.graphs.get(graph)
        if found is None:
            raise NotFoundError(
                f"{shown(graph)} is not in the graph.",
                todo="Identifiers look like onet-29.2/task/392; see `releases`.",
            )
        is_release = found.kind is GraphKind.RELEASE
        own = "release" if is_release else f"{found.kind.value.lower()}/{graph}"
        return found.key(local or own)

    @costs(weight=1000)
    @walks
    def path(
        self,
        *,
        start: Annotated[
            strawberry.ID, strawberry.argument(name="from", description=NODE)
        ],
        end: Annotated[strawberry.ID, strawberry.argument(name="to", description=NODE)],
        first: Annotated[int, argument("How many at most, from 1 to 100.")] = 5,
    ) -> Walk[list[Path] | None]:
        """The shortest paths between tasks, occupations, activities, shared statements.

        Along links in either direction; those that say most about what the two have in
        common come first. None if nothing connects them.
        """
        ends = self.node_key(start), self.node_key(end)
        return (yield from paths_between(*ends, first))

    @costs(weight=300)
    @walks
    def neighbourhood(
        self,
        *,
        id: Annotated[strawberry.ID, argument(NODE)],  # noqa: A002
        depth: Annotated[int, argument(f"How many links away, 1 to {DEEPEST}.")] = 1,
        first: Annotated[int, argument("How many nodes at most, 1 to 100.")] = 50,
    ) -> Walk[Neighbourhood | None]:
        """The nodes around a task, occupation, activity or statement, to be drawn."""
        if not 1 <= depth <= DEEPEST:
            raise UsageError(
                f"depth is {depth}, and can be 1 to {DEEPEST}.",
                todo="Ask from a node that is farther out instead.",
            )
        return (yield from neighbourhood_of(self.node_key(id), depth, first))
