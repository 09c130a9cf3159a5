"""Orders of occupations and tasks, and filters of occupations, tested in the store."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workatlas.resolvers import Service

from .answers import ask, errors, serve_sample

FACTS = """{ release { occupations { code title taskCount jobZone { number }
  exposureRatings { rater { kind } }
  relatedOccupations { occupation { code } }
  tasks { taskId statement surveyed sharedStatement { tasks { taskId } }
    workActivities { elementId tasks { taskId }
      parent { elementId parent { elementId } } } } } } }"""
OCCUPATIONS = """query ($first: Int!, $after: String, $order: OccupationOrder,
  $filter: OccupationFilter) { list: occupationConnection(first: $first, after: $after,
    orderBy: $order, filter: $filter) { totalCount nodes { name: code }
      pageInfo { endCursor hasNextPage } } }"""
TASKS = """query ($first: Int!, $after: String, $order: TaskOrder,
  $filter: TaskFilter) { list: taskConnection(first: $first, after: $after,
    orderBy: $order, filter: $filter) { totalCount nodes { name: taskId }
      pageInfo { endCursor hasNextPage } } }"""
Fact = dict[str, Any]


@pytest.fixture
def service(sample_graph: Path) -> Service:
    """Serve the bundled sample with its invented labels."""
    return serve_sample(sample_graph)


async def occupations_of(service: Service) -> list[Fact]:
    """Give what plain fields say of each occupation."""
    return list((await ask(service, FACTS))["release"]["occupations"])


async def pages(service: Service, document: str, first: int, **given: Any) -> list[Any]:
    """Go through a list page by page; its count is that of all."""
    found: list[Any] = []
    after: str | None = None
    while True:
        page = (await ask(service, document, first=first, after=after, **given))["list"]
        found += [node["name"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            assert page["totalCount"] == len(found)
            return found


def sorted_by(facts: list[Fact], value: Callable[[Fact], Any], *, down: bool) -> Any:
    """Sort by a value, those without it last; what is as high stays as it was."""
    known = [fact for fact in facts if value(fact) is not None]
    rest = [fact for fact in facts if value(fact) is None]
    return [*sorted(known, key=value, reverse=down), *rest]


def zone_of(fact: Fact) -> int | None:
    """Give the number of an occupation's job zone."""
    return fact["jobZone"] and fact["jobZone"]["number"]


VALUES: dict[str, Callable[[Fact], Any]] = {
    "CODE": lambda fact: fact["code"],
    "TITLE": lambda fact: fact["title"],
    "JOB_ZONE": zone_of,
    "TASK_COUNT": lambda fact: len(fact["tasks"]),
}


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize(("by", "value"), VALUES.items(), ids=VALUES)
async def test_orders_of_occupations(
    service: Service, by: str, value: Callable[[Fact], Any], *, down: bool
) -> None:
    """Ties are in order of code either way, and what has no value comes last."""
    facts = await occupations_of(service)
    wanted = [fact["code"] for fact in sorted_by(facts, value, down=down)]
    order = {"by": by, "direction": "DESCENDING" if down else "ASCENDING"}
    for first in (1, 3, 100):
        assert await pages(service, OCCUPATIONS, first, order=order) == wanted


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("by", ["statement", "surveyed"])
async def test_orders_of_tasks(service: Service, by: str, *, down: bool) -> None:
    """Character by character, equal ones in order of task ID, in lists of any kind."""
    facts = [task for one in await occupations_of(service) for task in one["tasks"]]
    in_order = sorted(facts, key=lambda fact: fact["taskId"])
    wanted = sorted_by(in_order, lambda fact: fact[by], down=down)
    order = {"by": by.upper(), "direction": "DESCENDING" if down else "ASCENDING"}
    numbers = [fact["taskId"] for fact in wanted]
    assert await pages(service, TASKS, 9, order=order) == numbers
    document = """query ($order: TaskOrder) { release { occupations {
      tasks(orderBy: $order) { taskId }
      list: taskConnection(first: 100, orderBy: $order) { nodes { taskId } } } } }"""
    for one in (await ask(service, document, order=order))["release"]["occupations"]:
        own = {task["taskId"] for task in one["tasks"]}
        assert one["tasks"] == one["list"]["nodes"]
        assert one["tasks"] == [{"taskId": n} for n in numbers if n in own]


