"""How pages for readers are replied: status, headers, tags, errors, hostile texts."""

import html
import json
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pytest

from workatlas.server import ide
from workatlas.server.app import create_app
from workatlas.server.settings import Settings
from workatlas.server.site import pages, static
from workatlas.server.site.query import NAMES

from .mini import release
from .server_fakes import started
from .site_client import (
    HOSTILE,
    PAGES,
    client,
    hostile,
    kind,
    linked,
    page_of,
    publish,
    store,
    unbuilt,
    visitor_of,
)

__all__ = ["client", "store", "unbuilt"]

pytestmark = pytest.mark.usefixtures("unbuilt")


@pytest.fixture
def built(unbuilt: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Have a build of the IDE, with the script of the pages."""
    assert unbuilt is None
    files = tmp_path / "ide_files"
    files.mkdir()
    (files / "index.html").write_text("<!doctype html><title>IDE</title>")
    manifest = {"src/pages/main.ts": {"file": "ide/main-1a2b.js"}}
    (files / "manifest.json").write_text(json.dumps(manifest))
    monkeypatch.setattr(ide, "FILES", files)


@pytest.mark.parametrize("address", PAGES)
async def test_headers_are_strict(client: httpx.AsyncClient, address: str) -> None:
    """No inline script or style, no other host, no frame, no guessing of types."""
    headers = (await client.get(address)).headers
    rules = dict(
        r.split(" ", 1) for r in headers["Content-Security-Policy"].split("; ")
    )
    assert rules.pop("default-src") == "'none'"
    assert set(rules.values()) == {"'self'", "'none'"}
    assert rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
@pytest.mark.parametrize("address", PAGES)
async def test_a_page_is_sent_once(
    client: httpx.AsyncClient, address: str, encoding: str
) -> None:
    """A browser that has the page gets 304; HEAD gets its headers alone."""
    client.headers["Accept-Encoding"] = encoding
    first = await client.get(address)
    known = {"If-None-Match": first.headers["ETag"]}
    again = await client.get(address, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary", "Content-Security-Policy"):
        assert again.headers[name] == first.headers[name]
    other = await client.get(address, headers={"If-None-Match": '"other"'})
    assert (other.status_code, other.content) == (200, first.content)
    head = await client.head(address)
    assert head.status_code == 200
    for name in ("ETag", "Content-Length", "Vary"):
        assert head.headers[name] == first.headers[name]


@pytest.mark.parametrize("address", PAGES)
async def test_a_page_is_sent_compressed(
    client: httpx.AsyncClient, address: str
) -> None:
    """Who takes gzip gets the same page in fewer bytes, under a tag that is weak."""
    packed = await client.get(address, headers={"Accept-Encoding": "br, gzip"})
    plain = await client.get(address, headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(packed.headers["Content-Length"]) < len(plain.content) * 0.7
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert packed.headers["ETag"].startswith('W/"')
    for reply in (packed, plain):
        assert reply.headers["Vary"] == "Accept-Encoding"


async def test_another_graph_has_another_tag(
    client: httpx.AsyncClient, tmp_path: Path
) -> None:
    """What was kept of one graph is not sent for another."""
    first = await client.get("/task/1")
    async with visitor_of(publish(tmp_path / "graph", release())) as other:
        second = await other.get("/task/1")
    assert first.headers["ETag"] != second.headers["ETag"]


def made_anew(*_: object) -> bytes:
    """Stand in for the page."""
    return b"made anew"


async def test_a_page_is_made_once(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page is kept as long as graph, address and day are the same."""
    first = await client.get("/task/1")
    monkeypatch.setattr(pages, "rendered", made_anew)
    assert (await client.get("/task/1")).content == first.content
    assert (await client.get("/task/1?release=onet-1.0")).content == b"made anew"
    monkeypatch.setattr(pages, "today", lambda: "2031-02-03")
    assert (await client.get("/task/1")).content == b"made anew"


@pytest.mark.parametrize("first", PAGES)
async def test_spellings_of_an_address_are_one_page(store: Path, first: str) -> None:
    """Neither names that mean nothing nor the host make another page to be kept."""
    app = create_app(Settings(store=str(store), public_url="https://atlas.example.org"))
    more = "&" if "?" in first else "?"
    async with started(app) as client:
        page = await client.get(first)
        answers = app.state.backend.answers
        size = answers.size
        assert size > 0
        for address, host in (
            (f"{first}{more}utm=1", "a.example"),
            (f"{first}{more}release=", "b.example"),
            (first.replace("task/1", "task/001").replace("-", "%2D"), "c.example"),
        ):
            reply = await client.get(address, headers={"Host": host})
            assert reply.content == page.content
        assert (answers.size, answers.counts.hits) == (size, 3)
        chosen = await client.get(f"{first}{more}release=latest")
        assert chosen.content != page.content
        assert answers.size > size


async def test_a_search_has_an_end(client: httpx.AsyncClient) -> None:
    """What is longer than any search is refused, and not written into a page."""
    longest = "a" * pages.LONGEST_SEARCH
    assert (await client.get("/search", params={"q": longest})).status_code == 200
    reply = await client.get("/search", params={"q": longest + "a"})
    assert reply.status_code == 400
    assert "10,000 characters, not 10,001" in reply.text
    assert longest not in reply.text


@pytest.mark.parametrize("address", PAGES)
async def test_only_reading(client: httpx.AsyncClient, address: str) -> None:
    """Nothing is posted to a page."""
    posted = await client.post(address)
    assert posted.status_code == 405
    assert "GET" in posted.headers["Allow"]


async def test_hostile_texts_are_shown(tmp_path: Path) -> None:
    """What is in a text is shown as it is, and never becomes part of the page."""
    async with visitor_of(publish(tmp_path / "graph", hostile())) as client:
        for address in PAGES:
            page = await page_of(client, address)
            assert not [s for s in page.all("script") if "type" not in s.attributes]
            assert "49" not in page.one("main").seen.split()
        task = await page_of(client, "/task/1")
        assert task.one("h1").text == " ".join(HOSTILE.split())
        (term,) = kind(linked(task), "DefinedTerm")
        assert term["name"] == HOSTILE
        asked = await page_of(client, "/search", 200)
        assert asked.one("h1")
        typed = (await client.get("/search", params={"q": HOSTILE})).text
        assert "<script>alert" not in typed
        assert "&lt;script&gt;alert" in typed


async def test_a_host_cannot_write_into_a_page(client: httpx.AsyncClient) -> None:
    """The address that is cited is the client's word for it; what is none is not."""
    for host in ("<script>", 'a"b'):
        reply = await client.get("/task/1", headers={"Host": host})
        assert host not in reply.text
        assert html.escape(host) not in reply.text
    cited = await client.get("/task/1", headers={"Host": "elsewhere.example"})
    assert "http://elsewhere.example/task/1?release=onet-1.0" in cited.text


@pytest.mark.parametrize(
    "typed", ["", " ", '"(', "🙂" * 9, "a" * 5000, "\u0000", "title:*"]
)
async def test_anything_can_be_searched(client: httpx.AsyncClient, typed: str) -> None:
    """Whatever is typed, the page answers."""
    reply = await client.get("/search", params={"q": typed})
    assert reply.status_code == 200


async def test_files_of_the_pages(client: httpx.AsyncClient) -> None:
    """Style sheet and icon need no build, and are kept for good by their content."""
    page = await page_of(client, "/task/1")
    for link in page.all("link"):
        found = await client.get(f"/task/{link['href']}")
        assert found.status_code == 200
        assert "immutable" in found.headers["Cache-Control"]
        assert found.headers["X-Content-Type-Options"] == "nosniff"
        is_packed = found.headers.get("Content-Encoding") == "gzip"
        assert is_packed == (len(found.content) > 500)
    name = static.address("style.css")
    for wrong in (name.replace("style", "none"), "site/0123456789abcdef/style.css"):
        assert (await client.get(f"/{wrong}")).status_code == 404


async def test_the_style_sheet_has_all_its_parts(client: httpx.AsyncClient) -> None:
    """Each file of the folder is sent once, the rules for paper after all others."""
    style = await client.get(f"/{static.address('style.css')}")
    parts = [each for some in static.FILES.values() for each in some]
    assert sorted(parts) == sorted(path.name for path in static.FOLDER.iterdir())
    for part in static.FILES["style.css"]:
        assert (static.FOLDER / part).read_text("utf-8") in style.text
    assert style.text.rindex("@media print") > style.text.rindex("@media (width")


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("address", PAGES)
async def test_with_a_build(client: httpx.AsyncClient, address: str) -> None:
    """Where the script is built a page loads it, and its query opens in GraphiQL."""
    page = await page_of(client, address)
    here = httpx.URL(f"http://127.0.0.1{address}")
    (script,) = [s for s in page.all("script") if "src" in s.attributes]
    assert script["type"] == "module"
    assert here.join(script["src"]).path == "/ide/main-1a2b.js"
    link = here.join(page.one("footer").one("a")["href"])
    assert link.path == "/ide"
    shared = parse_qs(link.fragment)
    asked = {"query": shared["query"][0], "variables": json.loads(*shared["variables"])}
    answer = await client.post("/graphql", json=asked)
    assert "errors" not in answer.json()
    names = {"task", "occupation", "workActivity", "search"}
    assert names & set(answer.json()["data"])


@pytest.mark.usefixtures("built")
async def test_an_error_has_no_query(client: httpx.AsyncClient) -> None:
    """A page that was not answered offers no query to open."""
    page = await page_of(client, "/task/99", 404)
    assert page.one("footer").all("a") == []


@pytest.mark.parametrize("base", ["https://atlas.example.org/work", "http://a.org/"])
async def test_citations_name_the_public_address(store: Path, base: str) -> None:
    """Whatever host a request names, readers are sent where the service is known."""
    app = create_app(Settings(store=str(store), public_url=base))
    async with started(app) as client:
        page = await page_of(client, "/task/1")
        other = await client.get("/task/1", headers={"Host": "elsewhere.example"})
    cited = f"{base.rstrip('/')}/task/1?release="
    assert all(cited in block.text for block in page.all("pre"))
    assert cited in other.text
    assert "elsewhere" not in other.text


@pytest.mark.parametrize(
    "wrong", ["atlas.example.org", "https://a.org/?x=1", "ftp://a"]
)
def test_a_public_address_is_one_of_the_web(wrong: str) -> None:
    """Anything else is refused when the settings are read."""
    with pytest.raises(ValueError, match="public_url"):
        Settings(public_url=wrong)


def test_today_is_a_day() -> None:
    """The day of a citation is written as ISO 8601 has it."""
    assert len(pages.today()) == len("2026-06-07")


def test_every_page_has_its_query() -> None:
    """Each query has a file, and no file is without its page."""
    folder = Path(pages.__file__).parent / "queries"
    assert {path.stem for path in folder.iterdir()} == {*NAMES, "fragments"}
