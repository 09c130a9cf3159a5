"""A release is read whole; one wrong cell anywhere refuses it with its place."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from workatlas.cypher import EdgeKind
from workatlas.errors import DataError, UsageError
from workatlas.loaders.generate import LAYOUTS, generate
from workatlas.loaders.layout import layouts
from workatlas.loaders.onet import read_release
from workatlas.loaders.source import open_source
from workatlas.stores import Subgraph

RATINGS = "Task Ratings.txt"
STATEMENTS = "Task Statements.txt"
LINKS = "Tasks to DWAs.txt"
Rows = list[list[str]]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give a small release in each layout."""
    folder = tmp_path_factory.mktemp("written")
    for layout in LAYOUTS:
        out = folder / layout
        generate(out, occupations=3, tasks=12, seed=3, layout=layout)
    return {layout: folder / layout for layout in LAYOUTS}


@pytest.fixture
def folder(written: dict[str, Path], tmp_path: Path) -> Path:
    """Give a copy of the release in the text layout, to be broken."""
    return Path(shutil.copytree(written["onet-text-1"], tmp_path / "release"))


def read(folder: Path, version: str = "9.9", **options: Any) -> Subgraph:
    """Read a release from its folder."""
    source = open_source(str(folder), archive=folder.parent / "archive", now="")
    return read_release(source, version, **options)


def change(path: Path, edit: Callable[[Rows], object]) -> None:
    """Change the rows of a file; row 0 is the header."""
    rows = [line.split("\t") for line in path.read_text().splitlines()]
    edit(rows)
    path.write_text("".join("\t".join(row) + "\r\n" for row in rows))


def put(column: str, value: str, line: int = 2) -> Callable[[Rows], None]:
    """Put a value into a cell."""

    def edit(rows: Rows) -> None:
        rows[line - 1][rows[0].index(column)] = value

    return edit


def again(rows: Rows) -> None:
    """Repeat the first row at the end."""
    rows.append(rows[1])


def gone(rows: Rows) -> None:
    """Take the first row away."""
    del rows[1]


def test_every_layout_gives_the_same_release(written: dict[str, Path]) -> None:
    """Only identifiers of activities, files and lines differ between layouts."""
    made = {layout: read(folder) for layout, folder in written.items()}
    facts = {
        layout: {
            label: graph.nodes[label].drop("file", "line", strict=False)
            for label in ("Occupation", "Task", "Rating", "Scale", "Category")
        }
        for layout, graph in made.items()
    }
    for graph in made.values():
        graph.check()
        assert graph.synthetic
    one = facts.pop("onet-text-1")
    for other in facts.values():
        assert all(one[label].equals(other[label]) for label in one)
    titles = [
        sorted(graph.nodes["WorkActivity"].select("heading", "level").rows())
        for graph in made.values()
    ]
    assert titles[0] == titles[1] == titles[2]
    assert len({graph.fingerprint for graph in made.values()}) == len(made)


def test_a_release_is_the_same_each_time(folder: Path) -> None:
    """Reading twice gives equal tables and fingerprints; a byte changes the latter."""
    first, second = read(folder), read(folder)
    assert first.fingerprint == second.fingerprint
    assert all(first.nodes[k].equals(second.nodes[k]) for k in first.nodes)
    change(folder / "Occupation Data.txt", put("Title", "Kite pilots"))
    assert read(folder).fingerprint != first.fingerprint


