"""Documents that are known by their hash: listed, registered, or the only ones."""

import json
from pathlib import Path
from typing import Any

import pytest

from workatlas.errors import UsageError
from workatlas.server.app import create_app
from workatlas.server.documents import Documents, identifier_of, read_documents
from workatlas.server.serving import run_server
from workatlas.server.settings import Settings, load_settings

from .server_fakes import GRAPHQL, QUERY, FakeBackend, error_of, started

TEXT = QUERY["query"]
NAME = identifier_of(TEXT)
HASH = NAME.removeprefix("sha256:")
UNKNOWN = f"sha256:{'0' * 64}"


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> FakeBackend:
    """Stand in for the store and the service."""
    return FakeBackend.instead_of_the_real_one(monkeypatch)


def apollo(digest: str) -> dict[str, Any]:
    """Name a document as clients of Apollo do."""
    return {"persistedQuery": {"version": 1, "sha256Hash": digest}}


async def test_a_document_is_registered_at_its_first_use(backend: FakeBackend) -> None:
    """What was sent with its hash is known by it: in a body, and in an address."""
    async with started(create_app(Settings())) as client:
        before = await client.post("/graphql", json={"documentId": NAME})
        first = await client.post("/graphql", json={"documentId": NAME, **QUERY})
        named = await client.post("/graphql", json={"documentId": NAME})
        by_get = await client.get("/graphql", params={"documentId": NAME})
    told = error_of(before)
    assert told["message"] == "PersistedQueryNotFound"
    assert told["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
    assert "data" not in before.json()
    assert before.headers["Cache-Control"] == "no-store"
    assert first.content == named.content == by_get.content
    assert [asked[0] for asked in backend.asked] == [TEXT]
    assert backend.answers.counts.hits == 2


async def test_clients_of_apollo(backend: FakeBackend) -> None:
    """They name a document in extensions, and send it when it is not known."""
    bare = {"extensions": apollo(HASH)}
    async with started(create_app(Settings())) as client:
        missed = await client.post("/graphql", json=bare)
        typed = await client.post("/graphql", json=bare, headers={"Accept": GRAPHQL})
        sent = await client.post("/graphql", json={**bare, **QUERY})
        hit = await client.post("/graphql", json=bare)
        in_url = {"extensions": json.dumps(apollo(HASH))}
        by_get = await client.get("/graphql", params=in_url)
        both = await client.post("/graphql", json={**bare, "documentId": NAME})
    assert (missed.status_code, typed.status_code) == (200, 404)
    assert sent.content == hit.content == by_get.content == both.content
    assert len(backend.asked) == 1


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"documentId": UNKNOWN, **QUERY}, "not that of the document"),
        ({"extensions": apollo("0" * 64), **QUERY}, "not that of the document"),
        ({"documentId": UNKNOWN, "extensions": apollo(HASH)}, "Two different"),
        ({"documentId": HASH}, "64 lower-case hexadecimal digits"),
        ({"documentId": f"md5:{HASH}"}, "64 lower-case hexadecimal digits"),
        ({"documentId": NAME.upper()}, "64 lower-case hexadecimal digits"),
        ({"documentId": 1}, "64 lower-case hexadecimal digits"),
        ({"extensions": {"persistedQuery": 1}}, "must be an object"),
        ({"extensions": {"persistedQuery": {}}}, "64 lower-case hexadecimal digits"),
        ({"documentId": NAME, "query": 1}, "query must be a text"),
    ],
)
async def test_no_hash_is_believed(
    backend: FakeBackend, asked: dict[str, Any], what: str
) -> None:
    """A hash that is none, or another document's, is refused, and nothing is kept."""
    async with started(create_app(Settings())) as client:
        await client.post("/graphql", json=QUERY)
        reply = await client.post("/graphql", json=asked)
        known = await client.post("/graphql", json={"documentId": UNKNOWN})
    assert reply.status_code == 400
    assert what in error_of(reply)["message"]
    assert error_of(known)["message"] == "PersistedQueryNotFound"
    assert len(backend.asked) == 1


