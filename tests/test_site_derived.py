"""Numbers that stand in no file say how they were derived, and from which files."""

import httpx
import pytest

from .site_client import client, page_of, store, unbuilt

__all__ = ["client", "store", "unbuilt"]

pytestmark = pytest.mark.usefixtures("unbuilt")


@pytest.mark.parametrize(
    ("address", "number", "said"),
    [
        ("/task/1", "2nd", "File ratings.txt Derived 1 + the number of members"),
        ("/task/1", "3 tasks", "Derived Counted: tasks linked to it or to an activity"),
        ("/task/5", "1 task", "File facts.txt Derived Counted: its tasks."),
        ("/task/1", "3", "File ratings.txt Derived Counted: its tasks that have"),
        ("/task/1", "0.4", "Derived information-content: -log2 of the share"),
        ("/task/4", "2 tasks", "File facts.txt Derived Counted: tasks with this"),
        ("/task/4", "1.3", "File facts.txt Derived information-content: -log2 of"),
        ("/occupation/11-1.00", "4 tasks", "File facts.txt Derived Counted: its"),
        ("/activity/A.1.D1", "2 occupations", "Derived Counted: occupations with a"),
        ("/activity/A.1.D1", "0.4 bits", "Derived -log2 of the share of the release"),
    ],
)
async def test_how_a_number_was_derived(
    client: httpx.AsyncClient, address: str, number: str, said: str
) -> None:
    """Counts, rank, scores and bits have a place with method, file and release."""
    place = (await page_of(client, address)).one("main").place(number)
    assert "Source Paper database 1.0 (invented)" in place
    assert said in place
    assert "line" not in place
    assert "Rater" not in place


async def test_what_is_published_is_called_so(client: httpx.AsyncClient) -> None:
    """Words of a release are called published, and none of the numbers beside them."""
    page = await page_of(client, "/occupation/11-1.00")
    assert "They fold small things. As published" in page.one("div", class_="lead").seen
    page = await page_of(client, "/activity/A")
    assert (
        "Title and description as published." in page.one("header", class_="head").seen
    )
    page = await page_of(client, "/activity/A.1")
    assert "Title as published" in page.one("header", class_="head").seen
