"""Two raters of a study compared: matrix, agreement, kappa, and where they differ."""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from workatlas.loaders.join import join_all
from workatlas.resolvers import Service
from workatlas.schema.cursor import Cursor, write_cursor

from . import mini
from .answers import SAMPLE, ask, errors, serve, serve_loaded
from .comparing import DISAGREEMENTS, joined_more, unordered
from .gaps import labels_with_gaps
from .mini_labels import occupation, read_labels, task

STUDY, FILE = "gpts-are-gpts", "full_labelset.tsv"
HUMAN, MODEL = "human_exposure_agg", "gpt4_exposure"
ORDER = ["E0", "E2", "E1"]
Rows = dict[int, tuple[int, str, str]]
"""Line and both labels of each task, by number; labels may be blank."""


@pytest.fixture(scope="module")
def labels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the sample's labels, of which a row is gone and some cells are blank."""
    return labels_with_gaps(tmp_path_factory.mktemp("compared") / "labels")


@pytest.fixture(scope="module")
def service(labels: Path) -> Service:
    """Serve them, joined to the sample."""
    folder = labels.parent
    return serve_loaded(folder, ("onet@9.9", SAMPLE), (STUDY, labels))


@pytest.fixture(scope="module")
def rows(labels: Path) -> Rows:
    """Read them without the loaders."""
    with (labels / FILE).open(encoding="utf-8", newline="") as file:
        return {
            int(float(row["Task ID"])): (line, row[HUMAN], row[MODEL])
            for line, row in enumerate(csv.DictReader(file, delimiter="\t"), 2)
        }


@pytest.fixture(scope="module")
def numbers() -> set[int]:
    """Give the tasks of the sample's release."""
    path = SAMPLE / "Task Statements.txt"
    with path.open(encoding="utf-8", newline="") as file:
        return {int(row["Task ID"]) for row in csv.DictReader(file, delimiter="\t")}


async def compare(service: Service, **variables: Any) -> Any:
    """Compare two raters, by plan and by reference."""
    told = await service.answer(DISAGREEMENTS, variables)
    assert told.body == (await service.reference(DISAGREEMENTS, variables)).body
    return (await ask(service, DISAGREEMENTS, **variables))["found"]


def both_of(rows: Rows, only: set[int] | None = None) -> dict[int, tuple[str, str]]:
    """Give the labels of tasks that both raters labelled."""
    return {
        number: (human, model)
        for number, (_, human, model) in rows.items()
        if human and model and (only is None or number in only)
    }


def check_figures(
    found: Mapping[str, Any], both: Mapping[int, tuple[str, str]]
) -> None:
    """Hold matrix and figures to the labels themselves."""
    counts = Counter(both.values())
    assert found["labels"] == ORDER
    assert found["matrix"] == [
        {"first": one, "second": two, "count": counts[one, two]}
        for one in ORDER
        for two in ORDER
    ]
    total = len(both)
    agreement = sum(counts[label, label] for label in ORDER) / total
    expected = sum(
        sum(one == label for one, _ in both.values())
        * sum(two == label for _, two in both.values())
        for label in ORDER
    ) / (total * total)
    assert found["agreement"]["value"] == pytest.approx(agreement)
    assert found["expectedAgreement"]["value"] == pytest.approx(expected)
    kappa = (agreement - expected) / (1 - expected)
    assert found["kappa"]["value"] == pytest.approx(kappa)
    weighted = [found[name] for name in ("linearKappa", "quadraticKappa")]
    assert all("E0 < E2 < E1" in each["method"] for each in weighted)
    assert all(-1 <= each["value"] <= 1 for each in weighted)
    assert all(each["missing"] is None for each in weighted)
    assert "Cohen" in found["kappa"]["source"]


