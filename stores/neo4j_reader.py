"""The serving face of a Neo4j: statements over Bolt that can only read."""

import asyncio
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workatlas.errors import StoreError

from .base import ROW_LIMIT, Row
from .neo4j_connect import open_async_driver, open_read_session, query, store_errors
from .neo4j_published import (
    FRESH_SECONDS,
    READ_PUBLISHED,
    Publication,
    publication_of,
)
from .published import Snapshot

_AWAY_SECONDS = 1.0
"""How long nobody waits anew for a server that was away."""
_NEW_TEXTS = 2
_KNOWN_TEXTS = 1000
_BATCH = re.compile(r"(UNWIND \$keys AS key .*) RETURN (key, (?!.* (?:SKIP|LIMIT) ).*)")
"""A statement of the catalogue or of a plan, before and after its last RETURN."""

_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""It goes on while the machine is suspended, where the system has one that does."""


def _now() -> float:
    return time.clock_gettime(_CLOCK)


def _in_one_record(batch: re.Match[str]) -> str:
    """Let a statement for a batch of keys give all its rows as one list.

    The driver waits anew for each record, which takes it longer than to read one.
    """
    return f"{batch[1]} RETURN collect([{batch[2]}])"


class Neo4jReader:
    """Reads the published builds of a server; any number of requests at once may.

    A statement that the server has not seen costs it 0.3 to 1 second to plan, so those
    wait for each other and never keep the known ones waiting.
    """

    def __init__(
        self,
        address: str,
        *,
        user: str | None = None,
        password: str | None = None,
        ca_file: Path | None = None,
        timeout: float = 5.0,
    ) -> None:
        """Use a server; a statement may take ``timeout`` seconds, waiting included.

        Raises:
            UsageError: the address cannot be one of Neo4j, or holds credentials; or
                ``ca_file`` cannot be read, or is of no use there.

        """
        self.address = address
        self._timeout = timeout
        self._driver = open_async_driver(address, user, password, ca_file)
        # When it was asked what is published, and what was.
        self._seen = float("-inf"), Publication(0, {}, frozenset())
        self._looking: asyncio.Task[None] | None = None
        self._refused: tuple[float, StoreError] | None = None
        self._planning = asyncio.Semaphore(_NEW_TEXTS)
        self._known: set[str] = set()

    async def snapshot(self) -> Snapshot:
        """Give what is published now; no reader gives what another one has left behind.

        What was seen within the last ``FRESH_SECONDS`` is trusted, unless a switch was
        announced then: so all readers of a server switch at once. A build stays for a
        whole load after the one that replaced it, so what was published a moment ago
        can still be read. All who ask wait for the same look, and once more if it was
        begun before they came and is not to be trusted. A server that was away a moment
        ago is not waited for anew.

        Raises:
            StoreError: the server is away or refuses, or did so a moment ago.

        """
        begun = _now()
        while not self._may_trust(begun):
            self._refuse_again()
            if self._looking is None:
                self._looking = asyncio.create_task(self._look_in_time())
                # Whoever asked may have left: then nobody is told of a failure.
                self._looking.add_done_callback(_told)
            await asyncio.shield(self._looking)
        return self._seen[1].snapshot

    def _may_trust(self, begun: float) -> bool:
        """Tell whether a request that began then may be given what was seen last."""
        asked_at, known = self._seen
        return asked_at >= begun or (known.is_settled and self._age() <= FRESH_SECONDS)

    def _refuse_again(self) -> None:
        if self._refused is None:
            return
        at, error = self._refused
        if _now() - at <= _AWAY_SECONDS:
            # One of its own for each, as each notes its way through the program.
            raise StoreError(error.what, where=error.where, todo=error.todo)

    async def _look_in_time(self) -> None:
        try:
            with store_errors(self.address):
                async with asyncio.timeout(self._timeout):
                    await self._look()
        except StoreError as error:
            self._refused = _now(), error
            raise
        finally:
            self._looking = None

    def _age(self) -> float:
        return _now() - self._seen[0]

    async def _look(self) -> Publication:
        asked_at = _now()
        found = publication_of(await self._run(READ_PUBLISHED, {}))
        self._seen = asked_at, found
        return found

    async def fetch(
        self, prefix: str, statement: str, parameters: Mapping[str, Any]
    ) -> list[Row]:
        """Run a read statement whose keys are of the build that ``prefix`` names.

        Raises:
            StoreError: the server is away, takes too long, gives more than
                ``ROW_LIMIT`` rows, or refuses; or the build was retired meanwhile.

        """
        with store_errors(self.address):
            # The server looks for what takes too long every two seconds only.
            async with asyncio.timeout(self._timeout):
                rows = await self._run_planned(statement, parameters)
                await self._assert_there(prefix)
                return rows

    async def _run_planned(
        self, statement: str, parameters: Mapping[str, Any]
    ) -> list[Row]:
        if statement in self._known:
            return await self._run(statement, parameters)
        async with self._planning:
            rows = await self._run(statement, parameters)
        if len(self._known) >= _KNOWN_TEXTS:
            self._known.clear()
        self._known.add(statement)
        return rows

    async def _run(self, statement: str, parameters: Mapping[str, Any]) -> list[Row]:
        batch = _BATCH.fullmatch(statement)
        async with open_read_session(self._driver) as session:
            text = _in_one_record(batch) if batch else statement
            given = query(text, timeout=self._timeout)
            result = await session.run(given, dict(parameters))
            records = await result.fetch(ROW_LIMIT + 1)
        rows: list[Row] = [record.values() for record in records]
        if batch:
            rows = rows[0][0]
        if len(rows) > ROW_LIMIT:
            raise StoreError(
                f"A statement gave more than {ROW_LIMIT} rows.",
                where=self.address,
                todo="Ask for less at once.",
            )
        return rows

    async def _assert_there(self, prefix: str) -> None:
        """Refuse rows of a build that may be half deleted: they could be too few.

        A build stays for a whole load after the one that replaced it, so it is enough
        to have seen it a moment ago.
        """
        _, known = self._seen
        if prefix not in known.prefixes or self._age() > FRESH_SECONDS:
            known = await self._look()
        if prefix not in known.prefixes:
            raise StoreError(
                f"The build {prefix} is no longer in the store.",
                todo="Ask again: a newer graph has been published meanwhile.",
            )

    async def close(self) -> None:
        """Let go of the connections."""
        if self._looking is not None:
            self._looking.cancel()
        await self._driver.close()


def _told(look: asyncio.Task[None]) -> None:
    if not look.cancelled():
        look.exception()
