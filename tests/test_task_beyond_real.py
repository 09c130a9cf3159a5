"""What is asked of task 392 and its occupation beyond the page, from the real releases.

The oracle reads the published files with polars and csv, without the loaders.
"""

import math
from pathlib import Path

import polars as pl
import pytest

from workatlas.resolvers import Service
from workatlas.stores import open_reader

from .oracle import RECREATIONAL_THERAPISTS, TASK, read_labels, read_text
from .real_graph import VARIABLES, answer_of, ask


@pytest.fixture(scope="module")
def onet(shared: Path) -> Path:
    """Give the folder of release 29.2."""
    return shared / "onet" / "db_29_2_text"


async def test_activities_are_shared(real_store: Path, onet: Path) -> None:
    """Row 13: which tasks and how many occupations share it, at each level."""
    counts = "taskCount tasks { taskId } occupationCount children { elementId }"
    task = await ask(
        real_store,
        f"""{{ task(taskId: {TASK}) {{ workActivities {{
          elementId {counts} parent {{ elementId {counts} }} }} }} }}""",
    )
    links = read_text(onet, "Tasks to DWAs.txt").join(
        read_text(onet, "DWA Reference.txt").drop("line"), on="DWA ID"
    )
    (detailed,) = task["workActivities"]
    for activity, column in ((detailed, "DWA ID"), (detailed["parent"], "IWA ID")):
        below = links.filter(pl.col(column) == activity["elementId"])
        numbers = sorted(below["Task ID"].cast(pl.Int64).unique())
        assert activity["taskCount"] == len(numbers)
        assert [task["taskId"] for task in activity["tasks"]] == numbers
        assert activity["occupationCount"] == below["O*NET-SOC Code"].n_unique()
    assert (detailed["taskCount"], detailed["occupationCount"]) == (8, 6)
    wider = detailed["parent"]
    assert (wider["taskCount"], wider["occupationCount"]) == (37, 27)
    assert len(wider["children"]) == 5


async def test_related_tasks(real_store: Path, onet: Path) -> None:
    """Seven others share its detailed activity, 36 the intermediate one."""
    related = "task { taskId } via sharedActivities { elementId }"
    task = await ask(
        real_store,
        f"""{{ task(taskId: {TASK}) {{
          near: related(via: [DETAILED_ACTIVITY], first: 100) {{ {related} }}
          wide: related(via: [INTERMEDIATE_ACTIVITY], first: 100) {{ {related} }}
          all: related(first: 100) {{ {related} }} }} }}""",
    )
    links = read_text(onet, "Tasks to DWAs.txt").join(
        read_text(onet, "DWA Reference.txt").drop("line"), on="DWA ID"
    )
    own = links.filter(pl.col("Task ID") == str(TASK))
    for name, column, number in (("near", "DWA ID", 7), ("wide", "IWA ID", 36)):
        others = links.filter(
            pl.col(column).is_in(own[column].implode())
            & (pl.col("Task ID") != str(TASK))
        )
        edges = task[name]
        found = {r["task"]["taskId"] for r in edges}
        assert found == {int(i) for i in others["Task ID"]}
        assert len(found) == number
        assert {a["elementId"] for r in edges for a in r["sharedActivities"]} == (
            set(own[column])
        )
    assert [r["via"] for r in task["all"]] == ["DETAILED_ACTIVITY"] * 7 + (
        ["INTERMEDIATE_ACTIVITY"] * 29
    )


async def test_scores_are_information_contents(real_store: Path, onet: Path) -> None:
    """A score is that of the rarest shared activity, computed from the raw links."""
    task = await ask(
        real_store,
        f"""{{ task(taskId: {TASK}) {{ related(first: 100) {{
          score via task {{ taskId }} sharedActivities {{ information }} }} }} }}""",
    )
    links = read_text(onet, "Tasks to DWAs.txt").join(
        read_text(onet, "DWA Reference.txt").drop("line"), on="DWA ID"
    )
    every = links["Task ID"].n_unique()
    columns = {"DETAILED_ACTIVITY": "DWA ID", "INTERMEDIATE_ACTIVITY": "IWA ID"}
    edges = task["related"]
    for edge in edges:
        column = columns[edge["via"]]
        here, there = (
            set(links.filter(pl.col("Task ID") == str(number))[column])
            for number in (TASK, edge["task"]["taskId"])
        )
        tasks = [
            links.filter(pl.col(column) == shared)["Task ID"].n_unique()
            for shared in here & there
        ]
        assert edge["score"] == round(math.log2(every / min(tasks)), 3)
        assert edge["score"] == max(
            activity["information"] for activity in edge["sharedActivities"]
        )
    order = [(-edge["score"], edge["task"]["taskId"]) for edge in edges]
    assert order == sorted(order)


