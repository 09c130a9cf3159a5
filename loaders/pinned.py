"""Published graphs read as they were at one moment."""

from workatlas.errors import NotFoundError, StoreError
from workatlas.stores import PublishedGraph, Subgraph, Writer


def read_pinned(writer: Writer, graph: PublishedGraph) -> Subgraph:
    """Read a graph of a snapshot: that very build of it, and no later one.

    Raises:
        StoreError: another build was published meanwhile, or the graph was retired; or
            the store is away or damaged.

    """
    try:
        found = writer.read(graph.id)
        if PublishedGraph.of(found, graph.built_at).build == graph.build:
            return found
    except NotFoundError:
        pass
    raise StoreError(
        f"{graph.id} was loaded anew or removed while it was read.",
        where=writer.address,
        todo="Try again when no load is running.",
    )
