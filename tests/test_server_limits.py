"""Limits over HTTP: what a client is told, and that the service stays up."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from workatlas.errors import LimitError, OverloadError
from workatlas.server.app import create_app
from workatlas.server.settings import Settings

from .server_fakes import GRAPHQL, FakeBackend, started

HEAVY = "{ releases { occupations { tasks { id } } } }"
LIGHT = "{ graph { version } }"


@pytest.fixture
async def client(
    sample_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx.AsyncClient]:
    """Serve the sample, where costly queries must not wait."""
    monkeypatch.chdir(tmp_path)
    settings = Settings(store=str(sample_graph), limit_heavy_waiting=0)
    async with started(create_app(settings)) as client:
        yield client


async def asked(client: httpx.AsyncClient, **body: Any) -> httpx.Response:
    """Post a query in GraphQL's own media type."""
    return await client.post("/graphql", json=body, headers={"Accept": GRAPHQL})


async def test_what_asks_for_too_much_is_a_request_error(
    client: httpx.AsyncClient,
) -> None:
    """Status 400 without data; the limit, its number and what to do are told."""
    reply = await asked(client, query=HEAVY)
    assert reply.status_code == 400
    assert "data" not in reply.json()
    (error,) = reply.json()["errors"]
    told = error["extensions"]
    assert (told["code"], told["limit"], told["most"]) == ("LIMIT", "cost", 10_000)
    assert told["help"] == LimitError.help
    assert told["todo"]


async def test_the_cost_is_told_on_demand(client: httpx.AsyncClient) -> None:
    """Beside the same data; the answer is not kept, and others are not told."""
    plain = await asked(client, query=LIGHT)
    assert "cost" not in plain.json()["extensions"]
    for _ in range(2):
        reply = await asked(client, query=LIGHT, extensions={"cost": True})
        told = reply.json()["extensions"]
        assert told["cost"] == {"of": 2, "most": 10_000, "heavy": 4_000}
        assert reply.headers["Cache-Control"] == "no-store"
        assert plain.json()["data"] == reply.json()["data"]


async def test_too_much_at_once_is_told_when_to_come_again(
    client: httpx.AsyncClient,
) -> None:
    """Status 503 with Retry-After, as an error of the closed set."""
    costly = """{ disagreements(study: "s", between: ["a", "b"]) { __typename } }"""
    reply = await asked(client, query=costly)
    assert reply.status_code == 503
    assert reply.headers["Retry-After"] == "1"
    (error,) = reply.json()["errors"]
    assert error["extensions"]["code"] == OverloadError.code
    assert (await asked(client, query=LIGHT)).status_code == 200


async def test_retry_after_is_as_long_as_the_error_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The seconds are those of whoever had too much to do."""
    monkeypatch.chdir(tmp_path)
    backend = FakeBackend.instead_of_the_real_one(monkeypatch)
    backend.reply = OverloadError("Too much.", seconds=7)
    async with started(create_app(Settings())) as client:
        reply = await asked(client, query=LIGHT)
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "7")


@pytest.mark.parametrize(("levels", "status"), [(5, 200), (40, 400)])
async def test_lists_may_be_nested_a_little(
    client: httpx.AsyncClient, levels: int, status: int
) -> None:
    """What variables hold is bounded in depth, lists as well as objects."""
    value: list[Any] = []
    for _ in range(levels):
        value = [value, {"deeper": value}] if levels < 10 else [value]
    reply = await asked(client, query=LIGHT, variables={"v": value})
    assert reply.status_code == status
