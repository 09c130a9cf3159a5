"""`/readyz` over real stores: that they are away is noticed, and that they are back."""

import asyncio
import re
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from workatlas.server import health
from workatlas.server.app import create_app
from workatlas.server.settings import load_settings
from workatlas.stores import open_writer

from .any_store import NOW, Store
from .mini import release
from .server_fakes import QUERY, FakeBackend, started
from .tcp import Relay, serving

NOTICED = 1 + health.ANSWER_SECONDS
"""Seconds: what is known may be one second old, and then the store is waited for."""


EMPTY = "No release is loaded."


async def becomes(client: httpx.AsyncClient, reason: str | None, within: float) -> Any:
    """Wait until it is ready, or not for a reason; no reply takes long meanwhile."""
    until = time.monotonic() + within
    while True:
        begun = time.monotonic()
        reply = await client.get("/readyz")
        assert time.monotonic() - begun < health.ANSWER_SECONDS + 1
        told = reply.json()
        assert reply.status_code == (503 if "reason" in told else 200)
        if re.fullmatch(reason or "", told.get("reason", "")):
            return told
        assert time.monotonic() < until, reply.text
        await asyncio.sleep(0.05)


@asynccontextmanager
async def serving_at(address: str, **given: Any) -> AsyncGenerator[httpx.AsyncClient]:
    """Serve the store at an address."""
    async with started(create_app(load_settings(store=address, **given))) as client:
        yield client


async def test_an_embedded_store_that_goes_and_comes(tmp_path: Path) -> None:
    """A folder that is not there is no graph, and is one again when it is back."""
    folder, elsewhere = tmp_path / "graph", tmp_path / "elsewhere"
    async with serving_at(str(folder)) as client:
        await becomes(client, EMPTY, 0)
        writer = open_writer(str(folder))
        with writer.lock():
            writer.publish([release()], now=NOW)
        assert (await becomes(client, None, 0))["releases"] == [release().id]
        folder.rename(elsewhere)
        await becomes(client, EMPTY, 0)
        elsewhere.rename(folder)
        await becomes(client, None, 0)


async def test_a_neo4j_that_hangs_and_comes_back(neo4j_store: Store) -> None:
    """It is noticed soon, metrics have no graph, and it recovers without a restart."""
    own = {"neo4j_user": neo4j_store.user, "neo4j_password": neo4j_store.password}
    async with (
        serving(b"", silent=True) as silent,
        Relay(neo4j_store.address) as relay,
        serving_at(relay.address, **own) as client,
    ):
        there = relay.to
        await becomes(client, EMPTY, 30)
        relay.to = ("127.0.0.1", silent)
        await relay.cut()
        assert (await becomes(client, "The store has not.*", NOTICED + 2))["todo"]
        told = await client.get("/metrics")
        assert "workatlas_graph{" not in told.text
        relay.to = there
        await relay.cut()
        await becomes(client, EMPTY, 30)
        assert (await client.post("/graphql", json=QUERY)).status_code == 200


async def test_a_store_that_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who probes is not kept waiting, and is told what to look at."""
    monkeypatch.setattr(health, "ANSWER_SECONDS", 0.01)
    backend = FakeBackend.instead_of_the_real_one(monkeypatch)
    async with started(create_app(load_settings())) as client:

        async def hang() -> None:
            await asyncio.Event().wait()

        monkeypatch.setattr(backend, "snapshot", hang)
        reply = await client.get("/readyz")
        told = await client.get("/metrics")
    assert reply.status_code == 503
    assert "0.01 seconds" in reply.json()["reason"]
    assert "workatlas_graph{" not in told.text
