"""A page's JSON-LD has each figure that a reader sees, and what is said of it."""

from typing import Any

import httpx
import pytest

from .html_tree import Element
from .site_client import (
    OF_SAMPLE,
    client,
    kind,
    linked,
    page_of,
    sample,
    store,
    unbuilt,
)

__all__ = ["client", "sample", "store", "unbuilt"]

pytestmark = pytest.mark.usefixtures("unbuilt")
NO_FIGURES = {"as published", "As published", "linked"}


def shown(page: Element) -> set[str]:
    """Give the figures in sight, each with source, file, line and column."""
    words = [*words_of(page, "titles"), *words_of(page, "emerging")]
    no_figures = {button["popovertarget"] for button in words}
    places = [
        (button.text, page.one("div", id=button["popovertarget"]))
        for button in page.all("button", class_="sourced")
        if button.text not in NO_FIGURES and button["popovertarget"] not in no_figures
    ]
    return {", ".join([text, *stands(place)]) for text, place in places}


def stands(place: Element) -> list[str]:
    """Give source and file of a popover, as it names them."""
    facts = {d.one("dt").text: d.one("dd").text for d in place.one("dl").all("div")}
    source = facts["Source"].removesuffix(" (invented)")
    return [source, *([facts["File"]] if "File" in facts else [])]


def words_of(page: Element, name: str) -> list[Element]:
    """Give what a section of an occupation's page has that is no figure."""
    sections = page.all("section", **{"aria-labelledby": name})
    return [button for each in sections for button in each.all("button")]


def observed(page: Element) -> dict[str, dict[str, Any]]:
    """Give the observations by name, the last of each."""
    return {node["name"]: node for node in kind(linked(page), "Observation")}


def told(node: dict[str, Any]) -> dict[str, Any]:
    """Give what an observation says with names of the schema."""
    return {p["name"]: p["value"] for p in node.get("additionalProperty", [])}


@pytest.mark.parametrize("address", OF_SAMPLE)
async def test_each_figure_is_observed(sample: httpx.AsyncClient, address: str) -> None:
    """Every figure in sight is in the data with its place, and no other is."""
    page = await page_of(sample, address)
    seen = {node["description"] for node in kind(linked(page), "Observation")}
    assert len(seen) > 10
    assert seen == shown(page)


@pytest.mark.parametrize(
    "address", [f"/task/{n}" for n in range(1, 6)] + ["/occupation/11-1.00"]
)
async def test_each_figure_of_a_small_release(
    client: httpx.AsyncClient, address: str
) -> None:
    """The same holds where figures are missing, and for a shared statement."""
    page = await page_of(client, address)
    seen = {node["description"] for node in kind(linked(page), "Observation")}
    assert seen == shown(page)


async def test_titles(client: httpx.AsyncClient) -> None:
    """Other titles of an occupation are its other names."""
    page = await page_of(client, "/occupation/11-1.00")
    (work,) = kind(linked(page), "Occupation")
    assert work["alternateName"] == [button.text for button in words_of(page, "titles")]
    assert work["alternateName"] == ["Bender", "Creaser"]


async def test_bounds_and_advice(client: httpx.AsyncClient) -> None:
    """A figure has its interval or why there is none, answers and advice."""
    figures = observed(await page_of(client, "/task/1"))
    interval = figures["Relevance"]["marginOfError"]
    assert (interval["minValue"], interval["maxValue"]) == (89.0, 92.0)
    assert told(figures["Relevance"]) == {"n": 30, "recommendSuppress": True}
    expert = observed(await page_of(client, "/task/2"))["Importance"]
    page = await page_of(client, "/activity/A.1.D1")
    both = [n for n in kind(linked(page), "Observation") if n["name"] == "Importance"]
    bounded = {n["observationAbout"]["termCode"]: "marginOfError" in n for n in both}
    assert bounded == {"1": True, "2": False, "5": False}
    assert expert["observationAbout"]["termCode"] != "2"


async def test_why_there_are_no_bounds(client: httpx.AsyncClient) -> None:
    """An observation without an interval says why, in the schema's words."""
    page = await page_of(client, "/task/2")
    (own,) = [
        node
        for node in kind(linked(page), "Observation")
        if node["name"] == "Importance" and "name" not in node["observationAbout"]
    ]
    assert "marginOfError" not in own
    assert told(own)["boundsMissing"].startswith("Occupational experts rated")


async def test_derived_scores(sample: httpx.AsyncClient) -> None:
    """A score that was derived from a label names its method, and how it was joined."""
    page = await page_of(sample, OF_SAMPLE[0])
    ratings = [o for o in kind(linked(page), "Observation") if "study" in told(o)]
    derived = {o["description"] for o in ratings if "measurementTechnique" in o}
    places = [
        (button.text, page.one("div", id=button["popovertarget"]))
        for button in page.section("exposure").all("button")
    ]
    assert derived == {
        ", ".join([text, *stands(place)])
        for text, place in places
        if "Derived" in place.text
    }
    assert derived
    basis = {o["measurementQualifier"] for o in ratings}
    assert basis == {"Same task ID and the very sentence that was rated."}


async def test_rank(client: httpx.AsyncClient) -> None:
    """A rank is observed with its method, what it counts among, and how much of it."""
    rank = observed(await page_of(client, "/task/1"))["Rank by importance"]
    assert rank["value"] == 2
    assert rank["measurementTechnique"].startswith("1 + the number of members")
    facts = told(rank)
    assert (facts["Of"], facts["Tied"], facts["File is loaded"]) == (3, 1, "whole")


async def test_what_is_related(client: httpx.AsyncClient) -> None:
    """A score leads to the other task, and says how it is computed."""
    score = observed(await page_of(client, "/task/4"))["Relatedness to task 2, in bits"]
    assert score["value"] == 1.322
    assert score["valueReference"]["url"] == "../task/2"
    assert score["measurementTechnique"].startswith("information-content: -log2")
