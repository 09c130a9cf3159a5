"""What a publication changes: the same choice for every store."""

from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import Executor, Future, wait
from typing import TypeVar

from .subgraph import GraphKind, Subgraph

_Known = TypeVar("_Known")


def chosen(
    before: Mapping[str, _Known],
    changed: Iterable[Subgraph],
    removed: Collection[str],
    *,
    holds: Callable[[_Known, Subgraph], bool],
    write: Callable[[Subgraph], _Known],
    beside: Executor | None = None,
) -> dict[str, _Known]:
    """Give what is to be published after ``before``, by identifier of the graph.

    A changed graph is written unless what is published ``holds`` it; the tables of one
    release are let go before the next one is made. Other graphs, which are needed for
    the releases anyway, are written ``beside`` these if that can be.
    """
    after = {name: known for name, known in before.items() if name not in removed}
    writing: dict[str, Future[_Known]] = {}
    for subgraph in changed:
        known = before.get(subgraph.id)
        if known is not None and holds(known, subgraph):
            continue
        if beside is not None and subgraph.kind is not GraphKind.RELEASE:
            wait(writing.values())  # one at a time: its tables are in memory
            writing[subgraph.id] = beside.submit(write, subgraph)
        else:
            after[subgraph.id] = write(subgraph)
    return after | {name: future.result() for name, future in writing.items()}
