"""The IDE's page and files, as they are served, with a build and without."""

import gzip
import io
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from workatlas.server import ide
from workatlas.server.app import create_app
from workatlas.server.settings import Settings

from .server_fakes import FakeBackend, error_of, json_logs, started

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
SCRIPT = b"export default 'a script';\n" * 50
QUERY = {"query": "{ graph { version } }"}


@pytest.fixture(autouse=True)
def logs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[io.StringIO]:
    """Catch log lines, where no settings lie about."""
    monkeypatch.chdir(tmp_path)
    with json_logs() as stream:
        yield stream


@pytest.fixture
async def client(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client of an application; whether it has the IDE is for a test to say."""
    FakeBackend.instead_of_the_real_one(monkeypatch)
    async with started(create_app(Settings())) as client:
        yield client


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Put a page and a few files where the build leaves them."""
    files = tmp_path / "ide_files"
    (files / "ide").mkdir(parents=True)
    (files / "index.html").write_text("<!doctype html><title>IDE</title>")
    for name in ("index-1a2b.js", "index-3c4d.css", "licences.md", "odd.exe"):
        (files / "ide" / f"{name}.gz").write_bytes(gzip.compress(SCRIPT))
    monkeypatch.setattr(ide, "FILES", files)
    return files


@pytest.fixture
def unbuilt(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Have no build."""
    monkeypatch.setattr(ide, "FILES", tmp_path / "none")


@pytest.mark.usefixtures("built")
async def test_page_may_load_from_here_alone(client: httpx.AsyncClient) -> None:
    """The page has a policy without inline scripts, eval or other hosts."""
    page = await client.get("/ide")
    assert page.status_code == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.headers["Cache-Control"] == "no-cache"
    rules = dict(
        rule.split(" ", 1)
        for rule in page.headers["Content-Security-Policy"].split("; ")
    )
    assert rules["default-src"] == "'none'"
    for kind in ("script", "worker", "connect"):
        assert rules[f"{kind}-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert not [rule for rule in rules.values() if "http" in rule or "*" in rule]


@pytest.mark.usefixtures("built")
async def test_files_are_kept_for_long(client: httpx.AsyncClient) -> None:
    """A file named by its content has its type, and is never asked for again."""
    for name, media in (("index-1a2b.js", "javascript"), ("index-3c4d.css", "css")):
        file = await client.get(f"/ide/{name}")
        assert file.headers["Content-Type"] == f"text/{media}; charset=utf-8"
        assert file.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert file.headers["Content-Encoding"] == "gzip"
        assert file.headers["Vary"] == "Accept-Encoding"
        assert file.content == SCRIPT
    licences = await client.get("/ide/licences.md")
    assert licences.headers["Cache-Control"] == "no-cache"


@pytest.mark.usefixtures("built")
async def test_files_for_those_who_cannot_unpack(client: httpx.AsyncClient) -> None:
    """A client that takes no gzip gets the same bytes unpacked."""
    file = await client.get("/ide/index-1a2b.js", headers={"Accept-Encoding": ""})
    assert "Content-Encoding" not in file.headers
    assert file.content == SCRIPT


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("name", ["none.js", "odd.exe", "%2e%2e%2findex.html"])
async def test_nothing_else_is_served(client: httpx.AsyncClient, name: str) -> None:
    """What is no file of the IDE is not found, wherever it may lie."""
    found = await client.get(f"/ide/{name}")
    assert found.status_code == 404
    error_of(found)


@pytest.mark.usefixtures("built")
async def test_browsers_are_led_to_it(client: httpx.AsyncClient) -> None:
    """A browser that opens the endpoint goes to the IDE; a query is answered there."""
    opened = await client.get("/graphql", headers=BROWSER)
    assert (opened.status_code, opened.headers["Location"]) == (303, "ide")
    assert opened.headers["Vary"] == "Accept"
    asked = await client.get("/graphql", params=QUERY, headers=BROWSER)
    assert asked.json() == {"data": {"graph": {"version": "v"}}}
    posted = await client.post("/graphql", json=QUERY, headers=BROWSER)
    assert posted.status_code == 200
    first = await client.get("/", headers=BROWSER)
    assert 'href="ide"' in first.text
    assert "/ide" in (await client.get("/")).json()["places"]


@pytest.mark.usefixtures("unbuilt")
async def test_without_it_a_page_says_how_to_get_it(client: httpx.AsyncClient) -> None:
    """Without the IDE a browser is told how to build it and how to ask meanwhile."""
    for path, status in (("/graphql", 200), ("/ide", 404), ("/", 200)):
        page = await client.get(path, headers=BROWSER)
        assert page.status_code == status
        assert "GraphiQL IDE is not part of this build" in page.text
        assert "<code>make ide</code>" in page.text
        assert "curl http://127.0.0.1/graphql" in page.text
        assert "src=" not in page.text
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "/ide" not in (await client.get("/")).json()["places"]


@pytest.mark.usefixtures("unbuilt")
async def test_without_it_programs_get_an_error(client: httpx.AsyncClient) -> None:
    """Without the IDE its places are not found, in JSON."""
    for path in ("/ide", "/ide/index-1a2b.js"):
        missing = await client.get(path)
        assert missing.status_code == 404
        error_of(missing)
