"""Lists in pages: whole lists come in their order, cursors are honest, filters hold."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workatlas.resolvers import Service

from .answers import ask, errors, serve, serve_sample
from .mini import release

TASKS = """query ($first: Int! = 20, $after: String, $order: TaskOrder,
  $filter: TaskFilter) {
  taskConnection(first: $first, after: $after, orderBy: $order, filter: $filter) {
    totalCount edges { cursor node { taskId } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
FACTS = """{ release { occupations { code tasks { taskId type
  importance { value } relevance { value } workActivities { elementId } } } } }"""
Fact = dict[str, Any]


@pytest.fixture
def service(sample_graph: Path) -> Service:
    """Serve the bundled sample."""
    return serve_sample(sample_graph)


@pytest.fixture
def mini(tmp_path: Path) -> Service:
    """Serve a release of five tasks."""
    return serve(tmp_path, release())


async def facts_of(service: Service) -> list[Fact]:
    """Give what the whole list says of each task."""
    occupations = (await ask(service, FACTS))["release"]["occupations"]
    return [
        {
            "id": task["taskId"],
            "code": occupation["code"],
            "type": task["type"],
            "importance": task["importance"]["value"],
            "relevance": task["relevance"]["value"],
            "activities": [each["elementId"] for each in task["workActivities"]],
        }
        for occupation in occupations
        for task in occupation["tasks"]
    ]


async def all_pages(service: Service, first: int, **variables: Any) -> list[int]:
    """Go through a list page by page."""
    found: list[int] = []
    after: str | None = None
    while True:
        page = (await ask(service, TASKS, first=first, after=after, **variables))[
            "taskConnection"
        ]
        info, edges = page["pageInfo"], page["edges"]
        assert info["hasPreviousPage"] == (after is not None)
        assert info["startCursor"] == (edges[0]["cursor"] if edges else None)
        assert info["endCursor"] == (edges[-1]["cursor"] if edges else None)
        found += [edge["node"]["taskId"] for edge in edges]
        if not info["hasNextPage"]:
            assert page["totalCount"] == len(found)
            return found
        assert len(edges) == first
        after = info["endCursor"]


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("by", ["importance", "relevance"])
async def test_pages_make_up_the_list(service: Service, by: str, *, down: bool) -> None:
    """Those without the figure come last either way; ties are in order of task ID."""
    facts = await facts_of(service)
    assert any(fact[by] is None for fact in facts)
    sign = -1 if down else 1
    wanted = sorted(facts, key=lambda f: (f[by] is None, sign * (f[by] or 0), f["id"]))
    order = {"by": by.upper(), "direction": "DESCENDING" if down else "ASCENDING"}
    for first in (7, 100):
        found = await all_pages(service, first, order=order)
        assert found == [fact["id"] for fact in wanted]


async def test_task_ids_count_up_or_down(service: Service) -> None:
    """Without an order the list is by task ID."""
    numbers = sorted(fact["id"] for fact in await facts_of(service))
    assert await all_pages(service, 9) == numbers
    order = {"by": "TASK_ID", "direction": "DESCENDING"}
    assert await all_pages(service, 9, order=order) == numbers[::-1]


def at_least(name: str, bound: float) -> Callable[[Fact], bool]:
    """Tell whether a task has a figure of a bound or more."""
    return lambda fact: fact[name] is not None and fact[name] >= bound


CORE = {"type": "CORE"}
HIGH = {"minImportance": 4}
FILTERS: list[tuple[Any, Callable[[Fact], bool]]] = [
    ({}, lambda _: True),
    (CORE, lambda f: f["type"] == "CORE"),
    (HIGH, at_least("importance", 4)),
    ({"not": HIGH}, lambda f: not at_least("importance", 4)(f)),
    ({**CORE, **HIGH}, lambda f: f["type"] == "CORE" and at_least("importance", 4)(f)),
    (
        {"any": [{"maxImportance": 3}, {"minRelevance": 80}]},
        lambda f: (
            (f["importance"] is not None and f["importance"] <= 3)
            or at_least("relevance", 80)(f)
        ),
    ),
    ({"all": [CORE, {"not": CORE}]}, lambda _: False),
    ({"any": []}, lambda _: False),
    ({"all": [], "not": {"any": []}}, lambda _: True),
    (
        {"maxRelevance": 90, "minImportance": 2},
        lambda f: (
            at_least("importance", 2)(f)
            and f["relevance"] is not None
            and f["relevance"] <= 90
        ),
    ),
]


@pytest.mark.parametrize(("given", "holds"), FILTERS, ids=range(len(FILTERS)))
async def test_filters_are_applied_before_pages(
    service: Service, given: Any, holds: Callable[[Fact], bool]
) -> None:
    """What passes is what an independent look at the whole list says."""
    wanted = sorted(f["id"] for f in await facts_of(service) if holds(f))
    assert await all_pages(service, 6, filter=given) == wanted


async def test_filters_by_what_tasks_belong_to(service: Service) -> None:
    """Tasks of a detailed activity, and of occupations with a code."""
    facts = await facts_of(service)
    activity = next(f["activities"][0] for f in facts if f["activities"])
    wanted = sorted(f["id"] for f in facts if activity in f["activities"])
    assert await all_pages(service, 5, filter={"detailedActivity": activity}) == wanted
    group = facts[0]["code"][:2]
    wanted = sorted(f["id"] for f in facts if f["code"].startswith(group))
    assert await all_pages(service, 5, filter={"codePrefix": group}) == wanted
    assert len(wanted) < len(facts)


async def test_occupations_come_by_code(service: Service) -> None:
    """The pages of occupations, all of them or some."""
    document = """query ($after: String, $filter: OccupationFilter) {
      occupationConnection(first: 1, after: $after, filter: $filter) { totalCount
        nodes { code } edges { cursor node { code } } pageInfo { endCursor } } }"""
    listed = (await ask(service, "{ release { occupations { code } } }"))["release"]
    codes = [occupation["code"] for occupation in listed["occupations"]]
    after = None
    for code in codes:
        page = (await ask(service, document, after=after))["occupationConnection"]
        assert page["totalCount"] == len(codes)
        assert page["nodes"] == [{"code": code}]
        assert [edge["node"] for edge in page["edges"]] == page["nodes"]
        after = page["edges"][0]["cursor"]
        assert after == page["pageInfo"]["endCursor"]
    given = {"not": {"any": [{"codePrefix": code} for code in codes[1:]]}}
    page = (await ask(service, document, filter=given))["occupationConnection"]
    assert (page["totalCount"], page["nodes"]) == (1, [{"code": codes[0]}])


async def test_pages_of_each_occupation(service: Service) -> None:
    """A page below many parents is one statement; each parent has its own."""
    document = """{ release { occupations { code tasks { taskId }
      taskConnection(first: 2) { totalCount nodes { taskId occupation { code } }
        edges { node { taskId } } } } } }"""
    answer = await service.answer(document)
    for occupation in answer.as_dict()["data"]["release"]["occupations"]:
        page = occupation["taskConnection"]
        assert page["totalCount"] == len(occupation["tasks"])
        assert page["nodes"] == [
            {**task, "occupation": {"code": occupation["code"]}}
            for task in occupation["tasks"][:2]
        ]
        assert [edge["node"] for edge in page["edges"]] == occupation["tasks"][:2]
    assert len(answer.statements) <= 3


async def test_what_is_not_asked_for_is_not_fetched(mini: Service) -> None:
    """No count without totalCount, no rows without anything that reads them."""

    async def texts(selection: str) -> str:
        document = f"{{ taskConnection {{ {selection} }} }}"
        answer = await mini.answer(document, explain=True)
        plan = answer.as_dict()["extensions"]["plan"]
        return " ".join(statement["text"] for statement in plan["statements"])

    assert "count(" not in await texts("nodes { taskId }")
    assert "collect(" not in await texts("totalCount")
    both = await texts("totalCount pageInfo { hasNextPage }")
    assert "count(" in both
    assert "LIMIT $first" in both


async def test_related_tasks_in_pages(mini: Service) -> None:
    """They go on after a cursor, without a kind's tasks coming back in a wider one."""
    document = """query ($after: String, $min: Float, $other: Boolean! = false) {
      task(taskId: 1) { related: relatedConnection(first: 1, after: $after,
          minScore: $min, excludeOccupation: $other,
          via: [DETAILED_ACTIVITY, INTERMEDIATE_ACTIVITY, GENERALIZED_ACTIVITY]) {
        totalCount nodes { task { taskId } }
        edges { cursor node { score method via } } pageInfo { hasNextPage } } } }"""

    async def related(**variables: Any) -> Any:
        return (await ask(mini, document, **variables))["task"]["related"]

    found: list[tuple[int, float, str]] = []
    after, more = None, True
    while more:
        page = await related(after=after)
        (edge,), (node,) = page["edges"], page["nodes"]
        why = edge["node"]
        found.append((node["task"]["taskId"], why["score"], why["via"]))
        after, more = edge["cursor"], page["pageInfo"]["hasNextPage"]
        assert page["totalCount"] == 3
        assert why["method"] == "information-content"
    assert found == [
        (2, 0.415, "DETAILED_ACTIVITY"),
        (5, 0.415, "DETAILED_ACTIVITY"),
        (3, 0.0, "INTERMEDIATE_ACTIVITY"),
    ]
    assert (await related(min=0.5))["nodes"] == []
    assert (await related(min=0.5, after=after))["edges"] == []
    elsewhere = await related(other=True)
    assert (elsewhere["totalCount"], elsewhere["nodes"]) == (
        1,
        [{"task": {"taskId": 5}}],
    )


async def test_generalized_activities_hold_the_others(mini: Service) -> None:
    """Asked for alone they relate all that share one, however narrowly."""
    document = """{ task(taskId: 1) { related(via: GENERALIZED_ACTIVITY) {
        via task { taskId } sharedActivities { elementId } }
      two: related(via: [GENERALIZED_ACTIVITY, DETAILED_ACTIVITY]) { via } } }"""
    task = (await ask(mini, document))["task"]
    assert task["related"] == [
        {
            "via": "GENERALIZED_ACTIVITY",
            "task": {"taskId": number},
            "sharedActivities": [{"elementId": "A"}],
        }
        for number in (2, 3, 5)
    ]
    assert [edge["via"][:1] for edge in task["two"]] == ["D", "D", "G"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"first": 0}, "at least 1 and at most 100"),
        ({"first": 101}, "at least 1 and at most 100"),
        ({"filter": {"any": [{"type": "CORE"}] * 21}}, "21 tests, and can have 20"),
        (
            {"filter": {"not": {"not": {"not": {"not": {"not": {"not": {}}}}}}}},
            "more than 5 deep",
        ),
    ],
)
async def test_too_much_is_refused(mini: Service, given: Any, why: str) -> None:
    """Bounds are told with what to do."""
    answer = await mini.answer(TASKS, given)
    assert errors(answer) == [(["taskConnection"], "USAGE")]
    assert why in str(answer.as_dict()["errors"])
