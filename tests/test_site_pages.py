"""The pages for readers as they are served: what is on them, and every reply."""

import json
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pytest

from workatlas.errors import StoreError
from workatlas.server import ide
from workatlas.server.app import create_app
from workatlas.server.settings import Settings
from workatlas.server.site import pages, render, static, views
from workatlas.server.site.query import NAMES

from .mini import release
from .server_fakes import FakeAnswer, FakeBackend, json_logs, lines, started
from .site_client import (
    HOSTILE,
    hostile,
    kind,
    linked,
    links,
    page_of,
    publish,
    visitor_of,
)

PAGES = (
    "/task/1",
    "/occupation/11-1.00",
    "/activity/A.1",
    "/search?q=fold",
    "/search",
)
pytestmark = pytest.mark.usefixtures("unbuilt")


@pytest.fixture
def unbuilt(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Have no build of the IDE, whatever this clone has."""
    monkeypatch.setattr(ide, "FILES", tmp_path / "none")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a store with two releases, the older one without its ratings."""
    older = release("0.9", coverage="ABSENT", published="2024-11")
    return publish(tmp_path_factory.mktemp("site") / "graph", release(), older)


@pytest.fixture
async def client(store: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client of the pages over that store."""
    async with visitor_of(store) as client:
        yield client


@pytest.fixture
async def faked(
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[tuple[httpx.AsyncClient, FakeBackend]]:
    """Give a client over a store and service that do as they are told."""
    fake = FakeBackend.instead_of_the_real_one(monkeypatch)
    async with started(create_app(Settings())) as client:
        yield client, fake


@pytest.mark.parametrize("address", PAGES)
async def test_a_page_is_whole_without_script(
    client: httpx.AsyncClient, address: str
) -> None:
    """Each page has one heading, a form to search with, and loads nothing else."""
    reply = await client.get(address)
    page = await page_of(client, address)
    page.one("h1")
    form = page.one("form", role="search")
    assert form["action"].endswith("search")
    assert page.one("input", type="search")["name"] == "q"
    assert [s["type"] for s in page.all("script")] in ([], ["application/ld+json"])
    assert "style=" not in reply.text
    ids = [each["id"] for each in page if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    described = [b["aria-describedby"] for b in page.all("button", class_="sourced")]
    assert set(described) <= set(ids)
    levels = [int(each.tag[1]) for each in page if each.tag in {"h1", "h2", "h3"}]
    assert all(b - a <= 1 for a, b in pairwise(levels))


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


@pytest.mark.parametrize("address", PAGES)
async def test_a_page_is_sent_once(client: httpx.AsyncClient, address: str) -> None:
    """A browser that has the page gets 304; HEAD gets its headers alone."""
    first = await client.get(address)
    known = {"If-None-Match": first.headers["ETag"]}
    again = await client.get(address, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Content-Security-Policy" in again.headers
    other = await client.get(address, headers={"If-None-Match": '"other"'})
    assert (other.status_code, other.content) == (200, first.content)
    head = await client.head(address)
    assert head.status_code == 200
    assert head.headers["ETag"] == first.headers["ETag"]
    assert head.headers["Content-Length"] == str(len(first.content))


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


@pytest.mark.parametrize("address", PAGES)
async def test_only_reading(client: httpx.AsyncClient, address: str) -> None:
    """Nothing is posted to a page."""
    posted = await client.post(address)
    assert posted.status_code == 405
    assert "GET" in posted.headers["Allow"]


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
    assert "secret" in logs.getvalue()


async def test_the_release_that_is_chosen(client: httpx.AsyncClient) -> None:
    """?release= chooses one, and links and the form stay with it; else the newest."""
    newest = await page_of(client, "/task/1")
    older = await page_of(client, "/task/1?release=onet-0.9")
    assert "Paper database 1.0" in newest.one("main").text
    assert "Paper database 0.9" in older.one("main").text
    assert "../occupation/11-1.00" in links(newest)
    assert "../occupation/11-1.00?release=onet-0.9" in links(older)
    assert all("release=onet-0.9" in href for href in links(older))
    assert older.one("input", type="hidden")["value"] == "onet-0.9"
    assert newest.all("input", type="hidden") == []


async def test_links_lead_to_pages(client: httpx.AsyncClient) -> None:
    """Every link of every page leads to a page, whichever way one walks."""
    seen: set[str] = set()
    open_ones = ["/task/1"]
    while open_ones:
        address = open_ones.pop()
        if address in seen:
            continue
        seen.add(address)
        page = await page_of(client, address)
        here = httpx.URL("http://127.0.0.1" + address)
        open_ones += [here.join(href).raw_path.decode() for href in links(page)]
    assert {"/task/5", "/occupation/12-1.00", "/activity/A", "/activity/A.1.D2"} <= seen


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
    """The address that is cited is the client's word for it, and stays text."""
    for host in ("<script>", 'a"b', "evil.example"):
        reply = await client.get("/task/1", headers={"Host": host})
        assert f"//{host}/" not in reply.text or host == "evil.example"
        assert "<script>" not in reply.text


async def test_figures_and_their_places(client: httpx.AsyncClient) -> None:
    """A figure stands with bounds, answers, rater and date, and its file and line."""
    page = await page_of(client, "/task/1")
    figures = page.section("figures")
    assert [each.text for each in figures.all("button")] == ["4.00", "90.00 %"]
    place = figures.place("4.00")
    for fact in (
        "Answers 30",
        "95 % interval 3.00 to 6.00",
        "Source Paper database 1.0 (invented)",
        "File ratings.txt, line 2, column Data Value",
        "Rater Incumbent",
        "Date August 2020",
    ):
        assert fact in place
    assert "advises against" in figures.place("90.00 %")
    assert "2nd of 3, highest first" in figures.text
    assert "1 tied with it" in figures.text
    shares = page.section("frequency").rows()
    assert shares == [["Rarely", "40.00 %"], ["Often", "60.00 %"]]


async def test_bounds_are_drawn(client: httpx.AsyncClient) -> None:
    """The bar of a figure goes from the scale's start, with a line for its interval."""
    page = await page_of(client, "/task/1")
    bar = page.section("figures").all("svg", class_="bar")[1]
    assert bar["aria-hidden"] == "true"
    assert bar.one("rect", class_="value")["width"] == "90.0"
    bounds = bar.one("rect", class_="bounds")
    assert (bounds["x"], bounds["width"]) == ("89.0", "3.0")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("/task/4", "The release holds no such rating of this task."),
        ("/task/1?release=onet-0.9", "The release was loaded without its ratings."),
    ],
)
async def test_what_is_missing_has_its_reason(
    client: httpx.AsyncClient, address: str, reason: str
) -> None:
    """An absent figure is never a number: the reason stands in its place."""
    figures = (await page_of(client, address)).section("figures")
    assert figures.all("button") == []
    assert f"No figure: {reason}" in figures.text
    assert "has no rank" in figures.text