async def test_tasks_of_the_release(
    service: Service, rows: Rows, numbers: set[int]
) -> None:
    """Every task is compared, or counted with the reason why not."""
    found = await compare(service)
    both = both_of(rows, numbers)
    check_figures(found, both)
    left = Counter(
        (None if rows[n][1] else "BLANK", None if rows[n][2] else "BLANK")
        if n in rows
        else ("NO_ROW", "NO_ROW")
        for n in numbers - both.keys()
    )
    population = found["population"]
    assert (population["total"], population["compared"]) == (len(numbers), len(both))
    told = {(e["first"], e["second"]): e["count"] for e in population["notCompared"]}
    assert told == left
    assert left["NO_ROW", "NO_ROW"] > 0
    assert left["BLANK", "BLANK"] == 2
    human = found["first"]
    assert (human["rater"]["id"], human["derived"]) == ("human", None)
    assert human["rated"] == sum(each["count"] for each in human["bases"])
    assert {each["basis"] for each in human["bases"]} == {
        "SAME_ID_SAME_WORDING",
        "SAME_ID_REWORDED",
    }
    assert (human["inSeveralRows"], human["inSharedRows"]) == (0, 0)


async def test_rows_of_the_study(
    service: Service, rows: Rows, numbers: set[int]
) -> None:
    """As published: rows of tasks that the release does not have are compared too."""
    found = await compare(service, over="STUDY_ROWS")
    both = both_of(rows)
    check_figures(found, both)
    assert found["population"] == {
        "total": len(rows),
        "compared": len(both),
        "notCompared": [{"first": "BLANK", "second": "BLANK", "count": 2}],
    }
    assert found["first"]["bases"] == []
    nodes = found["tasks"]["nodes"]
    assert {n["taskId"] for n in nodes if n["task"] is None} == {
        n for n, (one, two) in both.items() if one != two and n not in numbers
    }
    assert all(n["task"] is None or n["task"]["taskId"] == n["taskId"] for n in nodes)
    lines = [(n["distance"], n["first"]["provenance"]["line"]) for n in nodes]
    assert lines == sorted(lines, key=lambda place: (-place[0], place[1]))


async def test_tasks_that_differ(
    service: Service, rows: Rows, numbers: set[int]
) -> None:
    """The farthest apart come first, then by task ID; labels say where they stand."""
    page = (await compare(service))["tasks"]
    both = both_of(rows, numbers)
    wanted = sorted(
        (-abs(ORDER.index(one) - ORDER.index(two)), number)
        for number, (one, two) in both.items()
        if one != two
    )
    assert page["totalCount"] == len(wanted) > 5
    assert [(-n["distance"], n["taskId"]) for n in page["nodes"]] == wanted
    for node in page["nodes"]:
        line, human, model = rows[node["taskId"]]
        for side, label, column, rater in (
            ("first", human, HUMAN, "human"),
            ("second", model, MODEL, "gpt-4"),
        ):
            assert node[side]["label"] == label
            assert node[side]["provenance"] == {
                "file": {"name": FILE},
                "line": line,
                "column": column,
                "rater": rater,
            }


@pytest.mark.parametrize("over", ["RELEASE_TASKS", "STUDY_ROWS"])
async def test_pages_of_tasks_that_differ(service: Service, over: str) -> None:
    """Pages put together are the list; a pair of labels chooses from it."""
    every = (await compare(service, over=over))["tasks"]["nodes"]
    found: list[Any] = []
    after: str | None = None
    while True:
        page = (await compare(service, over=over, first=4, after=after))["tasks"]
        assert page["totalCount"] == len(every)
        found += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert found == every
    pair = {"byFirst": "E0", "bySecond": "E2"}
    chosen = (await compare(service, over=over, labels=pair))["tasks"]
    assert chosen["nodes"] == [
        n for n in every if (n["first"]["label"], n["second"]["label"]) == ("E0", "E2")
    ]
    assert chosen["totalCount"] == len(chosen["nodes"]) > 0


async def test_sides_can_be_exchanged(service: Service) -> None:
    """The figures stay as they are, and the matrix is turned."""
    one = await compare(service)
    two = await compare(service, between=["gpt-4", "human"])
    same = ("agreement", "expectedAgreement", "kappa", "linearKappa", "quadraticKappa")
    assert [one[name] for name in same] == [two[name] for name in same]
    assert (one["first"], one["second"]) == (two["second"], two["first"])
    turned = {(c["second"], c["first"]): c["count"] for c in two["matrix"]}
    assert {(c["first"], c["second"]): c["count"] for c in one["matrix"]} == turned


