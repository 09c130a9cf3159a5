"""Filters of tasks by dates, activities and what raters say, tested in the store."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workatlas.resolvers import Service

from .answers import ask, errors, serve_sample

FACTS = """{ release { occupations { tasks { taskId surveyed
  workActivities { elementId parent { elementId parent { elementId } } }
  exposureRatings { label rater { kind } } } } } }"""
LISTED = """query ($filter: TaskFilter) { taskConnection(first: 100, filter: $filter) {
  totalCount nodes { taskId } } }"""
RELATED = """query ($id: Int!, $filter: TaskFilter) { task(taskId: $id) {
  relatedConnection(first: 100, filter: $filter) { totalCount
    nodes { score task { taskId } } } } }"""
Fact = dict[str, Any]


@pytest.fixture
def service(sample_graph: Path) -> Service:
    """Serve the bundled sample with its invented labels."""
    return serve_sample(sample_graph)


async def facts_of(service: Service) -> dict[int, Fact]:
    """Give what plain fields say of each task."""
    found: dict[int, Fact] = {}
    for occupation in (await ask(service, FACTS))["release"]["occupations"]:
        for task in occupation["tasks"]:
            near = task["workActivities"]
            wide = [each["parent"] for each in near]
            every = [*near, *wide, *(each["parent"] for each in wide)]
            found[task["taskId"]] = {
                "date": task["surveyed"],
                "activities": {each["elementId"] for each in every},
                "labels": {
                    (rating["label"], rating["rater"]["kind"])
                    for rating in task["exposureRatings"]
                },
            }
    return found


def by(kind: str) -> Callable[[Fact], bool]:
    """Tell whether a rater of a kind rated a task."""
    return lambda fact: any(each == kind for _, each in fact["labels"])


CASES: list[tuple[Any, Callable[[Fact], bool]]] = [
    ({"surveyedFrom": "2019"}, lambda f: (f["date"] or "") >= "2019-01"),
    ({"surveyedUntil": "2018"}, lambda f: (f["date"] or "9") <= "2018-12"),
    (
        {"surveyedFrom": "2015-06", "surveyedUntil": "2020-06"},
        lambda f: "2015-06" <= (f["date"] or "") <= "2020-06",
    ),
    ({"ratedBy": "MODEL"}, by("MODEL")),
    ({"ratedBy": "USAGE_LOG"}, by("USAGE_LOG")),
    ({"not": {"ratedBy": "PERSON"}}, lambda f: not by("PERSON")(f)),
    ({"label": {"label": "E1"}}, lambda f: any(x == "E1" for x, _ in f["labels"])),
    (
        {"label": {"label": "E1", "by": "PERSON"}},
        lambda f: ("E1", "PERSON") in f["labels"],
    ),
    (
        {
            "label": {"label": "E0", "by": "MODEL"},
            "not": {"label": {"label": "E0", "by": "PERSON"}},
        },
        lambda f: (
            ("E0", "MODEL") in f["labels"] and ("E0", "PERSON") not in f["labels"]
        ),
    ),
    ({"label": {"label": "no such"}}, lambda _: False),
]


@pytest.mark.parametrize(("given", "holds"), CASES, ids=range(len(CASES)))
async def test_what_passes_is_what_the_fields_say(
    service: Service, given: Any, holds: Callable[[Fact], bool]
) -> None:
    """Each filter, alone and with others; the count is of the same tasks."""
    facts = await facts_of(service)
    wanted = sorted(number for number, fact in facts.items() if holds(fact))
    page = (await ask(service, LISTED, filter=given))["taskConnection"]
    assert page["totalCount"] == len(wanted)
    assert [node["taskId"] for node in page["nodes"]] == wanted[:100]
    variables = {"filter": given}
    told = await service.answer(LISTED, variables)
    assert told.body == (await service.reference(LISTED, variables)).body


async def test_activities_of_all_levels_are_filters(service: Service) -> None:
    """A wide activity has the tasks of all below it."""
    facts = await facts_of(service)
    some = next(f["activities"] for f in facts.values() if f["activities"])
    sizes: set[int] = set()
    for activity in some:
        wanted = sorted(n for n, f in facts.items() if activity in f["activities"])
        given = {"activity": activity}
        page = (await ask(service, LISTED, filter=given))["taskConnection"]
        assert [node["taskId"] for node in page["nodes"]] == wanted[:100]
        assert page["totalCount"] == len(wanted)
        sizes.add(len(wanted))
    assert len(sizes) > 1


@pytest.mark.parametrize(("given", "holds"), CASES, ids=range(len(CASES)))
async def test_related_tasks_can_be_filtered(
    service: Service, given: Any, holds: Callable[[Fact], bool]
) -> None:
    """What is left of a task's related ones, in their order."""
    facts = await facts_of(service)
    some = [number for number, fact in facts.items() if fact["activities"]][:8]
    for number in some:
        every = await ask(service, RELATED, id=number)
        found = await ask(service, RELATED, id=number, filter=given)
        wanted = [
            node
            for node in every["task"]["relatedConnection"]["nodes"]
            if holds(facts[node["task"]["taskId"]])
        ]
        page = found["task"]["relatedConnection"]
        assert page == {"totalCount": len(wanted), "nodes": wanted}


@pytest.mark.parametrize("date", ["", "15", "2015-13", "2015-00", "2015-1", "x"])
async def test_what_is_no_date_is_refused(service: Service, date: str) -> None:
    """A survey has a year, or a year and a month."""
    answer = await service.answer(LISTED, {"filter": {"surveyedFrom": date}})
    assert errors(answer) == [(["taskConnection"], "USAGE")]
