"""How pages say that something is not there, cannot be asked, or went wrong."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from workatlas.errors import BusyError, StoreError
from workatlas.server.app import create_app
from workatlas.server.settings import Settings
from workatlas.server.site import pages

from .html_tree import Element, parsed
from .server_fakes import FakeAnswer, FakeBackend, error_of, json_logs, lines, started
from .site_client import client, page_of, publish, store, unbuilt, visitor_of

__all__ = ["client", "store", "unbuilt"]

pytestmark = pytest.mark.usefixtures("unbuilt")

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
async def faked(
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[tuple[httpx.AsyncClient, FakeBackend]]:
    """Give a client over a store and service that do as they are told."""
    fake = FakeBackend.instead_of_the_real_one(monkeypatch)
    async with started(create_app(Settings())) as client:
        yield client, fake


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("/task/99", "Task 99 is not in onet-1.0."),
        ("/task/one", "one is no task."),
        ("/task/99999999999", "99999999999 is no task."),
        ("/task/%C2%B2", "² is no task."),
        ("/occupation/99-1.00", "99-1.00"),
        ("/activity/Z", "Z"),
        ("/task/1?release=onet-7", "Release onet-7 is not in the graph"),
        ("/search?q=fold&release=onet-7", "Release onet-7 is not in the graph"),
    ],
)
async def test_what_is_not_there(
    client: httpx.AsyncClient, address: str, what: str
) -> None:
    """What the release lacks is 404, says so, and what to do next."""
    page = await page_of(client, address, 404)
    content = page.one("main")
    assert what in content.text
    assert "Not here" in content.one("h1").text
    assert len(content.all("p")) == 4
    reply = await client.get(address)
    assert reply.headers["Cache-Control"] == "no-store"
    assert "ETag" not in reply.headers


async def test_a_cursor_that_is_none(client: httpx.AsyncClient) -> None:
    """A damaged place in a list is the client's mistake."""
    page = await page_of(client, "/activity/A.1?after=nonsense", 400)
    assert "That cannot be asked" in page.one("h1").text


async def test_nothing_is_loaded(tmp_path: Path) -> None:
    """Without a release a page says how to load one."""
    async with visitor_of(publish(tmp_path / "graph")) as client:
        page = await page_of(client, "/task/1", 404)
    assert "workatlas load" in page.one("main").text


async def test_the_store_is_away(
    faked: tuple[httpx.AsyncClient, FakeBackend],
) -> None:
    """A store that cannot be asked is 503 on a page that says so, and in the log."""
    client, fake = faked
    fake.graphs = StoreError("The store is away.", todo="Start it.")
    with json_logs() as logs:
        page = await page_of(client, "/task/1", 503)
    assert "The store is away. Start it." in page.one("main").text
    assert [line["code"] for line in lines(logs) if "code" in line] == ["STORE"]


async def test_a_part_that_fails_fails_the_page(
    faked: tuple[httpx.AsyncClient, FakeBackend],
) -> None:
    """No page lacks a part without a word; a defect is logged, and not shown."""
    client, fake = faked
    told = {
        "message": "It timed out.",
        "extensions": {"code": "STORE", "todo": "Wait."},
    }
    fake.reply = FakeAnswer({"data": {"task": {}}, "errors": [told]})
    page = await page_of(client, "/task/1", 503)
    assert "It timed out. Wait." in page.one("main").text
    hidden = {"message": "Something went wrong.", "extensions": {"code": "INTERNAL"}}
    fake.reply = FakeAnswer({"errors": [hidden]}, unexpected=[ValueError("secret")])
    with json_logs() as logs:
        page = await page_of(client, "/task/1", 500)
    assert "secret" not in page.text
    (line,) = [line for line in lines(logs) if line["event"] == "unexpected"]
    assert "secret" in str(line)
    assert f"Report it with the id {line['request_id']}" in page.one("main").text


async def browsed(
    client: httpx.AsyncClient, address: str, status: int, method: str = "GET"
) -> Element:
    """Give the page of an error that a browser gets, which has all that pages have."""
    reply = await client.request(method, address, headers=BROWSER)
    assert reply.status_code == status, reply.text
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert reply.headers["Cache-Control"] == "no-store"
    assert "Accept" in reply.headers["Vary"]
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    return parsed(reply.text)


