"""Where costly requests wait for each other, so that the others do not."""

import asyncio
from collections.abc import AsyncGenerator, Collection
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress
from typing import Any

from workatlas.errors import OverloadError
from workatlas.limits import Limits
from workatlas.stores.threads import under_way


class Gate:
    """Lets one costly request through at a time; a few may wait, and not for long."""

    def __init__(self, limits: Limits | None) -> None:
        """Hold up what the limits call heavy; without any, nothing."""
        self._limits = limits
        self._one = asyncio.Semaphore(1)
        self.waiting = 0
        """How many wait now."""

    def holds(self, cost: int) -> bool:
        """Tell whether a request of some cost waits for others."""
        return self._limits is not None and cost > self._limits.heavy_cost

    @asynccontextmanager
    async def through(self, cost: int) -> AsyncGenerator[None]:
        """Go through with a request of some cost; it has to end in time.

        Raises:
            OverloadError: too many wait already, or it waited in vain, or did not end.

        """
        limits = self._limits
        if limits is None:
            yield
        elif not self.holds(cost):
            async with _in_time(limits.seconds):
                yield
        else:
            await self._wait(limits)
            with under_way() as threads:
                try:
                    async with _in_time(limits.seconds):
                        yield
                finally:
                    self._release_after(threads)

    def _release_after(self, threads: Collection[Future[Any]]) -> None:
        """Let the next one through when no thread of this one works any more.

        Most have ended with it; those of a request that was given up have not.
        """
        left = next((each for each in list(threads) if not each.done()), None)
        if left is None:
            self._one.release()
            return
        loop = asyncio.get_running_loop()

        def ended(_: Future[Any]) -> None:
            # The loop is closed when the server was stopped meanwhile.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._release_after, threads)

        left.add_done_callback(ended)

    async def _wait(self, limits: Limits) -> None:
        if self.waiting >= limits.heavy_waiting:
            text = f"{self.waiting} costly queries wait already."
            raise OverloadError(text, todo=_TODO)
        self.waiting += 1
        try:
            async with asyncio.timeout(limits.heavy_patience):
                await self._one.acquire()
        except TimeoutError as error:
            waited = limits.heavy_patience
            text = f"A costly query waited {waited:g} s for others before it."
            raise OverloadError(text, todo=_TODO) from error
        finally:
            self.waiting -= 1


@asynccontextmanager
async def _in_time(seconds: float) -> AsyncGenerator[None]:
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            yield
    except TimeoutError as error:
        if not limit.expired():
            raise
        text = f"The query took longer than {seconds:g} s, and was given up."
        raise OverloadError(text, todo=_TODO) from error


_TODO = "Ask again in a moment, or for less: `extensions: {cost: true}` tells the cost."
