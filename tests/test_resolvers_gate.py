"""Costly requests wait for each other, and for no longer than they may."""

import asyncio
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from workatlas.errors import OverloadError
from workatlas.limits import Limits
from workatlas.resolvers import Service
from workatlas.resolvers.gate import Gate
from workatlas.stores import Reader, Row, Snapshot
from workatlas.stores.threads import in_thread

from .any_store import Store
from .mini import release

LIMITS = Limits(heavy_cost=10, heavy_waiting=2, heavy_patience=30.0, seconds=30.0)


class Work:
    """Requests under way, and how many there were at once."""

    def __init__(self, gate: Gate) -> None:
        """Go through a gate."""
        self.gate = gate
        self.now = self.most = 0
        self.go = asyncio.Event()

    async def request(self, cost: int) -> None:
        """Do what costs something, until it is told to end."""
        async with self.gate.through(cost):
            self.now += 1
            self.most = max(self.most, self.now)
            await self.go.wait()
            self.now -= 1


async def begun(work: Work, *costs: int) -> list[asyncio.Task[None]]:
    """Begin requests, and let each come as far as it can."""
    tasks = [asyncio.create_task(work.request(cost)) for cost in costs]
    for _ in range(5):
        await asyncio.sleep(0)
    return tasks


async def test_one_costly_request_at_a_time() -> None:
    """Others wait their turn; what costs little does not."""
    work = Work(Gate(LIMITS))
    costly = await begun(work, 11, 11, 11)
    assert (work.now, work.gate.waiting) == (1, 2)
    cheap = await begun(work, 10, 1)
    assert work.now == 3
    work.go.set()
    await asyncio.gather(*costly, *cheap)
    assert (work.now, work.most, work.gate.waiting) == (0, 3, 0)


async def test_the_queue_is_short() -> None:
    """One more than may wait is told at once, and when to ask again."""
    work = Work(Gate(LIMITS))
    first = await begun(work, 11, 11, 11)
    with pytest.raises(OverloadError, match="2 costly queries wait") as refused:
        await work.request(11)
    assert refused.value.seconds == 1
    work.go.set()
    await asyncio.gather(*first)
    await work.request(11)


async def test_nobody_waits_for_long() -> None:
    """Who waited in vain is told so, and the others go on."""
    work = Work(Gate(replace(LIMITS, heavy_patience=0.01)))
    (first,) = await begun(work, 11)
    with pytest.raises(OverloadError, match=r"waited 0\.01 s"):
        await work.request(11)
    assert work.gate.waiting == 0
    work.go.set()
    await first


async def test_who_goes_away_leaves_no_trace() -> None:
    """A request that is given up, while it waits or runs, keeps nobody out."""
    work = Work(Gate(LIMITS))
    running, waiting = await begun(work, 11, 11)
    for task in (waiting, running):
        task.cancel()
        await asyncio.wait({task})
    work.go.set()
    await work.request(11)


@pytest.mark.parametrize("cost", [1, 11])
async def test_what_takes_too_long_is_given_up(cost: int) -> None:
    """It is an error of its own; the next one may go on."""
    work = Work(Gate(replace(LIMITS, seconds=0.01)))
    with pytest.raises(OverloadError, match=r"longer than 0\.01 s"):
        await work.request(cost)
    work.go.set()
    await work.request(cost)


async def test_a_thread_that_goes_on_keeps_the_next_one_out() -> None:
    """A thread cannot be stopped: two of them would take twice the memory."""
    gate = Gate(replace(LIMITS, seconds=0.01))
    go, order = threading.Event(), list[str]()

    def work() -> None:
        go.wait()
        order.append("the thread ended")

    async def next_one() -> None:
        async with gate.through(11):
            order.append("the next one began")

    with pytest.raises(OverloadError, match="longer than"):
        async with gate.through(11):
            await in_thread(work)
    waiting = asyncio.create_task(next_one())
    await asyncio.sleep(0)
    assert gate.waiting == 1
    go.set()
    await waiting
    assert order == ["the thread ended", "the next one began"]


async def test_a_thread_may_outlive_its_loop() -> None:
    """A server that stops does not wait for what nobody asks for any more."""
    go = threading.Event()

    async def give_up() -> None:
        gate = Gate(replace(LIMITS, seconds=0.01))
        with pytest.raises(OverloadError, match="longer than"):
            async with gate.through(11):
                await in_thread(go.wait)

    await asyncio.to_thread(asyncio.run, give_up())
    go.set()
    await in_thread(int)


async def test_other_timeouts_are_left_alone() -> None:
    """One of the store's is not taken for the gate's."""
    with pytest.raises(TimeoutError):
        async with Gate(LIMITS).through(1):
            raise TimeoutError


async def test_without_limits_nobody_waits() -> None:
    """Callers that are trusted go through at once."""
    work = Work(Gate(None))
    tasks = await begun(work, 10**9, 10**9)
    assert work.now == 2
    work.go.set()
    await asyncio.gather(*tasks)


class Counting:
    """A reader that notes how many statements run at once."""

    def __init__(self, reader: Reader) -> None:
        """Read what another reader reads."""
        self.reader, self.address = reader, reader.address
        self.now = self.most = 0

    async def snapshot(self) -> Snapshot:
        """Give what is published."""
        return await self.reader.snapshot()

    async def fetch(
        self, prefix: str, statement: str, parameters: Mapping[str, Any]
    ) -> list[Row]:
        """Run a statement, and let others begin meanwhile."""
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0)
        rows = await self.reader.fetch(prefix, statement, parameters)
        self.now -= 1
        return rows

    async def close(self) -> None:
        """Close it."""
        await self.reader.close()


@pytest.mark.parametrize(("heavy", "at_once"), [(1000, 2), (0, 1)])
async def test_a_costly_request_runs_one_statement_at_a_time(
    tmp_path: Path, heavy: int, at_once: int
) -> None:
    """Each takes memory while it runs; what costs little runs side by side."""
    store = Store(str(tmp_path / "graph"))
    store.publish(release())
    async with store.reader() as reader:
        counting = Counting(reader)
        service = Service(counting, limits=Limits(heavy_cost=heavy))
        both = '{ task(taskId: 1) { id } occupation(code: "11-1.00") { id } }'
        await service.answer(both)  # what is said of a release is asked for once
        counting.most = 0
        answer = await service.answer(both)
        assert not answer.result.errors
        assert counting.most == at_once
