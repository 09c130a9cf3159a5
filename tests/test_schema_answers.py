"""What queries answer over a small graph with one of everything."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from workatlas.resolvers import Answer, Service
from workatlas.stores import Row, Subgraph, open_reader, open_writer

from .mini import release

NOW = "2026-01-02T03:04:05Z"


def serve(folder: Path, *graphs: Subgraph) -> Service:
    """Publish graphs in a folder and serve them."""
    writer = open_writer(str(folder))
    with writer.lock():
        writer.publish(graphs, now=NOW)
    return Service(open_reader(str(folder)))


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """Serve two releases, the older one without its ratings."""
    older = release("0.9", coverage="ABSENT", published="2024-11")
    return serve(tmp_path, release(), older)


async def ask(service: Service, document: str, **variables: Any) -> Mapping[str, Any]:
    """Give the data of an answer without errors."""
    body = (await service.answer(document, variables)).as_dict()
    assert "errors" not in body, body["errors"]
    data: Mapping[str, Any] = body["data"]
    return data


def errors(answer: Answer) -> list[tuple[list[str | int] | None, str]]:
    """Give path and code of each error of an answer."""
    found = answer.as_dict().get("errors", [])
    return [(e.get("path"), e["extensions"]["code"]) for e in found]


async def test_the_newest_release_is_the_default(service: Service) -> None:
    """Without a release, and with latest, the newest published one answers."""
    document = """query ($in: String) {
      task(taskId: 1, release: $in) { id release { id version published } } }"""
    for asked in (None, "latest", "onet-1.0"):
        task = (await ask(service, document, **{"in": asked}))["task"]
        assert task["id"] == "onet-1.0/task/1"
    task = (await ask(service, document, **{"in": "onet-0.9"}))["task"]
    assert task["release"] == {
        "id": "onet-0.9",
        "version": "0.9",
        "published": "2024-11",
    }


@pytest.mark.parametrize(
    ("coverage", "reason"),
    [("WHOLE", "NOT_RATED"), ("PART", "FILE_PART"), ("ABSENT", "FILE_ABSENT")],
)
async def test_an_absent_figure_has_a_reason(
    tmp_path: Path, coverage: str, reason: str
) -> None:
    """What is not there says why, and names the file that would hold it."""
    service = serve(tmp_path, release(coverage=coverage))
    figure = """{ value missing boundsMissing n standardError lowerBound upperBound
      recommendSuppress surveyed domainSource
      provenance { line column file { name coverage } } }"""
    document = f"""{{ task(taskId: 4) {{ type importance {figure} relevance {figure}
      frequency {figure} }} }}"""
    task = (await ask(service, document))["task"]
    expected = {
        **dict.fromkeys(
            (
                "value",
                "n",
                "standardError",
                "lowerBound",
                "upperBound",
                "recommendSuppress",
                "surveyed",
                "domainSource",
            )
        ),
        "missing": reason,
        "boundsMissing": "NO_VALUE",
        "provenance": {
            "line": None,
            "column": "Data Value",
            "file": {"name": "ratings.txt", "coverage": coverage},
        },
    }
    assert task["importance"] == task["relevance"] == expected
    assert task["frequency"] == [expected, expected]
    assert task["type"] == "NOT_CLASSIFIED"


async def test_absent_bounds_have_a_reason(service: Service) -> None:
    """Experts publish none, agreement has none, anything else was not published."""
    document = """{ tasks(taskIds: [1, 2, 3, 5]) {
      importance { boundsMissing recommendSuppress } } }"""
    tasks = (await ask(service, document))["tasks"]
    assert [t["importance"]["boundsMissing"] for t in tasks] == [
        None,
        "EXPERT_RATING",
        "NO_VARIATION",
        "NOT_PUBLISHED",
    ]


async def test_ranks_state_their_rule(service: Service) -> None:
    """Equal figures share the best place; a missing figure has no rank."""
    document = """{ tasks(taskIds: [1, 2, 3, 4]) { importance {
      rank { position of tied direction population tieRule method }
      low: rank(direction: ASCENDING) { position tied method } } } }"""
    tasks = (await ask(service, document))["tasks"]
    ranks = [t["importance"]["rank"] for t in tasks]
    assert [(r["position"], r["of"], r["tied"]) for r in ranks[:3]] == [
        (2, 3, 1),
        (2, 3, 1),
        (1, 3, 0),
    ]
    assert [t["importance"]["low"]["position"] for t in tasks[:3]] == [1, 1, 3]
    assert ranks[3] is None
    assert "higher" in ranks[0]["method"]
    assert "lower" in tasks[0]["importance"]["low"]["method"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", [1, 2, 3, 4]),
        ("(orderBy: {by: TASK_ID, direction: DESCENDING})", [4, 3, 2, 1]),
        ("(orderBy: {by: TASK_ID})", [1, 2, 3, 4]),
        ("(orderBy: {by: IMPORTANCE, direction: DESCENDING})", [3, 1, 2, 4]),
        ("(orderBy: {by: IMPORTANCE})", [1, 2, 3, 4]),
        ("(orderBy: {by: RELEVANCE, direction: DESCENDING})", [1, 2, 3, 4]),
    ],
)
async def test_tasks_are_sorted_with_ties_by_number(
    service: Service, order: str, expected: list[int]
) -> None:
    """Ties and tasks without the figure follow by ascending task ID."""
    document = f"""{{ occupation(code: "11-1.00") {{ tasks{order} {{ taskId }} }}
      task(taskId: 4) {{ siblings{order} {{ taskId }} }} }}"""
    data = await ask(service, document)
    assert [t["taskId"] for t in data["occupation"]["tasks"]] == expected
    siblings = [t["taskId"] for t in data["task"]["siblings"]]
    assert siblings == [number for number in expected if number != 4]


async def test_occupations(service: Service) -> None:
    """An occupation has counts, other titles in order, and its place in a file."""
    document = """{ occupations(codes: ["12-1.00", "11-1.00"]) {
      id code title description taskCount ratedTaskCount release { id }
      jobTitles { title shortTitle kind provenance { line file { name } } }
      exposureRatings { score } provenance { line release { id } } } }"""
    large, small = (await ask(service, document))["occupations"]
    assert (large["code"], large["taskCount"], large["ratedTaskCount"]) == (
        "12-1.00",
        1,
        1,
    )
    assert (small["taskCount"], small["ratedTaskCount"]) == (4, 3)
    assert [(t["title"], t["kind"]) for t in small["jobTitles"]] == [
        ("Bender", "ALTERNATE"),
        ("Creaser", "REPORTED"),
    ]
    assert small["id"] == "onet-1.0/occupation/11-1.00"
    assert small["exposureRatings"] == []


async def test_activities_reach_down(service: Service) -> None:
    """Each level counts the tasks and occupations below it."""
    document = """query ($id: String!) { workActivity(elementId: $id) {
      id level description taskCount occupationCount children { elementId }
      tasks { taskId } parent { elementId } provenance { line } } }"""
    wide = (await ask(service, document, id="A"))["workActivity"]
    assert (wide["taskCount"], wide["occupationCount"], wide["tasks"]) == (4, 2, [])
    assert wide["description"] == "All that is folded."
    assert wide["parent"] is None
    middle = (await ask(service, document, id="A.1"))["workActivity"]
    assert [c["elementId"] for c in middle["children"]] == ["A.1.D1", "A.1.D2"]
    assert (middle["taskCount"], middle["occupationCount"]) == (4, 2)
    narrow = (await ask(service, document, id="A.1.D1"))["workActivity"]
    assert [t["taskId"] for t in narrow["tasks"]] == [1, 2, 5]
    assert (narrow["taskCount"], narrow["occupationCount"]) == (3, 2)


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
    """Those that share a detailed activity come first; each says what is shared."""
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


async def test_what_is_not_there_is_an_error_at_its_path(service: Service) -> None:
    """Unknown numbers, codes, releases and identifiers are named, never just null."""
    document = """{ tasks(taskIds: [9, 1, 9]) { taskId } task(taskId: 9) { taskId }
      occupation(code: "x") { code } occupations(codes: ["x"]) { code }
      workActivity(elementId: "x") { title } study(id: "x") { title }
      release(id: "onet-9") { id } node(id: "onet-1.0/task/9") { id }
      other: node(id: "") { id } }"""
    answer = await service.answer(document)
    body = answer.as_dict()
    assert body["data"]["tasks"] == [None, {"taskId": 1}, None]
    assert sorted(errors(answer), key=str) == [
        (["node"], "NOT_FOUND"),
        (["occupation"], "NOT_FOUND"),
        (["occupations", 0], "NOT_FOUND"),
        (["other"], "NOT_FOUND"),
        (["release"], "NOT_FOUND"),
        (["study"], "NOT_FOUND"),
        (["task"], "NOT_FOUND"),
        (["tasks", 0], "NOT_FOUND"),
        (["tasks", 2], "NOT_FOUND"),
        (["workActivity"], "NOT_FOUND"),
    ]
    assert all(e["extensions"]["todo"] for e in body["errors"])


async def test_errors_come_in_the_order_of_the_document(service: Service) -> None:
    """Ten and more errors of a list are counted, not sorted as words."""
    numbers = list(range(100, 112))
    document = "query ($ids: [Int!]!) { tasks(taskIds: $ids) { taskId } }"
    answer = await service.answer(document, {"ids": numbers})
    assert [path for path, _ in errors(answer)] == [["tasks", i] for i in range(12)]


async def test_a_long_document_is_answered_but_not_remembered(service: Service) -> None:
    """What is kept of documents is bounded by their length, too."""
    long = "{ graph { version } }" + " " * 9000
    first = await service.answer(long)
    assert first.as_dict() == (await service.answer(long)).as_dict()


@pytest.mark.parametrize(
    ("node_id", "kind"),
    [
        ("onet-1.0", "Release"),
        ("onet-1.0/task/1", "Task"),
        ("onet-0.9/occupation/11-1.00", "Occupation"),
        ("onet-1.0/activity/A.1", "WorkActivity"),
    ],
)
async def test_nodes_are_found_by_their_identifier(
    service: Service, node_id: str, kind: str
) -> None:
    """Whatever gives an id is found by it again."""
    document = "query ($id: ID!) { node(id: $id) { __typename id } }"
    data = await ask(service, document, id=node_id)
    assert data["node"] == {"__typename": kind, "id": node_id}


async def test_releases_say_what_they_are_made_of(service: Service) -> None:
    """Files with checksums, scales with categories, licence and attribution."""
    document = """{ releases { id title synthetic layout layoutVerified
      files { name url sha256 bytes rows retrieved contents licenceName licenceUrl
        coverage }
      scales { id name minimum maximum categories { category label }
        provenance { line } }
      occupations { code } studies { id } joinCounts { study reason rows }
      source { id title publisher authors version published url doi synthetic
        licence { name url } requiredAttribution } } studies { id } }"""
    data = await ask(service, document)
    newest, oldest = data["releases"]
    assert [newest["id"], oldest["id"]] == ["onet-1.0", "onet-0.9"]
    assert [f["name"] for f in newest["files"]] == ["facts.txt", "ratings.txt"]
    assert oldest["files"][1]["coverage"] == "ABSENT"
    assert oldest["files"][1]["sha256"] is None
    assert [s["id"] for s in newest["scales"]] == ["FT", "IM", "RT"]
    assert [c["label"] for c in newest["scales"][0]["categories"]] == [
        "Rarely",
        "Often",
    ]
    assert [o["code"] for o in newest["occupations"]] == ["11-1.00", "12-1.00"]
    assert newest["source"]["licence"]["name"] == "CC BY 4.0"
    assert data["studies"] == newest["studies"] == newest["joinCounts"] == []


async def test_every_answer_says_what_it_touched(service: Service) -> None:
    """Invented releases and absent files are named beside the data."""
    document = """{ new: task(taskId: 1) { taskId }
      old: task(taskId: 1, release: "onet-0.9") { taskId } }"""
    body = (await service.answer(document)).as_dict()
    assert body["extensions"]["sources"] == [
        {
            "id": "onet-0.9",
            "synthetic": True,
            "syntheticStudies": [],
            "partialFiles": [],
            "absentFiles": ["ratings.txt"],
        },
        {
            "id": "onet-1.0",
            "synthetic": True,
            "syntheticStudies": [],
            "partialFiles": [],
            "absentFiles": [],
        },
    ]


async def test_a_document_that_cannot_run_has_no_data(service: Service) -> None:
    """Syntax and validation errors are errors of the request."""
    for document in (
        "{",
        "{ nothing }",
        "query A {graph{version}} query B {__typename}",
    ):
        answer = await service.answer(document)
        assert answer.is_request_error
        assert "data" not in answer.as_dict()
        assert {code for _, code in errors(answer)} == {"USAGE"}


async def test_an_empty_store_says_how_to_load(tmp_path: Path) -> None:
    """Nothing published is an error with a next step, not an empty answer."""
    service = Service(open_reader(str(tmp_path)))
    answer = await service.answer("{ task(taskId: 1) { taskId } graph { version } }")
    assert errors(answer) == [(["task"], "NOT_FOUND")]
    assert "load" in answer.as_dict()["errors"][0]["extensions"]["todo"]


async def test_a_failed_store_is_an_error_with_a_path(tmp_path: Path) -> None:
    """A damaged file gives an error of the store, and never an empty list."""
    service = serve(tmp_path, release())
    for path in (tmp_path / "graphs").glob("*.kgl"):
        path.write_bytes(b"")
    answer = await service.answer('{ occupation(code: "11-1.00") { title } }')
    assert errors(answer) == [(["occupation"], "STORE")]
    assert answer.as_dict()["data"] == {"occupation": None}


async def test_a_defect_is_not_shown_to_clients(tmp_path: Path) -> None:
    """What nobody expected is masked in the answer, and kept for the log."""
    service = serve(tmp_path, release())
    defect = RuntimeError("/secret/path")

    async def fail(*_: object) -> list[Row]:
        raise defect

    service._reader.fetch = fail  # type: ignore[method-assign] # pyright: ignore[reportPrivateUsage]
    answer = await service.answer("{ task(taskId: 1) { taskId } }")
    assert errors(answer) == [(["task"], "INTERNAL")]
    assert "secret" not in str(answer.as_dict())
    assert answer.unexpected == [defect]


async def test_statements_do_not_grow_with_the_siblings(service: Service) -> None:
    """One sibling or three: one statement for all, once the build is known."""
    document = """query ($id: Int!) { task(taskId: $id) { siblings {
      importance { value rank { position } provenance { file { name } } }
      workActivities { parent { title } } } } }"""
    first = await service.answer(document, {"id": 1})
    assert sorted(first.statements) == [
        ("release_files", 1),
        ("source_file", 1),
        ("task", 1),
    ]
    for task in (1, 5):
        assert (await service.answer(document, {"id": task})).statements == (
            ("task", 1),
        )
