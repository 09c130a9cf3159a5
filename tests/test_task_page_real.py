"""Every fact of the page about task 392, from the real releases.

The oracle reads the published files with polars and csv, without the loaders.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from .oracle import (
    RECREATIONAL_THERAPISTS,
    TASK,
    read_labels,
    read_text,
    sha256,
)

Page = Mapping[str, Any]


@pytest.fixture(scope="module")
def onet(shared: Path) -> Path:
    """Give the folder of release 29.2."""
    return shared / "onet" / "db_29_2_text"


@pytest.fixture(scope="module")
def labels(shared: Path) -> dict[str, str]:
    """Give the row of labels of the task."""
    rows = read_labels(shared / "exposure" / "gpts-are-gpts")
    return next(row for row in rows if float(row["Task ID"]) == TASK)


@pytest.fixture(scope="module")
def ratings(onet: Path) -> pl.DataFrame:
    """Give the rating rows of the occupation."""
    table = read_text(onet, "Task Ratings.txt")
    return table.filter(pl.col("O*NET-SOC Code") == RECREATIONAL_THERAPISTS)


def rating(ratings: pl.DataFrame, scale: str, category: str = "n/a") -> dict[str, Any]:
    """Give one row of the task."""
    return ratings.filter(
        (pl.col("Task ID") == str(TASK))
        & (pl.col("Scale ID") == scale)
        & (pl.col("Category") == category)
    ).row(0, named=True)


def source(of: Mapping[str, Any]) -> tuple[str, str, int | None, str | None]:
    """Give release, file, line and column of a provenance."""
    place = of["provenance"]
    return (
        place["release"]["id"],
        place["file"]["name"],
        place["line"],
        place["column"],
    )


def test_statement_type_and_occupation(task_page: Page, onet: Path) -> None:
    """Rows 1 to 4: wording, type and occupation are the release's."""
    row = (
        read_text(onet, "Task Statements.txt")
        .filter(pl.col("Task ID") == str(TASK))
        .row(0, named=True)
    )
    occupation = (
        read_text(onet, "Occupation Data.txt")
        .filter(pl.col("O*NET-SOC Code") == row["O*NET-SOC Code"])
        .row(0, named=True)
    )
    task = task_page["task"]
    assert task["statement"] == row["Task"]
    assert task["type"] == row["Task Type"].upper() == "CORE"
    assert task["occupation"]["title"] == occupation["Title"]
    assert task["occupation"]["code"] == RECREATIONAL_THERAPISTS


def test_rated_tasks(task_page: Page, ratings: pl.DataFrame) -> None:
    """Row 5: tasks with an importance figure are counted."""
    rated = ratings.filter(pl.col("Scale ID") == "IM")["Task ID"].n_unique()
    assert task_page["task"]["occupation"]["ratedTaskCount"] == rated == 11


def test_rank_in_both_directions(task_page: Page, ratings: pl.DataFrame) -> None:
    """Rows 6 and 7: the second most important of 11 is the tenth from below."""
    values = ratings.filter(pl.col("Scale ID") == "IM")["Data Value"].cast(pl.Float64)
    own = float(rating(ratings, "IM")["Data Value"])
    importance = task_page["task"]["importance"]
    assert importance["rank"]["position"] == 1 + (values > own).sum() == 2
    assert importance["ascending"]["position"] == 1 + (values < own).sum() == 10
    assert importance["rank"]["of"] == importance["ascending"]["of"] == len(values)
    assert importance["rank"]["tied"] == (values == own).sum() - 1
    assert importance["rank"]["tieRule"]


@pytest.mark.parametrize(
    ("field", "scale"), [("importance", "IM"), ("relevance", "RT")]
)
def test_figures_with_their_lines(
    task_page: Page, ratings: pl.DataFrame, onet: Path, field: str, scale: str
) -> None:
    """Row 8: value, answers, date and place; experts publish no bounds."""
    row = rating(ratings, scale)
    figure = task_page["task"][field]
    assert figure["value"] == float(row["Data Value"])
    assert figure["n"] == int(row["N"])
    assert figure["surveyed"] == "2022-08"
    assert figure["missing"] is None
    bounds = ("standardError", "lowerBound", "upperBound", "recommendSuppress")
    assert [figure[name] for name in bounds] == [None] * 4
    assert figure["boundsMissing"] == "EXPERT_RATING"
    place = ("onet-29.2", "Task Ratings.txt", row["line"], "Data Value")
    assert source(figure) == place
    assert figure["provenance"]["file"]["sha256"] == sha256(onet / "Task Ratings.txt")


def test_experts_are_not_called_workers(task_page: Page, ratings: pl.DataFrame) -> None:
    """Row 9: who answered is named as published, and a caveat says so."""
    task = task_page["task"]
    assert task["relevance"]["domainSource"] == rating(ratings, "RT")["Domain Source"]
    assert task["relevance"]["domainSource"] == "Occupational Expert"
    assert "expert" in " ".join(c["text"].lower() for c in task["caveats"])


def test_frequencies(task_page: Page, ratings: pl.DataFrame, onet: Path) -> None:
    """All seven shares come back with their labels and lines; they sum to 100."""
    names = read_text(onet, "Task Categories.txt")
    found = task_page["task"]["frequency"]
    assert [f["category"] for f in found] == list(range(1, 8))
    assert [f["label"] for f in found] == names["Category Description"].to_list()
    for figure in found:
        row = rating(ratings, "FT", str(figure["category"]))
        assert figure["value"] == float(row["Data Value"])
        assert source(figure)[2] == row["line"]
    assert 99.97 < sum(f["value"] for f in found) < 100.02


