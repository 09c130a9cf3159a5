"""Work is given up when the client that asked for it has gone."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request

_SOON = 0.05
"""Seconds that most answers do not take; only the others are watched."""
_T = TypeVar("_T")


async def while_there(request: Request, work: Coroutine[Any, Any, _T]) -> _T:
    """Give what work gives, or cancel it when the client goes away.

    A statement that is under way in Neo4j ends with it; one in the embedded store ends
    at its own end or time limit, and nothing else is done for the request.

    Raises:
        ClientDisconnect: nobody waits for the answer any more.

    """
    task = asyncio.create_task(work)
    try:
        await asyncio.wait({task}, timeout=_SOON)
        if not task.done():
            await _until_done_or_gone(task, request)
        if not task.done():
            raise ClientDisconnect
        return task.result()
    finally:
        # Also when this is itself cancelled: nothing is left behind.
        task.cancel()
        await asyncio.wait({task})


async def _until_done_or_gone(task: asyncio.Task[Any], request: Request) -> None:
    gone = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
