"""What a publication changes: the same choice for every store."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeVar

from .subgraph import Subgraph

_Known = TypeVar("_Known")


def chosen(
    before: Mapping[str, _Known],
    changed: Iterable[Subgraph],
    removed: Collection[str],
    *,
    holds: Callable[[_Known, Subgraph], bool],
    write: Callable[[Subgraph], _Known],
) -> dict[str, _Known]:
    """Give what is to be published after ``before``, by identifier of the graph.

    A changed graph is written unless what is published ``holds`` it; the tables of one
    are let go before the next one is made.
    """
    after = {name: known for name, known in before.items() if name not in removed}
    for subgraph in changed:
        known = before.get(subgraph.id)
        if known is None or not holds(known, subgraph):
            after[subgraph.id] = write(subgraph)
    return after
