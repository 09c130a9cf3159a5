"""What every reply has, and what becomes of a defect that nothing inside has caught."""

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from workatlas.server import front, logs
from workatlas.server.app import create_app
from workatlas.server.outermost import Outermost
from workatlas.server.settings import Settings

from .server_fakes import QUERY, FakeBackend, error_of, json_logs, lines, started

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
HSTS = "Strict-Transport-Security"


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> FakeBackend:
    """Stand in for the store and the service."""
    return FakeBackend.instead_of_the_real_one(monkeypatch)


@pytest.mark.parametrize(
    "path", ["/", "/graphql", "/schema.graphql", "/healthz", "/none", "/search"]
)
async def test_every_reply_has_them_once(backend: FakeBackend, path: str) -> None:
    """Answers, pages and errors have each header once, and one policy for content."""
    assert not backend.asked
    async with started(create_app(Settings())) as client:
        for headers in ({}, {"Accept": "text/html"}):
            reply = await client.get(path, headers=headers)
            for name, value in HEADERS.items():
                assert reply.headers.get_list(name) == [value], name
            (policy,) = reply.headers.get_list("Content-Security-Policy")
            assert "frame-ancestors 'none'" in policy
            assert HSTS not in reply.headers
            assert "Server" not in reply.headers


async def test_browsers_stay_with_https(backend: FakeBackend) -> None:
    """Where readers come by HTTPS, they are told to stay with it; kept answers too."""
    assert not backend.asked
    for url, told in (("https://a.example", True), ("http://a.example", False)):
        async with started(create_app(Settings(public_url=url))) as client:
            for _ in range(2):
                reply = await client.post("/graphql", json=QUERY)
                assert (HSTS in reply.headers) is told


@pytest.mark.parametrize("place", [(front, "_document"), (logs, "id_of")])
async def test_a_defect_around_the_handlers_is_masked(
    backend: FakeBackend, monkeypatch: pytest.MonkeyPatch, place: tuple[Any, str]
) -> None:
    """Whatever fails outside of where errors are handled has an id and no words."""

    def broken(*_: object) -> str:
        text = "a secret detail"
        raise ValueError(text)

    with json_logs() as stream:
        async with started(create_app(Settings())) as client:
            await client.post("/graphql", json=QUERY)
            monkeypatch.setattr(*place, broken)
            reply = await client.post("/graphql", json=QUERY)
    assert len(backend.asked) == 1
    assert reply.status_code == 500
    assert "secret" not in reply.text
    told = error_of(reply)["extensions"]
    assert told["code"] == "INTERNAL"
    assert reply.headers["X-Request-Id"] == told["requestId"]
    (line,) = [line for line in lines(stream) if line["event"] == "unexpected"]
    assert line["request_id"] == told["requestId"]
    assert "a secret detail" in str(line)
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


async def test_half_a_reply_is_not_made_whole() -> None:
    """What fails in the middle of a reply fails: the connection has to end."""
    sent: list[str] = []

    async def send(message: Message) -> None:
        sent.append(message["type"])

    async def failing(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        text = "odd"
        raise ValueError(text)

    async def cancelled(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await failing(scope, receive, send)
        except ValueError as error:
            raise asyncio.CancelledError from error

    async def receive() -> Message:
        return {"type": "http.request"}

    with json_logs() as stream, pytest.raises(ValueError, match="odd"):
        await Outermost(failing)({"type": "http"}, receive, send)
    assert len(lines(stream)) == 1
    with pytest.raises(asyncio.CancelledError):
        await Outermost(cancelled)({"type": "http"}, receive, send)
    assert sent == ["http.response.start"] * 2


async def test_logs_have_no_values_of_variables(backend: FakeBackend) -> None:
    """A defect is logged with its place, not with what was in the variables there."""
    backend.reply = ValueError("odd")
    with json_logs() as stream:
        async with started(create_app(Settings())) as client:
            await client.post("/graphql", json={**QUERY, "variables": {"a": "hidden"}})
    assert "odd" in stream.getvalue()
    assert "hidden" not in stream.getvalue()
