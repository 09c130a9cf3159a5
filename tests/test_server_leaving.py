"""Clients that leave, and clients that ask for the plan."""

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive

from workatlas.server.app import create_app
from workatlas.server.leaving import while_there
from workatlas.server.settings import Settings

from .server_fakes import GRAPHQL, QUERY, FakeAnswer, FakeBackend, started


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> FakeBackend:
    """Stand in for the store and the service."""
    return FakeBackend.instead_of_the_real_one(monkeypatch)


def told(*messages: dict[str, Any]) -> Receive:
    """Be a client that sends some messages, and then is silent."""

    async def each() -> AsyncGenerator[dict[str, Any]]:
        for message in messages:
            yield message
        await asyncio.Event().wait()

    return each().__anext__


def request_of(*messages: dict[str, Any]) -> Request:
    """Make a request whose client sends some messages, and then is silent."""
    return Request({"type": "http"}, receive=told(*messages))


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


async def test_nobody_is_watched_any_more_when_the_server_stops() -> None:
    """A request that is itself cancelled leaves nothing behind that waits."""
    request = request_of({"type": "http.request"})
    before = asyncio.all_tasks()
    waiting = asyncio.create_task(while_there(request, asyncio.Event().wait()))
    await asyncio.sleep(0.1)
    waiting.cancel()
    await asyncio.wait({waiting})
    assert waiting.cancelled()
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before


async def test_a_failure_of_given_up_work_is_nobodys() -> None:
    """Work that fails while it is given up ends all the same."""

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            text = "odd"
            raise ValueError(text)

    gone = request_of({"type": "http.disconnect"})
    with pytest.raises(ClientDisconnect):
        await while_there(gone, work())


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_request_whose_client_leaves_is_given_up(
    backend: FakeBackend, method: str
) -> None:
    """What was asked by POST or GET is not answered to its end; the log says 499."""
    backend.is_endless = True
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope: dict[str, Any] = {
        "type": "http",
        "method": method,
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": urlencode(QUERY).encode(),
        "headers": [(b"content-type", b"application/json")],
    }
    asked = {"type": "http.request", "body": json.dumps(QUERY).encode()}
    app = create_app(Settings())
    async with started(app):
        async with asyncio.timeout(5):
            await app(scope, told(asked, {"type": "http.disconnect"}), send)
        assert (len(backend.asked), backend.given_up) == (1, 1)
    assert sent[0]["status"] == 499


async def test_a_plan_is_shown_when_asked_for_and_allowed(
    backend: FakeBackend,
) -> None:
    """Whoever asks sees the plan of their own answer, where the setting allows it."""
    backend.reply = FakeAnswer({"data": 1, "extensions": {"plan": {"steps": []}}})
    asking = {**QUERY, "extensions": {"plan": True, "other": 1}}
    by_get = {**QUERY, "extensions": '{"plan": true}'}
    async with started(create_app(Settings())) as client:
        assert "ETag" in (await client.post("/graphql", json=asking)).headers
        assert backend.explained == [False]
        backend.may_explain = True
        for reply in (
            await client.post("/graphql", json=asking),
            await client.post("/graphql", json=asking),
            await client.get("/graphql", params=by_get),
        ):
            assert reply.json()["extensions"]["plan"] == {"steps": []}
            assert reply.headers["Cache-Control"] == "no-store"
            assert "ETag" not in reply.headers
    assert backend.explained == [False, True, True, True]


@pytest.mark.parametrize("extensions", [None, {}, {"plan": False}, {"plan": 1}])
async def test_no_plan_is_shown_to_who_does_not_ask(
    backend: FakeBackend, extensions: dict[str, Any] | None
) -> None:
    """Other extensions than ``plan: true`` make no other answer."""
    backend.may_explain = True
    asking = {**QUERY, "extensions": extensions}
    async with started(create_app(Settings())) as client:
        assert "ETag" in (await client.post("/graphql", json=asking)).headers
    assert backend.explained == [False]


async def test_an_answer_with_a_plan_fails_like_any_other(
    backend: FakeBackend,
) -> None:
    """With a plan too a defect has an id, and what cannot be executed is 400."""
    backend.may_explain = True
    asking = {**QUERY, "extensions": {"plan": True}}
    async with started(create_app(Settings())) as client:
        backend.reply = FakeAnswer(
            {"data": None, "extensions": {}}, unexpected=[ValueError()]
        )
        failed = await client.post("/graphql", json=asking)
        assert failed.json()["extensions"]["requestId"]
        backend.reply = FakeAnswer({"errors": []}, is_request_error=True)
        typed = {"Accept": GRAPHQL}
        refused = await client.post("/graphql", json=asking, headers=typed)
        assert refused.status_code == 400
