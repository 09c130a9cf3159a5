"""Emerging tasks: candidates with a source, and what became of them later."""

import dataclasses
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from workatlas.loaders.generate import generate
from workatlas.resolvers import Service
from workatlas.stores import Subgraph

from .answers import SAMPLE, ask, errors, serve, serve_loaded, serve_sample
from .generated import CODE, text
from .mini import PROPOSED, release

FILE = "Emerging Tasks.txt"
ROW = """id statement category surveyed domainSource writeInTotal
  occupation { code } revises { taskId statement } release { id }
  sources { id } provenance { line column rater date file { name contents } }"""
PROMOTED = """{ occupation(code: "%s", release: "onet-%s") { emergingTasks {
  statement promoted { basis release { id } task { id taskId statement } } } } }"""


@pytest.fixture(scope="module")
def sample(sample_graph: Path) -> Service:
    """Serve the bundled sample."""
    return serve_sample(sample_graph)


def rows() -> list[dict[str, Any]]:
    """Give the rows of the sample's file."""
    return text(SAMPLE, "Emerging Tasks").to_dicts()


async def test_an_emerging_task_stands_where_it_says(sample: Service) -> None:
    """Every cell of the file is given, with its line, and by its identifier too."""
    document = f"{{ emergingTaskConnection {{ totalCount nodes {{ {ROW} }} }} }}"
    found = (await ask(sample, document))["emergingTaskConnection"]
    statements = dict(text(SAMPLE, "Task Statements").select("Task ID", "Task").rows())
    assert found["totalCount"] == len(rows())
    for line, (row, one) in enumerate(zip(rows(), found["nodes"], strict=True), 2):
        date, original = row["Date"], row["Original Task ID"]
        surveyed = f"{date[3:]}-{date[:2]}"
        revised = {"taskId": int(original or 0), "statement": statements.get(original)}
        assert one == {
            "id": f"onet-sample/emergingtask/{line}",
            "statement": row["Task"],
            "category": row["Category"].upper(),
            "surveyed": surveyed,
            "domainSource": row["Domain Source"],
            "writeInTotal": None,
            "occupation": {"code": row[CODE]},
            "revises": revised if original else None,
            "release": {"id": "onet-sample"},
            "sources": [{"id": "onet-sample"}],
            "provenance": {
                "line": line,
                "column": None,
                "rater": row["Domain Source"],
                "date": surveyed,
                "file": {"name": FILE, "contents": "EMERGING_TASKS"},
            },
        }
        document = (
            f'{{ node(id: "{one["id"]}") {{ ... on EmergingTask {{ {ROW} }} }} }}'
        )
        assert (await ask(sample, document))["node"] == one


async def test_occupations_have_theirs(sample: Service) -> None:
    """Those of an occupation are its rows; one without any lacks no file."""
    document = """{ release { occupations { code emergingTasks { statement }
      emergingTasksMissing { name } tasks { statement } } } }"""
    for one in (await ask(sample, document))["release"]["occupations"]:
        wanted = [row["Task"] for row in rows() if row[CODE] == one["code"]]
        found = [each["statement"] for each in one["emergingTasks"]]
        assert found == wanted
        assert one["emergingTasksMissing"] == []
        assert not {*found} & {each["statement"] for each in one["tasks"]}


async def test_they_come_in_pages_and_by_category(sample: Service) -> None:
    """Pages go on where they ended; of a category there are its rows alone."""
    document = """query ($after: String, $category: EmergingCategory) {
      page: emergingTaskConnection(first: 3, after: $after, category: $category) {
        totalCount nodes { provenance { line } }
        pageInfo { hasNextPage endCursor } } }"""
    first = (await ask(sample, document))["page"]
    after = first["pageInfo"]["endCursor"]
    second = (await ask(sample, document, after=after))["page"]
    found = [*first["nodes"], *second["nodes"]]
    assert [one["provenance"]["line"] for one in found] == [2, 3, 4, 5]
    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (
        True,
        False,
    )
    for category, count in (("NEW", 3), ("REVISION", 1)):
        page = (await ask(sample, document, category=category))["page"]
        lines = [one["provenance"]["line"] for one in page["nodes"]]
        own = [
            n for n, row in enumerate(rows(), 2) if row["Category"].upper() == category
        ]
        assert (page["totalCount"], lines) == (count, own)
    refused = await sample.answer(document, {"after": "nope"})
    assert errors(refused) == [(["page"], "USAGE")]