WHERE: list[dict[str, Any]] = [
    {"majorGroup": "19"},
    {"type": "CORE", "minImportance": 3.5},
    {"label": {"label": "E1", "by": "PERSON"}},
    {"not": {"codePrefix": "19"}},
    {"codePrefix": "99"},
]


@pytest.mark.parametrize("where", WHERE, ids=range(len(WHERE)))
async def test_some_tasks_of_the_release(
    service: Service, rows: Rows, where: dict[str, Any]
) -> None:
    """What passes a filter is what lists say; everything is of that alone."""
    listed = """query ($where: TaskFilter) {
      taskConnection(first: 100, filter: $where) { totalCount nodes { taskId } } }"""
    page = (await ask(service, listed, where=where))["taskConnection"]
    chosen = {node["taskId"] for node in page["nodes"]}
    assert page["totalCount"] == len(chosen)
    found = await compare(service, where=where)
    both = both_of(rows, chosen)
    population = found["population"]
    assert (population["total"], population["compared"]) == (len(chosen), len(both))
    left = sum(each["count"] for each in population["notCompared"])
    assert left == len(chosen) - len(both)
    if both:
        check_figures(found, both)
    else:
        names = ("agreement", "expectedAgreement", "kappa", "quadraticKappa")
        for name in names:
            assert found[name]["value"] is None
            assert found[name]["missing"] == "NONE_COMPARED"


async def test_a_rater_that_was_not_asked(service: Service) -> None:
    """People gave no automation labels: nothing is compared, and all is said why."""
    found = await compare(service, measure="automation", over="STUDY_ROWS")
    population = found["population"]
    assert population["compared"] == 0
    told = {(e["first"], e["second"]): e["count"] for e in population["notCompared"]}
    assert told["BLANK", None] == found["second"]["rated"] > 0
    assert found["first"]["rated"] == 0
    assert found["labels"] == ["T0", "T1", "T2", "T3", "T4"]
    assert found["kappa"]["missing"] == "NONE_COMPARED"
    assert {cell["count"] for cell in found["matrix"]} == {0}


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"between": ["human"]}, "USAGE"),
        ({"between": ["human", "human"]}, "USAGE"),
        ({"between": ["human", "gpt-4", "gpt-4-alt-rubric"]}, "USAGE"),
        ({"between": []}, "USAGE"),
        ({"between": ["human", "nobody"]}, "NOT_FOUND"),
        ({"study": "nothing"}, "NOT_FOUND"),
        ({"measure": "nothing"}, "NOT_FOUND"),
        ({"measure": "beta"}, "USAGE"),
        ({"over": "STUDY_ROWS", "where": {"type": "CORE"}}, "USAGE"),
    ],
)
async def test_what_cannot_be_compared_is_refused(
    service: Service, variables: Any, code: str
) -> None:
    """Each mistake is named, and the rest of an answer would stay."""
    told = await service.answer(DISAGREEMENTS, variables)
    assert errors(told) == [(["found"], code)]
    assert told.body == (await service.reference(DISAGREEMENTS, variables)).body


async def test_pages_that_cannot_be(service: Service) -> None:
    """A number out of range and a cursor of another list are refused."""
    over_rows = await compare(service, first=1, over="STUDY_ROWS")
    cursor = over_rows["tasks"]["pageInfo"]["endCursor"]
    for variables in ({"first": 0}, {"first": 101}, {"after": cursor}, {"after": "x"}):
        told = await service.answer(DISAGREEMENTS, variables)
        assert errors(told) == [(["found", "tasks"], "USAGE")]


async def test_a_cursor_of_no_place_leads_nowhere(service: Service) -> None:
    """After what cannot be a place in the list there is nothing."""
    listed = f"tasks of {STUDY} that differ in exposure by human and gpt-4 by distance"
    for value, tie in (("E0", 1), (2, "E0")):
        cursor = write_cursor(Cursor(f"{listed}, descending", value, tie))
        page = (await compare(service, after=cursor))["tasks"]
        assert page["nodes"] == []
        assert page["totalCount"] > 0


