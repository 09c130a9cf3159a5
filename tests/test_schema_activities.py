"""Activities reach what is below them, and explain which tasks are related."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from workatlas.cypher import EdgeKind
from workatlas.resolvers import Service

from .answers import ask, errors, serve, serve_two
from .mini import edges, release


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """Serve two releases, the older one without its ratings."""
    return serve_two(tmp_path)


async def test_activities_reach_down(service: Service) -> None:
    """Each level counts the tasks and occupations below it."""
    document = """query ($id: String!) { workActivity(elementId: $id) {
      id level description taskCount occupationCount children { elementId }
      tasks { taskId } parent { elementId } provenance { line } } }"""
    wide = (await ask(service, document, id="A"))["workActivity"]
    assert (wide["taskCount"], wide["occupationCount"]) == (4, 2)
    assert wide["description"] == "All that is folded."
    assert wide["parent"] is None
    middle = (await ask(service, document, id="A.1"))["workActivity"]
    assert [c["elementId"] for c in middle["children"]] == ["A.1.D1", "A.1.D2"]
    assert (middle["taskCount"], middle["occupationCount"]) == (4, 2)
    narrow = (await ask(service, document, id="A.1.D1"))["workActivity"]
    assert [t["taskId"] for t in narrow["tasks"]] == [1, 2, 5]
    assert (narrow["taskCount"], narrow["occupationCount"]) == (3, 2)


async def test_an_activity_is_cited_by_its_title(service: Service) -> None:
    """Its page has a title and an identifier, and its release is behind it."""
    document = """query ($release: String) { workActivity(elementId: "A.1.D1",
      release: $release) { title sources { id licence { name } } citations(
        accessed: "2026-06-07", styles: [APA, TEXT]) { style text } } }"""
    for name in ("onet-1.0", "onet-0.9"):
        found = (await ask(service, document, release=name))["workActivity"]
        (work,) = found["sources"]
        assert work["id"] == name
        apa, text = found["citations"]
        assert (apa["style"], text["style"]) == ("APA", "TEXT")
        assert apa["text"].splitlines()[0].startswith("WorkAtlas. (n.d.). Folding")
        assert len(apa["text"].splitlines()) == 2
        assert text["text"].startswith(f"{found['title']}. WorkAtlas. Based on ")
        assert f"(data set, {work['licence']['name']})" in text["text"]
        assert text["text"].endswith(f": WorkAtlas {name}/activity/A.1.D1")


async def test_tasks_of_all_activities_below_come_once(tmp_path: Path) -> None:
    """A task that two activities below share is there once, with all of its own."""
    graph = release()
    kind = EdgeKind("Task", "INVOLVES", "WorkActivity")
    twice = edges(("task/2", "activity/A.1.D2"))
    edged = {**graph.edges, kind: pl.concat([graph.edges[kind], twice])}
    service = serve(tmp_path, replace(graph, edges=edged))
    document = """query ($id: String!) { workActivity(elementId: $id) { taskCount
      tasks { taskId workActivities { elementId } occupation { code } } } }"""
    found = [
        (await ask(service, document, id=element))["workActivity"]
        for element in ("A", "A.1", "A.1.D2")
    ]
    below = [[t["taskId"] for t in activity["tasks"]] for activity in found]
    assert below == [[1, 2, 3, 5], [1, 2, 3, 5], [2, 3]]
    assert [activity["taskCount"] for activity in found] == [4, 4, 2]
    two = [{"elementId": "A.1.D1"}, {"elementId": "A.1.D2"}]
    task = {"taskId": 2, "workActivities": two, "occupation": {"code": "11-1.00"}}
    assert all(task in activity["tasks"] for activity in found)


async def test_links_to_activities_are_sourced(service: Service) -> None:
    """The row that links a task to an activity is there, with date and line."""
    document = """{ task(taskId: 3) { activityLinks { surveyed domainSource
      activity { elementId } provenance { line file { name } } } } }"""
    (link,) = (await ask(service, document))["task"]["activityLinks"]
    assert link == {
        "surveyed": "2014-03",
        "domainSource": None,
        "activity": {"elementId": "A.1.D2"},
        "provenance": {"line": 5, "file": {"name": "facts.txt"}},
    }


async def test_related_tasks_are_explained(service: Service) -> None:
    """Those that share a rarer activity come first; each says what is shared."""
    document = """query ($via: [RelatedVia!], $first: Int! = 20) { task(taskId: 1) {
      related(via: $via, first: $first) {
        task { taskId } via sharedActivities { elementId } } } }"""

    async def related(**variables: Any) -> list[tuple[int, str, list[str]]]:
        found = (await ask(service, document, **variables))["task"]["related"]
        return [
            (
                r["task"]["taskId"],
                r["via"],
                [a["elementId"] for a in r["sharedActivities"]],
            )
            for r in found
        ]

    detailed = [
        (2, "DETAILED_ACTIVITY", ["A.1.D1"]),
        (5, "DETAILED_ACTIVITY", ["A.1.D1"]),
    ]
    wider = (3, "INTERMEDIATE_ACTIVITY", ["A.1"])
    assert await related() == [*detailed, wider]
    assert await related(via=["DETAILED_ACTIVITY"]) == detailed
    assert await related(first=1) == detailed[:1]
    both = await related(via=["INTERMEDIATE_ACTIVITY"])
    assert [number for number, _, __ in both] == [2, 3, 5]
    for first in (0, 101):
        answer = await service.answer(document, {"first": first})
        assert errors(answer) == [(["task", "related"], "USAGE")]


async def test_what_an_activity_reaches_comes_in_pages(service: Service) -> None:
    """Each task once, however many of its activities are below, in any order."""
    document = """query ($id: String!, $order: TaskOrder, $after: String) {
      workActivity(elementId: $id) {
        taskConnection(first: 3, orderBy: $order, after: $after) {
          totalCount nodes { taskId } pageInfo { hasNextPage endCursor } }
        occupationConnection(first: 1) { totalCount nodes { code }
          pageInfo { hasNextPage } } } }"""
    order = {"by": "IMPORTANCE", "direction": "DESCENDING"}
    found = (await ask(service, document, id="A", order=order))["workActivity"]
    tasks, occupations = found["taskConnection"], found["occupationConnection"]
    assert [t["taskId"] for t in tasks["nodes"]] == [3, 1, 2]
    assert tasks["totalCount"] == 4
    assert occupations["nodes"] == [{"code": "11-1.00"}]
    assert (occupations["totalCount"], occupations["pageInfo"]["hasNextPage"]) == (
        2,
        True,
    )
    after = tasks["pageInfo"]["endCursor"]
    found = (await ask(service, document, id="A", order=order, after=after))[
        "workActivity"
    ]
    assert [t["taskId"] for t in found["taskConnection"]["nodes"]] == [5]
