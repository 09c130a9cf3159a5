"""How late the event loop comes to what is due: all of a process's requests wait so."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

EVERY = 0.25
"""Seconds between two looks."""


@asynccontextmanager
async def lag_told(
    note: Callable[[float], None], every: float = EVERY
) -> AsyncGenerator[None]:
    """Tell ``note`` the seconds that a timer came late, again and again."""
    looking = asyncio.create_task(_look(note, every))
    try:
        yield
    finally:
        looking.cancel()
        await asyncio.wait({looking})


async def _look(note: Callable[[float], None], every: float) -> None:
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + every
        await asyncio.sleep(every)
        note(max(loop.time() - due, 0.0))