async def test_an_interval_that_is_missing_has_its_reason(
    client: httpx.AsyncClient,
) -> None:
    """Where bounds are absent the place of the figure says why."""
    figures = (await page_of(client, "/task/2")).section("figures")
    place = figures.place("4.00")
    assert "95 % interval none: Occupational experts rated" in place


async def test_invented_releases_are_marked(client: httpx.AsyncClient) -> None:
    """What is made up is called so on the page and in its data."""
    for address in PAGES[:3]:
        page = await page_of(client, address)
        assert page.one("p", class_="invented").text.startswith("Invented.")
        (work,) = kind(linked(page), "Dataset")
        assert work["creativeWorkStatus"] == "Invented"


async def test_a_task_without_company(client: httpx.AsyncClient) -> None:
    """A task alone in its occupation, or without activities, says so in words."""
    alone = await page_of(client, "/task/5")
    assert "no other task of this occupation" in alone.section("siblings").text
    unlinked = await page_of(client, "/task/4")
    assert "links it to no work activity" in unlinked.section("activities").text
    assert "shares a work activity" in unlinked.section("related").text
    assert "No study is joined" in unlinked.section("exposure").text


async def test_siblings_by_importance(client: httpx.AsyncClient) -> None:
    """The other tasks stand by importance, those without a figure last."""
    rows = (await page_of(client, "/task/2")).section("siblings").rows()
    assert [row[0] for row in rows] == [
        "Fold paper 3 times.",
        "Fold paper 1 times.",
        "Fold paper 4 times.",
    ]
    assert rows[2][1] == "none: The release holds no such rating of this task."


async def test_an_occupation(client: httpx.AsyncClient) -> None:
    """Title, code, description, job zone, tasks, related ones and other titles."""
    page = await page_of(client, "/occupation/11-1.00")
    assert page.one("h1").text == "Small folders"
    content = page.one("main").text
    for fact in (
        "Occupation 11-1.00",
        "They fold small things.",
        "4 tasks, 3 of them rated",
    ):
        assert fact in content
    assert "Nimble" in page.section("zone").text
    tasks = page.section("tasks").rows()
    assert tasks[0][0] == "Fold paper 3 times."
    assert "Large folders" in page.section("related").text
    assert "2 titles" in page.section("titles").one("summary").text
    (work,) = kind(linked(page), "Occupation")
    assert len(work["responsibilities"]) == 4
    other = await page_of(client, "/occupation/12-1.00")
    assert "loaded without its file of job zones" in other.section("zone").text
    assert "names none" in other.section("related").text
    assert "has none" in other.section("titles").text


