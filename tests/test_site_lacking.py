"""What a release was loaded without is not known: pages tell no fact about it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from .html_tree import Element
from .mini_lacking import lacking
from .site_client import page_of, publish, unbuilt, visitor_of

__all__ = ["unbuilt"]

pytestmark = pytest.mark.usefixtures("unbuilt")


@asynccontextmanager
async def visitor(folder: Path, coverage: str) -> AsyncGenerator[httpx.AsyncClient]:
    """Give a client of the pages over such a release."""
    store = publish(folder / "graph", lacking(coverage))
    async with visitor_of(store) as client:
        yield client


def reason(section: Element) -> str:
    """Give the sentence that stands instead of a list."""
    return section.one("p", class_="missing").text


by_coverage = pytest.mark.parametrize(
    ("coverage", "became"), [("ABSENT", "left out"), ("PART", "loaded in part")]
)


@by_coverage
async def test_an_occupation(tmp_path: Path, coverage: str, became: str) -> None:
    """Titles, related occupations and candidates are not known; the file is named."""
    async with visitor(tmp_path, coverage) as client:
        page = await page_of(client, "/occupation/11-1.00")
    for section in ("emerging", "related", "titles"):
        file = f"{section}.txt"
        told = f"Not known: {file} was {became} when the release was loaded."
        assert reason(page.section(section)) == told


@by_coverage
async def test_a_task(tmp_path: Path, coverage: str, became: str) -> None:
    """Activities, related tasks and frequencies are not known."""
    async with visitor(tmp_path, coverage) as client:
        page = await page_of(client, "/task/5")
    told = f"was {became} when the release was loaded."
    for section in ("activities", "related"):
        assert reason(page.section(section)) == f"Not known: links.txt {told}"
    assert reason(page.section("frequency")) == f"Not known: categories.txt {told}"


async def test_an_activity_without_links(tmp_path: Path) -> None:
    """Without the file of links nobody knows how many tasks an activity has."""
    async with visitor(tmp_path, "ABSENT") as client:
        page = await page_of(client, "/activity/A.1")
    assert "links.txt was left out" in reason(page.section("tasks"))
    assert "tasks not known." in page.one("header", class_="head").text
    assert "0 tasks" not in page.text
    caveats = page.section("caveats").text
    assert "loaded without its links to work activities" in caveats
    assert "loaded without its ratings" in caveats


async def test_an_activity_with_a_part_of_the_links(tmp_path: Path) -> None:
    """A count of what is loaded in part says so."""
    async with visitor(tmp_path, "PART") as client:
        page = await page_of(client, "/activity/A.1")
    assert "links.txt was loaded in part" in reason(page.section("tasks"))
    head = page.one("header", class_="head")
    assert "File links.txt (a part of it)" in head.place("0 tasks")
    assert "Only a part of this release's links" in page.section("caveats").text


async def test_counts_of_rated_tasks(tmp_path: Path) -> None:
    """Without ratings it is not said that no task is rated."""
    async with visitor(tmp_path, "ABSENT") as client:
        for address in ("/occupation/11-1.00", "/task/1"):
            page = await page_of(client, address)
            assert "4 tasks, loaded without ratings" in page.one("main").seen
            assert "of them rated" not in page.text


async def test_a_rank_among_what_is_loaded(tmp_path: Path) -> None:
    """With a part of the ratings a rank is one among those that are loaded."""
    async with visitor(tmp_path, "PART") as client:
        page = await page_of(client, "/task/1")
    figures = page.section("figures")
    assert "2nd of 3 that are loaded, highest first" in figures.seen
    assert "File is loaded part" in figures.place("2nd")
    assert "ratings.txt (a part of it)" in figures.place("2nd")
