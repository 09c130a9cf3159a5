"""The loading face of a Neo4j: write a build aside, count it, switch."""

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

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
    Listed,
    Publication,
    publication_of,
)
from .neo4j_switch import Switch
from .published import PublishedGraph, Snapshot
from .publishing import chosen
from .subgraph import Subgraph


class Neo4jWriter:
    """Publishes graphs into the one database of a server, a build beside the other.

    A build is never changed once it is complete. The builds that a publication
    replaces stay until the next but one load, so that requests under way can finish.
    """

    def __init__(
        self,
        address: str,
        *,
        user: str | None = None,
        password: str | None = None,
        ca_file: Path | None = None,
    ) -> None:
        """Use a server; it is not asked for anything yet.

        Raises:
            UsageError: the address cannot be one of Neo4j, or holds credentials; or
                ``ca_file`` cannot be read, or is of no use there.

        """
        self.address = address
        self._server = Connection(address, user, password, ca_file)
        self._held: Transaction | None = None
        self._switch: Switch | None = None

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
                self._switch = Switch.signed(self._server)
                self._sweep()
                yield
            finally:
                self._held = self._switch = None

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
        nodes = dict(read_nodes(self._server, graph.prefix))
        edges = dict(read_edges(self._server, graph.prefix))
        # A build is marked before the first of its nodes is deleted.
        if not complete_builds(self._server).get(graph.prefix):
            raise StoreError(
                f"The build {graph.prefix} was replaced and deleted while it was read.",
                where=self.address,
                todo="Try again when no load is running.",
            )
        return Subgraph(
            id=graph_id,
            kind=graph.kind,
            published=graph.published,
            synthetic=graph.synthetic,
            fingerprint=fingerprint,
            nodes=nodes,
            edges=edges,
        )

    def tables(self, graph_id: str) -> Subgraph:
        """Give what ``read`` gives: a server keeps no copy. Raises as that does."""
        return self.read(graph_id)

    def publish(
        self, changed: Iterable[Subgraph], *, removed: Sequence[str] = (), now: str
    ) -> Snapshot:
        """Write the changed graphs as new builds, then switch to all of them at once.

        A graph whose content is published already is left as it is.

        Raises:
            StoreError: a table is not sound, another load published meanwhile, or the
                server is away or refuses; nothing is switched.

        """
        before = self._published()
        graphs = chosen(
            before.graphs,
            changed,
            removed,
            holds=_holds,
            write=partial(self._write, now=now),
        )
        if graphs == before.graphs:
            return before.snapshot
        self._assert_held()
        switch = self._switch or Switch.signed(self._server)
        number = switch.publish(before, graphs.values())
        return Publication(number, graphs, frozenset()).snapshot

    def _write(self, subgraph: Subgraph, now: str) -> Listed:
        subgraph.check()
        self._assert_held()  # else another load may be writing the very same build
        graph = PublishedGraph.of(subgraph, now)
        there = complete_builds(self._server).get(graph.prefix)
        if there is False:  # written in part by a publish that failed just now
            delete_build(self._server, graph.prefix)
        if not there:
            write_build(self._server, subgraph, graph.prefix)
        return Listed(graph, subgraph.fingerprint)

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


def _holds(listed: Listed, subgraph: Subgraph) -> bool:
    return listed.fingerprint == subgraph.fingerprint
