"""The lock of a load: a transaction that stays open and holds a node.

The server lets go of it when the load ends in any way, kill -9 included.
"""

from collections.abc import Generator
from contextlib import contextmanager, suppress

from neo4j import Session, Transaction
from neo4j.exceptions import DriverError, Neo4jError

from workatlas.errors import BusyError

from .neo4j_connect import open_session, store_errors
from .neo4j_connection import Connection

_HOLD = "MERGE (l:LoadLock {key: $key}) SET l.held = true"
_PATIENCE = 1.0
"""Seconds to wait; the server looks every two seconds for who has waited too long."""
_FOREVER = 0


@contextmanager
def load_lock(server: Connection) -> Generator[Transaction]:
    """Be the only load while the block runs; gives the transaction that says so.

    Raises:
        BusyError: another load is running.
        StoreError: the server is away or refuses.

    """
    with open_session(server.driver) as outer, open_session(server.driver) as inner:
        with store_errors(server.address):
            held = _acquire(outer, inner, server.address)
        try:
            yield held
        finally:
            with suppress(DriverError, Neo4jError):
                held.close()


def _acquire(outer: Session, inner: Session, address: str) -> Transaction:
    """Wait a little for the lock, then hold it for as long as it takes.

    A transaction cannot be given more time once it has the lock, nor can waiting for a
    lock be cut short. So contenders queue at a gate: whoever is in tries with little
    time and, when that worked, again with no limit; nobody comes between.
    """
    try:
        with _hold(outer, "gate", 10 * _PATIENCE):
            _hold(inner, "load", _PATIENCE).close()
            return _hold(inner, "load", _FOREVER)
    except Neo4jError as error:
        if ".Transaction." not in (error.code or ""):
            raise
        raise BusyError(
            "Another load is writing to this graph.",
            where=address,
            todo="Wait until it has ended, then load again.",
        ) from error


def _hold(session: Session, key: str, seconds: float) -> Transaction:
    transaction = session.begin_transaction(timeout=seconds)
    transaction.run(_HOLD, key=key).consume()
    return transaction
