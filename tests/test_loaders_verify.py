"""`verify` finds again what was loaded, and says what it cannot compare."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import polars as pl
import pytest

from workatlas.errors import StoreError
from workatlas.loaders.compare import compare, whole
from workatlas.loaders.generate import LAYOUTS, generate
from workatlas.loaders.layout import layouts
from workatlas.loaders.load import load
from workatlas.loaders.verify import verify
from workatlas.stores import Snapshot, Subgraph, Writer, open_writer

from .altered import NOW, RELEASE, Altered, altered, changed, filled, first, kept

__all__ = ["altered", "kept"]


@pytest.fixture
def places(tmp_path: Path) -> tuple[Writer, Path]:
    """Give a store with a small invented release and its labels, and its archive."""
    return filled(tmp_path, "onet-text-1")


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_what_was_loaded_is_found_again(tmp_path: Path, layout: str) -> None:
    """In every layout all values of all files stand on the lines that name them."""
    report = verify(*filled(tmp_path, layout))
    assert report.wrong == []
    assert all(checked.values for checked in report.checked)
    files = {c.file for c in report.checked if c.graph == RELEASE and c.file}
    assert (
        len(files) == {"onet-text-1": 18, "onet-text-2": 17, "onet-csv-1": 17}[layout]
    )


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


class Meanwhile:
    """Stands for a store in which something happens as soon as verifying has begun."""

    def __init__(self, writer: Writer, happens: Callable[[], object]) -> None:
        """Let it happen before the first graph is read."""
        self.address, self.writer, self.happens = writer.address, writer, happens

    def snapshot(self) -> Snapshot:
        """Tell what is published, and let it happen."""
        now = self.writer.snapshot()
        self.happens()
        return now

    def read(self, graph_id: str) -> Subgraph:
        """Give a graph."""
        return self.writer.read(graph_id)


def test_a_load_meanwhile_is_told(places: tuple[Writer, Path]) -> None:
    """Graphs of two moments are not compared as one: whoever verifies is told."""
    writer, archive = places
    graph = changed(writer.read(RELEASE), "Task", first("statement", "Fly a kite."))

    def load() -> None:
        with writer.lock():
            writer.publish([graph], now=NOW)

    def retire() -> None:
        with writer.lock():
            writer.publish([], removed=[RELEASE], now=NOW)

    for happens in (load, retire):
        meanwhile = cast("Writer", Meanwhile(writer, happens))
        with pytest.raises(StoreError, match=r"onet-29\.2 was loaded anew") as caught:
            verify(meanwhile, archive)
        assert "Try again" in caught.value.todo
    assert verify(writer, archive).wrong == []


@pytest.mark.parametrize(
    ("label", "column", "value", "what"),
    [
        ("Release", "layout", "onet-text-99", "the layout onet-text-99"),
        ("SourceFile", "contents", "task_wages", r"\(task_wages\) in the text edition"),
        ("SourceFile", "contents", "skills", r"\(skills\) in the text edition"),
        ("SourceFile", "key", "file/aioe/Alternate Titles.txt", "Titles.txt of aioe"),
        (
            "SourceFile",
            "key",
            "file/gpts-are-gpts/Alternate Titles.txt",
            "Titles.txt of gpts-are-gpts",
        ),
    ],
)
def test_what_another_version_made_is_told(
    altered: Altered, label: str, column: str, value: str, what: str
) -> None:
    """A layout, table or study that is not known here is an error of the store."""
    altered.nodes(label, first(column, value))
    with pytest.raises(StoreError, match=f"does not know .*{what}") as caught:
        altered.verify()
    assert "Load it again with this version" in caught.value.todo
    assert caught.value.where == RELEASE


def test_a_graph_without_a_layout_is_told(altered: Altered) -> None:
    """A release that says nothing of its layout cannot be compared either."""
    altered.nodes("Release", lambda nodes: nodes.clear())
    with pytest.raises(StoreError, match="does not know the layout of none"):
        altered.verify()


def test_a_layout_that_has_changed_since_is_told(
    altered: Altered, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A column that the file never had is one that this version reads otherwise."""
    layout = layouts()["onet-text-1"]
    table = layout.tables["occupations"]
    renamed = table.model_copy(update={"columns": {**table.columns, "code": "Code"}})
    other = layout.model_copy(
        update={"tables": {**layout.tables, "occupations": renamed}}
    )
    known = {"onet-text-1": other}
    altered.nodes("Release", lambda nodes: nodes.clone())
    monkeypatch.setattr("workatlas.loaders.places.layouts", lambda: known)
    with pytest.raises(StoreError, match=r"Data\.txt without the column"):
        altered.verify()
