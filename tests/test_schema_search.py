"""What a search answers, and what it refuses."""

from pathlib import Path
from typing import Any

import pytest

from workatlas.resolvers import Service

from .answers import errors, serve_two

SEARCH = """query($query: String!, $first: Int! = 20, $kinds: [SearchKind!],
  $release: String) {
  search(query: $query, first: $first, kinds: $kinds, release: $release) {
    kind field text score reason highlights { start end match } release { id }
    node { __typename id ... on Task { taskId occupation { code } }
      ... on Occupation { title } ... on WorkActivity { level } } } }"""


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """Serve two releases."""
    return serve_two(tmp_path)


async def found(service: Service, query: str, **variables: Any) -> list[dict[str, Any]]:
    """Give the hits of a search, the same by plan and by the reference."""
    variables = {"query": query, **variables}
    answer = await service.answer(SEARCH, variables)
    assert answer.executor == "plan"
    assert answer.body == (await service.reference(SEARCH, variables)).body
    hits: list[dict[str, Any]] = answer.as_dict()["data"]["search"]
    return hits


async def test_a_hit_says_what_matched_where_and_why(service: Service) -> None:
    """Field, text, places, reason, score, release; and leads to its node."""
    (hit,) = await found(service, "bender")
    assert hit == {
        "kind": "OCCUPATION",
        "field": "ALTERNATE_TITLE",
        "text": "Bender",
        "score": 5.75,
        "reason": "WHOLE_TEXT",
        "highlights": [{"start": 0, "end": 6, "match": "SAME"}],
        "release": {"id": "onet-1.0"},
        "node": {
            "__typename": "Occupation",
            "id": "onet-1.0/occupation/11-1.00",
            "title": "Small folders",
        },
    }
    (reported,) = await found(service, "creas")
    assert (reported["field"], reported["reason"]) == ("REPORTED_TITLE", "BEGINNING")


async def test_hits_of_every_kind_lead_to_their_nodes(service: Service) -> None:
    """One list holds tasks, activities and occupations, each fetched as usual."""
    (task,) = await found(service, "3", kinds=["TASK"], first=1)
    assert task["node"] == {
        "__typename": "Task",
        "id": "onet-1.0/task/3",
        "taskId": 3,
        "occupation": {"code": "11-1.00"},
    }
    (activity,) = await found(service, "a.1.d1")
    assert activity["node"]["level"] == "DETAILED"
    kinds = {hit["kind"] for hit in await found(service, "fold")}
    assert kinds == {"OCCUPATION", "WORK_ACTIVITY", "TASK"}


async def test_a_release_is_searched(service: Service) -> None:
    """The newest, or the one that is named."""
    for asked, name in ((None, "onet-1.0"), ("onet-0.9", "onet-0.9")):
        hits = await found(service, "fold", release=asked)
        assert {hit["release"]["id"] for hit in hits} == {name}
        assert all(hit["node"]["id"].startswith(name) for hit in hits)


async def test_what_is_typed_may_be_anything(service: Service) -> None:
    """Nothing is an operator, and nothing is too long."""
    for query in ("", '"', "AND OR NOT (", "task_id:[1 TO *]", "fo~", "😀", "\0"):
        await found(service, query)
    assert len(await found(service, "fold " * 2_000, kinds=["TASK"])) == 5
    assert await found(service, "fold", kinds=[]) == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ('query: "fold", first: 0', "USAGE"),
        ('query: "fold", first: 101', "USAGE"),
        ('query: "fold", release: "onet-0.1"', "NOT_FOUND"),
        ('query: "fold", first: 0, release: "onet-0.1"', "NOT_FOUND"),
    ],
)
async def test_what_cannot_be_meant_is_an_error(
    service: Service, arguments: str, code: str
) -> None:
    """It is of the closed set and has a path, in either executor."""
    document = f"{{ search({arguments}) {{ text }} }}"
    for answer in (service.answer, service.reference):
        assert errors(await answer(document)) == [(["search"], code)]
