"""The ratings and labels of a generated release of full size."""

from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from .generated import CODE, ID, full, labels, ratings, text

__all__ = ["full"]


def test_a_rated_task_has_nine_rows(full: Path) -> None:
    """One IM, one RT, seven FT that sum to 99.98 to 100.01; N differs by scale."""
    rows = ratings(full)
    per_task = rows.group_by(ID).agg(
        pl.col("Scale ID").sort().alias("scales"),
        pl.col("Category").drop_nulls().sort().alias("categories"),
        pl.col("Data Value").filter(pl.col("Scale ID") == "FT").sum().alias("sum"),
        pl.col("N").n_unique().alias("ns"),
    )
    assert per_task.height == 17_945
    scales = ["FT"] * 7 + ["IM", "RT"]
    assert per_task.filter(pl.col("scales") != pl.lit(scales)).is_empty()
    assert per_task.filter(
        pl.col("categories") != pl.lit([str(c) for c in range(1, 8)])
    ).is_empty()
    assert set(per_task["sum"].round(2)) == {99.98, 99.99, 100.0, 100.01}
    assert (per_task["ns"] == 3).sum() > per_task.height / 2
    assert rows["Data Value"].is_between(0, 100).all()
    importance = rows.filter(pl.col("Scale ID") == "IM")["Data Value"]
    assert importance.is_between(1, 5).all()
    assert text(full, "Task Ratings")["Data Value"].str.contains(r"^\d+\.\d\d$").all()


def test_incumbents_have_bounds_where_they_differ(full: Path) -> None:
    """SE 0 and no bounds where all agree, else bounds around it; some suppressed."""
    rows = ratings(full).filter(pl.col("Domain Source") == "Incumbent")
    low, high = pl.col("Lower CI Bound"), pl.col("Upper CI Bound")
    value, error = pl.col("Data Value"), pl.col("Standard Error")
    alike = rows.filter(error == 0)
    assert alike["Data Value"].is_in([0.0, 5.0, 100.0]).all()
    assert alike["Lower CI Bound"].is_null().all()
    assert alike["Upper CI Bound"].is_null().all()
    differ = rows.filter(error > 0)
    assert alike.height + differ.height == rows.height
    assert differ.filter(~((low < value) & (value < high))).is_empty()
    lopsided = ((high - value) - (value - low)).abs() > 0.001
    assert differ.select(lopsided.mean()).item() > 0.8
    flags = Counter(rows["Recommend Suppress"])
    assert set(flags) == {"Y", "N"}
    assert 0.01 < flags["Y"] / rows.height < 0.1
    assert rows.filter(
        (pl.col("N") < 10) & (pl.col("Recommend Suppress") == "N")
    ).is_empty()


def test_experts_have_no_bounds(full: Path) -> None:
    """Rows of experts have n/a for error, bounds and flag, and figures of heads."""
    rows = ratings(full).filter(pl.col("Domain Source") == "Occupational Expert")
    assert 0.15 < rows.height / 161_505 < 0.3
    for column in ("Standard Error", "Lower CI Bound", "Recommend Suppress"):
        assert rows[column].is_null().all()
    people = rows.with_columns(pl.col("Data Value") * pl.col("N") / 100)
    relevance = people.filter(pl.col("Scale ID") == "RT")["Data Value"]
    assert ((relevance - relevance.round()).abs() < 0.01).all()


def test_type_and_incumbents_follow_from_the_ratings(full: Path) -> None:
    """Core from 67 percent and 3.0 on; no ratings, no type and nobody responding."""
    rows = ratings(full)
    wide = rows.filter(pl.col("Category").is_null()).pivot(
        "Scale ID", index=ID, values=["Data Value", "N"]
    )
    tasks = text(full, "Task Statements").join(wide, on=ID, how="left")
    rated = tasks.filter(pl.col("Data Value_IM").is_not_null())
    core = (pl.col("Data Value_RT") >= 67) & (pl.col("Data Value_IM") >= 3)
    kind = pl.when(core).then(pl.lit("Core")).otherwise(pl.lit("Supplemental"))
    assert rated.filter(pl.col("Task Type") != kind).is_empty()
    assert rated.filter(
        pl.col("Incumbents Responding").cast(pl.Float64) != pl.col("N_RT")
    ).is_empty()
    assert 0.65 < (rated["Task Type"] == "Core").sum() / rated.height < 0.85
    unrated = tasks.filter(pl.col("Data Value_IM").is_null())
    assert unrated.height == 855
    assert unrated["Task Type"].is_null().all()
    assert unrated["Incumbents Responding"].is_null().all()
    assert set(unrated["Domain Source"]) == {"Analyst"}
    wholly = set(unrated[CODE]) - set(rated[CODE])
    assert 10 < len(wholly) < 60
    survey = [CODE, "Date", "Domain Source"]
    assert rated.select(survey).n_unique() == rated[CODE].n_unique()