@pytest.mark.parametrize(
    ("file", "edit", "what", "column"),
    [
        ("Scales Reference.txt", again, "AO stands twice", "Scale ID"),
        ("Scales Reference.txt", put("Minimum", "n/a"), "no value", "Minimum"),
        ("Scales Reference.txt", put("Minimum", "9"), "not above", "Maximum"),
        ("Scales Reference.txt", put("Maximum", "x"), "not a number", "Maximum"),
        ("Task Categories.txt", put("Scale ID", "ZZ"), "not in the file", "Scale ID"),
        ("Task Categories.txt", again, "stands twice", "Category"),
        ("Content Model Reference.txt", again, "stands twice", "Element ID"),
        ("Occupation Data.txt", again, "stands twice", "O*NET-SOC Code"),
        ("Occupation Data.txt", put("Title", ""), "no value", "Title"),
        (
            "Alternate Titles.txt",
            put("O*NET-SOC Code", "99-9999.00"),
            "not in the file of occupations",
            "O*NET-SOC Code",
        ),
        (STATEMENTS, again, "stands twice", "Task ID"),
        (STATEMENTS, put("Task ID", "x"), "not a whole number", "Task ID"),
        (STATEMENTS, put("Task Type", "Main"), "Main is not a task type", "Task Type"),
        (STATEMENTS, put("Date", "2022"), "not a month", "Date"),
        (
            STATEMENTS,
            put("Incumbents Responding", "-3"),
            "not a whole number from 0",
            "Incumbents Responding",
        ),
        (
            STATEMENTS,
            put("O*NET-SOC Code", "99-9999.00"),
            "not in the file of occupations",
            "O*NET-SOC Code",
        ),
        (RATINGS, again, "stands twice", "Category"),
        (RATINGS, put("Task ID", "777"), "not in the file of task", "Task ID"),
        (
            RATINGS,
            put("O*NET-SOC Code", "17-4014.00"),
            "belongs to 17-1013.00",
            "O*NET-SOC Code",
        ),
        (RATINGS, put("Scale ID", "ZZ"), "not in the file of scales", "Scale ID"),
        (RATINGS, put("Category", "9"), "not in the file of categories", "Category"),
        (RATINGS, put("Category", "1", 9), "IM has no categories", "Category"),
        (RATINGS, put("Data Value", "101"), "outside the scale FT", "Data Value"),
        (RATINGS, put("Data Value", "0.5", 9), "outside the scale IM", "Data Value"),
        (RATINGS, put("Data Value", "much"), "not a number", "Data Value"),
        (RATINGS, put("Upper CI Bound", "200"), "outside", "Upper CI Bound"),
        (RATINGS, put("Lower CI Bound", "99"), "above the upper", "Lower CI Bound"),
        (RATINGS, put("Standard Error", "-1"), "from 0", "Standard Error"),
        (RATINGS, put("N", "1.5"), "not a whole number", "N"),
        (RATINGS, put("Recommend Suppress", "M"), "not Y or N", "Recommend Suppress"),
        (RATINGS, gone, "rows on the scale FT", "Scale ID"),
        ("IWA Reference.txt", put("Element ID", "4.A.9.z.9"), "content", "Element ID"),
        ("IWA Reference.txt", again, "stands twice", "IWA ID"),
        ("DWA Reference.txt", put("IWA ID", "nowhere"), "intermediate", "IWA ID"),
        ("DWA Reference.txt", put("Element ID", "4.A.1.a.1"), "under", "Element ID"),
        (LINKS, put("DWA ID", "nowhere"), "not a detailed activity", "DWA ID"),
        (LINKS, put("Task ID", "777"), "not in the file of task", "Task ID"),
        (LINKS, put("O*NET-SOC Code", "17-4014.00"), "belongs", "O*NET-SOC Code"),
        (LINKS, again, "stands twice", "DWA ID"),
    ],
)
def test_one_wrong_cell_is_refused(
    folder: Path, file: str, edit: Callable[[Rows], None], what: str, column: str
) -> None:
    """Each defect says what it is, in which file, line and column, and what to do."""
    change(folder / file, edit)
    with pytest.raises(DataError) as caught:
        read(folder)
    error = caught.value
    assert what in error.what
    assert (error.file, error.column) == (file, column)
    assert error.line
    assert error.todo


@pytest.mark.parametrize(
    ("column", "value", "what"),
    [
        ("IWA Element Name", "Another name", "another title or parent"),
        ("GWA Element Name", "Another name", "another title or parent"),
        ("GWA Element ID", "4.A.1.a.1", "another title or parent"),
        ("DWA Element ID", "", "no value"),
    ],
)
def test_the_single_file_of_activities_agrees_with_itself(
    written: dict[str, Path], tmp_path: Path, column: str, value: str, what: str
) -> None:
    """From 30.3 on names and parents are repeated; they must not contradict."""
    folder = Path(shutil.copytree(written["onet-text-2"], tmp_path / "release"))
    path = folder / "GWAs to IWAs to DWAs.txt"
    rows = [line.split("\t") for line in path.read_text().splitlines()]
    groups = [row[2] for row in rows]
    line = next(n for n, group in enumerate(groups, 1) if group in groups[: n - 1])
    change(path, put(column, value, line))
    with pytest.raises(DataError, match=what):
        read(folder)


def test_general_activities_are_named_as_in_the_content_model(
    written: dict[str, Path], tmp_path: Path
) -> None:
    """A name that the content model does not have is refused."""
    folder = Path(shutil.copytree(written["onet-text-2"], tmp_path / "release"))

    def rename(rows: Rows) -> None:
        for row in rows[1:]:
            row[1] = f"{row[1]}, renamed"

    change(folder / "GWAs to IWAs to DWAs.txt", rename)
    with pytest.raises(DataError, match="in the content model") as caught:
        read(folder)
    assert caught.value.column == "GWA Element Name"


@pytest.mark.parametrize("mark", ["", "{}", "[]", '{"synthetic": "x"}', "\xff"])
def test_a_broken_mark_is_refused(folder: Path, mark: str) -> None:
    """The file that marks invented releases must say so in its own form."""
    (folder / "synthetic.json").write_text(mark, encoding="latin-1")
    with pytest.raises(DataError, match="not marked as the generator") as caught:
        read(folder)
    assert caught.value.file == "synthetic.json"


