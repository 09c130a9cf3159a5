"""Clients that leave, and clients that ask for the plan."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.requests import ClientDisconnect, Request

from workatlas.server.app import create_app
from workatlas.server.leaving import while_there
from workatlas.server.settings import Settings

from .server_fakes import QUERY, FakeAnswer, FakeBackend, started


def request_of(*messages: dict[str, Any]) -> Request:
    """Make a request whose client sends some messages, and then is silent."""

    async def told() -> AsyncIterator[dict[str, Any]]:
        for message in messages:
            yield message
        await asyncio.Event().wait()

    return Request({"type": "http"}, receive=told().__anext__)


@pytest.mark.parametrize("seconds", [0.0, 0.1])
async def test_work_is_carried_to_its_end_for_who_stays(seconds: float) -> None:
    """Quick or slow, who waits gets what the work gives."""

    async def work() -> str:
        await asyncio.sleep(seconds)
        return "done"

    assert await while_there(request_of({"type": "http.request"}), work()) == "done"


async def test_work_is_given_up_when_the_client_leaves() -> None:
    """Nothing goes on for a client that has gone."""
    ended = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    gone = request_of({"type": "http.request"}, {"type": "http.disconnect"})
    with pytest.raises(ClientDisconnect):
        await while_there(gone, work())
    async with asyncio.timeout(5):
        await ended.wait()


async def test_failures_are_those_of_the_work() -> None:
    """What the work raises is raised."""

    async def work() -> None:
        text = "odd"
        raise ValueError(text)

    with pytest.raises(ValueError, match="odd"):
        await while_there(request_of(), work())


async def test_a_plan_is_shown_when_asked_for_and_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever asks sees the plan of their own answer, where the setting allows it."""
    backend = FakeBackend.instead_of_the_real_one(monkeypatch)
    backend.reply = FakeAnswer({"data": 1, "extensions": {"plan": {"steps": []}}})
    asking = {**QUERY, "extensions": {"plan": True}}
    async with started(create_app(Settings())) as client:
        assert "ETag" in (await client.post("/graphql", json=asking)).headers
        assert backend.explained == [False]
        backend.may_explain = True
        for _ in range(2):
            reply = await client.post("/graphql", json=asking)
            assert reply.json()["extensions"]["plan"] == {"steps": []}
            assert reply.headers["Cache-Control"] == "no-store"
    assert backend.explained == [False, True, True]