async def test_every_task_has_one_occupation(real_store: Path, onet: Path) -> None:
    """Row 10: a statement belongs to a single occupation."""
    statements = read_text(onet, "Task Statements.txt")
    assert statements["Task ID"].n_unique() == statements.height
    task = await ask(
        real_store,
        f"""{{ task(taskId: {TASK}) {{ id occupation {{ id code taskCount }} }} }}""",
    )
    own = statements.filter(pl.col("O*NET-SOC Code") == RECREATIONAL_THERAPISTS)
    assert task["occupation"]["taskCount"] == own.height
    assert task["id"] == "onet-29.2/task/392"
    assert task["occupation"]["id"] == "onet-29.2/occupation/29-1125.00"


async def test_the_study_scores_the_occupation(real_store: Path, shared: Path) -> None:
    """The study's own means of the occupation come with file, line and column."""
    task = await ask(
        real_store,
        f"""{{ task(taskId: {TASK}) {{ occupation {{ exposureRatings {{
          rater {{ id }} measure {{ id }} score basis
          provenance {{ line column file {{ name }} }} }} }} }} }}""",
    )
    path = shared / "exposure" / "gpts-are-gpts" / "occ_level.csv"
    table = pl.read_csv(path).with_row_index("line", offset=2)
    row = table.filter(pl.col("O*NET-SOC Code") == RECREATIONAL_THERAPISTS).row(
        0, named=True
    )
    found = {
        e["provenance"]["column"]: (e["score"], e["provenance"]["line"], e["basis"])
        for e in task["occupation"]["exposureRatings"]
    }
    assert found == {
        column: (value, row["line"], "SAME_CODE")
        for column, value in row.items()
        if "rating" in column
    }


async def test_confidence_bounds_and_advice(real_store: Path) -> None:
    """A rating whose use the publisher advises against is kept and flagged."""
    task = await ask(
        real_store,
        """{ task(taskId: 4105) { frequency { category value n standardError
          lowerBound upperBound boundsMissing recommendSuppress } } }""",
    )
    assert task["frequency"][4] == {
        "category": 5,
        "value": 21.05,
        "n": 29,
        "standardError": pytest.approx(17.27, abs=0.005),
        "lowerBound": pytest.approx(3.07, abs=0.005),
        "upperBound": pytest.approx(69.15, abs=0.005),
        "boundsMissing": None,
        "recommendSuppress": True,
    }


async def test_what_no_study_rates_has_no_row(real_store: Path, shared: Path) -> None:
    """The real files leave nothing blank: what is not rated is not in them."""
    labels = read_labels(shared / "exposure" / "gpts-are-gpts")
    columns = ("human_exposure_agg", "gpt4_exposure", "gpt4_exposure_alt_rubric")
    assert all(row[column] for row in labels for column in columns)
    rated = {int(float(row["Task ID"])) for row in labels}
    data = await answer_of(
        real_store,
        """{ release { occupations { tasks {
          taskId exposureMissing { study { id } reason } } } } }""",
    )
    tasks = [task for each in data["release"]["occupations"] for task in each["tasks"]]
    missing = {task["taskId"]: task["exposureMissing"] for task in tasks}
    reason = {"study": {"id": "gpts-are-gpts"}, "reason": "NEWER_THAN_STUDY"}
    assert all(
        found == ([] if number in rated else [reason])
        for number, found in missing.items()
    )
    assert sum(map(bool, missing.values())) > 0