def test_ratings_that_lack_rows_are_not_taken_for_unrated(folder: Path) -> None:
    """A cut file is refused, unless it is named as partial; the graph then says so."""
    path = folder / RATINGS
    change(path, lambda rows: rows.__delitem__(slice(1, 10)))
    with pytest.raises(DataError, match="Workers were asked about task") as caught:
        read(folder)
    assert caught.value.file == STATEMENTS
    assert "--partial 'Task Ratings.txt'" in caught.value.todo
    graph = read(folder, partial=[RATINGS])
    files = graph.nodes["SourceFile"].filter(pl.col("contents") == "task_ratings")
    assert files["coverage"].to_list() == ["PART"]


def test_a_task_lacks_a_scale(folder: Path) -> None:
    """Whoever is rated on one scale is rated on all that the file has."""
    change(folder / RATINGS, lambda rows: rows.pop(8))
    with pytest.raises(DataError, match="rated on 2 of the scales"):
        read(folder)


def test_a_file_is_left_out_only_by_name(folder: Path) -> None:
    """A missing file names the option; an absent one stays a node that says so."""
    whole = read(folder)
    (folder / RATINGS).unlink()
    with pytest.raises(DataError, match="missing") as caught:
        read(folder)
    assert "--without 'Task Ratings.txt'" in caught.value.todo
    graph = read(folder, without=[RATINGS, LINKS])
    graph.check()
    files = {f["fileName"]: f for f in graph.nodes["SourceFile"].to_dicts()}
    for name in (RATINGS, LINKS):
        assert files[name]["coverage"] == "ABSENT"
        assert files[name]["sha256"] is files[name]["rows"] is None
    assert "Rating" not in graph.nodes
    assert EdgeKind("Task", "INVOLVES", "WorkActivity") not in graph.edges
    assert graph.fingerprint != whole.fingerprint


@pytest.mark.parametrize("option", ["without", "partial"])
def test_excuses_must_make_sense(folder: Path, option: str) -> None:
    """A file that no layout knows, or that others refer to, cannot be excused."""
    options: Any = {option: ["Task Rating.txt"]}
    with pytest.raises(UsageError, match="no file of the text edition") as caught:
        read(folder, **options)
    assert RATINGS in caught.value.todo
    if option == "without":
        with pytest.raises(UsageError, match="cannot be loaded without"):
            read(folder, without=[STATEMENTS])


def test_an_unknown_layout_names_what_is_missing(folder: Path) -> None:
    """What comes closest is named, and where a new layout is described."""
    (folder / STATEMENTS).rename(folder / "Tasks.txt")
    with pytest.raises(DataError, match=r"Task Statements\.txt is missing") as caught:
        read(folder)
    assert "loaders/layouts" in caught.value.todo


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("O*NET 9.9 Database\nMay 2026 Release\n", "2026-05"),
        ("O*NET 9.9 Database\n", ""),
        ("O*NET 9.9 Database\nMonth 2026 Release\n", ""),
        ("O*NET 9.9 Database\nMay soon\n", ""),
        ("", ""),
    ],
)
def test_the_read_me_dates_a_release(folder: Path, text: str, month: str) -> None:
    """Its second line gives the month, where it is a month."""
    (folder / "Read Me.txt").write_text(text)
    assert read(folder).published == month


def test_the_read_me_of_another_release_is_refused(folder: Path) -> None:
    """Files of another release are not loaded under a wrong name."""
    (folder / "Read Me.txt").write_text("O*NET 9.8 Database\n")
    with pytest.raises(DataError, match=r"release 9\.8, not 9\.9"):
        read(folder)
    (folder / "Read Me.txt").unlink()
    assert read(folder).published == ""


def test_what_is_not_marked_is_real(folder: Path) -> None:
    """Without the mark a release carries the publisher's name and licence."""
    marked = read(folder).fingerprint
    (folder / "synthetic.json").unlink()
    graph = read(folder)
    assert not graph.synthetic
    assert graph.fingerprint != marked
    assert read(folder, published="2026-01").fingerprint != graph.fingerprint
    assert graph.nodes["Dataset"]["licenceTitle"].to_list() == ["CC BY 4.0"]
    assert "9.9" in graph.nodes["Dataset"]["attribution"][0]


def test_layouts_are_data() -> None:
    """Every layout has the same tables, but for how activities are laid out."""
    known = layouts()
    assert list(known) == ["onet-csv-1", "onet-text-1", "onet-text-2"]
    assert known["onet-text-1"].verified_for("29.2")
    assert not known["onet-text-2"].verified_for("30.3")
    split = {"detailed_activities", "intermediate_activities"}
    tables = set(known["onet-text-1"].tables) - split
    for layout in known.values():
        assert set(layout.tables) - split - {"activity_hierarchy"} == tables
