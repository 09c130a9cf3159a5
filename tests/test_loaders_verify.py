"""`verify` finds every value that its recorded line does not hold."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workatlas.loaders.compare import whole
from workatlas.loaders.generate import LAYOUTS, generate
from workatlas.loaders.load import load
from workatlas.loaders.verify import VerifyReport, verify
from workatlas.resolvers import Service
from workatlas.stores import Subgraph, Writer, open_reader, open_writer

NOW = "2026-01-02T03:04:05Z"
RELEASE = "onet-9.9"


@pytest.fixture
def places(tmp_path: Path) -> tuple[Writer, Path]:
    """Give a store with a small invented release and its labels, and its archive."""
    return filled(tmp_path, "onet-text-1")


def filled(folder: Path, layout: str) -> tuple[Writer, Path]:
    """Generate and load a release with labels."""
    out = folder / "written"
    generate(out, occupations=3, tasks=12, seed=3, layout=layout)
    writer, archive = open_writer(str(folder / "graph")), folder / "archive"
    for source, origin in (("onet@9.9", out), ("gpts-are-gpts", out / "exposure")):
        load(writer, source, archive=archive, now=NOW, origin=str(origin))
    return writer, archive


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_what_was_loaded_is_found_again(tmp_path: Path, layout: str) -> None:
    """In every layout all values of all files stand on the lines that name them."""
    report = verify(*filled(tmp_path, layout))
    assert report.wrong == []
    assert all(checked.values for checked in report.checked)
    files = {c.file for c in report.checked if c.graph == RELEASE}
    assert (
        len(files) == {"onet-text-1": 13, "onet-text-2": 12, "onet-csv-1": 12}[layout]
    )


def tamper(
    writer: Writer, label: str, change: Callable[[pl.DataFrame], pl.DataFrame]
) -> None:
    """Publish the release with other nodes of a label."""
    graph: Subgraph = writer.read(RELEASE)
    nodes = {**graph.nodes, label: change(graph.nodes[label])}
    with writer.lock():
        writer.publish([replace(graph, nodes=nodes, fingerprint="0" * 64)], now=NOW)


def first(column: str, value: Any) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """Put a value into the first row that has one in a column."""

    def change(nodes: pl.DataFrame) -> pl.DataFrame:
        cells = nodes[column].to_list()
        cells[next(i for i, cell in enumerate(cells) if cell is not None)] = value
        return nodes.with_columns(pl.Series(column, cells, nodes.schema[column]))

    return change


@pytest.mark.parametrize(
    ("label", "column", "value"),
    [
        ("Occupation", "heading", "Kite pilots"),
        ("Task", "statement", "Fly a kite."),
        ("Task", "taskType", "OTHER"),
        ("Task", "incumbents", 7777),
        ("Task", "surveyed", "1999-01"),
        ("Rating", "value", 1.125),
        ("Rating", "n", 7777),
        ("Rating", "recommendSuppress", None),
        ("Rating", "upperBound", None),
        ("ActivityLink", "domainSource", "Nobody"),
        ("WorkActivity", "heading", "Flying"),
        ("ContentElement", "description", "Wind"),
        ("Scale", "maximum", 77.0),
        ("Category", "meaning", "Never"),
        ("JobTitle", "jobTitle", "Kite Pilot"),
        ("RatedSubject", "statement", "Fly a kite."),
        ("ExposureRating", "score", 0.123),
        ("ExposureRating", "exposureLabel", "E9"),
        ("ExposureRating", "column", "alpha2"),
    ],
)
def test_another_value_is_found(
    places: tuple[Writer, Path], label: str, column: str, value: Any
) -> None:
    """One changed value of any kind of node is one finding, with its place."""
    writer, archive = places
    tamper(writer, label, first(column, value))
    (finding,) = verify(writer, archive).wrong
    assert (finding.graph, finding.property) == (RELEASE, column)
    assert finding.recorded == value
    assert finding.found != value
    assert finding.line
    assert finding.file
    text = "\n".join(verify(writer, archive).lines())
    assert "WRONG" in text
    assert "1 wrong of" in text


@pytest.mark.parametrize("label", ["Task", "Rating", "Occupation", "ExposureRating"])
def test_another_line_is_found(places: tuple[Writer, Path], label: str) -> None:
    """A node that names the line of another one does not pass for it."""
    writer, archive = places
    other = writer.read(RELEASE).nodes[label]["line"][-1]
    tamper(writer, label, first("line", other))
    wrong = verify(writer, archive).wrong
    assert "key" in {finding.property for finding in wrong}
    tamper(writer, label, first("line", 99999))
    assert verify(writer, archive).wrong


def test_a_score_that_the_file_does_not_have_is_found(
    places: tuple[Writer, Path],
) -> None:
    """A label of a measure without scores must not have got one."""
    writer, archive = places

    def change(nodes: pl.DataFrame) -> pl.DataFrame:
        bare = nodes["score"].is_null().arg_true()[0]
        cells = nodes["score"].to_list()
        cells[bare] = 0.5
        return nodes.with_columns(pl.Series("score", cells))

    tamper(writer, "ExposureRating", change)
    (finding,) = verify(writer, archive).wrong
    assert (finding.property, finding.found) == ("score", None)


def test_a_file_that_was_changed_or_lost_is_found(places: tuple[Writer, Path]) -> None:
    """Checksums are computed again; what cannot be compared is not passed over."""
    writer, archive = places
    changed = next(archive.glob("*/Task Ratings.txt"))
    changed.write_bytes(changed.read_bytes().replace(b"4.47", b"4.48", 1))
    next(archive.glob("*/Task Statements.txt")).unlink()
    report = verify(writer, archive)
    assert [(f.file, f.property) for f in report.wrong] == [
        ("Task Ratings.txt", None),
        ("Task Statements.txt", None),
    ]
    assert "not in the archive as it was loaded" in "\n".join(report.lines())


def test_absent_files_are_not_asked_for(tmp_path: Path) -> None:
    """A release without its ratings is verified in what it has."""
    out = tmp_path / "written"
    generate(out, occupations=3, tasks=12, seed=3)
    writer, archive = open_writer(str(tmp_path / "graph")), tmp_path / "archive"
    without = ["Task Ratings.txt"]
    load(
        writer,
        "onet@9.9",
        archive=archive,
        now=NOW,
        origin=str(out),
        without=without,
    )
    report = verify(writer, archive)
    assert report.wrong == []
    assert "Task Ratings.txt" not in {c.file for c in report.checked}
    assert isinstance(report, VerifyReport)
    assert report.as_dict()["wrong"] == []


def test_whole_numbers_are_read_either_way() -> None:
    """392 and 392.0 are the same task; a word is none."""
    frame = pl.DataFrame({"n": ["392", "392.0", "x", None]})
    assert frame.select(whole("n"))["n"].to_list() == ["392", "392", None, None]


QUESTION = """query ($id: Int!) { task(taskId: $id) { taskId statement
  provenance { ...P } importance { value ...F } relevance { value ...F }
  frequency { value category ...F }
  exposureRatings { label score provenance { ...P } } } }
