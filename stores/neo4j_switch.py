"""Publishing on a Neo4j: compare and set, in the name of one load.

The lock of a load is a transaction that the server may end, and its own writes are seen
by nobody. So whoever holds it signs the pointer too: a load that lost its lock finds
another signature there and changes nothing any more.
"""

import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from neo4j import ManagedTransaction

from workatlas.errors import StoreError

from .neo4j_connection import Connection
from .neo4j_published import (
    ANNOUNCE,
    ANNOUNCED_SECONDS,
    DELETE_LISTS,
    SWITCH,
    WRITE_LIST,
    Listed,
    Publication,
    rows_of,
)

_SIGN = """
MERGE (p:PublishedPointer {key: 'published'})
ON CREATE SET p.publication = 0
SET p.load = $load, p.announced = p.publication
"""
# Writing is what takes the node's lock; read in the same statement, the values could be
# those of before it was ours.
_HOLD = "MATCH (p:PublishedPointer {key: 'published'}) SET p.held = true"
_POINTER = """
MATCH (p:PublishedPointer {key: 'published'}) RETURN p.publication, p.load
"""


@dataclass(frozen=True)
class Switch:
    """The right to publish of the load that signed last; ``load`` is its signature."""

    server: Connection
    load: str

    @classmethod
    def signed(cls, server: Connection) -> "Switch":
        """Sign the pointer: what was signed before has no right to publish any more."""
        load = uuid.uuid4().hex
        server.write(_SIGN, load=load)
        return cls(server, load)

    def publish(self, before: Publication, graphs: Iterable[Listed]) -> int:
        """Publish graphs in place of publication ``before``; give the new number.

        It is announced for ``ANNOUNCED_SECONDS``, in place of something.

        Raises:
            StoreError: something else was published, or another load began, meanwhile;
                or the server is away or refuses. Nothing is switched.

        """
        after = before.number + 1
        rows = rows_of(after, graphs)

        def write_list(transaction: ManagedTransaction) -> None:
            self._compare(transaction, before.number)
            transaction.run(DELETE_LISTS, publication=before.number).consume()
            transaction.run(WRITE_LIST, graphs=rows).consume()
            transaction.run(ANNOUNCE, publication=after).consume()

        def switch(transaction: ManagedTransaction) -> None:
            self._compare(transaction, before.number)
            transaction.run(SWITCH, publication=after).consume()

        self.server.change(write_list)
        if before.graphs:
            time.sleep(ANNOUNCED_SECONDS)
        self.server.change(switch)
        return after

    def _compare(self, transaction: ManagedTransaction, number: int) -> None:
        """Hold the pointer until the end of the transaction, if it is as expected."""
        transaction.run(_HOLD).consume()
        [[found, load]] = transaction.run(_POINTER).values()
        if (found, load) != (number, self.load):
            raise StoreError(
                "Another load published meanwhile, or is about to; this one did not.",
                where=self.server.address,
                todo="Load again: it is then joined to what is published now.",
            )
