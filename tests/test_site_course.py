"""A task over releases on its page: a plot, and a table with the same in words."""

from pathlib import Path

import pytest

from workatlas.stores import Subgraph

from .editions import edition, with_cells, without
from .html_tree import Element
from .site_client import kind, linked, page_of, publish, unbuilt, visitor_of
from .test_site_linked import shown

__all__ = ["unbuilt"]

pytestmark = pytest.mark.usefixtures("unbuilt")
RATING = ("task_ratings", {"taskId": "1", "scale": "IM"})


async def page(folder: Path, *releases: Subgraph, of: str = "task/1") -> Element:
    """Give the page about a task among releases."""
    store = publish(folder / "graph", *releases)
    async with visitor_of(store) as client:
        return await page_of(client, f"/{of}")


def several(folder: Path) -> list[Subgraph]:
    """Make releases: one lacks the task, one is a part; surveys repeat and change."""
    gone = without("taskId", "1")
    said = with_cells("task_statements", {"taskId": "1"}, statement="Fly two kites.")
    again = with_cells(*RATING, surveyed="01/2024", value="4.10")
    unbound = with_cells(*RATING, lowerBound=None, upperBound=None)
    return [
        edition(folder, "20.1"),
        edition(folder, "20.2"),
        edition(folder, "20.3", gone),
        edition(folder, "20.4", gone, partial=["Task Statements.txt"]),
        edition(folder, "20.5", said, again),
        edition(folder, "20.6", said, again, unbound),
    ]


async def test_the_table_says_what_each_release_has(tmp_path: Path) -> None:
    """Words, survey and figure of each release, with the reason where it has none."""
    found = await page(tmp_path, *several(tmp_path))
    table = found.section("course").rows()
    assert [row[0].split()[-1] for row in table] == [f"20.{n}" for n in range(1, 7)]
    assert [row[1] for row in table] == [
        "The first release here that has it: Fly a kite.",
        "As before: Fly a kite.",
        "Not in it any more",
        "A file that would name it was loaded in part; it may be there.",
        "Back again, reworded",
        "As before",
    ]
    assert [row[2] for row in table] == [
        "First figure here, August 2022",
        "Carried over, no new survey, August 2022",
        "",
        "",
        "New survey, January 2024",
        "Carried over, no new survey, January 2024",
    ]
    assert [row[3].split(" ")[0] for row in table] == [
        *("4.20", "4.20", "none:", "none:"),
        *("4.10", "4.10"),
    ]


async def test_the_plot_tells_surveys_from_what_is_carried_over(
    tmp_path: Path,
) -> None:
    """Each figure is a point of its kind; nothing is drawn across a gap."""
    found = await page(tmp_path, *several(tmp_path))
    plot = found.section("course").one("svg")
    assert plot["aria-hidden"] == "true"
    assert (plot["width"], plot["height"]) == ("640", "160")
    points = plot.all("circle")
    kinds = ["first", "carried_over", "new", "carried_over"]
    assert [point["class"] for point in points] == kinds
    places = [(float(point["cx"]), float(point["cy"])) for point in points]
    assert [x for x, _ in places] == [14.0, 136.4, 503.6, 626.0]
    # The scale goes from 1 to 5: 4.2 stands at four fifths of the height.
    assert places[0][1] == 40.4
    assert places[2][1] > places[0][1]
    ways = plot.all("line", class_="way")
    assert [(way["x1"], way["x2"]) for way in ways] == [
        ("14.0", "136.4"),
        ("503.6", "626.0"),
    ]
    bounds = [line["x1"] for line in plot.all("line", class_="bounds")]
    assert bounds == ["14.0", "136.4", "503.6"]


async def test_each_point_stands_in_a_file(tmp_path: Path) -> None:
    """Each figure of the table leads to its source, and is linked data with it."""
    found = await page(tmp_path, *several(tmp_path))
    observations = kind(linked(found), "Observation")
    assert {node["description"] for node in observations} == shown(found)
    told = {node["name"]: node for node in observations}
    carried = told["Importance, O*NET Database 20.2"]
    assert carried["observationAbout"] == {"@id": "urn:workatlas:onet-20.2/task/1"}
    said = {each["name"]: each["value"] for each in carried["additionalProperty"]}
    assert said["observation"] == "Carried over, no new survey, August 2022"


async def test_other_releases_are_led_to(tmp_path: Path) -> None:
    """The page of the task in each other release that has it is a link."""
    found = await page(tmp_path, *several(tmp_path), of="task/1?release=onet-20.5")
    links = [a["href"] for a in found.section("course").all("a")]
    assert links == [f"../task/1?release=onet-20.{n}" for n in (1, 2, 6)]


async def test_without_a_figure_there_is_no_plot(tmp_path: Path) -> None:
    """A task that is never rated has the table alone."""
    releases = [edition(tmp_path, version) for version in ("20.1", "20.2")]
    found = await page(tmp_path, *releases, of="task/3")
    assert found.section("course").all("svg") == []
    assert [row[3] for row in found.section("course").rows()] == [
        "none: The release holds no such rating of this task."
    ] * 2


async def test_one_release_has_no_course(tmp_path: Path) -> None:
    """There is nothing to compare, and the page says nothing of it."""
    found = await page(tmp_path, edition(tmp_path, "20.1"))
    assert found.all("section", **{"aria-labelledby": "course"}) == []
