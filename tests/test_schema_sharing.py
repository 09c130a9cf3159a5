"""What shares statements or activities is found, ranked and explained, each way."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from workatlas.resolvers import Service

from .answers import ask, errors, serve, serve_sample
from .mini import SAID, SHARED, release

WAYS = (
    "IDENTICAL_STATEMENT",
    "DETAILED_ACTIVITY",
    "INTERMEDIATE_ACTIVITY",
    "GENERALIZED_ACTIVITY",
)
"""The narrowest first."""
ALL = """{ release { occupations { code tasks { taskId statement
  workActivities { id parent { id parent { id } } } } } } }"""
SHARING = """fragment S on Sharing { via score method sharedActivities { id }
  sharedStatements { statement } }"""
OF_TASK = f"""query ($of: Int!, $via: [RelatedVia!]) {{ of: task(taskId: $of) {{
  related(via: $via, first: 100) {{ other: task {{ name: taskId }} ...S }}
  relatedConnection(via: $via, first: 1) {{ totalCount }} }} }} {SHARING}"""
OF_OCCUPATION = f"""query ($of: String!, $via: [RelatedVia!]) {{
  of: occupation(code: $of) {{
    related(via: $via, first: 100) {{ other: occupation {{ name: code }} ...S }}
    relatedConnection(via: $via, first: 1) {{ totalCount }} }} }} {SHARING}"""
Had = dict[Any, dict[str, set[str]]]
"""What each task or occupation has, by kind: statements and activities."""


class Facts(NamedTuple):
    """What tasks and occupations have, and what it says of a task to have it."""

    tasks: Had
    occupations: Had
    bits: Mapping[str, float]


@pytest.fixture
def service(sample_graph: Path) -> Service:
    """Serve the bundled sample, in which two statements are shared."""
    return serve_sample(sample_graph)


async def facts_of(service: Service) -> Facts:
    """Put together what plain fields say."""
    tasks: Had = {}
    occupations: Had = {}
    having: defaultdict[str, set[int]] = defaultdict(set)
    for occupation in (await ask(service, ALL))["release"]["occupations"]:
        every = occupations[occupation["code"]] = {kind: set() for kind in WAYS}
        for task in occupation["tasks"]:
            own = tasks[task["taskId"]] = {kind: set[str]() for kind in WAYS}
            own[WAYS[0]].add(task["statement"])
            for activity in task["workActivities"]:
                at = activity
                for kind in WAYS[1:]:
                    own[kind].add(at["id"])
                    at = at.get("parent")
            for kind, some in own.items():
                every[kind] |= some
                for each in some:
                    having[each].add(task["taskId"])
    linked = sum(bool(own[WAYS[1]]) for own in tasks.values())
    statements = {s for own in tasks.values() for s in own[WAYS[0]]}
    bits = {
        each: round(
            math.log2((len(tasks) if each in statements else linked) / len(n)), 3
        )
        for each, n in having.items()
    }
    return Facts(tasks, occupations, bits)


def ranked(facts: Facts, had: Had, of: Any, via: Collection[str]) -> list[Any]:
    """Compute what shares something, as an answer has it."""
    found: list[Any] = []
    for other, theirs in had.items():
        shared = {k: had[of][k] & theirs[k] for k in WAYS if k in via and other != of}
        best = [
            (max(facts.bits[s] for s in some), k) for k, some in shared.items() if some
        ]
        if best:
            score = max(bits for bits, _ in best)
            kind = next(k for bits, k in best if bits == score)
            found.append((-score, other, kind, shared[kind]))
    return sorted(found, key=lambda one: one[:2])


def told(page: Any) -> Iterator[Any]:
    """Give an answer's part in the same form."""
    for one in page["related"]:
        assert one["method"] == "information-content"
        shared = {s["statement"] for s in one["sharedStatements"]}
        shared |= {activity["id"] for activity in one["sharedActivities"]}
        yield -one["score"], one["other"]["name"], one["via"], shared


