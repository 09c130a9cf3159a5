"""Work in threads, which goes on when nobody waits for it any more.

A thread cannot be stopped. Who bounds what is done at once has to know of threads that
requests left behind: `under_way` notes those of the tasks that it is entered in.
"""

import asyncio
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from typing import Any, TypeVar

_THREADS = 4
"""Each keeps a core busy and takes memory: 8 answered no more, and took more."""
_T = TypeVar("_T")
_pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="workatlas")
_noted: ContextVar[set[Future[Any]] | None] = ContextVar("_noted", default=None)


@contextmanager
def under_way() -> Generator[set[Future[Any]]]:
    """Note the threads that are begun inside and have not ended."""
    noted = set[Future[Any]]()
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)


async def in_thread(work: Callable[..., _T], *given: Any) -> _T:
    """Do something in a thread; when it is given up, the thread goes on."""
    context = copy_context()

    def run() -> _T:
        return context.run(work, *given)

    begun = _pool.submit(run)
    noted = _noted.get()
    if noted is not None:
        noted.add(begun)
        begun.add_done_callback(noted.discard)
    return await asyncio.wrap_future(begun)