fragment F on Figure { provenance { ...P } }
fragment P on Provenance { line column method file { name } }"""


@pytest.fixture(scope="module")
def published(shared: Path) -> dict[str, list[str]]:
    """Give the lines of the published files, without any parsing."""
    folders = (
        shared / "onet" / "db_29_2_text",
        shared / "exposure" / "gpts-are-gpts",
    )
    return {
        path.name: path.read_bytes().decode().splitlines()
        for folder in folders
        for path in folder.iterdir()
    }


@pytest.fixture(scope="module")
def service(real_store: Path) -> Service:
    """Serve the real release."""
    return Service(open_reader(str(real_store)))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(chance=st.randoms(use_true_random=False))
async def test_any_figure_stands_where_the_answer_says(
    service: Service, published: dict[str, list[str]], chance: random.Random
) -> None:
    """Random figures of random tasks of the real release are on the lines named."""
    tasks = [line.split("\t")[1] for line in published["Task Statements.txt"][1:]]
    rated = [line.split("\t")[1] for line in published["Task Ratings.txt"][1:]]
    number = int(chance.choice([chance.choice(tasks), chance.choice(rated)]))
    answer = await service.answer(QUESTION, {"id": number})
    task = answer.as_dict()["data"]["task"]
    place = task["provenance"]
    assert task["statement"] in line_of(published, place)
    for figure in (task["importance"], task["relevance"], *task["frequency"]):
        if figure["value"] is None:
            assert figure["provenance"]["line"] is None
        else:
            cells = line_of(published, figure["provenance"]).split("\t")
            assert cells[1] == str(number)
            assert float(cells[4]) == figure["value"]
    for rating in task["exposureRatings"]:
        place = rating["provenance"]
        cells = line_of(published, place).split("\t")
        header = published[place["file"]["name"]][0].split("\t")
        assert float(cells[2]) == number
        found = cells[header.index(place["column"])]
        if place["method"] is None:
            assert found in (rating["label"], str(rating["score"]))


def line_of(published: dict[str, list[str]], place: Any) -> str:
    """Give the line that a provenance names."""
    line: int = place["line"]
    return published[str(place["file"]["name"])][line - 1]
