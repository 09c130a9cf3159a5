"""The pages for readers in a browser: facts, and what script adds to them."""

import json
import re
from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from .browser import Visitor, address, browser, environment_of, visit, visitor
from .live_server import server

__all__ = ["address", "browser", "visitor"]

TASK = "/task/97"
OCCUPATION = "/occupation/19-1017.00"
ACTIVITY = "/activity/4.A.4.a.3.I03"


@pytest.fixture(scope="module")
def real_address(address: str, real_store: Path) -> Generator[str]:
    """Give the address of a server with the real release and labels."""
    assert address
    with server(environment_of(real_store), "serve") as running:
        yield str(running.client.base_url).rstrip("/")


def test_facts_of_task_392(browser: Browser, real_address: str) -> None:
    """Statement, occupation, figures, raters, activities and company are in sight."""
    with visit(browser, real_address) as visitor:
        page = visitor.page
        page.goto(f"{real_address}/task/392")
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Conduct therapy sessions to improve patients' mental and physical "
            "well-being."
        )
        link = page.locator(".head").get_by_role("link")
        expect(link).to_have_text("Recreational Therapists")
        figures = page.get_by_role("region", name="How important it is")
        expect(figures.get_by_role("button")).to_have_text(["4.61", "89.47 %", "2nd"])
        rank = "2nd of 11 that are loaded, highest first"
        expect(figures).to_contain_text(rank, use_inner_text=True)
        raters = page.get_by_role("row", name="Exposure to language models").first
        expect(raters.get_by_role("button")).to_have_text(["E1", "E0", "E0"])
        activities = page.get_by_role("region", name="Work activities it belongs to")
        reach = "8 tasks in 6 occupations"
        expect(activities).to_contain_text(reach, use_inner_text=True)
        siblings = page.get_by_role("region", name="Other tasks of")
        expect(siblings.get_by_role("row")).to_have_count(11)
        expect(page.locator(".graph svg a")).to_have_count(14)
        visitor.shot("task-392")
        assert visitor.complaints == []


def test_sources_on_hover(visitor: Visitor) -> None:
    """A figure says where it stands as long as the pointer is on it or its popover."""
    visitor.page.goto(visitor.address + TASK)
    figure = visitor.page.get_by_role("button", name="4.29")
    place = visitor.page.locator(".place:popover-open")
    expect(place).to_have_count(0)
    figure.hover()
    expect(place).to_contain_text("Task Ratings.txt, line 18, column Data Value")
    for fact in ("Invented database", "Occupational Expert", "August 2022"):
        expect(place).to_contain_text(fact)
    visitor.shot("task-source")
    place.hover()
    visitor.page.wait_for_timeout(400)
    expect(place).to_be_visible()
    visitor.page.mouse.move(5, 400)
    expect(place).to_have_count(0)
    figure.click()
    visitor.page.mouse.move(5, 400)
    visitor.page.wait_for_timeout(400)
    expect(place).to_be_visible()  # A press keeps it, and another one elsewhere not.
    visitor.page.mouse.click(5, 400)
    expect(place).to_have_count(0)


def test_a_press_keeps_a_source_without_the_focus(visitor: Visitor) -> None:
    """Where pressed buttons get no focus, as in Safari, a press keeps a source too."""
    page = visitor.page
    no_focus = "addEventListener('mousedown', event => event.preventDefault(), true)"
    page.add_init_script(no_focus)
    page.goto(visitor.address + TASK)
    figure = page.get_by_role("button", name="4.29")
    place = page.locator(".place:popover-open")
    figure.click()
    expect(page.locator("button:focus")).to_have_count(0)
    page.mouse.move(5, 400)
    page.wait_for_timeout(400)
    expect(place).to_contain_text("Task Ratings.txt, line 18")
    assert visitor.violations() == []
    page.keyboard.press("Escape")
    expect(place).to_have_count(0)
    figure.hover()
    expect(place).to_have_count(1)
    page.mouse.move(5, 400)
    expect(place).to_have_count(0)  # It was let go: the pointer alone keeps nothing.


