"""Status codes: those that clients know, and those of the draft."""

from collections.abc import AsyncGenerator

import httpx
import pytest

from workatlas.errors import StoreError
from workatlas.resolvers import Service
from workatlas.server.app import create_app
from workatlas.server.replies import media_of
from workatlas.server.settings import Settings
from workatlas.server.statuses import would_write
from workatlas.stores import open_reader

from .server_fakes import GRAPHQL, QUERY, FakeAnswer, FakeBackend, started

JSON = "application/json"


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> FakeBackend:
    """Stand in for the store and the service, with the draft's codes."""
    fake = FakeBackend.instead_of_the_real_one(monkeypatch)
    fake.draft = True
    return fake


@pytest.fixture
async def client(backend: FakeBackend) -> AsyncGenerator[httpx.AsyncClient]:
    """Start an application over the stand-in."""
    assert not backend.asked
    async with started(create_app(Settings())) as client:
        yield client


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        (FakeAnswer({"data": 1}), 200),
        (FakeAnswer({"data": 1, "errors": [{}]}), 294),
        (FakeAnswer({"data": None, "errors": [{}]}), 294),
        (FakeAnswer({"errors": [{}]}, is_request_error=True), 422),
        (
            FakeAnswer({"errors": [{}]}, is_request_error=True, is_syntax_error=True),
            400,
        ),
        (
            FakeAnswer({"data": 1, "errors": [{}], "extensions": {}}, is_lasting=False),
            294,
        ),
        (
            FakeAnswer(
                {"errors": [{}], "extensions": {}},
                is_request_error=True,
                is_lasting=False,
            ),
            422,
        ),
    ],
)
async def test_statuses_of_the_draft(
    client: httpx.AsyncClient, backend: FakeBackend, reply: FakeAnswer, status: int
) -> None:
    """An answer with errors is 294; a request that is wrong is so for all clients."""
    backend.reply = reply
    for _ in range(2):
        typed = await client.post("/graphql", json=QUERY, headers={"Accept": GRAPHQL})
        assert typed.status_code == status
        assert typed.headers["Content-Type"].startswith(GRAPHQL)
        plain = await client.post("/graphql", json=QUERY, headers={"Accept": JSON})
        is_error = status in {400, 422}
        # 294 is ours to understand; who takes plain JSON may not know it.
        assert plain.status_code == (status if is_error else 200)
        media = GRAPHQL if is_error else JSON
        assert plain.headers["Content-Type"].startswith(media)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"qeury": "{ a }"}, 422),
        ({**QUERY, "variables": [7]}, 422),
        ([], 422),
        ({"documentId": f"sha256:{'0' * 64}"}, 404),
    ],
)
async def test_refusals_of_the_draft(
    client: httpx.AsyncClient, asked: object, status: int
) -> None:
    """What is JSON and no request is 422, in GraphQL's own media type."""
    reply = await client.post("/graphql", json=asked, headers={"Accept": JSON})
    assert reply.status_code == status
    assert reply.headers["Content-Type"].startswith(GRAPHQL)
    assert "data" not in reply.json()


async def test_what_is_no_json_stays_400(client: httpx.AsyncClient) -> None:
    """What cannot be read is 400 in the draft too, and elsewhere nothing changes."""
    headers = {"Content-Type": JSON}
    broken = await client.post("/graphql", content=b"{", headers=headers)
    assert broken.status_code == 400
    lost = await client.get("/nowhere")
    assert lost.headers["Content-Type"].startswith(JSON)


async def test_the_store_is_away(
    client: httpx.AsyncClient, backend: FakeBackend
) -> None:
    """A store that is away is 503 for all clients."""
    backend.reply = StoreError("away")
    reply = await client.post("/graphql", json=QUERY)
    assert reply.status_code == 503


async def test_real_answers_say_what_is_wrong(tmp_path: object) -> None:
    """A text that is no document is told from one that is not valid."""
    service = Service(open_reader(str(tmp_path)))
    broken = await service.answer("{")
    invalid = await service.answer("{ none }")
    fine = await service.answer("{ __typename }")
    assert [a.is_syntax_error for a in (broken, invalid, fine)] == [True, False, False]
    assert [a.has_errors for a in (broken, invalid, fine)] == [True, True, False]


@pytest.mark.parametrize(
    ("document", "operation", "writes"),
    [
        ("{ a }", None, False),
        ("{ mutation }", None, False),
        ("mutation { a }", None, True),
        ("subscription { a }", None, True),
        ("mutation A { a } query B { b }", "A", True),
        ("mutation A { a } query B { b }", "B", False),
        ("mutation A { a } query B { b }", "C", False),
        ("mutation {", None, False),
        ("mutation { %s }" % ("a " * 4_000), None, False),
    ],
)
def test_what_a_get_may_not_ask(
    document: str, operation: str | None, *, writes: bool
) -> None:
    """Only the operation that is asked counts; what cannot be read is for others."""
    assert would_write(document, operation) is writes


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", JSON),
        (" , ", JSON),
        (f"{JSON};q=0, */*", GRAPHQL),
        (f"{JSON};q=0, {GRAPHQL};q=0.1", GRAPHQL),
        (f"{GRAPHQL};q=0, */*", JSON),
        ("*/*;q=0", None),
        (f"application/*;q=0, {JSON}", JSON),
        ("text/html, */*;q=0.8", JSON),
        (f"{GRAPHQL};q=0", None),
        (f"{GRAPHQL};q=high", None),
        (f"{GRAPHQL};q=nan", None),
        ("image/png", None),
    ],
)
def test_media_types(accept: str, media: str | None) -> None:
    """The nearest range of Accept counts; what is no weight is none."""
    assert media_of(accept) == media