def test_tasks_are_listed_as_publishers_do(full: Path) -> None:
    """By occupation, core tasks first, the more important first; ratings alike."""
    tasks, rows = text(full, "Task Statements"), ratings(full)
    importance = rows.filter(pl.col("Scale ID") == "IM").select(ID, "Data Value")
    listed = tasks.join(importance, on=ID, how="left", maintain_order="left")
    place = pl.col("Task Type").replace_strict(
        {"Core": 0, "Supplemental": 1}, default=2, return_dtype=pl.Int64
    )
    wanted = listed.sort(CODE, place, -pl.col("Data Value"), maintain_order=True)
    assert wanted.equals(listed)
    order = rows[ID].unique(maintain_order=True)
    rated = tasks.filter(tasks[ID].is_in(order.implode()))[ID]
    assert order.to_list() == rated.to_list()


def test_labels_of_a_full_release(full: Path) -> None:
    """Three raters that agree as the real ones do; scores follow the model's label."""
    rows = labels(full / "exposure")
    human, model = rows["human_labels"], rows["gpt4_exposure"]
    assert rows.height == 18800 - 45 + 514
    assert (human == model).mean() == pytest.approx(0.656, abs=0.02)
    assert (model == rows["gpt4_exposure_alt_rubric"]).mean() == pytest.approx(
        0.76, abs=0.03
    )
    assert (human == rows["human_exposure_agg"]).all()
    shares = [(model == label).mean() for label in ("E0", "E1", "E2")]
    assert shares == pytest.approx([0.444, 0.140, 0.415], abs=0.02)
    scores = {
        "E0": ("0.0", "0.0", "0.0"),
        "E1": ("1.0",) * 3,
        "E2": ("0.0", "0.5", "1.0"),
    }
    found = rows.select("gpt4_exposure", "alpha", "beta", "gamma").unique().rows()
    assert {row[0]: row[1:] for row in found} == scores
    quarters = rows.select("gpt4_automation", "automation").unique().sort("automation")
    assert quarters.rows() == [(f"T{n}", str(n / 4)) for n in range(5)]
    assert rows[""].to_list() == [str(n) for n in range(rows.height)]
    assert set(rows["gpt_3_relevant"]) == {"True", "False"}


def test_labels_know_a_slightly_older_release(full: Path) -> None:
    """Most rows are tasks as they are; some reworded, some gone, some tasks are new."""
    tasks = text(full, "Task Statements").select(ID, "Task", "Task Type", CODE)
    rows = labels(full / "exposure")
    joined = rows.join(tasks, on=ID, suffix="_now")
    assert rows.height - joined.height == 514
    assert tasks.join(rows, on=ID, how="anti").height == 45
    assert (joined["Task"] != joined["Task_now"]).sum() == 53
    assert joined["Task Type"].equals(joined["Task Type_now"], null_equal=True)
    assert (joined[CODE] == joined[f"{CODE}_now"]).all()
    assert set(rows[CODE]) <= set(tasks[CODE])


def test_means_weigh_core_tasks_twice(full: Path) -> None:
    """Each mean of an occupation is the weighted mean of its rows of labels."""
    rows = labels(full / "exposure").with_columns(
        pl.when(pl.col("Task Type") == "Core").then(2).otherwise(1).alias("weight")
    )
    names = {"gpt4_exposure": "dv_rating", "human_labels": "human_rating"}
    halves = {"alpha": 0.0, "beta": 0.5, "gamma": 1.0}
    wanted = rows.group_by(CODE, "Title", maintain_order=True).agg(
        (
            pl.col(column).replace_strict({"E0": 0.0, "E1": 1.0, "E2": half})
            * pl.col("weight")
        )
        .sum()
        .truediv(pl.col("weight").sum())
        .alias(f"{name}_{measure}")
        for column, name in names.items()
        for measure, half in halves.items()
    )
    means = pl.read_csv(full / "exposure" / "occ_level.csv")
    assert means.columns == wanted.columns
    assert means.drop(CODE, "Title").to_numpy() == pytest.approx(
        wanted.drop(CODE, "Title").to_numpy(), abs=1e-12
    )
    assert means.select(CODE, "Title").equals(wanted.select(CODE, "Title"))