async def test_other_extensions_beside_a_hash(backend: FakeBackend) -> None:
    """A plan may be asked for of a document that is named."""
    backend.may_explain = True
    backend.persisted = Documents({NAME: TEXT})
    asked = {"extensions": {**apollo(HASH), "plan": True}}
    async with started(create_app(Settings())) as client:
        assert (await client.post("/graphql", json=asked)).status_code == 200
    assert backend.explained == [True]


async def test_only_listed_documents(backend: FakeBackend) -> None:
    """In that mode every other document is refused, whoever asks it and however."""
    backend.persisted = Documents({NAME: TEXT}, "only")
    other = "{ __typename }"
    async with started(create_app(Settings())) as client:
        whole = await client.post("/graphql", json=QUERY)
        named = await client.post("/graphql", json={"documentId": NAME})
        refused = [
            await client.post("/graphql", json={"query": other}),
            await client.get("/graphql", params={"query": other}),
            await client.post(
                "/graphql", json={"query": other, "documentId": identifier_of(other)}
            ),
        ]
        later = await client.post("/graphql", json={"documentId": identifier_of(other)})
    assert named.content == whole.content
    assert [reply.status_code for reply in refused] == [403] * 3
    for reply in refused:
        assert "Only documents that this service lists" in error_of(reply)["message"]
    assert error_of(later)["message"] == "PersistedQueryNotFound"
    assert [asked[0] for asked in backend.asked] == [TEXT]


async def test_listed_documents_and_no_others_by_their_hash(
    backend: FakeBackend,
) -> None:
    """In that mode any document may be asked, and none is registered."""
    backend.persisted = Documents({NAME: TEXT}, "listed")
    other = "{ __typename }"
    name = identifier_of(other)
    async with started(create_app(Settings())) as client:
        sent = await client.post("/graphql", json={"query": other, "documentId": name})
        later = await client.post("/graphql", json={"documentId": name})
    assert sent.status_code == 200
    assert error_of(later)["message"] == "PersistedQueryNotFound"


def test_what_is_registered_is_bounded() -> None:
    """The documents that were named last are known; one too large for all never is."""
    documents = Documents(room=600)
    texts = ["{ a }" + " " * 100, "{ b }" + " " * 100, "{ c }" + " " * 1_000]
    names = [identifier_of(text) for text in texts]
    for _ in range(3):
        for name, text in zip(names, texts, strict=True):
            documents.register(name, text)
    assert [documents.text(name) is not None for name in names] == [True, True, False]
    for n in range(10):
        text = f"{{ x{n} }}" + " " * 100
        documents.register(identifier_of(text), text)
    assert documents.text(names[0]) is None


def test_documents_of_a_folder(tmp_path: Path) -> None:
    """Each file of GraphQL is a document, its hash that of the file."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.graphql").write_bytes(b"{ a }\r\n")
    (tmp_path / "deep" / "b.gql").write_text("{ b }")
    (tmp_path / "readme.md").write_text("{ c }")
    found = read_documents(tmp_path)
    assert found == {identifier_of(text): text for text in ("{ a }\r\n", "{ b }")}


def test_documents_of_a_file(tmp_path: Path) -> None:
    """A JSON file has texts by their hash, with the prefix or without."""
    file = tmp_path / "documents.json"
    other = "{ b }"
    file.write_text(json.dumps({HASH: TEXT, identifier_of(other): other}))
    assert read_documents(file) == {NAME: TEXT, identifier_of(other): other}
    assert read_documents(None) == {}


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"00": "{ a }"}', '{"00": 1}', '{"": null}']
)
def test_damaged_documents(tmp_path: Path, content: str) -> None:
    """A file that is none, or a hash of another text, keeps a server from starting."""
    file = tmp_path / "documents.json"
    file.write_text(content)
    with pytest.raises(UsageError) as caught:
        run_server(load_settings(store=str(tmp_path), documents=file, port=0))
    assert caught.value.where == str(file)
    with pytest.raises(UsageError, match="cannot be read"):
        read_documents(tmp_path / "none")


async def test_settings_name_documents(tmp_path: Path) -> None:
    """The application knows what its settings list."""
    (tmp_path / "a.graphql").write_text(TEXT)
    settings = Settings(store=str(tmp_path / "graph"), documents=tmp_path)
    async with started(create_app(settings)) as client:
        reply = await client.post("/graphql", json={"documentId": NAME})
    assert "data" in reply.json()
