"""Rate limits: how much a client may ask in a time, and what it is told of that.

Time is cut into windows that begin at another moment for each client, so that those who
wait do not all come back at once. All that is kept of a client is a number for each
window; processes whose clocks agree count in the same one.
"""

import math
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple
from zlib import crc32

from .counters import Counters
from .quota import Quota


class Standing(NamedTuple):
    """How a client stands with a quota: what it used, and seconds until it is anew."""

    quota: Quota
    used: int
    wait: int

    @property
    def limit(self) -> str:
        """Give it as an item of the header RateLimit."""
        left = max(self.quota.amount - self.used, 0)
        return f'"{self.quota.name}";r={left};t={self.wait}'


class Rates:
    """Counts what clients use."""

    def __init__(
        self, counters: Counters, clock: Callable[[], float] = time.time
    ) -> None:
        """Count in ``counters``; ``clock`` gives seconds, the same to all who share."""
        self._counters = counters
        self._clock = clock

    async def use(self, client: str, quota: Quota, amount: int) -> Standing:
        """Let a client use an amount, be it there or not; tell how it stands then."""
        seconds = quota.seconds
        # Not its own hash, which differs between processes.
        at = self._clock() + crc32(client.encode()) % seconds
        window, passed = divmod(at, seconds)
        name = f"{quota.name}/{client}/{window:.0f}"
        used = await self._counters.add(name, amount, seconds)
        return Standing(quota, used, max(math.ceil(seconds - passed), 1))

    async def close(self) -> None:
        """Let go of what is counted in."""
        await self._counters.close()


def headers_of(
    policy: bytes, standings: Sequence[Standing]
) -> list[tuple[bytes, bytes]]:
    """Give what a client is told, as draft 10 of the IETF's RateLimit fields has it."""
    limit = ", ".join([each.limit for each in standings])
    return [(b"ratelimit-policy", policy), (b"ratelimit", limit.encode())]
