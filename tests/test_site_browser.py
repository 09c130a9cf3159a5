"""The pages for readers in a browser: what script adds, and what holds without it."""

import gzip
import json
import os
import re
from collections.abc import Generator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserType, ViewportSize, expect

from workatlas.server import ide

from .browser import (
    Scheme,
    Visitor,
    address,
    browser,
    environment_of,
    launched,
    visit,
    visitor,
)
from .live_server import server

__all__ = ["address", "browser", "visitor"]

PAGES = {
    "task": "/task/97",
    "occupation": "/occupation/19-1017.00",
    "activity": "/activity/4.A.4.a.3.I03",
    "search": "/search?q=wetland",
    "none": "/search",
    "bounds": "/task/1",
    "missing": "/task/99999",
}
PHONE = ViewportSize(width=360, height=740)
READY_S = 0.3
"""How long a task page may take in a new browser, until its graph is drawn."""
SCRIPT_BYTES = 60_000
"""How much script a first view may load, compressed."""
READY = """
Math.max(
    performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd,
    performance.getEntriesByName('first-contentful-paint')[0].startTime)
"""
SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => {
    for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({type: 'layout-shift', buffered: true});
"""


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
        expect(figures.get_by_role("button")).to_have_text(["4.61", "89.47 %"])
        expect(figures).to_contain_text("2nd of 11, highest first")
        raters = page.get_by_role("row", name="Exposure to language models").first
        expect(raters.get_by_role("button")).to_have_text(["E1", "E0", "E0"])
        activities = page.get_by_role("region", name="Work activities it belongs to")
        expect(activities).to_contain_text("8 tasks in 6 occupations")
        siblings = page.get_by_role("region", name="Other tasks of")
        expect(siblings.get_by_role("row")).to_have_count(11)
        expect(page.locator(".graph svg a")).to_have_count(14)
        visitor.shot("task-392")
        assert visitor.complaints == []


def test_sources_on_hover(visitor: Visitor) -> None:
    """A figure says where it stands as long as the pointer is on it or its popover."""
    visitor.page.goto(visitor.address + PAGES["task"])
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


def test_sources_by_keyboard(visitor: Visitor) -> None:
    """A figure with the focus says where it stands; Escape and going on hide it."""
    page = visitor.page
    page.goto(visitor.address + PAGES["task"])
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
    page.goto(visitor.address + PAGES["task"])
    graph = page.get_by_role("group", name="Graph of related tasks")
    rows = page.locator("#related-table tbody tr")
    shared = page.locator("#related-table a[data-shared]").all_inner_texts()
    links = graph.get_by_role("link")
    expect(links).to_have_count(rows.count() + len(set(shared)))
    last = links.last
    last.focus()
    expect(rows.last).to_have_class("lit")
    statement = rows.last.locator("a").first.inner_text()
    expect(last.locator("title")).to_have_text(re.compile(re.escape(statement)))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(statement)


def test_copy_a_citation(visitor: Visitor) -> None:
    """A button copies the citation beside it, and says so."""
    page = visitor.page
    page.goto(visitor.address + PAGES["task"])
    page.get_by_text("BibTeX").click()
    cited = page.get_by_label("Citation: BibTeX")
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    copied: str = page.evaluate("navigator.clipboard.readText()")
    assert copied == cited.inner_text()
    assert copied.startswith("@misc{")


def test_where_nothing_may_be_copied_it_is_selected(visitor: Visitor) -> None:
    """A page that may not copy selects the citation instead."""
    page = visitor.page
    page.goto(visitor.address + PAGES["task"])
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    page.get_by_role("button", name="Copy citation").first.click()
    expect(page.get_by_role("status")).to_contain_text("Selected")
    chosen: str = page.evaluate("getSelection().toString()")
    assert chosen.strip() == page.get_by_label("Citation: Plain text").inner_text()


def test_suggestions(visitor: Visitor) -> None:
    """What is typed is searched at once; arrows choose, Enter goes, Escape closes."""
    page = visitor.page
    page.goto(visitor.address + PAGES["task"])
    box = page.get_by_role("combobox", name="Search")
    box.press_sequentially("wetland ecolgist", delay=10)
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


def test_the_form_without_suggestions(visitor: Visitor) -> None:
    """Enter searches what is typed, and a hit leads to its page."""
    page = visitor.page
    page.goto(visitor.address + PAGES["occupation"])
    page.route("**/graphql", lambda route: route.abort())
    page.get_by_role("combobox", name="Search").fill("wetland")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=wetland")
    page.locator(".hits a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wetland Ecologists")


def test_without_script(browser: Browser, address: str) -> None:
    """Without script the source of a figure opens by a press; the form searches."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + PAGES["task"])
        page.get_by_role("button", name="4.29").click()
        expect(page.get_by_text("Task Ratings.txt, line 18")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Copy citation").first).to_be_hidden()
        expect(page.locator(".graph")).to_be_hidden()
        page.get_by_role("searchbox", name="Search").fill("wetland")
        page.get_by_role("button", name="Search").click()
        expect(page.locator(".hits li").first).to_contain_text("Wetland Ecologists")


def test_open_in_graphiql(visitor: Visitor) -> None:
    """The query of a page opens in the IDE with its variables, and runs there."""
    page = visitor.page
    page.goto(visitor.address + PAGES["task"])
    page.get_by_role("link", name="Open this query in GraphiQL").click()
    visitor.editor.locator(".view-line").first.wait_for()
    assert json.loads(visitor.text("variables"))["taskId"] == 97
    visitor.runs()
    answer = json.loads(visitor.text("response"))
    assert "errors" not in answer
    assert answer["data"]["task"]["importance"]["value"] == 4.29


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page(browser: Browser, address: str, name: str, scheme: Scheme) -> None:
    """No page breaks a rule of axe-core, moves, or asks another host."""
    with visit(browser, address, scheme) as visitor:
        visitor.page.add_init_script(SHIFTS)
        visitor.page.goto(address + PAGES[name])
        visitor.page.wait_for_load_state("networkidle")
        visitor.shot(f"{scheme}-{name}")
        assert visitor.page.evaluate("shifted") == 0
        assert visitor.violations() == []
        assert {urlsplit(url).netloc for url in visitor.requests} == {
            urlsplit(address).netloc
        }
        mistakes = [c for c in visitor.complaints if "404" not in c]
        assert mistakes == []


@pytest.mark.parametrize("name", PAGES)
def test_on_a_phone(browser: Browser, address: str, name: str) -> None:
    """At 360 pixels nothing is beside the page, and nothing moves."""
    with visit(browser, address) as visitor:
        visitor.page.set_viewport_size(PHONE)
        visitor.page.add_init_script(SHIFTS)
        visitor.page.goto(address + PAGES[name])
        visitor.page.wait_for_load_state("networkidle")
        visitor.shot(f"phone-{name}")
        width: int = visitor.page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"]
        assert visitor.page.evaluate("shifted") == 0
        assert visitor.violations() == []


def test_on_paper(browser: Browser, address: str) -> None:
    """Print has no form, no graph and no buttons to copy, and shows the addresses."""
    with visit(browser, address, "dark") as visitor:
        visitor.page.goto(address + PAGES["task"])
        visitor.page.emulate_media(media="print")
        expect(visitor.page.get_by_role("search")).to_be_hidden()
        expect(visitor.page.locator(".graph")).to_be_hidden()
        expect(visitor.page.get_by_role("button", name="Copy").first).to_be_hidden()
        visitor.shot("print-task")
        paper: str = visitor.page.evaluate(
            "getComputedStyle(document.documentElement).backgroundColor"
        )
        assert paper == "rgb(255, 255, 255)"


def test_a_task_page_is_ready_soon(browser: Browser, address: str) -> None:
    """A browser that was never here has the page and its graph within 300 ms.

    The best of three counts; where the machine has more to do than it has processors,
    what the page takes of one counts instead of the clock.
    """
    tries = [first_use(browser.browser_type, address) for _ in range(3)]
    is_busy = os.getloadavg()[0] > (os.cpu_count() or 1)
    assert min(computed if is_busy else passed for passed, computed in tries) < READY_S


def first_use(kind: BrowserType, address: str) -> tuple[float, float]:
    """Give how long a page takes until all is drawn and painted, and computing for it.

    Both in seconds; the second is the processor's time of all that the page does.
    """
    with launched(kind) as browser, visit(browser, address) as visitor:
        session: Any = visitor.page.context.new_cdp_session(visitor.page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        visitor.page.goto(address + PAGES["task"])
        expect(visitor.page.locator(".graph svg")).to_be_visible()
        passed: float = visitor.page.evaluate(READY)
        told = session.send("Performance.getMetrics")
        counted = {each["name"]: each["value"] for each in told["metrics"]}
        return passed / 1000, float(counted["TaskDuration"])


def test_there_is_little_script(visitor: Visitor) -> None:
    """What a task page loads as script is small, and all of it is in the build."""
    visitor.page.goto(visitor.address + PAGES["task"])
    visitor.page.locator(".graph svg").wait_for()
    paths = [urlsplit(url).path for url in visitor.requests]
    scripts = [path for path in paths if re.search(r"\.js$", path)]
    packed = [(ide.FILES / f"{path[1:]}.gz").read_bytes() for path in scripts]
    assert packed
    assert sum(map(len, packed)) <= SCRIPT_BYTES
    assert b"eval(" not in gzip.decompress(packed[0])