def test_sources_by_keyboard(visitor: Visitor) -> None:
    """A figure with the focus says where it stands; Escape and going on hide it."""
    page = visitor.page
    page.goto(visitor.address + TASK)
    page.locator(".head a").focus()
    page.keyboard.press("Tab")
    place = page.locator(".place:popover-open")
    expect(place).to_contain_text("Task Statements.txt, line")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("4.29")
    expect(place).to_have_count(1)
    expect(place).to_contain_text("Task Ratings.txt, line 18")
    page.keyboard.press("Escape")
    expect(place).to_have_count(0)
    page.keyboard.press("Enter")
    expect(place).to_contain_text("Task Ratings.txt, line 18")
    described = page.locator(":focus").get_attribute("aria-describedby")
    assert described == place.get_attribute("id")


def test_graph_by_keyboard(visitor: Visitor) -> None:
    """The graph has a link for each row of its table, named by what it leads to."""
    page = visitor.page
    page.goto(visitor.address + TASK)
    graph = page.get_by_role("group", name="Graph of related tasks")
    rows = page.locator("#related-table tbody tr")
    shared = page.locator("#related-table a[data-shared]").all_inner_texts()
    links = graph.get_by_role("link")
    expect(links).to_have_count(rows.count() + len(set(shared)))
    ties = page.locator("#related-table [data-shared]").count() + len(set(shared))
    expect(graph.locator("line")).to_have_count(ties)
    last = links.last
    last.focus()
    expect(rows.last).to_have_class("lit")
    statement = rows.last.locator("a").first.inner_text()
    expect(last.locator("title")).to_have_text(re.compile(re.escape(statement)))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(statement)


def test_graph_of_the_same_statement(visitor: Visitor) -> None:
    """A shared statement is a point without link, tied to the tasks that have it."""
    page = visitor.page
    page.goto(visitor.address + "/task/41")
    graph = page.get_by_role("group", name="Graph of related tasks")
    shared = page.locator("#related-table [data-shared]")
    names = [each.get_attribute("data-shared") for each in shared.all()]
    statement = graph.locator("g.shared").filter(has_text="The same statement")
    expect(statement).to_have_count(1)
    expect(graph.locator("a g.shared")).to_have_count(len(set(names)) - 1)
    expect(graph.locator("line")).to_have_count(len(names) + len(set(names)))
    visitor.shot("graph-statement")
    assert visitor.violations() == []


@pytest.mark.parametrize("path", [TASK, OCCUPATION, ACTIVITY])
def test_copy_a_citation(visitor: Visitor, path: str) -> None:
    """A button copies the citation beside it, and says so."""
    page = visitor.page
    page.goto(visitor.address + path)
    page.get_by_text("BibTeX").click()
    cited = page.get_by_label("Citation: BibTeX")
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    copied: str = page.evaluate("navigator.clipboard.readText()")
    assert copied == cited.inner_text()
    assert copied.startswith("@misc{")
    assert path in copied


def test_where_nothing_may_be_copied_it_is_selected(visitor: Visitor) -> None:
    """A page that may not copy selects the citation instead."""
    page = visitor.page
    page.goto(visitor.address + TASK)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    page.get_by_role("button", name="Copy citation").first.click()
    expect(page.get_by_role("status")).to_contain_text("Selected")
    chosen: str = page.evaluate("getSelection().toString()")
    assert chosen.strip() == page.get_by_label("Citation: Plain text").inner_text()


def test_an_activity(visitor: Visitor) -> None:
    """Its figures say where they stand, on paper it is cited, its query runs."""
    page = visitor.page
    page.goto(visitor.address + ACTIVITY)
    row = page.get_by_role("region", name="Its tasks").get_by_role("row").nth(1)
    place = page.locator(".place:popover-open")
    row.get_by_role("button").hover()
    expect(place).to_contain_text("Task Ratings.txt, line")
    page.mouse.move(5, 400)
    expect(place).to_have_count(0)
    row.get_by_role("link").focus()
    page.keyboard.press("Tab")
    expect(place).to_contain_text("Task Ratings.txt, line")
    page.emulate_media(media="print")
    expect(page.locator(".quoted pre").filter(visible=True)).to_have_count(1)
    page.emulate_media(media="screen")
    page.get_by_role("region", name="Cite this page").scroll_into_view_if_needed()
    visitor.shot("activity-cite")
    assert visitor.violations() == []
    page.get_by_role("link", name="Open this query in GraphiQL").click()
    visitor.editor.locator(".view-line").first.wait_for()
    visitor.runs()
    answer = json.loads(visitor.text("response"))
    assert "errors" not in answer
    assert len(answer["data"]["workActivity"]["citations"]) == 5


