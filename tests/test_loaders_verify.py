"""`verify` finds every value that its recorded line does not hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import polars as pl
import pytest

from workatlas.cypher import NODES, EdgeKind
from workatlas.loaders.compare import compare, whole
from workatlas.loaders.findings import VerifyReport
from workatlas.loaders.generate import LAYOUTS, generate
from workatlas.loaders.load import load
from workatlas.loaders.verify import verify
from workatlas.stores import Snapshot, Subgraph, Writer, open_writer

NOW = "2026-01-02T03:04:05Z"
RELEASE = "onet-9.9"
Graphs = dict[str, Subgraph]


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


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Snapshot, Graphs, Path]:
    """Give what is published of an invented release, read once, and its archive."""
    writer, archive = filled(tmp_path_factory.mktemp("kept"), "onet-text-1")
    now = writer.snapshot()
    return now, {graph_id: writer.read(graph_id) for graph_id in now.graphs}, archive


@dataclass
class Altered:
    """Stands for a store whose graphs were written wrongly."""

    now: Snapshot
    graphs: Graphs
    archive: Path

    def snapshot(self) -> Snapshot:
        """Tell what is published."""
        return self.now

    def read(self, graph_id: str) -> Subgraph:
        """Give a graph."""
        return self.graphs[graph_id]

    @property
    def release(self) -> Subgraph:
        """The release."""
        return self.graphs[RELEASE]

    def nodes(self, label: str, change: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
        """Change the release's nodes of a label."""
        self.graphs[RELEASE] = changed(self.release, label, change)

    def edges(self, edges: Mapping[EdgeKind, pl.DataFrame]) -> None:
        """Give the release other relationships."""
        self.graphs[RELEASE] = replace(self.release, edges=edges)

    def verify(self) -> VerifyReport:
        """Verify the altered graphs."""
        return verify(cast("Writer", self), self.archive)


@pytest.fixture
def altered(kept: tuple[Snapshot, Graphs, Path]) -> Altered:
    """Give published graphs of which a test may alter one."""
    now, graphs, archive = kept
    return Altered(now, dict(graphs), archive)


def changed(
    graph: Subgraph, label: str, change: Callable[[pl.DataFrame], pl.DataFrame]
) -> Subgraph:
    """Give a graph with other nodes of a label, to be published as a new one."""
    nodes = {**graph.nodes, label: change(graph.nodes[label])}
    return replace(graph, nodes=nodes, fingerprint="0" * 64)


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
        ("SourceFile", "rows", 7777),
        ("SourceFile", "bytes", 7777),
        ("Occupation", "heading", "Kite pilots"),
        ("Occupation", "code", "99-9999.99"),
        ("Task", "taskId", 7777),
        ("Task", "statement", "Fly a kite."),
        ("Task", "taskType", "OTHER"),
        ("Task", "incumbents", 7777),
        ("Task", "surveyed", "1999-01"),
        ("Rating", "scale", "ZZ"),
        ("Rating", "category", 77),
        ("Rating", "value", 1.125),
        ("Rating", "n", 7777),
        ("Rating", "standardError", None),
        ("Rating", "recommendSuppress", None),
        ("Rating", "upperBound", None),
        ("ActivityLink", "domainSource", "Nobody"),
        ("WorkActivity", "heading", "Flying"),
        ("WorkActivity", "level", "OTHER"),
        ("ContentElement", "description", "Wind"),
        ("Scale", "maximum", 77.0),
        ("Category", "meaning", "Never"),
        ("JobTitle", "jobTitle", "Kite Pilot"),
        ("JobTitle", "kind", "REPORTED"),
        ("RatedSubject", "statement", "Fly a kite."),
        ("RatedSubject", "code", "99-9999.99"),
        ("ExposureRating", "study", "aioe"),
        ("ExposureRating", "score", 0.123),
        ("ExposureRating", "exposureLabel", "E9"),
        ("ExposureRating", "column", "alpha2"),
    ],
)
def test_another_value_is_found(
    altered: Altered, label: str, column: str, value: Any
) -> None:
    """One changed value of any kind of node is one finding, with its place."""
    altered.nodes(label, first(column, value))
    report = altered.verify()
    (finding,) = report.wrong
    assert (finding.graph, finding.property) == (RELEASE, column)
    assert finding.recorded == value
    assert finding.found != value
    assert finding.line or label == "SourceFile"
    assert finding.file
    text = "\n".join(report.lines())
    assert "WRONG" in text
    assert "1 wrong of" in text


@pytest.mark.parametrize("graph_id", [RELEASE, "gpts-are-gpts"])
def test_what_is_published_is_compared(
    places: tuple[Writer, Path], graph_id: str
) -> None:
    """A study, and its copy in a release, are each held against the file."""
    writer, archive = places
    graph = changed(writer.read(graph_id), "ExposureRating", first("score", 0.123))
    with writer.lock():
        writer.publish([graph], now=NOW)
    (finding,) = verify(writer, archive).wrong
    assert (finding.graph, finding.recorded) == (graph_id, 0.123)
    assert finding.line
    assert finding.column


OF_FILES = [label for label, columns in NODES.items() if "line" in columns]


