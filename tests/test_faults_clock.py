"""A clock that jumps: nothing old is answered, and nothing is let go too early."""

import asyncio
import os
import time
from pathlib import Path

import pytest

from workatlas.stores.embedded_manifest import MANIFEST

from .any_store import EMBEDDED, Store
from .faulty import query, started
from .neo4j_server.fixtures import PLACES
from .reworded import ASKED, STATEMENTS, edition

HOURS = 5 * 3600.0


@pytest.mark.parametrize("jump", [-HOURS, HOURS], ids=["back", "on"])
@pytest.mark.parametrize("store", [EMBEDDED, PLACES[0]], indirect=True)
async def test_the_clock_jumps_between_two_graphs(
    store: Store, monkeypatch: pytest.MonkeyPatch, jump: float
) -> None:
    """The next graph is answered from soon, kept answers and all; cursors stay good."""
    pages = """query($after: String) { graph { version } taskConnection(first: 1,
      after: $after) { nodes { statement } pageInfo { endCursor } } }"""
    await asyncio.to_thread(store.publish, edition(0))
    settings = {"store": store.address, "neo4j_password": store.password}
    async with started(**settings, answer_cache_bytes=2**20) as app:
        before = await query(app, STATEMENTS, ids=ASKED[0])
        first = (await query(app, pages)).json()["data"]["taskConnection"]
        real = time.time
        monkeypatch.setattr(time, "time", lambda: real() + jump)
        assert (await query(app, STATEMENTS, ids=ASKED[0])).body == before.body
        await asyncio.to_thread(store.publish, edition(1))
        if store.user is None:
            path = Path(store.address, MANIFEST)
            os.utime(path, (real() + jump, real() + jump))
        async with asyncio.timeout(5):
            again = before
            while again.body == before.body:
                await asyncio.sleep(0.1)
                again = await query(app, STATEMENTS, ids=ASKED[0])
        after = first["pageInfo"]["endCursor"]
        page = (await query(app, pages, after=after)).json()["data"]["taskConnection"]
        assert page["nodes"][0]["statement"].endswith(" (1)")
        assert page["nodes"] != first["nodes"]
