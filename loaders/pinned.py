"""Published graphs read as they were at one moment."""

from collections.abc import Callable

from workatlas.errors import NotFoundError, StoreError
from workatlas.stores import PublishedGraph, Subgraph, Writer


def read_pinned(writer: Writer, graph: PublishedGraph) -> Subgraph:
    """Read a graph of a snapshot: that very build of it, and no later one.

    Raises:
        StoreError: another build was published meanwhile, or the graph was retired; or
            the store is away or damaged.

    """
    return _pinned(writer, writer.read, graph)


def tables_pinned(writer: Writer, graph: PublishedGraph) -> Subgraph:
    """Give the tables of a graph of a snapshot; raises as ``read_pinned`` does."""
    return _pinned(writer, writer.tables, graph)


def _pinned(
    writer: Writer, read: Callable[[str], Subgraph], graph: PublishedGraph
) -> Subgraph:
    try:
        found = read(graph.id)
        if PublishedGraph.of(found, graph.built_at).build == graph.build:
            return found
    except NotFoundError:
        pass
    raise StoreError(
        f"{graph.id} was loaded anew or removed while it was read.",
        where=writer.address,
        todo="Try again when no load is running.",
    )
