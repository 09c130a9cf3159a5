"""Answers that are kept: what is sent again, what is not, and when 304 is enough."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from workatlas.errors import StoreError
from workatlas.resolvers import AnswerCache
from workatlas.server.app import create_app
from workatlas.server.replies import has_tag
from workatlas.server.settings import Settings
from workatlas.stores import Snapshot

from .server_fakes import GRAPHQL, ONET, QUERY, FakeAnswer, FakeBackend, started


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> FakeBackend:
    """Stand in for the store and the service."""
    return FakeBackend.instead_of_the_real_one(monkeypatch)


@pytest.fixture
async def client(backend: FakeBackend) -> AsyncIterator[httpx.AsyncClient]:
    """Start an application over the stand-in."""
    assert not backend.asked
    async with started(create_app(Settings())) as client:
        yield client


async def test_the_second_time_nothing_is_asked(
    backend: FakeBackend, client: httpx.AsyncClient
) -> None:
    """A repeated query has the same bytes and headers, whatever its spelling."""
    first = await client.post("/graphql", json=QUERY)
    again = await client.post("/graphql", json={**QUERY, "variables": {}})
    by_get = await client.get("/graphql", params=QUERY)
    assert len(backend.asked) == 1
    assert first.content == again.content == by_get.content
    own = {"x-request-id"}
    assert {k: v for k, v in first.headers.items() if k not in own} == {
        k: v for k, v in again.headers.items() if k not in own
    }
    assert first.headers["Vary"] == "Accept"
    assert first.headers["Cache-Control"] == "no-cache"
    assert backend.answers.counts.hits == 2


async def test_what_makes_another_answer(
    backend: FakeBackend, client: httpx.AsyncClient
) -> None:
    """Another media type or graph is asked anew, and has a tag of its own."""
    first = await client.post("/graphql", json=QUERY)
    typed = await client.post("/graphql", json=QUERY, headers={"Accept": GRAPHQL})
    assert typed.headers["ETag"] != first.headers["ETag"]
    backend.graphs = {ONET.id: replace(ONET, build="b9")}
    backend.reply = FakeAnswer({"data": 2}, version=Snapshot(backend.graphs).version)
    newer = await client.post("/graphql", json=QUERY)
    assert newer.json() == {"data": 2}
    assert len(backend.asked) == 3


async def test_not_modified(backend: FakeBackend, client: httpx.AsyncClient) -> None:
    """A GET that has the answer gets 304 without a body; a POST gets the answer."""
    etag = (await client.get("/graphql", params=QUERY)).headers["ETag"]
    for tag in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        headers = {"If-None-Match": tag}
        same = await client.get("/graphql", params=QUERY, headers=headers)
        assert (same.status_code, same.content) == (304, b"")
        assert same.headers["ETag"] == etag
        assert same.headers["Vary"] == "Accept"
    other = {"If-None-Match": '"other"'}
    assert (await client.get("/graphql", params=QUERY, headers=other)).content
    posted = await client.post("/graphql", json=QUERY, headers={"If-None-Match": etag})
    assert posted.status_code == 200
    assert len(backend.asked) == 1
    assert not has_tag("", etag)


async def test_what_may_be_otherwise_next_time_is_not_kept(
    backend: FakeBackend, client: httpx.AsyncClient
) -> None:
    """An answer that a failed store left incomplete is neither kept nor tagged."""
    backend.reply = FakeAnswer({"data": None, "extensions": {}}, is_lasting=False)
    for _ in range(2):
        reply = await client.post("/graphql", json=QUERY)
        assert reply.headers["Cache-Control"] == "no-store"
        assert "ETag" not in reply.headers
    assert len(backend.asked) == 2


async def test_a_store_that_is_away(
    backend: FakeBackend, client: httpx.AsyncClient
) -> None:
    """Nothing that is kept is sent when nobody knows what is published."""
    await client.post("/graphql", json=QUERY)
    backend.graphs = StoreError("gone", todo="wait")
    assert (await client.post("/graphql", json=QUERY)).status_code == 503


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'{"query": 1}',
        b'{"query": "{ a }", "variables": 1}',
        b'{"query": "{ a }", "operationName": 1}',
        b'{"query": "{ a }", "variables": ' + b'{"a":' * 300 + b"1" + b"}" * 301,
    ],
)
async def test_what_cannot_be_read_goes_on_to_its_error(
    client: httpx.AsyncClient, body: bytes
) -> None:
    """A request that is none is refused as it is without kept answers."""
    await client.post("/graphql", json=QUERY)
    headers = {"Content-Type": "application/json"}
    reply = await client.post("/graphql", content=body, headers=headers)
    assert reply.status_code == 400


async def test_nothing_is_kept(backend: FakeBackend, client: httpx.AsyncClient) -> None:
    """Without room every request is asked, and the bytes are the same."""
    backend.answers = AnswerCache(0)
    one, other = [await client.post("/graphql", json=QUERY) for _ in range(2)]
    assert one.content == other.content
    assert len(backend.asked) == 2