@pytest.mark.parametrize("label", OF_FILES)
def test_another_line_is_found(altered: Altered, label: str) -> None:
    """A node of any kind that names the line of another one does not pass for it."""
    nodes = altered.release.nodes[label]
    key, name, line = nodes.select("key", "file", "line").row(0)
    other = nodes.filter((pl.col("file") == name) & (pl.col("line") != line))
    for moved in (other["line"][-1], 99999, None):
        altered.nodes(label, lambda _, moved=moved: first("line", moved)(nodes))
        wrong = altered.verify().wrong
        assert {(f.graph, f.key, f.line) for f in wrong} == {(RELEASE, key, moved)}
        assert "key" in {f.property for f in wrong}


@pytest.mark.parametrize("label", OF_FILES)
@pytest.mark.parametrize("name", ["Read Me.txt", "Task Ratings.txt"])
def test_another_file_is_found(altered: Altered, label: str, name: str) -> None:
    """A node that names a file which it cannot be from is not passed over."""
    key, before = altered.release.nodes[label].select("key", "file").row(0)
    altered.nodes(label, first("file", name))
    found = [(f.key, f.property, f.recorded) for f in altered.verify().wrong]
    assert found == ([] if before == name else [(key, "file", name)])


@pytest.mark.parametrize("column", ["rater", "measure"])
def test_a_rating_of_another_rater_is_found(altered: Altered, column: str) -> None:
    """A rater who did not rate in this file, or under this measure, is not believed."""
    altered.nodes("ExposureRating", first(column, "nobody"))
    (finding,) = altered.verify().wrong
    assert (finding.property, finding.graph) == ("file", RELEASE)


def test_a_value_that_the_file_does_not_have_is_found(altered: Altered) -> None:
    """What has no column in a file must not have a value either."""

    def change(nodes: pl.DataFrame) -> pl.DataFrame:
        bare = nodes["score"].is_null().arg_true()[0]
        cells = nodes["score"].to_list()
        cells[bare] = 0.5
        return nodes.with_columns(pl.Series("score", cells))

    altered.nodes("ExposureRating", change)
    (finding,) = altered.verify().wrong
    assert (finding.property, finding.found) == ("score", None)


@pytest.mark.parametrize(
    "edge",
    [
        "Occupation HAS_TASK Task",
        "Occupation ALSO_CALLED JobTitle",
        "Task RATED Rating",
        "Task HAS_LINK ActivityLink",
        "ActivityLink LINKS_TO WorkActivity",
        "WorkActivity PART_OF WorkActivity",
        "Scale HAS_CATEGORY Category",
        "RatedSubject HAS_RATING ExposureRating",
    ],
)
def test_a_node_tied_to_another_one_than_its_line_names_is_found(
    altered: Altered, edge: str
) -> None:
    """A figure on the right line is wrong all the same under another task."""
    graph, kind = altered.release, EdgeKind(*edge.split())
    at_end = kind.name in ("LINKS_TO", "PART_OF")
    turned, label = ("end", kind.end) if at_end else ("start", kind.start)
    ends = graph.edges[kind][turned].to_list()
    right = ends[0]
    ends[0] = next(key for key in graph.nodes[label]["key"] if key != right)
    other = graph.edges[kind].with_columns(pl.Series(turned, ends))
    altered.edges({**graph.edges, kind: other})
    (finding,) = altered.verify().wrong
    assert (finding.property, finding.recorded) == (kind.name, ends[0])
    assert finding.found == right
    altered.edges({k: table for k, table in graph.edges.items() if k != kind})
    wrong = altered.verify().wrong
    assert len(wrong) == len(ends)
    assert {(f.property, f.recorded) for f in wrong} == {(kind.name, None)}


def test_a_file_that_was_changed_or_lost_is_found(places: tuple[Writer, Path]) -> None:
    """Checksums are computed again; what cannot be compared is not passed over."""
    writer, archive = places
    edited = next(archive.glob("*/Task Ratings.txt"))
    edited.write_bytes(edited.read_bytes()[:-2] + b"X\n")
    next(archive.glob("*/Task Statements.txt")).unlink()
    report = verify(writer, archive)
    assert [(f.file, f.problem, f.property) for f in report.wrong] == [
        ("Task Ratings.txt", "CHANGED_FILE", None),
        ("Task Statements.txt", "MISSING_FILE", None),
    ]
    text = "\n".join(report.lines())
    assert "Task Ratings.txt in the archive is not what was loaded" in text
    assert "Task Statements.txt is not in the archive" in text


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
    assert report.as_dict()["wrong"] == []


def test_whole_numbers_are_read_either_way() -> None:
    """392 and 392.0 are the same task; a word is none."""
    frame = pl.DataFrame({"n": ["392", "392.0", "x", None]})
    assert frame.select(whole("n"))["n"].to_list() == ["392", "392", None, None]


def test_a_token_that_is_no_such_value_is_not_null() -> None:
    """Null is recorded for a null token alone, not for what cannot be read."""
    raw = pl.DataFrame(
        {"line": [2, 3, 4], "N": ["x", None, "38.0"], "Advice": ["y", None, "N"]}
    )
    nodes = pl.DataFrame(
        {
            "key": ["a", "b", "c"],
            "line": [2, 3, 4],
            "n": [None, None, 38],
            "recommendSuppress": [None, None, False],
        }
    )
    columns = {"n": "N", "recommendSuppress": "Advice"}
    wrong = compare("Rating", nodes, raw, columns.items())
    assert [(f["key"], f["found"]) for f in wrong] == [("a", "x"), ("a", "y")]
