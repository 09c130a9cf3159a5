"""Every figure of the real releases, compared with polars on the raw files."""

from pathlib import Path

import polars as pl
import pytest

from workatlas.cypher import EdgeKind
from workatlas.errors import DataError
from workatlas.loaders.onet import read_release
from workatlas.loaders.source import open_source
from workatlas.stores import Subgraph

from .oracle import read_text

NOW = "2026-01-02T03:04:05Z"
MONTH = pl.col("Date").str.replace(r"(\d\d)/(\d{4})", "$2-$1").alias("surveyed")


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    """Give the folder of release 29.2."""
    return shared / "onet" / "db_29_2_text"


@pytest.fixture(scope="module")
def graph(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Subgraph:
    """Give release 29.2, of which the ratings are a part."""
    archive = tmp_path_factory.mktemp("archive")
    source = open_source(str(folder), archive=archive, now=NOW)
    return read_release(source, "29.2", partial=["Task Ratings.txt"])


def edge(graph: Subgraph, kind: str) -> list[tuple[str, str]]:
    """Give the relationships of a kind, written ``Task RATED Rating``, in order."""
    return sorted(graph.edges[EdgeKind(*kind.split())].iter_rows())


def test_ratings_are_figure_by_figure_the_published_ones(
    folder: Path, graph: Subgraph
) -> None:
    """All 131 rows and all their columns, floats to the last digit."""
    raw = read_text(folder, "Task Ratings.txt")
    number = {
        published: pl.col(published).replace({"n/a": None}).cast(kind)
        for published, kind in (
            ("Category", pl.Int64),
            ("Data Value", pl.Float64),
            ("N", pl.Int64),
            ("Standard Error", pl.Float64),
            ("Lower CI Bound", pl.Float64),
            ("Upper CI Bound", pl.Float64),
        )
    }
    tail = "/" + pl.col("Category").replace({"n/a": None})
    expected = raw.select(
        key=pl.concat_str(
            pl.lit("rating/"), "Task ID", pl.lit("/"), "Scale ID", tail.fill_null("")
        ),
        scale="Scale ID",
        category=number["Category"],
        value=number["Data Value"],
        n=number["N"],
        standardError=number["Standard Error"],
        lowerBound=number["Lower CI Bound"],
        upperBound=number["Upper CI Bound"],
        recommendSuppress=pl.col("Recommend Suppress").replace_strict(
            {"Y": True, "N": False, "n/a": None}
        ),
        surveyed=MONTH,
        domainSource="Domain Source",
        file=pl.lit("Task Ratings.txt"),
        line=pl.col("line").cast(pl.Int64),
    )
    made = graph.nodes["Rating"].select(expected.columns)
    assert made.height == 131
    assert made.sort("line").equals(expected)


def test_experts_have_no_bounds_and_one_row_is_advised_against(graph: Subgraph) -> None:
    """99 rows of experts lack all precision; of the workers' rows one is flagged."""
    ratings = graph.nodes["Rating"]
    experts = ratings.filter(pl.col("domainSource") == "Occupational Expert")
    precision = ("standardError", "lowerBound", "upperBound", "recommendSuppress")
    assert experts.height == 99
    assert all(experts[column].null_count() == 99 for column in precision)
    flagged = ratings.filter(pl.col("recommendSuppress"))
    columns = ("key", "value", "n", "standardError", "lowerBound", "upperBound")
    assert flagged.select(columns).rows() == [
        ("rating/4105/FT/5", 21.05, 29, 17.2726, 3.0725, 69.1496)
    ]


def test_ratings_hang_on_their_tasks(folder: Path, graph: Subgraph) -> None:
    """Each rating belongs to the task that its row names: 29-1125.00 has 99."""
    raw = read_text(folder, "Task Ratings.txt")
    rated = edge(graph, "Task RATED Rating")
    assert {task: sum(1 for t, _ in rated if t == task) for task, _ in rated} == {
        f"task/{task}": rows for task, rows in raw["Task ID"].value_counts().rows()
    }
    owners = {
        task: occupation for occupation, task in edge(graph, "Occupation HAS_TASK Task")
    }
    therapists = [r for t, r in rated if owners[t] == "occupation/29-1125.00"]
    assert len(therapists) == 99


def test_titles_and_their_occupations(folder: Path, graph: Subgraph) -> None:
    """Every alternate and reported title stands with its line and occupation."""
    called: list[tuple[str, str]] = []
    for file, column, kind in (
        ("Alternate Titles.txt", "Alternate Title", "ALTERNATE"),
        ("Sample of Reported Titles.txt", "Reported Job Title", "REPORTED"),
    ):
        raw = read_text(folder, file)
        made = graph.nodes["JobTitle"].filter(pl.col("kind") == kind)
        assert made["jobTitle"].equals(raw[column])
        assert made["line"].equals(raw["line"].cast(pl.Int64))
        assert set(made["file"]) == {file}
        called += [
            (f"occupation/{code}", f"jobtitle/{kind.lower()}/{line}")
            for line, code in raw.select("line", "O*NET-SOC Code").iter_rows()
        ]
    assert edge(graph, "Occupation ALSO_CALLED JobTitle") == sorted(called)
    short = read_text(folder, "Alternate Titles.txt")["Short Title"]
    made = graph.nodes["JobTitle"]["shortTitle"]
    assert len(made) - made.null_count() == (short != "n/a").sum() == 3574


def test_related_occupations_are_the_published_ones(
    folder: Path, graph: Subgraph
) -> None:
    """Every row of 923 occupations, 20 of each, stands with tier, index and line."""
    raw = read_text(folder, "Related Occupations.txt")
    code, other = raw["O*NET-SOC Code"], raw["Related O*NET-SOC Code"]
    keys = [f"related/{one}/{two}" for one, two in zip(code, other, strict=True)]
    made = graph.nodes["RelatedOccupation"]
    assert made.height == 923 * 20
    assert made["key"].to_list() == keys
    assert made["tier"].equals(raw["Relatedness Tier"])
    assert made["position"].equals(raw["Index"].cast(pl.Int64))
    assert made["line"].equals(raw["line"].cast(pl.Int64))
    assert dict(made["tier"].value_counts().rows()) == {
        "Primary-Short": 923 * 5,
        "Primary-Long": 923 * 5,
        "Supplemental": 923 * 10,
    }
    for ends, kind in (
        (
            zip("occupation/" + code, keys, strict=True),
            "Occupation HAS_RELATED RelatedOccupation",
        ),
        (
            zip(keys, "occupation/" + other, strict=True),
            "RelatedOccupation RELATED_TO Occupation",
        ),
    ):
        assert edge(graph, kind) == sorted(ends)


def test_links_between_tasks_and_activities(folder: Path, graph: Subgraph) -> None:
    """Each row of the file is a link with its date, and one relationship."""
    raw = read_text(folder, "Tasks to DWAs.txt")
    expected = raw.select(
        pl.concat_str(pl.lit("link/"), "Task ID", pl.lit("/"), "DWA ID").alias("key"),
        MONTH,
        pl.col("Domain Source").alias("domainSource"),
        pl.lit("Tasks to DWAs.txt").alias("file"),
        pl.col("line").cast(pl.Int64),
    )
    made = graph.nodes["ActivityLink"].select(expected.columns)
    assert made.sort("line").equals(expected)
    rows = raw.select("Task ID", "DWA ID").rows()
    task_activity = sorted((f"task/{t}", f"activity/{a}") for t, a in rows)
    assert edge(graph, "Task INVOLVES WorkActivity") == task_activity
    links = {(f"link/{t}/{a}", f"activity/{a}") for t, a in rows}
    assert set(edge(graph, "ActivityLink LINKS_TO WorkActivity")) == links


def test_the_path_of_task_392(graph: Subgraph) -> None:
    """Task 392 rolls up over three levels, each at the line that names it."""
    up = dict(edge(graph, "WorkActivity PART_OF WorkActivity"))
    steps = [a for t, a in edge(graph, "Task INVOLVES WorkActivity") if t == "task/392"]
    assert len(steps) == 1
    while steps[-1] in up:
        steps.append(up[steps[-1]])
    activities = graph.nodes["WorkActivity"]
    path = [
        activities.row(by_predicate=pl.col("key") == key, named=True) for key in steps
    ]
    assert [(a["elementId"], a["level"], a["file"], a["line"]) for a in path] == [
        ("4.A.4.a.5.I02.D01", "DETAILED", "DWA Reference.txt", 1635),
        ("4.A.4.a.5.I02", "INTERMEDIATE", "IWA Reference.txt", 264),
        ("4.A.4.a.5", "GENERALIZED", "Content Model Reference.txt", 406),
    ]
    (link,) = graph.nodes["ActivityLink"].filter(
        pl.col("key") == "link/392/4.A.4.a.5.I02.D01"
    )["line"]
    assert link == 10330


def test_hierarchy_and_general_activities(folder: Path, graph: Subgraph) -> None:
    """Parents are the published ones; four general activities have none below."""
    dwas = read_text(folder, "DWA Reference.txt").select("DWA ID", "IWA ID")
    iwas = read_text(folder, "IWA Reference.txt").select("IWA ID", "Element ID")
    expected = [
        (f"activity/{below}", f"activity/{above}")
        for below, above in [*dwas.rows(), *iwas.rows()]
    ]
    assert edge(graph, "WorkActivity PART_OF WorkActivity") == sorted(expected)
    wide = graph.nodes["WorkActivity"].filter(pl.col("level") == "GENERALIZED")
    assert set(wide["elementId"]) - set(iwas["Element ID"]) == {
        "4.A.3.b.2",
        "4.A.3.b.5",
        "4.A.4.b.1",
        "4.A.4.b.2",
    }
    model = read_text(folder, "Content Model Reference.txt").filter(
        pl.col("Element ID").is_in(wide["elementId"].implode())
    )
    assert wide["description"].equals(model["Description"])
    assert wide["heading"].equals(model["Element Name"])


def test_a_whole_release_is_asked_for_by_default(folder: Path, tmp_path: Path) -> None:
    """The cut ratings of 29.2 are refused unless they are named as partial."""
    source = open_source(str(folder), archive=tmp_path, now=NOW)
    with pytest.raises(DataError, match="has no ratings") as caught:
        read_release(source, "29.2")
    assert "--partial 'Task Ratings.txt'" in str(caught.value)
