"""What queries answer over a small graph with one of everything."""

from pathlib import Path

import pytest

from workatlas.resolvers import Service
from workatlas.stores import Row, open_reader

from .answers import ask, errors, serve, serve_two
from .mini import release


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """Serve two releases, the older one without its ratings."""
    return serve_two(tmp_path)


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


@pytest.mark.parametrize(
    ("asked", "what", "todo"),
    [
        ("task(taskId: 9) { id }", "Task 9 is", "Check the number"),
        ('occupation(code: "x") { id }', "Occupation x is", "Check the code"),
        ('occupation(code: " ") { id }', "Occupation ' ' is", "Check the code"),
        ('workActivity(elementId: "x") { id }', "Activity x is", "the identifier"),
        ('release(id: "") { id }', "Release '' is", "loaded"),
        ('task(taskId: 1, release: "") { id }', "Release '' is", "loaded"),
        ('study(id: "x") { id }', "Study x is", "`studies` lists"),
        ('node(id: "") { id }', "'' is", "onet-29.2/task/392"),
        (
            "task(taskId: 1) { related(first: 0) { via } }",
            "first is 0",
            "at least 1",
        ),
    ],
)
async def test_errors_name_what_was_asked_and_what_to_do(
    service: Service, asked: str, what: str, todo: str
) -> None:
    """A message fits what was asked for, and shows an empty text as such."""
    body = (await service.answer(f"{{ {asked} }}")).as_dict()
    (error,) = body["errors"]
    assert error["message"].startswith(what)
    assert todo in error["extensions"]["todo"]


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
