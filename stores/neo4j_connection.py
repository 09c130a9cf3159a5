"""A connection that loads use: statements one by one, failures as StoreErrors."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from neo4j import ManagedTransaction

from .neo4j_connect import open_driver, open_session, query, store_errors


class Connection:
    """A server, and statements that are each a transaction of their own."""

    def __init__(
        self,
        address: str,
        user: str | None,
        password: str | None,
        ca_file: Path | None = None,
    ) -> None:
        """Make the driver; nothing is connected yet. Raises as ``open_driver`` does."""
        self.address = address
        self.driver = open_driver(address, user, password, ca_file)

    def run(self, text: str, **parameters: Any) -> list[list[Any]]:
        """Run a statement with no limit of time, once, and give its rows.

        Raises:
            StoreError: the server is away or refuses.

        """
        with store_errors(self.address), open_session(self.driver) as session:
            return session.run(query(text, timeout=0), parameters).values()

    def write(self, text: str, **parameters: Any) -> None:
        """Run a statement that writes, again when the server asks for it (deadlock).

        Raises:
            StoreError: the server is away or refuses.

        """
        self.change(partial(_run, text=text, parameters=parameters))

    def change(self, work: Callable[[ManagedTransaction], None]) -> None:
        """Run statements as one transaction, all again when the server asks for it.

        Raises:
            StoreError: the server is away or refuses.

        """
        with store_errors(self.address), open_session(self.driver) as session:
            session.execute_write(work)

    def close(self) -> None:
        """Let go of the server."""
        self.driver.close()


def _run(tx: ManagedTransaction, text: str, parameters: Mapping[str, Any]) -> None:
    tx.run(text, dict(parameters)).consume()  # pyright: ignore[reportArgumentType]