def test_suggestions(visitor: Visitor) -> None:
    """What is typed is searched at once; arrows choose, Enter goes, Escape closes."""
    page = visitor.page
    page.clock.install(time=0)
    page.goto(visitor.address + TASK)
    box = page.get_by_role("combobox", name="Search")
    page.clock.pause_at(3_600)  # Or a pause between two letters might be too long.
    box.press_sequentially("wetland ecolgist")
    page.clock.resume()
    offers = page.get_by_role("option")
    expect(offers.first).to_contain_text("Wetland Ecologists Occupation 19-1017.00")
    expect(box).to_have_attribute("aria-expanded", "true")
    visitor.shot("suggestions")
    assert visitor.violations() == []
    box.press("ArrowDown")
    expect(offers.first).to_have_attribute("aria-selected", "true")
    box.press("ArrowUp")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    box.press("Escape")
    expect(offers).to_have_count(0)
    box.fill("19-1017.00")
    expect(offers).to_have_count(1)
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/occupation/19-1017.00")
    asked = [url for url in visitor.requests if url.endswith("/graphql")]
    assert len(asked) < 6  # Not one a letter: it waits until somebody pauses.


def test_suggestions_by_pointer(visitor: Visitor) -> None:
    """A press on a suggestion goes there, in the release that is read."""
    page = visitor.page
    page.goto(f"{visitor.address}/task/97?release=onet-sample")
    page.get_by_role("combobox", name="Search").fill("wetland ecologists")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/occupation/19-1017.00?release=onet-sample")


def test_a_suggestion_names_any_release_in_full(visitor: Visitor) -> None:
    """What a release is called does not become another part of the address."""

    def renamed(route: Route) -> None:
        text = route.fetch().text().replace('"onet-sample"', '"onet&amp;1"')
        route.fulfill(body=text, content_type="text/html")

    def answered(route: Route) -> None:
        asked = route.request.post_data or ""
        route.continue_(post_data=asked.replace("onet&1", "onet-sample"))

    page = visitor.page
    page.route("**/task/97?*", renamed)
    page.route("**/graphql", answered)
    page.goto(f"{visitor.address}{TASK}?release=onet-sample")
    page.get_by_role("combobox", name="Search").fill("wetland ecologists")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/occupation/19-1017.00?release=onet%261")
    visitor.complaints.clear()  # The browser's own, of a release that is not there.


def test_the_form_without_suggestions(visitor: Visitor) -> None:
    """Where suggestions cannot be had, Enter still searches, and a hit leads on."""
    page = visitor.page
    page.goto(visitor.address + OCCUPATION)
    page.route("**/graphql", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.get_by_role("combobox", name="Search").fill("wetland")
    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=wetland")
    page.locator(".hits a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wetland Ecologists")
    assert visitor.complaints  # The browser's own, of the request that was refused.
    visitor.complaints.clear()


def test_open_in_graphiql(visitor: Visitor) -> None:
    """The query of a page opens in the IDE with its variables, and runs there."""
    page = visitor.page
    page.goto(visitor.address + TASK)
    page.get_by_role("link", name="Open this query in GraphiQL").click()
    visitor.editor.locator(".view-line").first.wait_for()
    assert json.loads(visitor.text("variables"))["taskId"] == 97
    visitor.runs()
    answer = json.loads(visitor.text("response"))
    assert "errors" not in answer
    assert answer["data"]["task"]["importance"]["value"] == 4.29
