"""GraphQL over HTTP: what is read, what is refused, and how it is answered."""

import io
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from workatlas.errors import NotFoundError, SourceError, StoreError
from workatlas.server.app import create_app
from workatlas.server.settings import Settings

from .server_fakes import (
    GRAPHQL,
    QUERY,
    FakeAnswer,
    FakeBackend,
    error_of,
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


async def test_post_is_answered(
    client: httpx.AsyncClient, backend: FakeBackend
) -> None:
    """A POST passes document, variables and operation on and gives the answer back."""
    asked = {**QUERY, "variables": {"a": 1}, "operationName": "Page"}
    response = await client.post("/graphql", json=asked)
    assert response.status_code == 200
    assert response.json() == {"data": {"graph": {"version": "v"}}}
    assert backend.asked == [(QUERY["query"], {"a": 1}, "Page")]


async def test_get_is_answered(client: httpx.AsyncClient, backend: FakeBackend) -> None:
    """A GET carries the same three in its address."""
    asked = {**QUERY, "variables": '{"a": 1}', "operationName": "Page"}
    response = await client.get("/graphql", params=asked)
    assert response.status_code == 200
    bare = await client.get("/graphql", params=QUERY)
    assert bare.status_code == 200
    assert backend.asked == [
        (QUERY["query"], {"a": 1}, "Page"),
        (QUERY["query"], None, None),
    ]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/json", "application/json"),
        (GRAPHQL, GRAPHQL),
        (f"application/json, {GRAPHQL}", GRAPHQL),
        (f"{GRAPHQL};charset=utf-8, application/json;q=0.9", GRAPHQL),
        (f"{GRAPHQL};q=0.5, application/json", "application/json"),
    ],
)
async def test_media_type_follows_accept(
    client: httpx.AsyncClient, accept: str | None, media: str
) -> None:
    """The answer's media type is the one with the greatest weight in Accept."""
    headers = {} if accept is None else {"Accept": accept}
    client.headers.pop("Accept")
    response = await client.post("/graphql", json=QUERY, headers=headers)
    assert response.headers["Content-Type"] == f"{media}; charset=utf-8"
    assert response.headers["Vary"] == "Accept"


async def test_nothing_that_is_acceptable(
    client: httpx.AsyncClient, backend: FakeBackend
) -> None:
    """A client that takes no JSON is refused, in JSON: an error that can be read."""
    for asked in (
        client.post("/graphql", json=QUERY, headers={"Accept": "image/png"}),
        client.get("/graphql", params=QUERY, headers={"Accept": "image/png"}),
    ):
        reply = await asked
        assert reply.status_code == 406
        error_of(reply)
    assert backend.asked == []


async def test_a_write_by_get(client: httpx.AsyncClient, backend: FakeBackend) -> None:
    """A GET asks queries only, of what a service might otherwise do too."""
    reply = await client.get("/graphql", params={"query": "mutation { a }"})
    assert (reply.status_code, reply.headers["Allow"]) == (405, "POST")
    assert backend.asked == []


async def test_status_of_a_request_error(
    client: httpx.AsyncClient, backend: FakeBackend
) -> None:
    """A document that cannot be executed is 400 in GraphQL's type, else 200."""
    backend.reply = FakeAnswer({"errors": [{"message": "no"}]}, is_request_error=True)
    plain = await client.post("/graphql", json=QUERY)
    typed = await client.post("/graphql", json=QUERY, headers={"Accept": GRAPHQL})
    assert (plain.status_code, typed.status_code) == (200, 400)
    assert plain.json() == typed.json()


async def test_answer_with_errors_is_200(
    client: httpx.AsyncClient, backend: FakeBackend
) -> None:
    """An answer with an error at a path has status 200 in both types."""
    backend.reply = FakeAnswer({"data": None, "errors": [{"message": "no"}]})
    response = await client.post("/graphql", json=QUERY, headers={"Accept": GRAPHQL})
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "cannot be read as JSON"),
        (b"{", "cannot be read as JSON"),
        (b'"\xff"', "cannot be read as JSON"),
        (b"[]", "no JSON object"),
        (b"{}", "query must be a text"),
        (b'{"query": 1}', "query must be a text"),
        (b'{"query": "{a}", "variables": []}', "variables must be an object"),
        (b'{"query": "{a}", "operationName": 1}', "operationName must be a text"),
        (b'{"query": "{a}", "extensions": []}', "extensions must be an object"),
    ],
)
async def test_bad_body_is_400(
    client: httpx.AsyncClient, backend: FakeBackend, body: bytes, what: str
) -> None:
    """A body that is no GraphQL request is refused in JSON, with what to do."""
    headers = {"Content-Type": "application/json"}
    response = await client.post("/graphql", content=body, headers=headers)
    assert response.status_code == 400
    error = error_of(response)
    assert what in error["message"]
    assert error["extensions"]["todo"]
    assert backend.asked == []