async def test_orders_of_what_an_activity_reaches(service: Service) -> None:
    """Each occupation once, in any order."""
    facts = {fact["code"]: fact for fact in await occupations_of(service)}
    wide = next(iter(facts.values()))["tasks"][0]["workActivities"][0]["parent"][
        "parent"
    ]
    document = """query ($id: String!, $order: OccupationOrder) {
      workActivity(elementId: $id) { occupationConnection(first: 100, orderBy: $order) {
        totalCount nodes { code } } } }"""
    for by in ("TITLE", "CODE"):
        order = {"by": by, "direction": "DESCENDING"}
        found = await ask(service, document, id=wide["elementId"], order=order)
        page = found["workActivity"]["occupationConnection"]
        codes = [node["code"] for node in page["nodes"]]
        values = [VALUES[by](facts[code]) for code in codes]
        assert values == sorted(values, reverse=True)
        assert page["totalCount"] == len(set(codes)) > 1


def activities_of(fact: Fact) -> set[str]:
    """Give the activities of all levels of an occupation's tasks."""
    found: set[str] = set()
    for task in fact["tasks"]:
        for near in task["workActivities"]:
            wide = near["parent"]
            found |= {each["elementId"] for each in (near, wide, wide["parent"])}
    return found


async def test_filters_of_occupations(service: Service) -> None:
    """By group, activity, rater, and the publisher's list of related ones."""
    facts = await occupations_of(service)
    group = facts[0]["code"][:2]
    some = sorted(activities_of(facts[0]))
    lister = next(fact for fact in facts if fact["relatedOccupations"])
    listed = {row["occupation"]["code"] for row in lister["relatedOccupations"]}
    kinds = {r["rater"]["kind"] for fact in facts for r in fact["exposureRatings"]}
    cases: list[tuple[Any, Callable[[Fact], bool]]] = [
        ({"majorGroup": group}, lambda f: f["code"].startswith(f"{group}-")),
        ({"majorGroup": f"{group}-0000"}, lambda f: f["code"].startswith(f"{group}-")),
        ({"relatedOccupation": lister["code"]}, lambda f: f["code"] in listed),
        ({"relatedOccupation": "nope"}, lambda _: False),
        *(({"activity": a}, lambda f, a=a: a in activities_of(f)) for a in some),
        *(
            (
                {"ratedBy": kind},
                lambda f, k=kind: (
                    k in {r["rater"]["kind"] for r in f["exposureRatings"]}
                ),
            )
            for kind in ("PERSON", "MODEL", "USAGE_LOG")
        ),
    ]
    assert kinds
    for given, holds in cases:
        wanted = [fact["code"] for fact in facts if holds(fact)]
        assert await pages(service, OCCUPATIONS, 2, filter=given) == wanted
        rest = [fact["code"] for fact in facts if not holds(fact)]
        assert await pages(service, OCCUPATIONS, 100, filter={"not": given}) == rest


async def test_filters_of_tasks_by_what_they_belong_to(service: Service) -> None:
    """By occupation, by its major group, and by another task that shares something."""
    facts = await occupations_of(service)
    for fact in facts[:3]:
        own = sorted(task["taskId"] for task in fact["tasks"])
        given = {"occupation": fact["code"]}
        assert await pages(service, TASKS, 5, filter=given) == own
    group = facts[0]["code"][:2]
    own = [t["taskId"] for f in facts if f["code"][:2] == group for t in f["tasks"]]
    given = {"majorGroup": group}
    assert await pages(service, TASKS, 50, filter=given) == sorted(own)
    tasks = [task for fact in facts for task in fact["tasks"]]
    shared = [task for task in tasks if task["sharedStatement"]]
    assert shared
    for task in (*shared, *tasks[:10]):
        sharing = [*task["workActivities"]]
        sharing += [task["sharedStatement"]] if task["sharedStatement"] else []
        others = {each["taskId"] for some in sharing for each in some["tasks"]}
        given = {"relatedTask": task["taskId"]}
        found = await pages(service, TASKS, 50, filter=given)
        assert found == sorted(others - {task["taskId"]})


@pytest.mark.parametrize("group", ["", "2", "290", "29-1111", "\uff12\uff19", "aa"])
async def test_what_is_no_major_group_is_refused(service: Service, group: str) -> None:
    """It has two digits, with four zeros or without them."""
    for document in (TASKS, OCCUPATIONS):
        variables = {"first": 1, "filter": {"majorGroup": group}}
        answer = await service.answer(document, variables)
        assert errors(answer) == [(["list"], "USAGE")]


async def test_one_variable_names_a_release_everywhere(service: Service) -> None:
    """The same variable serves the release itself and lists of it."""
    document = """query ($release: String) { release(id: $release) { id }
      taskConnection(release: $release, first: 1) { totalCount }
      task(taskId: 97, release: $release) { taskId } }"""
    found = await ask(service, document, release="onet-sample")
    assert found["release"]["id"] == "onet-sample"
