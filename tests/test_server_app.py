"""The application as a whole: log lines, ids, CORS, start and end."""

import gc
import io
import logging
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from starlette.applications import Starlette

from workatlas.server.app import app_from_environment, create_app
from workatlas.server.backend import open_backend
from workatlas.server.logs import configure_logs
from workatlas.server.settings import Settings, load_settings

from .server_fakes import (
    QUERY,
    FakeBackend,
    json_logs,
    lines,
    started,
)

PAGE = "http://127.0.0.1:3000"


@pytest.fixture(autouse=True)
def logs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[io.StringIO]:
    """Catch log lines, where no settings lie about."""
    monkeypatch.chdir(tmp_path)
    with json_logs() as stream:
        yield stream


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> FakeBackend:
    """Stand in for the store and the service."""
    return FakeBackend.instead_of_the_real_one(monkeypatch)


@pytest.fixture
async def client(backend: FakeBackend) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client of an application with CORS closed."""
    assert not backend.closed
    async with started(create_app(Settings())) as client:
        yield client


async def test_one_line_a_request(client: httpx.AsyncClient, logs: io.StringIO) -> None:
    """Each request has one line: method, path as sent, status, ms, id, operation."""
    asked = {**QUERY, "operationName": "Page"}
    await client.post("/graphql", json=asked, headers={"X-Request-Id": "abc-1"})
    await client.get("/no%0Awhere?x=1")
    first, second = lines(logs)
    facts = {k: first[k] for k in ("event", "method", "path", "status", "request_id")}
    assert facts == {
        "event": "request",
        "method": "POST",
        "path": "/graphql",
        "status": 200,
        "request_id": "abc-1",
    }
    assert first["operation"] == "Page"
    assert first["ms"] >= 0
    assert first["level"] == "info"
    assert (second["path"], second["status"]) == ("/no%0Awhere", 404)


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, 'a"b', "é"])
async def test_odd_request_ids_are_replaced(
    client: httpx.AsyncClient, given: str
) -> None:
    """An incoming id that is not sane is not taken over."""
    headers = [(b"X-Request-Id", given.encode())]
    response = await client.get("/healthz", headers=headers)
    assert len(response.headers["X-Request-Id"]) == 32


def test_console_lines_are_for_people(logs: io.StringIO) -> None:
    """The console format has the same facts in one line of plain text."""
    stream = io.StringIO()
    configure_logs(Settings(log_format="console"), stream)
    structlog.stdlib.get_logger("workatlas").info("hello", path="/x")
    logging.getLogger("other").warning("from %s", "elsewhere")
    logging.getLogger("uvicorn.error").info("not worth a line")
    own, foreign = stream.getvalue().splitlines()
    assert "hello" in own
    assert "path=/x" in own
    assert "from elsewhere" in foreign
    assert logs.getvalue() == ""


async def test_cors_is_closed_by_default(client: httpx.AsyncClient) -> None:
    """Without the setting no other site's page may read an answer."""
    response = await client.get("/healthz", headers={"Origin": PAGE})
    assert "Access-Control-Allow-Origin" not in response.headers


async def test_cors_by_setting(backend: FakeBackend) -> None:
    """A listed origin may ask and read, errors too; another one may not."""
    preflight = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    async with started(create_app(Settings(cors_origins=(PAGE,)))) as client:
        asked = await client.options("/graphql", headers={"Origin": PAGE, **preflight})
        backend.reply = ValueError("defect")
        failed = await client.post("/graphql", json=QUERY, headers={"Origin": PAGE})
        other = await client.get("/healthz", headers={"Origin": "http://127.0.0.1:9"})
    assert asked.status_code == 200
    assert asked.headers["Access-Control-Allow-Origin"] == PAGE
    assert {"Accept", "Origin"} <= set(failed.headers["Vary"].split(", "))
    assert failed.status_code == 500
    assert failed.headers["Access-Control-Allow-Origin"] == PAGE
    assert "ETag" in failed.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Origin" not in other.headers


async def test_store_is_closed_at_the_end(backend: FakeBackend) -> None:
    """The store is opened when the application starts and closed when it ends."""
    async with started(create_app(Settings())):
        assert not backend.closed
    assert backend.closed


async def test_client_that_goes_away(backend: FakeBackend, logs: io.StringIO) -> None:
    """A client that leaves in the middle of its body is logged, and is no defect."""
    sent: list[Mapping[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope: dict[str, Any] = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
    }
    app = create_app(Settings())
    async with started(app):
        await app(scope, receive, send)
    assert sent[0]["status"] == 499
    assert backend.asked == []
    assert [line["status"] for line in lines(logs)] == [499]


async def test_sockets_are_not_served() -> None:
    """A WebSocket is refused: there are no subscriptions."""
    sent: list[str] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message["type"])

    scope: dict[str, Any] = {
        "type": "websocket",
        "path": "/graphql",
        "headers": [],
        "query_string": b"",
    }
    await create_app(Settings())(scope, receive, send)
    assert sent == ["websocket.close"]


def test_app_from_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A server's process makes its application from the environment alone."""
    monkeypatch.setenv("WORKATLAS_STORE", str(tmp_path))
    monkeypatch.setenv("WORKATLAS_LOG_LEVEL", "warning")
    thresholds = gc.get_threshold()
    try:
        assert isinstance(app_from_environment(), Starlette)
        # What lives as long as the process is not looked through for garbage.
        assert gc.get_freeze_count() > len(sys.modules)
        assert gc.get_threshold() > thresholds
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)
    assert logging.getLogger().level == logging.WARNING


def test_backend_opens_the_store_of_the_settings(tmp_path: Path) -> None:
    """The service reads the store that the settings name."""
    backend = open_backend(load_settings(store=str(tmp_path)))
    assert backend.reader.address == str(tmp_path)