async def test_occupations_without_scores_are_named(
    real_store: Path, shared: Path
) -> None:
    """An occupation that the study's second file lacks has the study and a reason."""
    path = shared / "exposure" / "gpts-are-gpts" / "occ_level.csv"
    scored = set(pl.read_csv(path)["O*NET-SOC Code"])
    data = await answer_of(
        real_store,
        "{ release { occupations { code exposureMissing { reason } } } }",
    )
    missing = {
        o["code"]
        for o in data["release"]["occupations"]
        if o["exposureMissing"] == [{"reason": "NOT_RATED_BY_STUDY"}]
    }
    codes = {o["code"] for o in data["release"]["occupations"]}
    assert missing == codes - scored


async def test_labels_of_another_wording_say_so(
    real_store: Path, onet: Path, shared: Path
) -> None:
    """All 53 reworded tasks have the basis, the sentence that was rated, a caveat."""
    now = dict(read_text(onet, "Task Statements.txt").select("Task ID", "Task").rows())
    labels = read_labels(shared / "exposure" / "gpts-are-gpts")
    rated = {row["Task ID"].removesuffix(".0"): row["Task"] for row in labels}
    reworded = {i: t for i, t in rated.items() if i in now and now[i] != t}
    assert len(reworded) == 53
    data = await answer_of(
        real_store,
        f"""{{ tasks(taskIds: [{", ".join(reworded)}, {TASK}]) {{ taskId
          caveats {{ code }} exposureRatings {{ basis ratedStatement }} }} }}""",
    )
    *others, same = data["tasks"]
    for task in others:
        basis = ("SAME_ID_REWORDED", reworded[str(task["taskId"])])
        found = {(r["basis"], r["ratedStatement"]) for r in task["exposureRatings"]}
        assert found == {basis}
        assert {"code": "LABEL_OF_OTHER_WORDING"} in task["caveats"]
    assert {r["ratedStatement"] for r in same["exposureRatings"]} == {None}
    assert {"code": "LABEL_OF_OTHER_WORDING"} not in same["caveats"]


async def test_a_page_takes_as_many_statements_beside_many_siblings(
    real_store: Path, onet: Path, task_page_query: str
) -> None:
    """One, as soon as what describes the build is known: beside 3 others and 39."""
    counted = (
        read_text(onet, "Task Statements.txt")
        .group_by("O*NET-SOC Code")
        .agg(pl.len(), pl.col("Task ID").cast(pl.Int64).min())
        .sort("len", "Task ID")
    )
    fewest, most = counted.row(0, named=True), counted.row(-1, named=True)
    reader = open_reader(str(real_store))
    service = Service(reader, caches=True)
    statements: list[int] = []
    for own in (fewest, fewest, most):
        asked = {**VARIABLES, "taskId": own["Task ID"]}
        page = await service.answer(task_page_query, asked)
        assert len(page.as_dict()["data"]["task"]["siblings"]) == own["len"] - 1
        statements.append(len(page.statements))
    await reader.close()
    assert (fewest["len"], most["len"]) == (4, 40)
    assert statements[1:] == [1, 1]


async def test_figures_lead_to_what_published_them(
    real_store: Path, onet: Path
) -> None:
    """A label to the study's data, a rating to its release, with who and when."""
    provenance = """provenance { release { id } source { id version } rater date
      raterMissing dateMissing }"""
    task = await ask(
        real_store,
        f"""{{ task(taskId: {TASK}) {{ importance {{ {provenance} }}
          exposureRatings(rater: "human", measure: "beta") {{ {provenance} }} }} }}""",
    )
    row = (
        read_text(onet, "Task Ratings.txt")
        .filter(pl.col("Task ID") == str(TASK), pl.col("Scale ID") == "IM")
        .row(0, named=True)
    )
    assert task["importance"]["provenance"] == {
        "release": {"id": "onet-29.2"},
        "source": {"id": "onet-29.2", "version": "29.2"},
        "rater": row["Domain Source"],
        "date": "-".join(reversed(row["Date"].split("/"))),
        "raterMissing": None,
        "dateMissing": None,
    }
    (label,) = task["exposureRatings"]
    assert label["provenance"] == {
        "release": {"id": "onet-29.2"},
        "source": {"id": "gpts-are-gpts", "version": "0471612"},
        "rater": "human",
        "date": None,
        "raterMissing": None,
        "dateMissing": "NOT_PUBLISHED",
    }