def test_work_activities_are_not_empty(task_page: Page, onet: Path) -> None:
    """Row 12: the activity, and the two levels above it, by the published files."""
    link = read_text(onet, "Tasks to DWAs.txt").filter(pl.col("Task ID") == str(TASK))
    (activity,) = task_page["task"]["workActivities"]
    detailed = (
        read_text(onet, "DWA Reference.txt")
        .filter(pl.col("DWA ID").is_in(link["DWA ID"].implode()))
        .row(0, named=True)
    )
    wider = (
        read_text(onet, "IWA Reference.txt")
        .filter(pl.col("IWA ID") == detailed["IWA ID"])
        .row(0, named=True)
    )
    general = (
        read_text(onet, "Content Model Reference.txt")
        .filter(pl.col("Element ID") == wider["Element ID"])
        .row(0, named=True)
    )
    ids = ("elementId", "title", "level")
    up = activity["parent"]
    top = up["parent"]
    assert [activity[i] for i in ids] == [
        detailed["DWA ID"],
        detailed["DWA Title"],
        "DETAILED",
    ]
    assert [up[i] for i in ids] == [wider["IWA ID"], wider["IWA Title"], "INTERMEDIATE"]
    assert [top[i] for i in ids] == [
        general["Element ID"],
        general["Element Name"],
        "GENERALIZED",
    ]


def exposure(page: Page, rater: str, measure: str) -> dict[str, Any]:
    """Give one rating of the page."""
    (found,) = [
        e
        for e in page["task"]["exposureRatings"]
        if (e["rater"]["id"], e["measure"]["id"]) == (rater, measure)
    ]
    return dict(found)


@pytest.mark.parametrize(
    ("rater", "kind", "column"),
    [
        ("human", "PERSON", "human_exposure_agg"),
        ("gpt-4", "MODEL", "gpt4_exposure"),
        ("gpt-4-alt-rubric", "MODEL", "gpt4_exposure_alt_rubric"),
    ],
)
def test_each_rater_keeps_its_label(
    task_page: Page, labels: dict[str, str], rater: str, kind: str, column: str
) -> None:
    """Row 14: people say E1 and the model E0; neither hides the other."""
    found = exposure(task_page, rater, "exposure")
    assert found["label"] == labels[column]
    assert found["rater"]["kind"] == kind
    assert found["study"]["id"] == "gpts-are-gpts"
    assert found["basis"] == "SAME_ID_SAME_WORDING"
    place = ("onet-29.2", "full_labelset.tsv", int(labels["line"]), column)
    assert source(found) == place


def test_scores_stand_or_are_derived(task_page: Page, labels: dict[str, str]) -> None:
    """Row 17: the model's scores stand in the file, people's are derived and say so."""
    for measure in ("alpha", "beta", "gamma"):
        published = exposure(task_page, "gpt-4", measure)
        assert published["score"] == float(labels[measure]) == 0.0
        assert published["provenance"]["method"] is None
        assert published["provenance"]["column"] == measure
        derived = exposure(task_page, "human", measure)
        assert derived["score"] == 1.0
        assert derived["provenance"]["method"].startswith(measure)


def test_automation_label(task_page: Page, labels: dict[str, str]) -> None:
    """Row 18: T1, which is a quarter."""
    found = exposure(task_page, "gpt-4", "automation")
    assert found["label"] == labels["gpt4_automation"] == "T1"
    assert found["score"] == float(labels["automation"]) == 0.25


def test_siblings_by_importance(
    task_page: Page, ratings: pl.DataFrame, onet: Path
) -> None:
    """Rows 19 to 21: ten others, highest first, ties by ascending task ID."""
    own = read_text(onet, "Task Statements.txt").filter(
        (pl.col("O*NET-SOC Code") == RECREATIONAL_THERAPISTS)
        & (pl.col("Task ID") != str(TASK))
    )
    figures = ratings.filter(pl.col("Scale ID") == "IM").select(
        "Task ID", pl.col("Data Value").cast(pl.Float64).alias("value")
    )
    expected = (
        own.join(figures, on="Task ID")
        .with_columns(pl.col("Task ID").cast(pl.Int64))
        .sort("value", "Task ID", descending=[True, False])
    )
    found = task_page["task"]["siblings"]
    assert [s["taskId"] for s in found] == expected["Task ID"].to_list()
    assert [s["importance"]["value"] for s in found] == expected["value"].to_list()
    assert [s["statement"] for s in found] == expected["Task"].to_list()
    assert [s["taskId"] for s in found][4:6] == [391, 394]


def test_caveats_and_sources(task_page: Page) -> None:
    """Rows 11, 16, 24, 25 and 27: what figures do not mean, and whose they are."""
    task = task_page["task"]
    text = " ".join(c["text"] for c in task["caveats"]).lower()
    assert "automated" in text
    assert "advice" in text
    assert [s["id"] for s in task["sources"]] == ["onet-29.2", "gpts-are-gpts"]
    assert [s["licence"]["name"] for s in task["sources"]] == ["CC BY 4.0", "MIT"]
    assert all(s["requiredAttribution"] for s in task["sources"])


def test_the_graph_names_itself(task_page: Page) -> None:
    """Row 26: version and time of the build."""
    assert len(task_page["graph"]["version"]) == 16
    assert task_page["graph"]["builtAt"] == "2026-01-02T03:04:05Z"
