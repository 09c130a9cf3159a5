"""How much each client has used, in this process or in a Redis that several share."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

import structlog
from limits.aio.storage import RedisStorage
from limits.errors import ConfigurationError
from redis.asyncio import ConnectionPool

from workatlas.errors import UsageError

MOST = 50_000
"""Counters that a process keeps, those used last: about 15 MiB."""
ANSWER_SECONDS = 0.25
"""How long a shared counter is waited for."""
AWAY_SECONDS = 1.0
"""How long a Redis that failed is left alone: not every request waits for it."""
_CONNECTIONS = 100

_log = structlog.stdlib.get_logger("workatlas.rates")


class Counters(Protocol):
    """Numbers by name, which only grow, until they are forgotten."""

    async def add(self, name: str, amount: int, seconds: int) -> int:
        """Add to a number, and give it; it is of no use after ``seconds``."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class LocalCounters:
    """Counters in memory; the ones used longest ago make room.

    The storage in memory of ``limits`` looks through all clients at each request, so
    that many addresses would make every request slow.
    """

    def __init__(self, most: int = MOST) -> None:
        """Keep ``most`` numbers."""
        self._most = most
        self._numbers: OrderedDict[str, int] = OrderedDict()

    def __len__(self) -> int:
        """Give how many numbers are kept."""
        return len(self._numbers)

    async def add(self, name: str, amount: int, seconds: int) -> int:  # noqa: ARG002 - a window's counter is not asked for after it
        """Add to a number, and give it."""
        numbers = self._numbers
        number = numbers[name] = numbers.get(name, 0) + amount
        numbers.move_to_end(name)
        if len(numbers) > self._most:
            numbers.popitem(last=False)
        return number

    async def close(self) -> None:
        """Have nothing to let go of."""


class SharedCounters:
    """Counters in Redis, for all processes and machines that use it.

    While it is away each process counts for itself: requests are neither refused nor
    let through without any count because of it.
    """

    def __init__(self, address: str, failed: Callable[[], None]) -> None:
        """Count at an address, not connected yet; call ``failed`` when it cannot.

        Raises:
            ConfigurationError, ValueError: the address is none of Redis.

        """
        self._pool: ConnectionPool = ConnectionPool.from_url(  # pyright: ignore[reportUnknownMemberType]
            address, max_connections=_CONNECTIONS
        )
        self._storage = RedisStorage(
            address,
            implementation="redispy",
            # It is passed on to its client, as any option is, but not declared so.
            connection_pool=self._pool,  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
        )
        self._failed = failed
        self._local = LocalCounters()
        self._away_until = float("-inf")

    async def add(self, name: str, amount: int, seconds: int) -> int:
        """Add to a number, and give it."""
        if time.monotonic() < self._away_until:
            return await self._local.add(name, amount, seconds)
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._storage.incr(name, seconds, amount)
        except Exception as error:  # noqa: BLE001 - whatever its client raises
            self._away_until = time.monotonic() + AWAY_SECONDS
            self._failed()
            # Not its words, nor a trace: they may hold the address with a password.
            _log.warning("the store of rate limits is away", error=type(error).__name__)
        return await self._local.add(name, amount, seconds)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._pool.aclose()


def open_counters(address: str | None, failed: Callable[[], None]) -> Counters:
    """Count in the Redis at an address, or in memory without one; nothing is connected.

    Raises:
        UsageError: the address is none of Redis.

    """
    if address is None:
        return LocalCounters()
    try:
        return SharedCounters(address, failed)
    except (ConfigurationError, ValueError) as error:
        # Not in its own words, which may hold the password.
        raise UsageError(
            "Rate limits cannot be counted in the store that is set for them.",
            where="WORKATLAS_RATE_STORE",
            todo="Give redis://HOST:PORT or rediss://USER:PASSWORD@HOST:PORT.",
        ) from error
