"""Figures over releases: what was observed anew, carried over, or is missing."""

from pathlib import Path
from typing import Any

import pytest

from workatlas.loaders.join import join_all
from workatlas.schema.observation import Figured, Observation, observed
from workatlas.stores import Subgraph

from .answers import ask, errors, serve
from .editions import Change, edition, renamed, with_cells, without
from .mini_labels import occupation, read_labels, task
from .onet_files import KITES, TIDES

TREND = """query($id: Int!, $of: TaskFigure!, $release: String) {
  task(taskId: $id, release: $release) { trend(of: $of) { of method points {
    release { id } observation missing
    figure { value unit n lowerBound surveyed missing rank { position of }
      provenance { line release { id } file { name } } } } } } }"""
EXPOSURE = """query($code: String!, $study: ID!, $tasks: TaskSet!) {
  occupation(code: $code, release: "onet-20.1") {
    exposureTrend(study: $study, rater: "human", measure: "beta", tasks: $tasks) {
      method points { release { id } missing
        aggregate { value coverage { used of } inputs { taskId task { statement } } }
      } } } }"""


def figures(number: str, scale: str = "IM", **cells: str) -> Change:
    """Give a rating of a task other cells."""
    return with_cells("task_ratings", {"taskId": number, "scale": scale}, **cells)


async def points(folder: Path, *graphs: Subgraph, of: str = "IMPORTANCE") -> Any:
    """Give the points of the trend of a figure of task 1."""
    service = serve(folder / "graph", *graphs)
    variables = {"id": 1, "of": of, "release": graphs[0].id}
    trend = (await ask(service, TREND, **variables))["task"]["trend"]
    assert trend["of"] == of
    assert "that each release publishes" in trend["method"]
    return trend["points"]


def told(found: list[Any]) -> list[tuple[float | None, str | None, str | None]]:
    """Give value, observation and reason of each point."""
    return [
        (
            each["figure"] and each["figure"]["value"],
            each["observation"],
            each["missing"],
        )
        for each in found
    ]


async def test_an_unchanged_survey_is_no_new_observation(tmp_path: Path) -> None:
    """Date and value tell: carried over, corrected, or observed anew."""
    again = figures("1", surveyed="01/2024", value="4.10")
    graphs = [
        edition(tmp_path, "20.1"),
        edition(tmp_path, "20.2", figures("1", lowerBound="4.0000")),
        edition(tmp_path, "20.3", figures("1", value="4.00")),
        edition(tmp_path, "20.4", again),
        edition(tmp_path, "20.5", again),
    ]
    found = await points(tmp_path, *graphs)
    assert told(found) == [
        (4.2, "FIRST", None),
        (4.2, "CARRIED_OVER", None),
        (4.0, "CORRECTED", None),
        (4.1, "NEW", None),
        (4.1, "CARRIED_OVER", None),
    ]


async def test_each_point_has_the_figure_of_its_own_release(tmp_path: Path) -> None:
    """Value, bounds, survey, rank and source are those of that release."""
    graphs = [
        edition(tmp_path, "20.1"),
        edition(tmp_path, "20.2", without("taskId", "2"), figures("1", value="4.30")),
    ]
    _, newer = await points(tmp_path, *graphs)
    assert newer["figure"] == {
        "value": 4.3,
        "unit": "POINTS",
        "n": 38,
        "lowerBound": 3.9812,
        "surveyed": "2022-08",
        "missing": None,
        "rank": {"position": 1, "of": 1},
        "provenance": {
            "line": 9,
            "release": {"id": "onet-20.2"},
            "file": {"name": "Task Ratings.txt"},
        },
    }


async def test_another_figure_has_a_trend_of_its_own(tmp_path: Path) -> None:
    """Relevance is in percent, and observed for itself."""
    graphs = [
        edition(tmp_path, "20.1"),
        edition(tmp_path, "20.2", figures("1", "RT", value="90.00")),
    ]
    found = await points(tmp_path, *graphs, of="RELEVANCE")
    assert told(found) == [(81.25, "FIRST", None), (90.0, "CORRECTED", None)]
    assert found[0]["figure"]["unit"] == "PERCENT"


async def test_each_gap_has_its_reason(tmp_path: Path) -> None:
    """A gap is no observation, and does not make one of what follows it."""
    ratings, gone = "Task Ratings.txt", without("taskId", "1")

    def unrated(rows: Any) -> None:
        kept = [row for row in rows["task_ratings"] if row["taskId"] != "1"]
        rows["task_ratings"] = kept
        with_cells("task_statements", {"taskId": "1"}, incumbents=None)(rows)

    graphs = [
        edition(tmp_path, "20.1"),
        edition(tmp_path, "20.2", gone),
        edition(tmp_path, "20.3", gone, partial=["Task Statements.txt"]),
        edition(tmp_path, "20.4", unrated),
        edition(tmp_path, "20.5", unrated, partial=[ratings]),
        edition(tmp_path, "20.6", without=[ratings], leave_out=["task_ratings"]),
        edition(tmp_path, "20.7"),
    ]
    found = await points(tmp_path, *graphs)
    assert told(found) == [
        (4.2, "FIRST", None),
        (None, None, "TASK_NOT_IN_RELEASE"),
        (None, None, "TASKS_PART"),
        (None, None, "NOT_RATED"),
        (None, None, "RATINGS_PART"),
        (None, None, "RATINGS_ABSENT"),
        (4.2, "CARRIED_OVER", None),
    ]
    assert [each["figure"] is None for each in found] == [
        *(False, True, True),
        *(False,) * 4,
    ]


