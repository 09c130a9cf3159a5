"""Workbooks: what is read of a sheet, and what is refused."""

import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from workatlas.errors import DataError
from workatlas.loaders.limits import DEFAULT
from workatlas.loaders.raw import raw_sheet
from workatlas.loaders.workbook import read_sheet

from .onet_files import put

CELLS: list[list[str | float | bool | None]] = [
    ["Code", "Score", "Note"],
    ["11-1011", 1.0, None],
    ["11-1021", -0.1234567890123, " two\nlines "],
    [None, None, None],
    ["11-1031", 12345678, True],
]


def book(path: Path, sheet: str, rows: list[list[str | float | bool | None]]) -> bytes:
    """Write a workbook with a sheet beside the empty first one; give its bytes."""
    made = openpyxl.Workbook()
    page = made.create_sheet(sheet)
    for row in rows:
        page.append(row)
    made.save(path)
    return path.read_bytes()


def refused(folder: Path, raw: bytes, sheet: str = "Scores") -> DataError:
    """Give the error of reading a sheet; it says what to do."""
    with pytest.raises(DataError) as caught:
        read_sheet(put(folder, "book.xlsx", raw), sheet)
    assert caught.value.file == "book.xlsx"
    assert caught.value.todo
    return caught.value


def test_cells_are_text_that_is_the_number_again(tmp_path: Path) -> None:
    """Whole numbers have no point, others all of their digits; a blank is empty."""
    file = put(tmp_path, "book.xlsx", book(tmp_path / "b.xlsx", "Scores", CELLS))
    cells = read_sheet(file, "Scores")
    assert cells.header == ["Code", "Score", "Note"]
    assert cells.lines.to_list() == [2, 3, 4, 5]
    scores = ["1", repr(-0.1234567890123), "", "12345678"]
    assert cells.columns[1].to_list() == scores
    assert cells.columns[2].to_list() == ["", " two\nlines ", "", "True"]


def test_verify_reads_the_same_by_other_means(tmp_path: Path) -> None:
    """Another library, the same lines and texts; an empty cell is null."""
    raw = book(tmp_path / "b.xlsx", "Scores", CELLS)
    cells = read_sheet(put(tmp_path, "book.xlsx", raw), "Scores")
    again = raw_sheet(raw, "Scores", [""])
    assert again["line"].equals(cells.lines, check_names=False)
    for name, column in zip(cells.header, cells.columns, strict=True):
        assert again[name].fill_null("").to_list() == column.to_list()


def test_no_workbook_is_refused(tmp_path: Path) -> None:
    """A text, a zip of something else, and a workbook whose sheet is damaged."""
    raw = book(tmp_path / "b.xlsx", "Scores", CELLS)
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as made:
        made.writestr("a.txt", "a")
    with (
        zipfile.ZipFile(tmp_path / "b.xlsx") as whole,
        zipfile.ZipFile(tmp_path / "broken.xlsx", "w") as broken,
    ):
        for name in whole.namelist():
            is_sheet = name.startswith("xl/worksheets/")
            cut = b"<worksheet><sheetData><row></worksheet>"
            broken.writestr(name, cut if is_sheet else whole.read(name))
    damaged = [tmp_path / "other.zip", tmp_path / "broken.xlsx"]
    for content in (b"Code,Score\n", raw[:-100], *(p.read_bytes() for p in damaged)):
        assert "not a workbook" in refused(tmp_path, content).what


def test_a_sheet_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The error names those that are."""
    raw = book(tmp_path / "b.xlsx", "Other", CELLS)
    assert (
        refused(tmp_path, raw).what == "There is no sheet 'Scores', but Sheet, Other."
    )


def test_an_empty_sheet_is_refused(tmp_path: Path) -> None:
    """It has not even a header."""
    error = refused(tmp_path, book(tmp_path / "b.xlsx", "Scores", []))
    assert (error.what, error.line) == ("The sheet 'Scores' is empty.", 1)


def test_a_workbook_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its size once unpacked is looked at first."""
    raw = book(tmp_path / "b.xlsx", "Scores", CELLS)
    few = replace(DEFAULT, small_bytes=1, inflation=0)
    monkeypatch.setattr("workatlas.loaders.workbook.DEFAULT", few)
    assert "once unpacked" in refused(tmp_path, raw).what


def test_cells_far_apart_are_refused(tmp_path: Path) -> None:
    """What lies between them would take more memory than there is."""
    made = openpyxl.Workbook()
    page = made.create_sheet("Scores")
    page["A1"] = "Code"
    page["XFD1048576"] = 1
    made.save(tmp_path / "b.xlsx")
    error = refused(tmp_path, (tmp_path / "b.xlsx").read_bytes())
    assert "spans 17,179,869,184 cells" in error.what


def test_workbooks_of_other_kinds_are_refused(tmp_path: Path) -> None:
    """What reads sheets would take them as well, with bounds of their own."""
    with zipfile.ZipFile(tmp_path / "b.ods", "w") as other:
        other.writestr("content.xml", "<x/>")
    error = refused(tmp_path, (tmp_path / "b.ods").read_bytes())
    assert "another kind" in error.what
