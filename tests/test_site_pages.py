"""What is on the pages for readers, over a small release: facts, reasons and links."""

from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from .mini import SAID, release
from .site_client import (
    PAGES,
    client,
    kind,
    linked,
    links,
    page_of,
    publish,
    store,
    unbuilt,
    visitor_of,
)

__all__ = ["client", "store", "unbuilt"]

pytestmark = pytest.mark.usefixtures("unbuilt")


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


async def test_the_release_that_is_chosen(client: httpx.AsyncClient) -> None:
    """?release= chooses one, and links and the form stay with it; else the newest."""
    newest = await page_of(client, "/task/1")
    older = await page_of(client, "/task/1?release=onet-0.9")
    assert "Paper database 1.0" in newest.one("main").text
    assert "Paper database 0.9" in older.one("main").text
    assert "../occupation/11-1.00" in links(newest)
    assert "../occupation/11-1.00?release=onet-0.9" in links(older)
    others = [a["href"] for a in older.section("course").all("a")]
    assert others == ["../task/1?release=onet-1.0"]
    kept = [href for href in links(older) if href not in others]
    assert all("release=onet-0.9" in href for href in kept)
    assert older.one("input", type="hidden")["value"] == "onet-0.9"
    assert newest.all("input", type="hidden") == []


@pytest.mark.parametrize("address", PAGES[:3])
async def test_tables_that_fold_stay_tables(
    client: httpx.AsyncClient, address: str
) -> None:
    """Parts that phones lay out otherwise name their roles, which they lose so."""
    page = await page_of(client, address)
    tables = page.all("table", class_="list")
    assert bool(tables) == (address != PAGES[1])  # Its table is wide, and scrolls.
    groups = {"thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    heads = {"col": "columnheader", "row": "rowheader"}
    for table in tables:
        for part in table:
            role = groups.get(part.tag) or heads.get(part.attributes.get("scope", ""))
            assert part.attributes.get("role") == role


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


async def test_figures_and_their_places(client: httpx.AsyncClient) -> None:
    """A figure stands with bounds, answers, rater and date, and its file and line."""
    page = await page_of(client, "/task/1")
    figures = page.section("figures")
    assert [each.text for each in figures.all("button")] == ["4.00", "90.00 %", "2nd"]
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
    assert "2nd of 3, highest first" in figures.seen
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
    assert "No study is joined" in unlinked.section("exposure").text


async def test_related_by_the_same_statement(client: httpx.AsyncClient) -> None:
    """A task that shares nothing but its words is related by them, and says so."""
    section = (await page_of(client, "/task/4")).section("related")
    (row,) = section.one("tbody").all("tr")
    assert row.one("th").all("a")[0]["href"] == "../task/2"
    shared = row.one("span", **{"data-shared": "onet-1.0/statement/f01d"})
    assert shared.text == "The same statement"
    assert "2 tasks" in row.text
    assert "have the same statement or share a work activity" in section.text


async def test_every_related_task_shares_something(client: httpx.AsyncClient) -> None:
    """No row of related tasks is without what makes it one, as script reads it."""
    for number in (1, 2, 3, 4, 5):
        section = (await page_of(client, f"/task/{number}")).section("related")
        rows = section.one("tbody").all("tr")
        assert all([e for e in row if "data-shared" in e.attributes] for row in rows)


async def test_siblings_by_importance(client: httpx.AsyncClient) -> None:
    """The other tasks stand by importance, those without a figure last."""
    rows = (await page_of(client, "/task/2")).section("siblings").rows()
    assert [row[0] for row in rows] == [
        "Fold paper 3 times.",
        "Fold paper 1 times.",
        SAID,
    ]
    assert rows[2][1] == "none: The release holds no such rating of this task."


async def test_an_occupation(client: httpx.AsyncClient) -> None:
    """Title, code, description, job zone, tasks, related ones and other titles."""
    page = await page_of(client, "/occupation/11-1.00")
    assert page.one("h1").text == "Small folders"
    content = page.one("main").seen
    for fact in (
        "Occupation 11-1.00",
        "They fold small things.",
        "4 tasks, 3 of them rated",
    ):
        assert fact in content
    assert "Nimble" in page.section("zone").text
    tasks = page.section("tasks").rows()
    assert tasks[0][0] == "Fold paper 3 times."
    emerging = page.section("emerging")
    assert "no tasks of this one" in emerging.text
    assert "Fold paper 3 times, neatly." in emerging.one("li").text
    assert "revision of task 3" in emerging.one("li").seen
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
    assert "Folding A.1.D2 1 task in 1 occupation" in page.section("children").seen
    assert page.all("nav", class_="pages") == []  # There is nowhere to go.
    captions = [c.text for c in page.section("tasks").all("caption")]
    assert captions == ["Small folders 11-1.00", "Large folders 12-1.00"]
    (way,) = kind(linked(page), "BreadcrumbList")
    assert [each["name"] for each in way["itemListElement"]] == [
        "Folding A",
        "Folding A.1",
    ]
    cited = page.section("cite").all("pre")
    assert len(cited) == 5
    assert all("/activity/A.1?release=onet-1.0" in each.text for each in cited)
    assert cited[0].text.startswith("Folding A.1. WorkAtlas. Based on ")
    assert "Licence:" in page.section("sources").text
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
    assert "or another release." in none.one("main").text
    assert "Nothing in the release" in none.one("main").text


async def test_the_release_that_is_searched(client: httpx.AsyncClient) -> None:
    """A search names its release and that it is made up, and leads to the others."""
    page = await page_of(client, "/search?q=fold %26 turn")
    head = page.one("header", class_="head")
    assert "Paper database 1.0" in head.one("p", class_="eyebrow").text
    assert page.one("p", class_="invented").text.startswith("Invented. All of this")
    other = page.one("nav", **{"aria-label": "Other releases"}).one("a")
    assert other.text == "Paper database 0.9"
    assert other["href"] == "search?q=fold+%26+turn&release=onet-0.9"
    older = await page_of(client, f"/{other['href']}")
    assert "Paper database 0.9" in older.one("p", class_="eyebrow").text
    assert older.one("h1").text == "fold & turn"
    (back,) = older.one("nav", **{"aria-label": "Other releases"}).all("a")
    assert back["href"].endswith("release=onet-1.0")


async def test_a_search_of_the_only_release(tmp_path: Path) -> None:
    """Where there is one release, no other one is named."""
    async with visitor_of(publish(tmp_path / "graph", release())) as client:
        page = await page_of(client, "/search?q=zzzzzz")
    assert page.all("nav", **{"aria-label": "Other releases"}) == []
    assert "Try fewer of them." in page.one("main").text
