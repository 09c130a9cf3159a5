"""What two raters of a study say of one task, and how far apart it is."""

import csv
from pathlib import Path
from typing import Any

import pytest

from workatlas.resolvers import Service

from .answers import SAMPLE, ask, errors, serve, serve_loaded
from .comparing import joined_more
from .gaps import BLANK, GONE, PARTLY, TASKS, labels_with_gaps, subjects
from .mini_labels import occupation, read_labels, task

STUDY = "gpts-are-gpts"
SAID = "{ label basis rater { id } provenance { line column } }"
DOCUMENT = f"""query (
  $ids: [Int!]!, $study: ID! = "{STUDY}", $between: [ID!]! = ["human", "gpt-4"],
  $measure: ID! = "exposure"
) {{
  tasks(taskIds: $ids) {{
    taskId
    disagreement(study: $study, between: $between, measure: $measure) {{
      first {SAID} second {SAID} firstMissing secondMissing differ distance
    }}
  }}
}}"""
ORDER = ["E0", "E2", "E1"]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Serve the sample with labels that have gaps."""
    folder = tmp_path_factory.mktemp("differ")
    labels = labels_with_gaps(folder / "labels")
    return serve_loaded(folder, ("onet@9.9", SAMPLE), (STUDY, labels))


async def compare(service: Service, **variables: Any) -> list[Any]:
    """Compare labels of tasks, by plan and by reference."""
    told = await service.answer(DOCUMENT, variables)
    assert told.body == (await service.reference(DOCUMENT, variables)).body
    found = (await ask(service, DOCUMENT, **variables))["tasks"]
    return [each["disagreement"] for each in found]


async def test_labels_and_their_distance(service: Service) -> None:
    """The labels of the file, and the steps between them in E0 < E2 < E1."""
    with (SAMPLE / "exposure" / TASKS[0]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))[3:]
    tasks = await ask(service, "{ release { occupations { tasks { taskId } } } }")
    known = {t["taskId"] for o in tasks["release"]["occupations"] for t in o["tasks"]}
    rows = [row for row in rows if int(float(row["Task ID"])) in known]
    found = await compare(service, ids=[int(float(row["Task ID"])) for row in rows])
    distances: set[int] = set()
    for row, each in zip(rows, found, strict=True):
        one, two = row["human_exposure_agg"], row["gpt4_exposure"]
        assert (each["first"]["label"], each["second"]["label"]) == (one, two)
        assert each["first"]["rater"]["id"] == "human"
        assert each["second"]["provenance"]["column"] == "gpt4_exposure"
        assert each["differ"] == (one != two)
        assert each["distance"] == abs(ORDER.index(one) - ORDER.index(two))
        assert each["firstMissing"] is each["secondMissing"] is None
        distances.add(each["distance"])
    assert distances == {0, 1, 2}


async def test_what_is_missing_has_a_reason(service: Service) -> None:
    """No row, a row of blanks, and one with a label of another rater."""
    rows = subjects(TASKS)
    ids = [int(float(rows[number])) for number in (GONE, BLANK, PARTLY)]
    between = ["human", "gpt-4-alt-rubric"]
    gone, blank, partly = await compare(service, ids=ids, between=between)
    nothing = {"first": None, "second": None, "differ": None, "distance": None}
    assert gone == {**nothing, "firstMissing": "NO_ROW", "secondMissing": "NO_ROW"}
    assert blank == {**nothing, "firstMissing": "BLANK", "secondMissing": "BLANK"}
    assert partly["first"] is partly["differ"] is partly["distance"] is None
    assert (partly["firstMissing"], partly["secondMissing"]) == ("BLANK", None)
    assert partly["second"]["label"] in ORDER


async def test_rows_that_differ(tmp_path: Path) -> None:
    """Of several rows with one label the first is shown; with more than one, none."""
    study = read_labels(
        tmp_path / "labels",
        [task(1), task(77, human_exposure_agg="E0", human_labels="E0")],
        [occupation("11-1.00")],
    )
    more = (f"subject/{STUDY}/{TASKS[0]}/3", "task/1")
    graph = joined_more(study, "IS_TASK", more)
    (found,) = await compare(serve(tmp_path / "graph", graph), ids=[1])
    assert (found["first"], found["firstMissing"]) == (None, "SEVERAL")
    assert found["second"]["label"] == "E2"
    assert found["second"]["provenance"]["line"] == 2
    assert found["differ"] is None


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"between": ["human", "human"]}, "USAGE"),
        ({"between": ["human", "nobody"]}, "NOT_FOUND"),
        ({"study": "nothing"}, "NOT_FOUND"),
        ({"measure": "beta"}, "USAGE"),
    ],
)
async def test_what_cannot_be_compared_is_refused(
    service: Service, variables: Any, code: str
) -> None:
    """The mistake is named, and the rest of the task stays."""
    told = await service.answer(DOCUMENT, {"ids": [97], **variables})
    assert errors(told) == [(["tasks", 0, "disagreement"], code)]
    assert told.as_dict()["data"]["tasks"][0]["taskId"] == 97