@pytest.mark.parametrize(
    ("before", "after"), [(None, "2022-08"), ("2022-08", None), (None, None)]
)
def test_without_a_date_it_is_not_known(before: str | None, after: str | None) -> None:
    """Whether a figure was observed anew cannot be told if either has no date."""
    found = list(observed([Figured(4.0, before), None, Figured(4.0, after)]))
    assert found == [Observation.FIRST, None, Observation.UNDATED]


def labelled(folder: Path) -> Subgraph:
    """Make labels of tasks 1, 2 and 3, each of the occupation that has it."""
    texts = (("1", KITES, "E1"), ("2", TIDES, "E1"), ("3", TIDES, "E0"))
    rows = [
        task(
            int(number),
            **{"O*NET-SOC Code": code, "human_exposure_agg": label},
            human_labels=label,
        )
        for number, code, label in texts
    ]
    return read_labels(folder / "labels", rows, [occupation(KITES), occupation(TIDES)])


async def exposure(
    folder: Path, *releases: Subgraph, study: str = "gpts-are-gpts"
) -> Any:
    """Ask for the trend of the exposure of Tide Tellers."""
    labels = labelled(folder)
    *joined, last = releases
    graphs = [join_all(each, [labels]) for each in joined]
    service = serve(folder / "graph", *graphs, last, labels)
    variables = {"code": TIDES, "study": study, "tasks": "AS_IN_RELEASE"}
    return await service.answer(EXPOSURE, variables)


async def test_exposure_is_computed_in_each_release(tmp_path: Path) -> None:
    """It is made of each release's own tasks, with the reason where it cannot be."""
    answer = await exposure(
        tmp_path,
        edition(tmp_path, "20.1"),
        edition(tmp_path, "20.2", without("taskId", "3")),
        edition(tmp_path, "20.3", renamed({TIDES: "10-3000.00"}, "code", "related")),
        edition(
            tmp_path,
            "20.4",
            renamed({TIDES: "10-3000.00"}, "code", "related"),
            partial=["Occupation Data.txt"],
        ),
        edition(tmp_path, "20.5"),
    )
    body = answer.as_dict()
    assert "errors" not in body
    trend = body["data"]["occupation"]["exposureTrend"]
    assert "computed in each release" in trend["method"]
    found = [
        (
            each["aggregate"] and each["aggregate"]["value"],
            each["aggregate"] and each["aggregate"]["coverage"],
            each["missing"],
        )
        for each in trend["points"]
    ]
    assert found == [
        (0.5, {"used": 2, "of": 2}, None),
        (1.0, {"used": 1, "of": 1}, None),
        (None, None, "OCCUPATION_NOT_IN_RELEASE"),
        (None, None, "OCCUPATIONS_PART"),
        (None, None, "NOT_JOINED"),
    ]
    inputs = trend["points"][1]["aggregate"]["inputs"]
    assert inputs == [{"taskId": 2, "task": {"statement": "Tell a tide."}}]


async def test_a_point_is_the_aggregate_of_its_release(tmp_path: Path) -> None:
    """All of a point is what `exposure` gives in its release, of both sets of tasks."""
    labels = labelled(tmp_path)
    releases = [
        edition(tmp_path, "20.1"),
        edition(tmp_path, "20.2", without("taskId", "3")),
    ]
    graphs = [join_all(each, [labels]) for each in releases]
    service = serve(tmp_path / "graph", *graphs, labels)
    fields = """value formula weight tasks isStudyMethod publishedMissing
      coverage { used of share weightShare loaded }
      excluded { taskId reason } otherWeights { weight value missing }
      inputs { taskId score weight provenance { line } }
      published { score provenance { line } } rank { position of }"""
    given = 'study: "gpts-are-gpts", rater: "human", measure: "beta", weight: EQUAL'
    for tasks in ("AS_STUDIED", "AS_IN_RELEASE"):
        asked = f"{given}, tasks: {tasks}"
        document = f"""query($release: String!) {{
          occupation(code: "{TIDES}", release: $release) {{
            exposure({asked}) {{ {fields} }}
            exposureTrend({asked}) {{ points {{ aggregate {{ {fields} }} }} }} }} }}"""
        alone = [
            (await ask(service, document, release=each.id))["occupation"]
            for each in graphs
        ]
        wanted = [each["exposure"] for each in alone]
        for each in alone:
            of = each["exposureTrend"]["points"]
            assert [point["aggregate"] for point in of] == wanted


async def test_a_study_that_no_release_has_is_an_error(tmp_path: Path) -> None:
    """An unknown name is told as it is for one release."""
    releases = [edition(tmp_path, version) for version in ("20.1", "20.2")]
    answer = await exposure(tmp_path, *releases, study="none")
    assert errors(answer) == [(["occupation", "exposureTrend"], "NOT_FOUND")]
