"""GraphiQL in Debian's Chromium, in front of a server with the sample."""

import os
import re
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import (
    Browser,
    BrowserType,
    Locator,
    Page,
    Request,
    ViewportSize,
    sync_playwright,
)

from workatlas.server import ide

from .live_server import server
from .switches import require

ROOT = Path(__file__).parent.parent
AXE = ROOT / "ide" / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / ".screenshots"
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
SIZE = ViewportSize(width=1400, height=860)
Scheme = Literal["light", "dark"]


def chromium() -> str | None:
    """Find Chromium, as Debian or another system names it."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="module")
def address(sample_graph: Path) -> Generator[str]:
    """Give the address of a server with the sample and the built IDE."""
    require(
        met=ide.is_built() and AXE.is_file() and chromium() is not None,
        switch="WORKATLAS_REQUIRE_IDE",
        reason="`make ide` has not built the IDE here, or there is no Chromium",
    )
    with server(environment_of(sample_graph), "serve") as running:
        yield str(running.client.base_url).rstrip("/")


def environment_of(store: Path) -> dict[str, str]:
    """Give the environment of processes that share a store."""
    return {**os.environ, "WORKATLAS_STORE": str(store), "PYTHONUNBUFFERED": "1"}


def is_busy() -> bool:
    """Tell whether the machine has more to do than it has processors."""
    return os.getloadavg()[0] > (os.cpu_count() or 1)


def computing(page: Page) -> Callable[[], float]:
    """Give what tells how many seconds of a processor a page took since now."""
    session: Any = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def taken() -> float:
        told = session.send("Performance.getMetrics")
        counted = {each["name"]: each["value"] for each in told["metrics"]}
        return float(counted["TaskDuration"])

    return taken


@contextmanager
def launched(kind: BrowserType) -> Generator[Browser]:
    """Start a browser that has never been anywhere."""
    browser = kind.launch(executable_path=chromium(), args=QUIET)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def browser(address: str) -> Generator[Browser]:
    """Give a browser; each test has a visitor of its own in it."""
    assert address
    with sync_playwright() as playwright, launched(playwright.chromium) as browser:
        yield browser


@dataclass
class Visitor:
    """Somebody who uses the IDE, and what the browser did and complained about."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list[str])
    complaints: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        """Watch the page from the start."""
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self._heard(message.type, message.text))
        self.page.on("pageerror", lambda error: self._heard("error", str(error)))
        self.page.on("requestfailed", self._failed)

    def _failed(self, request: Request) -> None:
        # A page that is left gives up what it was loading.
        if request.failure != "net::ERR_ABORTED":
            self._heard("error", f"{request.url}: {request.failure}")

    def _heard(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)

    def opens(self, place: str = "/ide") -> None:
        """Open a page of the service and wait for the editor."""
        self.page.goto(self.address + place)
        self.editor.locator(".view-line").first.wait_for()

    @property
    def editor(self) -> Locator:
        """The editor of the query."""
        return self.page.locator(".graphiql-query-editor .monaco-editor").first

    def text(self, of: Literal["operation", "variables", "response"]) -> str:
        """Give all of an editor's text, also what is not in sight."""
        script = """of => __MONACO.editor.getModels()
            .find(model => model.uri.path.includes(of)).getValue()"""
        found: str = self.page.evaluate(script, of)
        return found

    def writes(self, name: str, selection: str) -> None:
        """Write a query over the one that is there, and wait until it is understood."""
        self.editor.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(f"query {name} {selection}")
        self.tab(name).wait_for()

    def tab(self, name: str) -> Locator:
        """Give the tab of that title."""
        return self.page.locator(".graphiql-tab-button", has_text=name)

    def runs(self) -> None:
        """Press the button, and wait for the answer."""
        self.button("Execute query").click()
        self.waits_for_answer()

    def waits_for_answer(self) -> None:
        """Wait until an answer is shown."""
        response = self.page.locator(".result-window .view-lines")
        response.get_by_text(re.compile("extensions|errors|data")).first.wait_for()

    def button(self, name: str) -> Locator:
        """Give the button of that name."""
        return self.page.get_by_role("button", name=name, exact=False).first

    def panel(self, name: str) -> Locator:
        """Open a panel, if it is not open, and give it."""
        if self.page.get_by_role("button", name=f"Show {name}").count():
            self.button(f"Show {name}").click()
        return self.page.locator(".graphiql-plugin")

    def tabs(self) -> list[str]:
        """Give the titles of the tabs."""
        return self.page.locator(".graphiql-tab-button").all_inner_texts()

    def shot(self, name: str) -> None:
        """Keep a picture of the page."""
        PICTURES.mkdir(exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png")

    def violations(self) -> list[tuple[str, str]]:
        """Give what axe-core finds: the rule, and where."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[dict[str, Any]] = self.page.evaluate(
            "axe.run({resultTypes: ['violations']}).then(found => found.violations)"
        )
        return [
            (violation["id"], node["target"][0])
            for violation in found
            for node in violation["nodes"]
        ]


@contextmanager
def visit(
    browser: Browser, address: str, scheme: Scheme = "light"
) -> Generator[Visitor]:
    """Come as somebody who has never been here."""
    with browser.new_context(color_scheme=scheme, viewport=SIZE) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield Visitor(context.new_page(), address)


@pytest.fixture
def visitor(browser: Browser, address: str) -> Generator[Visitor]:
    """Give somebody who has never been here; nothing may go wrong for them."""
    with visit(browser, address) as visitor:
        yield visitor
        assert visitor.complaints == []