async def test_rows_that_name_no_task(tmp_path: Path) -> None:
    """A study may rate sentences: its rows are compared, and stand for no number."""
    study = read_labels(tmp_path / "labels", [task(1)], [occupation("11-1.00")])
    graph = join_all(mini.release(), [study])
    subjects = graph.nodes["RatedSubject"].with_columns(taskId=pl.lit(None, pl.Int64))
    unnamed = replace(graph, nodes={**graph.nodes, "RatedSubject": subjects})
    found = await compare(serve(tmp_path / "graph", unnamed), over="STUDY_ROWS")
    (node,) = found["tasks"]["nodes"]
    assert (node["taskId"], node["task"]) == (None, None)
    assert node["first"]["provenance"]["line"] == 2


async def test_rows_that_share_a_task(tmp_path: Path) -> None:
    """Of a task that two rows say different things of, nothing certain is known."""
    study = read_labels(
        tmp_path / "labels",
        [task(1), task(2), task(77, human_exposure_agg="E0", human_labels="E0")],
        [occupation("11-1.00")],
    )
    row = f"subject/{STUDY}/{FILE}/"
    more = ((f"{row}4", "task/1"), (f"{row}3", "task/3"))
    graph = joined_more(study, "IS_TASK", *more)
    found = await compare(serve(tmp_path / "graph", graph))
    told = {
        (e["first"], e["second"]): e["count"]
        for e in found["population"]["notCompared"]
    }
    # Both rows of task 1 have the same label by the model.
    assert told["SEVERAL", None] == 1
    assert found["first"]["inSeveralRows"] == found["second"]["inSeveralRows"] == 1
    # One row stands for tasks 2 and 3, so both say the same.
    assert found["first"]["inSharedRows"] == 2
    assert found["population"]["compared"] == 2
    # Of two equal labels the one that stands first is shown; there is no cell twice.
    assert sum(cell["count"] for cell in found["matrix"]) == 2
    assert found["kappa"] | {"method": "", "source": ""} == {
        "value": 0.0,
        "missing": None,
        "method": "",
        "source": "",
    }


async def test_labels_without_an_order(tmp_path: Path) -> None:
    """They differ or not: there are no distances, and no weights; ties are by task."""
    study = read_labels(
        tmp_path / "labels",
        [task(2, gpt4_exposure="E0", beta="0.0", gamma="0.0"), task(1), task(3)],
        [occupation("11-1.00")],
    )
    graph = join_all(mini.release(), [unordered(study)])
    found = await compare(serve(tmp_path / "graph", graph))
    assert found["labels"] == ["E0", "E1", "E2"]
    for name in ("linearKappa", "quadraticKappa"):
        assert (found[name]["value"], found[name]["missing"]) == (None, "NOT_ORDERED")
    nodes = found["tasks"]["nodes"]
    assert [(n["taskId"], n["distance"]) for n in nodes] == [
        (1, None),
        (2, None),
        (3, None),
    ]
    assert found["kappa"]["value"] == 0


async def test_one_label_of_both(tmp_path: Path) -> None:
    """Where both always say the same one thing chance agrees too: there is no kappa."""
    study = read_labels(
        tmp_path / "labels",
        [task(1, gpt4_exposure="E1", alpha="1.0", beta="1.0", gamma="1.0")],
        [occupation("11-1.00")],
    )
    service = serve(tmp_path / "graph", join_all(mini.release(), [study]))
    found = await compare(service)
    assert found["agreement"]["value"] == found["expectedAgreement"]["value"] == 1
    for name in ("kappa", "linearKappa", "quadraticKappa"):
        assert (found[name]["value"], found[name]["missing"]) == (None, "ONE_LABEL")
    assert found["tasks"]["nodes"] == []
    assert found["tasks"]["pageInfo"] == {"hasNextPage": False, "endCursor": None}
