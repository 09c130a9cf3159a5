"""One wrong cell anywhere refuses a release, with its place."""

import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from workatlas.errors import DataError

from .broken_release import (
    DESCRIPTIONS,
    EMERGING,
    LINKS,
    RATINGS,
    RELATED,
    STATEMENTS,
    ZONES,
    Rows,
    again,
    change,
    folder,
    gone,
    put,
    read,
    written,
)

__all__ = ["folder", "written"]


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
        *(
            (
                RELATED,
                put(column, "99-9999.00"),
                "99-9999.00 is not in the file of occupations",
                column,
            )
            for column in ("O*NET-SOC Code", "Related O*NET-SOC Code")
        ),
        (RELATED, put("Relatedness Tier", "Far"), "not a tier", "Relatedness Tier"),
        (RELATED, put("Relatedness Tier", "n/a"), "no value", "Relatedness Tier"),
        (RELATED, put("Index", "0"), "not a whole number from 1", "Index"),
        (RELATED, put("Index", "2"), "Index 2 stands twice", "Index"),
        (RELATED, again, "stands twice", "Related O*NET-SOC Code"),
        (ZONES, put("O*NET-SOC Code", "99-9999.00"), "not in", "O*NET-SOC Code"),
        (ZONES, again, "stands twice, first on line 2", "O*NET-SOC Code"),
        (ZONES, put("Job Zone", "n/a"), "no value", "Job Zone"),
        (ZONES, put("Job Zone", "6"), "not a whole number from 1 to 5", "Job Zone"),
        (ZONES, put("Date", "2022"), "not a month", "Date"),
        (DESCRIPTIONS, again, "Job Zone 1 stands twice", "Job Zone"),
        (DESCRIPTIONS, put("Job Zone", "0"), "not a whole number", "Job Zone"),
        (DESCRIPTIONS, put("Name", ""), "no value", "Name"),
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
        (RATINGS, again, "Category 1 stands twice, first on line 2.", "Category"),
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
        (EMERGING, put("O*NET-SOC Code", "99-9999.00"), "not in", "O*NET-SOC Code"),
        (EMERGING, put("Task", ""), "no value", "Task"),
        (EMERGING, put("Category", "Old"), "Old is not a category", "Category"),
        (EMERGING, put("Category", "n/a"), "no value", "Category"),
        (EMERGING, put("Date", "2022"), "not a month", "Date"),
        (EMERGING, put("Original Task ID", "6"), "revises none", "Original Task ID"),
        (EMERGING, put("Original Task ID", "n/a", 3), "which task", "Original Task ID"),
        (EMERGING, put("Original Task ID", "x", 3), "not a whole", "Original Task ID"),
        (EMERGING, put("Original Task ID", "777", 3), "not in", "Original Task ID"),
        (EMERGING, put("Original Task ID", "12", 3), "belongs to", "O*NET-SOC Code"),
        (EMERGING, again, "stands twice", "Original Task ID"),
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


def test_a_job_zone_that_is_not_described_is_refused(folder: Path) -> None:
    """It is named with the line of the first occupation that is in it."""
    change(folder / DESCRIPTIONS, lambda rows: rows.__delitem__(slice(1, None, 2)))
    with pytest.raises(
        DataError, match="is not a job zone that is described"
    ) as caught:
        read(folder)
    assert (caught.value.file, caught.value.column) == (ZONES, "Job Zone")
    assert caught.value.line
    read(folder, without=[DESCRIPTIONS]).check()


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
    # Its lines are not those of the file that the publisher offers.
    assert files["url"].to_list() == [None]


def test_a_task_lacks_a_scale(folder: Path) -> None:
    """Whoever is rated on one scale is rated on all that the file has."""
    change(folder / RATINGS, lambda rows: rows.pop(8))
    with pytest.raises(DataError, match="rated on 2 of the scales"):
        read(folder)
