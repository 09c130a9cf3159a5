"""The real releases, counted again by polars on the raw files."""

from pathlib import Path

import polars as pl
import pytest

from workatlas.loaders.onet import read_release
from workatlas.loaders.source import open_source
from workatlas.stores import Subgraph

from .oracle import read_text, sha256

EMERGING = "Emerging Tasks.txt"
ABSENT = [
    *("Task Ratings.txt", "Alternate Titles.txt", "Sample of Reported Titles.txt"),
    *("Related Occupations.txt", EMERGING),
]
FILES = {
    "Occupation": "Occupation Data.txt",
    "Task": "Task Statements.txt",
    "Scale": "Scales Reference.txt",
    "Category": "Task Categories.txt",
    "ContentElement": "Content Model Reference.txt",
    "ActivityLink": "Tasks to DWAs.txt",
    "JobZone": "Job Zones.txt",
    "JobZoneDescription": "Job Zone Reference.txt",
}


@pytest.fixture(scope="module", params=["29.2", "18.1"])
def release(
    request: pytest.FixtureRequest,
    shared: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, Subgraph]:
    """Give a release's folder and graph."""
    version = str(request.param)
    folder = shared / "onet" / f"db_{version.replace('.', '_')}_text"
    archive = tmp_path_factory.mktemp("archive")
    source = open_source(str(folder), archive=archive, now="2026-01-02T03:04:05Z")
    if version == "29.2":
        return folder, read_release(source, version, partial=ABSENT[:1])
    return folder, read_release(source, version, without=ABSENT)


def test_every_row_becomes_a_node(release: tuple[Path, Subgraph]) -> None:
    """Nodes and rows of each file are equally many, and each line is its own."""
    folder, graph = release
    graph.check()
    for label, file in FILES.items():
        raw, made = read_text(folder, file), graph.nodes[label]
        assert made.height == raw.height, label
        assert sorted(made["line"]) == raw["line"].to_list(), label
        assert set(made["file"]) == {file}


def test_tasks_are_word_for_word(release: tuple[Path, Subgraph]) -> None:
    """Statement, type, date and answers of every task stand as published."""
    folder, graph = release
    raw = read_text(folder, "Task Statements.txt").select(
        taskId=pl.col("Task ID").cast(pl.Int64),
        statement="Task",
        taskType=pl.col("Task Type").str.to_uppercase().replace({"N/A": None}),
        surveyed=pl.col("Date").str.replace(r"(\d\d)/(\d{4})", "$2-$1"),
        incumbents=pl.col("Incumbents Responding").cast(pl.Int64, strict=False),
        line=pl.col("line").cast(pl.Int64),
    )
    made = graph.nodes["Task"].select(raw.columns)
    assert made.sort("taskId").equals(raw.sort("taskId"))


def test_job_zones_are_the_published_ones(release: tuple[Path, Subgraph]) -> None:
    """Number, date and source of each occupation's, and every word of the five."""
    folder, graph = release
    raw = read_text(folder, "Job Zones.txt").select(
        key=pl.lit("jobzone/") + pl.col("O*NET-SOC Code"),
        zone=pl.col("Job Zone").cast(pl.Int64),
        surveyed=pl.col("Date").str.replace(r"(\d\d)/(\d{4})", "$2-$1"),
        domainSource="Domain Source",
    )
    made = graph.nodes["JobZone"]
    assert made.select(raw.columns).equals(raw)
    assert raw.height in (923, 924)
    words = read_text(folder, "Job Zone Reference.txt").select(
        heading="Name",
        experience="Experience",
        education="Education",
        training="Job Training",
        examples="Examples",
        svpRange="SVP Range",
    )
    described = graph.nodes["JobZoneDescription"]
    assert described["zone"].to_list() == [1, 2, 3, 4, 5]
    assert described.select(words.columns).equals(words)


def test_emerging_tasks_are_the_published_ones(release: tuple[Path, Subgraph]) -> None:
    """Every cell of 29.2, whose they are, and what the revisions revise."""
    folder, graph = release
    if not (folder / EMERGING).exists():
        assert "EmergingTask" not in graph.nodes
        return
    raw = read_text(folder, EMERGING).select(
        key=pl.format("emergingtask/{}", "line"),
        code="O*NET-SOC Code",
        statement="Task",
        category=pl.col("Category").str.to_uppercase(),
        surveyed=pl.col("Date").str.replace(r"(\d\d)/(\d{4})", "$2-$1"),
        domainSource="Domain Source",
        file=pl.lit(EMERGING),
        line=pl.col("line").cast(pl.Int64),
        owner=pl.lit("occupation/") + pl.col("O*NET-SOC Code"),
        task=pl.lit("task/") + pl.col("Original Task ID").replace({"n/a": None}),
    )
    made = graph.nodes["EmergingTask"]
    assert made["writeIns"].null_count() == made.height
    assert made.drop("writeIns").equals(raw.drop("owner", "task"))
    held = {kind.name: table for kind, table in graph.edges.items()}
    assert held["HAS_EMERGING"].rows() == raw.select("owner", "key").rows()
    revisions = raw.filter(pl.col("category") == "REVISION")
    assert held["REVISES"].rows() == revisions.select("key", "task").rows()
    assert (raw.height, revisions.height) == (240, 46)


def test_the_hierarchy_is_the_published_one(release: tuple[Path, Subgraph]) -> None:
    """41 general activities, every other one below exactly one."""
    folder, graph = release
    levels = dict(graph.nodes["WorkActivity"].group_by("level").len().rows())
    assert levels == {
        "GENERALIZED": 41,
        "INTERMEDIATE": read_text(folder, "IWA Reference.txt").height,
        "DETAILED": read_text(folder, "DWA Reference.txt").height,
    }
    up = next(t for kind, t in graph.edges.items() if kind.name == "PART_OF")
    assert (
        up["start"].n_unique() == up.height == graph.nodes["WorkActivity"].height - 41
    )


def test_files_are_named_with_checksums(release: tuple[Path, Subgraph]) -> None:
    """Each loaded file has its sha256 and rows; absent ones have none."""
    folder, graph = release
    for file in graph.nodes["SourceFile"].to_dicts():
        path = folder / file["fileName"]
        if file["coverage"] == "ABSENT":
            assert not path.exists()
            assert file["sha256"] is None
        else:
            assert file["sha256"] == sha256(path)
            assert file["rows"] == read_text(folder, path.name).height
            assert file["bytes"] == path.stat().st_size


def test_the_read_me_dates_them(release: tuple[Path, Subgraph]) -> None:
    """Months of publication are those of the read-me files."""
    _, graph = release
    expected = {"onet-29.2": "2025-02", "onet-18.1": "2014-03"}
    assert graph.published == expected[graph.id]
