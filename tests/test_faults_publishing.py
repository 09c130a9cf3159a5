"""New graphs under load: no request fails, and each answer is wholly of one of them."""

import asyncio
from collections import Counter
from itertools import count
from pathlib import Path

import pytest

from .any_store import EMBEDDED, Store
from .faulty import query, started
from .neo4j_server.fixtures import PLACES
from .reworded import ASKED, STATEMENTS, answers_of, edition

REQUESTS, CLIENTS = 10_000, 10
EDITIONS = 6


@pytest.mark.parametrize("store", [EMBEDDED, PLACES[0]], indirect=True)
async def test_graphs_are_published_under_load(store: Store, tmp_path: Path) -> None:
    """Ten thousand requests while six graphs replace each other; kept answers too."""
    editions = [edition(number) for number in range(EDITIONS)]
    right = await answers_of(tmp_path, editions)
    await asyncio.to_thread(store.publish, editions[0])
    seen: Counter[bytes] = Counter()
    numbers, published = count(), asyncio.Event()
    settings = {"store": store.address, "neo4j_password": store.password}
    async with started(**settings, answer_cache_bytes=2**20) as app:

        async def client() -> None:
            while seen.total() < REQUESTS or not published.is_set():
                number = next(numbers)
                reply = await query(app, STATEMENTS, ids=ASKED[number % len(ASKED)])
                assert reply.status == 200, reply.body
                seen[reply.body] += 1
                await asyncio.sleep(0)  # a kept answer keeps nobody waiting

        async def publisher() -> None:
            for number, each in enumerate(editions[1:], 1):
                wanted = number * REQUESTS // EDITIONS
                while seen.total() < wanted:  # noqa: ASYNC110 - it is of what many do
                    await asyncio.sleep(0.01)
                await asyncio.to_thread(store.publish, each)
            published.set()

        async with asyncio.TaskGroup() as group:
            group.create_task(publisher())
            for _ in range(CLIENTS):
                group.create_task(client())
        last = await query(app, STATEMENTS, ids=ASKED[0])
    assert seen.total() >= REQUESTS
    assert seen.keys() <= right
    # Of a Neo4j the last one may be seen a second later than it is published.
    assert len(seen) >= (EDITIONS - 1) * len(ASKED)
    assert last.body in right