@pytest.mark.parametrize("number", range(1, len(WAYS) + 1))
@pytest.mark.parametrize("document", [OF_TASK, OF_OCCUPATION], ids=["task", "occ"])
async def test_all_that_share_are_found_and_explained(
    service: Service, document: str, number: int
) -> None:
    """Whatever kinds are asked for: the rarest first, with all that is shared of it."""
    facts = await facts_of(service)
    had = facts.tasks if document is OF_TASK else facts.occupations
    kinds: set[str] = set()
    for via in combinations(WAYS, number):
        for of in list(had)[:8]:
            page = (await ask(service, document, of=of, via=[*via]))["of"]
            wanted = ranked(facts, had, of, via)
            found = list(told(page))
            assert found == wanted[:100]
            assert page["relatedConnection"]["totalCount"] == len(wanted)
            kinds |= {kind for _, _, kind, _ in found}
    assert kinds


async def test_usual_ways(service: Service) -> None:
    """By statements and detailed activities, and tasks by intermediate ones too."""
    facts = await facts_of(service)
    for document, had, via in (
        (OF_TASK, facts.tasks, WAYS[:3]),
        (OF_OCCUPATION, facts.occupations, WAYS[:2]),
    ):
        for of in list(had)[:8]:
            page = (await ask(service, document, of=of))["of"]
            assert list(told(page)) == ranked(facts, had, of, via)[:100]


@pytest.mark.parametrize("document", [OF_TASK, OF_OCCUPATION], ids=["task", "occ"])
async def test_by_nothing_nothing_is_related(service: Service, document: str) -> None:
    """An empty list of kinds gives an empty list, and none in all."""
    facts = await facts_of(service)
    had = facts.tasks if document is OF_TASK else facts.occupations
    page = (await ask(service, document, of=next(iter(had)), via=[]))["of"]
    assert page == {"related": [], "relatedConnection": {"totalCount": 0}}


async def test_shared_statements_are_nodes(tmp_path: Path) -> None:
    """A task leads to its statement if others have it, and that to all of them."""
    service = serve(tmp_path, release())
    document = """query ($id: ID!) { node(id: $id) { id ... on SharedStatement {
        statement information taskCount tasks { taskId } } }
      two: task(taskId: 2) { sharedStatement { id } }
      one: task(taskId: 1) { sharedStatement { id } } }"""
    node = f"onet-1.0/{SHARED}"
    assert await ask(service, document, id=node) == {
        "node": {
            "id": node,
            "statement": SAID,
            "information": 1.322,
            "taskCount": 2,
            "tasks": [{"taskId": 2}, {"taskId": 4}],
        },
        "two": {"sharedStatement": {"id": node}},
        "one": {"sharedStatement": None},
    }


async def test_related_goes_on_after_a_cursor(service: Service) -> None:
    """A plain list takes the cursors of its connection; others are refused."""
    document = """query ($task: String, $code: String) {
      task(taskId: 97) { related(first: 100, after: $task) { task { taskId } }
        pages: relatedConnection(first: 3) { edges { cursor } } }
      occupation(code: "19-1017.00") { related(first: 100, after: $code) { score }
        pages: relatedConnection(first: 3) { edges { cursor } } } }"""
    whole = await ask(service, document)
    of_task, of_code = (
        whole[name]["pages"]["edges"][1]["cursor"] for name in ("task", "occupation")
    )
    after = await ask(service, document, task=of_task, code=of_code)
    for name in ("task", "occupation"):
        assert after[name]["related"] == whole[name]["related"][2:]
    answer = await service.answer(document, {"task": of_code, "code": of_task})
    assert errors(answer) == [
        (["task", "related"], "USAGE"),
        (["occupation", "related"], "USAGE"),
    ]


async def test_occupations_that_share_can_be_chosen(service: Service) -> None:
    """By the least score, and by all that lists of occupations are filtered by."""
    document = """query ($min: Float, $filter: OccupationFilter) {
      occupation(code: "19-1017.00") { pages: relatedConnection(via: DETAILED_ACTIVITY,
        first: 100, minScore: $min, filter: $filter) { totalCount
          nodes { score occupation { code } } } } }"""

    async def pages(**variables: Any) -> Any:
        return (await ask(service, document, **variables))["occupation"]["pages"]

    whole = await pages()
    least = whole["nodes"][1]["score"]
    high = [node for node in whole["nodes"] if node["score"] >= least]
    assert await pages(min=least) == {**whole, "nodes": high}
    group = whole["nodes"][0]["occupation"]["code"][:2]
    some = [n for n in whole["nodes"] if n["occupation"]["code"].startswith(group)]
    assert await pages(filter={"majorGroup": group}) == {
        "totalCount": len(some),
        "nodes": some,
    }
