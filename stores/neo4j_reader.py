"""The serving face of a Neo4j: statements over Bolt that can only read."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any

from workatlas.errors import StoreError

from .base import ROW_LIMIT, Row
from .neo4j_connect import open_async_driver, open_read_session, query, store_errors
from .neo4j_published import READ_PUBLISHED, Publication, publication_of
from .published import Snapshot

FRESH_SECONDS = 1.0
"""How old what is known of the published builds may be when rows are given out."""
_NEW_TEXTS = 2
_KNOWN_TEXTS = 1000
_BATCH = re.compile(r"(UNWIND \$keys AS key .*) RETURN (key, (?!.* (?:SKIP|LIMIT) ).*)")
"""A statement of the catalogue or of a plan, before and after its last RETURN."""


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
        timeout: float = 5.0,
    ) -> None:
        """Use a server; a statement may take ``timeout`` seconds, waiting included.

        Raises:
            UsageError: the address cannot be one of Neo4j, or holds credentials.

        """
        self.address = address
        self._timeout = timeout
        self._driver = open_async_driver(address, user, password)
        self._publication = Publication(0, {}, frozenset())
        self._seen_at = float("-inf")
        self._looking: asyncio.Task[Publication] | None = None
        self._refused: tuple[float, StoreError] | None = None
        self._planning = asyncio.Semaphore(_NEW_TEXTS)
        self._known: set[str] = set()

    async def snapshot(self) -> Snapshot:
        """Give what is published now, or was within the last ``FRESH_SECONDS``.

        A build stays for a whole load after the one that replaced it, so what was
        published a moment ago can still be read. All who ask wait for the same look; a
        server that was away a moment ago is not waited for anew.

        Raises:
            StoreError: the server is away or refuses, or did so a moment ago.

        """
        if self._age() <= FRESH_SECONDS:
            return self._publication.snapshot
        self._refuse_again()
        if self._looking is None:
            self._looking = asyncio.create_task(self._look_in_time())
            # Whoever asked may have left: then nobody is told of a failure.
            self._looking.add_done_callback(_told)
        return (await asyncio.shield(self._looking)).snapshot

    def _refuse_again(self) -> None:
        if self._refused is None:
            return
        at, error = self._refused
        if asyncio.get_running_loop().time() - at <= FRESH_SECONDS:
            # One of its own for each, as each notes its way through the program.
            raise StoreError(error.what, where=error.where, todo=error.todo)

    async def _look_in_time(self) -> Publication:
        try:
            with store_errors(self.address):
                async with asyncio.timeout(self._timeout):
                    return await self._look()
        except StoreError as error:
            self._refused = asyncio.get_running_loop().time(), error
            raise
        finally:
            self._looking = None

    def _age(self) -> float:
        return asyncio.get_running_loop().time() - self._seen_at

    async def _look(self) -> Publication:
        now = asyncio.get_running_loop().time()
        self._publication = publication_of(await self._run(READ_PUBLISHED, {}))
        self._seen_at = now
        return self._publication

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
        known = self._publication
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


def _told(look: asyncio.Task[Publication]) -> None:
    if not look.cancelled():
        look.exception()