@pytest.mark.parametrize("name", ["variables", "extensions"])
async def test_bad_objects_in_address_are_400(
    client: httpx.AsyncClient, name: str
) -> None:
    """What is to be an object in the address and is none is refused by name."""
    for text in ("{", "[]"):
        response = await client.get("/graphql", params={**QUERY, name: text})
        assert response.status_code == 400
        assert name in error_of(response)["message"]


@pytest.mark.parametrize(
    "kind",
    [None, "", "text/plain", "application/graphql", "application/json; charset=latin1"],
)
async def test_other_content_is_415(
    client: httpx.AsyncClient, kind: str | None
) -> None:
    """A body that is not declared as JSON in UTF-8 is refused with 415."""
    headers = {} if kind is None else {"Content-Type": kind}
    response = await client.post("/graphql", content=b"{}", headers=headers)
    assert response.status_code == 415
    error_of(response)


async def test_declared_utf8_is_read(client: httpx.AsyncClient) -> None:
    """A charset that says UTF-8 is fine in any case of letters."""
    response = await client.post(
        "/graphql",
        content=json.dumps(QUERY).encode(),
        headers={"Content-Type": 'Application/JSON; charset="UTF-8"'},
    )
    assert response.status_code == 200


async def test_large_body_is_413(
    client: httpx.AsyncClient, backend: FakeBackend
) -> None:
    """A body over 100 kB is refused, declared or streamed; one of 100 kB is read."""
    headers = {"Content-Type": "application/json"}
    start, end = b'{"query": "', b'"}'
    full = start + b"x" * (100_000 - len(start) - len(end)) + end

    async def streamed() -> AsyncIterator[bytes]:
        for _ in range(11):
            yield b" " * 10_000

    fits = await client.post("/graphql", content=full, headers=headers)
    large = await client.post("/graphql", content=full + b" ", headers=headers)
    flood = await client.post("/graphql", content=streamed(), headers=headers)
    assert [r.status_code for r in (fits, large, flood)] == [200, 413, 413]
    error_of(large)
    assert len(backend.asked) == 1


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_other_methods_are_405(client: httpx.AsyncClient, method: str) -> None:
    """Other methods are refused in JSON, and Allow says which there are."""
    response = await client.request(method, "/graphql")
    assert response.status_code == 405
    assert {"GET", "POST"} <= set(response.headers["Allow"].split(", "))
    error_of(response)


async def test_get_without_query(client: httpx.AsyncClient) -> None:
    """Without a query a program is told how to ask; a browser is led to the IDE."""
    program = await client.get("/graphql")
    assert program.status_code == 400
    assert "no query" in error_of(program)["message"]


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (StoreError("away"), 503, "STORE"),
        (NotFoundError("no such release"), 404, "NOT_FOUND"),
        (SourceError("odd"), 500, "SOURCE"),
    ],
)
async def test_known_errors(
    client: httpx.AsyncClient,
    backend: FakeBackend,
    error: Exception,
    status: int,
    code: str,
) -> None:
    """An error of the closed set keeps its words, and has a status of its kind."""
    backend.reply = error
    response = await client.post("/graphql", json=QUERY)
    assert response.status_code == status
    told = error_of(response)
    assert told["extensions"]["code"] == code
    assert told["message"] == str(error)


async def test_defects_are_masked(
    client: httpx.AsyncClient, backend: FakeBackend, logs: io.StringIO
) -> None:
    """A defect gives a 500 without its words; its id finds the cause in the log."""
    backend.reply = ValueError("a secret detail")
    response = await client.post("/graphql", json=QUERY)
    assert response.status_code == 500
    assert "secret" not in response.text
    request_id = error_of(response)["extensions"]["requestId"]
    assert response.headers["X-Request-Id"] == request_id
    mine = [line for line in lines(logs) if line["request_id"] == request_id]
    assert [line["event"] for line in mine] == ["unexpected", "request"]
    assert mine[0]["exception"][0]["exc_value"] == "a secret detail"
    assert mine[1]["status"] == 500


async def test_defects_within_an_answer_are_logged(
    client: httpx.AsyncClient, backend: FakeBackend, logs: io.StringIO
) -> None:
    """A defect at one field leaves the rest of the answer, and an id for the log."""
    body: dict[str, Any] = {"data": {"a": None}, "errors": [{}], "extensions": {}}
    defect = ValueError("a secret detail")
    backend.reply = FakeAnswer(body, unexpected=[defect], is_lasting=False)
    response = await client.post("/graphql", json=QUERY)
    assert response.status_code == 200
    assert "secret" not in response.text
    request_id = response.json()["extensions"]["requestId"]
    mine = [line for line in lines(logs) if line["request_id"] == request_id]
    assert mine[0]["exception"][0]["exc_value"] == "a secret detail"
