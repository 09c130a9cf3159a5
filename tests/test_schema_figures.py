"""Figures say what they are worth: why they are absent, how they rank and sort."""

from pathlib import Path

import pytest

from workatlas.resolvers import Service

from .answers import ask, serve, serve_two
from .mini import release


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """Serve two releases, the older one without its ratings."""
    return serve_two(tmp_path)


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


@pytest.mark.parametrize(("coverage", "is_part"), [("WHOLE", False), ("PART", True)])
async def test_a_rank_in_a_part_says_so(
    tmp_path: Path, coverage: str, *, is_part: bool
) -> None:
    """Where ratings are loaded in part, the members are not a whole population."""
    service = serve(tmp_path, release(coverage=coverage))
    document = "{ task(taskId: 1) { importance { rank { of coverage population } } } }"
    rank = (await ask(service, document))["task"]["importance"]["rank"]
    assert (rank["of"], rank["coverage"]) == (3, coverage)
    assert ("part of the ratings file" in rank["population"]) == is_part


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