@pytest.mark.parametrize("how", ["ABSENT", "PART"])
async def test_what_is_not_loaded_is_said(tmp_path: Path, how: str) -> None:
    """Occupations name the file that is not whole, and have a caveat; tasks do not."""
    out = tmp_path / "written"
    generate(out, occupations=3, tasks=12, seed=3)
    options: Any = {"without": [FILE]} if how == "ABSENT" else {"partial": (FILE,)}
    service = serve_loaded(tmp_path, ("onet@9.9", out), **options)
    document = """{ release { occupations { emergingTasksMissing { name coverage }
      caveats { code } tasks { caveats { code } } } }
      emergingTaskConnection { totalCount } }"""
    data = await ask(service, document)
    for one in data["release"]["occupations"]:
        assert one["emergingTasksMissing"] == [{"name": FILE, "coverage": how}]
        code = {"code": f"EMERGING_{how}"}
        assert code in one["caveats"]
        assert not any(code in task["caveats"] for task in one["tasks"])
    assert data["emergingTaskConnection"]["totalCount"] == (4 if how == "PART" else 0)


async def promoted(service: Service, code: str, version: str = "1.0") -> Any:
    """Give what the only emerging task of an occupation became."""
    data = await ask(service, PROMOTED % (code, version))
    (one,) = data["occupation"]["emergingTasks"]
    return one["promoted"]


def became(version: str, basis: str, task: int, statement: str) -> dict[str, Any]:
    """Give a task of a later release as ``promoted`` gives it."""
    name = f"onet-{version}"
    shown = {"id": f"{name}/task/{task}", "taskId": task, "statement": statement}
    return {"basis": basis, "release": {"id": name}, "task": shown}


async def test_an_emerging_task_is_found_in_later_releases(tmp_path: Path) -> None:
    """By its words, the oldest release first; a revision by the revised task's too."""
    service = serve(
        tmp_path,
        release("1.0"),
        release("10.1", words=PROPOSED),
        release("2.0", words=PROPOSED),
        release("3.0"),
        release("0.9", words=PROPOSED),
    )
    revision, new = PROPOSED[3], PROPOSED[5]
    assert await promoted(service, "12-1.00") == [
        became(version, "SAME_TEXT", 5, new) for version in ("2.0", "10.1")
    ]
    assert await promoted(service, "11-1.00") == [
        became(version, "REVISED_TASK", 3, revision) for version in ("2.0", "10.1")
    ]
    # What is older did not become of it, and the newest release has no later one.
    assert await promoted(service, "12-1.00", "3.0") == [
        became("10.1", "SAME_TEXT", 5, new)
    ]
    assert await promoted(service, "12-1.00", "10.1") == []


async def test_other_words_or_another_occupation_are_not_taken_for_it(
    tmp_path: Path,
) -> None:
    """One character more is another text, and another code another occupation."""
    elsewhere, alike = {1: PROPOSED[5]}, {5: PROPOSED[5].upper()}
    service = serve(
        tmp_path,
        release("1.0"),
        release("2.0", words=elsewhere),
        release("3.0", words=alike),
    )
    assert await promoted(service, "12-1.00") == []


async def test_words_of_another_task_of_the_occupation_are_the_same_text(
    tmp_path: Path,
) -> None:
    """Several tasks of a release may have them; they come by task ID."""
    words = {4: PROPOSED[3], 2: PROPOSED[3]}
    service = serve(tmp_path, release("1.0"), release("2.0", words=words))
    assert await promoted(service, "11-1.00") == [
        became("2.0", "SAME_TEXT", task, PROPOSED[3]) for task in (2, 4)
    ]


def _real(graph: Subgraph) -> Subgraph:
    node = graph.nodes["Release"].with_columns(synthetic=pl.lit(value=False))
    nodes = {**graph.nodes, "Release": node}
    return dataclasses.replace(graph, nodes=nodes, synthetic=False)


async def test_nothing_invented_is_taken_for_what_is_real(tmp_path: Path) -> None:
    """A real release is compared with real ones, an invented one with invented ones."""
    service = serve(
        tmp_path,
        _real(release("1.0")),
        release("2.0", words=PROPOSED),
        _real(release("3.0", words=PROPOSED)),
    )
    for version, found in (("1.0", "3.0"), ("2.0", None)):
        wanted = [became(found, "SAME_TEXT", 5, PROPOSED[5])] if found else []
        assert await promoted(service, "12-1.00", version) == wanted


async def test_what_was_looked_into_is_among_the_sources(tmp_path: Path) -> None:
    """An answer that is made of later releases names them."""
    service = serve(tmp_path, release("1.0"), release("2.0", words=PROPOSED))
    answer = await service.answer(PROMOTED % ("12-1.00", "1.0"))
    sources = answer.as_dict()["extensions"]["sources"]
    assert {"onet-1.0", "onet-2.0"} == {source["id"] for source in sources}
