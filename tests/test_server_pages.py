"""The places beside the endpoint: the first page, the schema, health."""

import io
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from workatlas.errors import StoreError
from workatlas.server import pages
from workatlas.server.app import create_app
from workatlas.server.settings import Settings

from .server_fakes import (
    FakeBackend,
    error_of,
    json_logs,
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


async def test_unknown_place_is_404(client: httpx.AsyncClient) -> None:
    """A path that is not there is refused in JSON."""
    response = await client.get("/nowhere")
    assert response.status_code == 404
    error_of(response)


async def test_page_escapes_the_host(client: httpx.AsyncClient) -> None:
    """A Host header cannot write into the page."""
    headers = {"Accept": "text/html", "Host": "<script>"}
    page = await client.get("/", headers=headers)
    assert "<script>" not in page.text


async def test_index(client: httpx.AsyncClient) -> None:
    """The first page tells what is here and how to ask, to programs and people."""
    told = (await client.get("/")).json()
    assert "/graphql" in told["places"]
    assert told["example"].startswith("curl http://127.0.0.1/graphql")
    page = await client.get("/", headers={"Accept": "text/html"})
    assert all(place in page.text for place in told["places"])


async def test_schema_is_served(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The schema is served as text."""
    pages.printed.cache_clear()
    monkeypatch.setattr(pages, "sdl", lambda: "type Query")
    response = await client.get("/schema.graphql")
    assert response.text == "type Query"
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-cache"
    known = {"If-None-Match": response.headers["ETag"]}
    again = await client.get("/schema.graphql", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    pages.printed.cache_clear()
    monkeypatch.setattr(pages, "sdl", lambda: "type Query2")
    other = await client.get("/schema.graphql", headers=known)
    pages.printed.cache_clear()
    assert (other.status_code, other.text) == (200, "type Query2")


async def test_healthz_does_not_ask_the_store(
    client: httpx.AsyncClient, backend: FakeBackend
) -> None:
    """The process is up also when the store is away."""
    backend.graphs = StoreError("gone")
    response = await client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "up"})


async def test_readyz(client: httpx.AsyncClient, backend: FakeBackend) -> None:
    """Ready means that a release is published and the store there; else 503."""
    ready = await client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["releases"] == ["onet-1.0"]
    backend.graphs = {}
    empty = await client.get("/readyz")
    assert empty.status_code == 503
    assert empty.json()["reason"] == "No release is loaded."
    backend.graphs = StoreError("The store is away.", todo="Start it.")
    away = await client.get("/readyz")
    assert away.status_code == 503
    assert away.json()["reason"] == "The store is away."
    assert away.json()["todo"] == "Start it."
