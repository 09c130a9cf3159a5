"""Runs the statements of an answer, and its own work where it keeps nobody waiting.

Work that has taken long under the same plan is done in a thread, so that other requests
are answered meanwhile.
"""

import asyncio
import time
from collections.abc import Generator, Mapping, Sequence
from typing import Any, NamedTuple

from workatlas.stores import PublishedGraph, Reader, Row
from workatlas.stores.threads import in_thread

from .execution import Found
from .explain import Ran
from .notices import Notices
from .pace import Pace
from .rows import Fetch
from .searches import Lookup, Searches

Work = Generator[Sequence[Fetch | Lookup], Found, Any]


class _Step(NamedTuple):
    """What work asks for next, or what it gave in the end; and what that took.

    It is the thread's own time: what others do meanwhile does not make work long.
    """

    fetches: Sequence[Fetch | Lookup] | None
    result: Any
    seconds: float


def _advance(work: Work, found: Found | None) -> _Step:
    begun = time.thread_time()
    try:
        fetches = next(work) if found is None else work.send(found)
    except StopIteration as end:
        return _Step(None, end.value, time.thread_time() - begun)
    return _Step(fetches, None, time.thread_time() - begun)


class Runner:
    """Runs what one request asks of a store, and notes it."""

    def __init__(
        self,
        reader: Reader,
        notices: Notices,
        searches: Searches,
        builds: Mapping[str, PublishedGraph],
        *,
        one_by_one: bool = False,
    ) -> None:
        """Read the builds of one snapshot.

        Statements that are asked for together run ``one_by_one``, or side by side.
        """
        self.ran: list[Ran] = []
        self._reader = reader
        self._notices = notices
        self._searches = searches
        self._builds = builds
        self._one_by_one = one_by_one

    async def run(self, work: Work, asking: Pace, making: Pace) -> Any:
        """Carry the work to its end; give what it gives.

        ``asking`` is the pace until it is known what to fetch first, ``making`` that of
        all that follows.
        """
        found: Found | None = None
        pace, spent = asking, 0.0
        while True:
            if pace.is_long:
                step = await in_thread(_advance, work, found)
            else:
                step = _advance(work, found)
            spent += step.seconds
            if step.fetches is None:
                pace.note(spent)
                return step.result
            if pace is asking:
                pace.note(spent)
                pace, spent = making, 0.0
            found = await self._all(step.fetches)

    async def _all(self, fetches: Sequence[Fetch | Lookup]) -> Found:
        if self._one_by_one or len(fetches) == 1:
            done = [await self._fetch(fetch) for fetch in fetches]
        else:
            done = await asyncio.gather(*map(self._fetch, fetches))
        for fetch, (rows, begun, seconds) in zip(fetches, done, strict=True):
            if isinstance(fetch, Fetch):
                has_failed = isinstance(rows, Exception)
                self.ran.append(Ran(fetch, begun, seconds, has_failed))
        return [rows for rows, _, _ in done]

    async def _fetch(
        self, fetch: Fetch | Lookup
    ) -> tuple[Sequence[Row] | Exception, float, float]:
        begun = time.perf_counter()
        try:
            build = self._builds[fetch.prefix]
            await self._notices.note(build)
            rows: Sequence[Row] | Exception
            if isinstance(fetch, Lookup):
                rows = await self._searches.find(build, fetch.asked)
            else:
                rows = await self._reader.fetch(
                    fetch.prefix,
                    fetch.statement.text,
                    {"keys": fetch.keys, **fetch.parameters},
                )
        except Exception as error:  # noqa: BLE001 - an error of the answer
            rows = error
        return rows, begun, time.perf_counter() - begun
