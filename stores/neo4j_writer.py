"""The loading face of a Neo4j: write a build aside, count it, switch."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager

from neo4j import Transaction
from neo4j.exceptions import DriverError, Neo4jError

from workatlas.errors import NotFoundError, StoreError

from .neo4j_build import (
    complete_builds,
    delete_build,
    make_constraints,
    read_edges,
    read_nodes,
    write_build,
)
from .neo4j_connection import Connection
from .neo4j_lock import load_lock
from .neo4j_published import (
    DELETE_LISTS,
    READ_PUBLISHED,
    SWITCH,
    WRITE_LIST,
    Listed,
    Publication,
    publication_of,
    rows_of,
)
from .published import PublishedGraph, Snapshot
from .subgraph import Subgraph


class Neo4jWriter:
    """Publishes graphs into the one database of a server, a build beside the other.

    A build is never changed once it is complete. The builds that a publication
    replaces stay until the next but one load, so that requests under way can finish.
    """

    def __init__(
        self, address: str, *, user: str | None = None, password: str | None = None
    ) -> None:
        """Use a server; it is not asked for anything yet.

        Raises:
            UsageError: the address cannot be one of Neo4j, or holds credentials.

        """
        self.address = address
        self._server = Connection(address, user, password)
        self._held: Transaction | None = None

    @contextmanager
    def lock(self) -> Generator[None]:
        """Be the only load of this server, and clear away what a killed one left.

        Raises:
            BusyError: another load is running.
            StoreError: the server is away or refuses.

        """
        make_constraints(self._server)
        with load_lock(self._server) as held:
            self._held = held
            try:
                self._sweep()
                yield
            finally:
                self._held = None

    def _sweep(self) -> None:
        publication = self._published()
        self._server.write(DELETE_LISTS, publication=publication.number)
        for prefix in complete_builds(self._server).keys() - publication.prefixes:
            delete_build(self._server, prefix)

    def _published(self) -> Publication:
        return publication_of(self._server.run(READ_PUBLISHED))

    def snapshot(self) -> Snapshot:
        """Give what is published now. Raises StoreError when the server is away."""
        return self._published().snapshot

    def read(self, graph_id: str) -> Subgraph:
        """Give a published graph back as tables, sorted by key.

        Raises:
            NotFoundError: no such graph is published.
            StoreError: the server is away or refuses.

        """
        listed = self._published().graphs.get(graph_id)
        if listed is None:
            raise NotFoundError(
                f"{graph_id} is not in the graph.",
                where=self.address,
                todo="`workatlas status` lists what is loaded.",
            )
        graph, fingerprint = listed
        return Subgraph(
            id=graph_id,
            kind=graph.kind,
            published=graph.published,
            synthetic=graph.synthetic,
            fingerprint=fingerprint,
            nodes=dict(read_nodes(self._server, graph.prefix)),
            edges=dict(read_edges(self._server, graph.prefix)),
        )

    def publish(
        self, changed: Iterable[Subgraph], *, removed: Sequence[str] = (), now: str
    ) -> Snapshot:
        """Write the changed graphs as new builds, then switch to all of them at once.

        A graph whose content is published already is left as it is.

        Raises:
            StoreError: a table is not sound, or the server is away or refuses; nothing
                is switched.

        """
        before = self._published()
        graphs = {k: v for k, v in before.graphs.items() if k not in removed}
        for subgraph in changed:
            known = before.graphs.get(subgraph.id)
            if known is None or known.fingerprint != subgraph.fingerprint:
                graphs[subgraph.id] = self._write(subgraph, now)
        if graphs == before.graphs:
            return before.snapshot
        return self._switch(before.number + 1, graphs)

    def _write(self, subgraph: Subgraph, now: str) -> Listed:
        subgraph.check()
        graph = PublishedGraph.of(subgraph, now)
        there = complete_builds(self._server).get(graph.prefix)
        if there is False:  # written in part by a publish that failed just now
            delete_build(self._server, graph.prefix)
        if not there:
            write_build(self._server, subgraph, graph.prefix)
        return Listed(graph, subgraph.fingerprint)

    def _switch(self, number: int, graphs: Mapping[str, Listed]) -> Snapshot:
        self._server.write(DELETE_LISTS, publication=number - 1)
        self._server.write(WRITE_LIST, graphs=rows_of(number, graphs.values()))
        self._assert_held()
        self._server.write(SWITCH, publication=number)
        return Publication(number, graphs, frozenset()).snapshot

    def _assert_held(self) -> None:
        """Do not publish when the server took the lock away: another load may run."""
        try:
            if self._held is not None:
                self._held.run("RETURN 1").consume()
        except (DriverError, Neo4jError) as error:
            raise StoreError(
                "The lock of this load was lost before its end; nothing was published.",
                where=self.address,
                todo="Look into the log of Neo4j for the cause, then load again.",
            ) from error

    def close(self) -> None:
        """Let go of the connections."""
        self._server.close()