async def test_an_activity(client: httpx.AsyncClient) -> None:
    """Level, the way up, narrower activities, and tasks by occupation."""
    page = await page_of(client, "/activity/A.1")
    assert "Intermediate work activity A.1" in page.one("main").text
    assert [a["href"] for a in page.one("ol", class_="way").all("a")] == [
        "../activity/A"
    ]
    assert "Folding A.1.D2 1 task in 1 occupation" in page.section("children").text
    captions = [c.text for c in page.section("tasks").all("caption")]
    assert captions == ["Small folders 11-1.00", "Large folders 12-1.00"]
    (way,) = kind(linked(page), "BreadcrumbList")
    assert [each["name"] for each in way["itemListElement"]] == [
        "Folding A",
        "Folding A.1",
    ]
    widest = await page_of(client, "/activity/A")
    assert widest.all("ol", class_="way") == []
    assert "All that is folded." in widest.one("main").text
    (term,) = kind(linked(widest), "DefinedTerm")
    assert term["description"] == "All that is folded."


async def test_a_search(client: httpx.AsyncClient) -> None:
    """Hits of every kind lead to their pages, with what matched marked."""
    page = await page_of(client, "/search?q=fold")
    hits = page.one("ol", class_="hits")
    kinds = {a["href"].split("/")[0] for a in hits.all("a")}
    assert kinds == {"task", "occupation", "activity"}
    assert {mark.text for mark in hits.all("mark")} == {"Fold", "Folding", "folders"}
    assert page.one("input", type="search")["value"] == "fold"
    other = await page_of(client, "/search?q=creaser")
    assert "reported title: Creaser" in other.one("ol", class_="hits").text
    none = await page_of(client, "/search?q=zzzzzz")
    assert "No hits" in none.one("main").text
    assert "Nothing in the release" in none.one("main").text


@pytest.mark.parametrize(
    "typed", ["", " ", '"(', "🙂" * 9, "a" * 5000, "\u0000", "title:*"]
)
async def test_anything_can_be_searched(client: httpx.AsyncClient, typed: str) -> None:
    """Whatever is typed, the page answers."""
    reply = await client.get("/search", params={"q": typed})
    assert reply.status_code == 200


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


async def test_files_of_the_pages(client: httpx.AsyncClient) -> None:
    """Style sheet and icon need no build, and are kept for good by their content."""
    page = await page_of(client, "/task/1")
    for link in page.all("link"):
        found = await client.get(f"/task/{link['href']}")
        assert found.status_code == 200
        assert "immutable" in found.headers["Cache-Control"]
        assert found.headers["X-Content-Type-Options"] == "nosniff"
    name = static.address("style.css")
    for wrong in (name.replace("style", "none"), "site/0123456789abcdef/style.css"):
        assert (await client.get(f"/{wrong}")).status_code == 404


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (112, "112th")],
)
def test_places_are_written(number: int, written: str) -> None:
    """A place has the ending that one speaks."""
    assert render.ordinal(number) == written


@pytest.mark.parametrize(
    ("date", "written"),
    [("2022", "2022"), ("2022-08", "August 2022"), ("2022-08-03", "3 August 2022")],
)
def test_dates_are_written(date: str, written: str) -> None:
    """A date is written in words, as far as it is known."""
    assert render.month(date) == written


def test_marks_are_counted_as_browsers_count() -> None:
    """What matched is marked where it is, also behind letters of two units."""
    places = [{"start": 3, "end": 7}, {"start": 8, "end": 10}]
    found = views.marked({"text": "🙂 fold 🙂", "highlights": places})
    assert found == [("🙂 ", False), ("fold", True), (" ", False), ("🙂", True)]


def test_today_is_a_day() -> None:
    """The day of a citation is written as ISO 8601 has it."""
    assert len(pages.today()) == len("2026-06-07")


def test_every_page_has_its_query() -> None:
    """Each query has a file, and no file is without its page."""
    folder = Path(pages.__file__).parent / "queries"
    assert {path.stem for path in folder.iterdir()} == {*NAMES, "fragments"}