def broken(*_: object) -> bytes:
    """Stand in for a template with a defect."""
    raise KeyError("secret")


async def test_a_defect_is_a_page_with_its_id(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What breaks a page is a page to browsers, with the id that the log has."""
    monkeypatch.setattr(pages, "rendered", broken)
    with json_logs() as logs:
        page = await browsed(client, "/task/1", 500)
        told = error_of(await client.get("/task/1"))
    (line, _) = [line for line in lines(logs) if line["event"] == "unexpected"]
    assert "Something went wrong" in page.one("h1").text
    assert f"Report it with the id {line['request_id']}" in page.one("main").text
    assert "secret" not in page.text
    assert told["extensions"]["code"] == "INTERNAL"


@pytest.mark.parametrize(
    "address",
    ["/task/", "/nowhere", "/occupation/a%2Fb", "/a/b/c/d", "/site/0/none.css"],
)
async def test_no_such_place(client: httpx.AsyncClient, address: str) -> None:
    """A place that is not there is a page to browsers, and its links lead on."""
    page = await browsed(client, address, 404)
    assert "Not here" in page.one("h1").text
    here = httpx.URL(f"http://127.0.0.1{address}")
    assert here.join(page.one("form")["action"]).path == "/search"
    assert {here.join(a["href"]).path for a in page.one("main").all("a")} == {"/"}
    style = here.join(page.one("link", rel="stylesheet")["href"])
    assert (await client.get(style)).status_code == 200
    error_of(await client.get(address))


async def test_below_a_path_of_another_service(client: httpx.AsyncClient) -> None:
    """Links of a page lead up to where the service stands, and not further."""
    transport = client._transport  # pyright: ignore[reportPrivateUsage]
    assert isinstance(transport, httpx.ASGITransport)
    transport.root_path = "/atlas"
    page = await browsed(client, "/atlas/task/none", 404)
    here = httpx.URL("http://127.0.0.1/atlas/task/none")
    assert here.join(page.one("form")["action"]).path == "/atlas/search"


async def test_what_is_posted_is_answered_in_json(client: httpx.AsyncClient) -> None:
    """Only what a browser opens gets a page."""
    posted = await client.post("/task/1", headers=BROWSER)
    assert posted.status_code == 405
    assert "GET" in posted.headers["Allow"]
    error_of(posted)


@pytest.mark.parametrize("error", [BusyError("It is busy."), StoreError("It is off.")])
async def test_what_passes_is_503(
    faked: tuple[httpx.AsyncClient, FakeBackend], error: StoreError | BusyError
) -> None:
    """What will be over is 503 on pages as it is elsewhere."""
    client, fake = faked
    fake.reply = error
    page = await browsed(client, "/task/1", 503)
    assert error.what in page.one("main").text
    fake.reply, fake.graphs = FakeAnswer({}), error
    page = await browsed(client, "/task/1", 503)
    assert error.what in page.one("main").text


@pytest.mark.parametrize("address", ["/task/1", "/task/none", "/nowhere", "/search"])
async def test_a_release_that_is_not_there_is_left(
    client: httpx.AsyncClient, address: str
) -> None:
    """The form of an error's page searches in a release that is there."""
    wrong = "onet-7&release=onet-8 #"
    url = httpx.URL(address, params={"release": wrong})
    page = await browsed(client, str(url), 404)
    form = page.one("form", role="search")
    fields = {each["name"]: "fold" for each in form.all("input")}
    assert set(fields) == {"q"}
    action = httpx.URL(f"http://127.0.0.1{address}").join(form["action"])
    found = await client.get(action, params=fields)
    assert found.status_code == 200
    assert parsed(found.text).one("ol", class_="hits")


async def test_a_release_that_is_there_is_kept(client: httpx.AsyncClient) -> None:
    """A reader of an older release stays with it when something is not in it."""
    for address in ("/task/99", "/task/none", "/nowhere"):
        page = await browsed(client, f"{address}?release=onet-0.9", 404)
        chosen = page.one("input", type="hidden")
        assert (chosen["name"], chosen["value"]) == ("release", "onet-0.9")
