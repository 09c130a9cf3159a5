"""A delimited file is read whole, or refused with file, line and column."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workatlas.errors import DataError
from workatlas.loaders.source import SourcedFile
from workatlas.loaders.tables import Table, TableSpec, read_table

PLAIN = TableSpec(
    {"code": "Code", "n": "N", "date": "Date"}, optional={"date"}, joined=["Title"]
)
QUOTED = TableSpec(PLAIN.columns, PLAIN.optional, PLAIN.joined, ",", quoted=True)
GOOD = "Code\tN\tDate\na\t1\t08/2022\nb\tn/a\tn/a\n"


def sourced(path: Path, content: str | bytes) -> SourcedFile:
    """Write a file and describe it."""
    raw = content if isinstance(content, bytes) else content.encode()
    path.write_bytes(raw)
    return SourcedFile("facts.txt", path, None, "", len(raw), "")


def read(folder: Path, content: str | bytes, spec: TableSpec = PLAIN) -> Table:
    """Read a text as a file."""
    return read_table(sourced(folder / "x", content), spec)


def refused(folder: Path, content: str | bytes, spec: TableSpec = PLAIN) -> DataError:
    """Give the error that a text is refused with."""
    with pytest.raises(DataError) as caught:
        read(folder, content, spec)
    assert caught.value.todo
    return caught.value


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("last", [True, False])
def test_rows_keep_their_lines(
    tmp_path: Path, end: str, mark: str, *, last: bool
) -> None:
    """Either line end, a byte order mark and a missing last line end are taken."""
    text = mark + GOOD.replace("\n", end)
    table = read(tmp_path, text if last else text.removesuffix(end))
    assert table.frame.rows() == [("a", "1", "08/2022", 2), ("b", None, None, 3)]


def test_quotes_are_ordinary_without_quoting(tmp_path: Path) -> None:
    """The text edition has no quoting: a lone quote is a character."""
    table = read(tmp_path, 'Code\tN\n"a\t1\n')
    assert table.frame.rows() == [('"a', "1", None, 2)]


def test_quoted_fields_hold_separators_and_line_ends(tmp_path: Path) -> None:
    """A record is named by the line on which it starts."""
    text = 'Code,N,Date\r\n"a,\nb",1,n/a\r\n"say ""x""",2,\r\n'
    table = read(tmp_path, text, QUOTED)
    assert table.frame.rows() == [("a,\nb", "1", None, 2), ('say "x"', "2", "", 4)]


def test_columns_may_be_absent_or_joined_in(tmp_path: Path) -> None:
    """Optional columns are null where absent; repeated ones are passed over."""
    table = read(tmp_path, "Code\tTitle\tN\na\tA\t1\n")
    assert table.frame.columns == ["code", "n", "date", "line"]
    assert table.frame.rows() == [("a", "1", None, 2)]


@pytest.mark.parametrize(
    ("content", "what", "line", "column"),
    [
        ("Code\tDate\na\tb\n", "column 'N' is missing", 1, "N"),
        ("Code\tN\tNew\na\t1\tx\n", "column 'New' is not known", 1, "New"),
        ("Code\tN\tN\na\t1\t1\n", "column 'N' stands twice", 1, "N"),
        ("Code\tN\na\t1\nb\n", "1 fields, the header 2", 3, None),
        ("Code\tN\na\t1\t2\n", "3 fields, the header 2", 2, None),
        ("Code\tN\na\t1\n\nb\t1\n", "1 fields, the header 2", 3, None),
        ("Code\tN\n", "no rows", 2, None),
        ("", "first line is empty", 1, None),
        (b"Code\tN\na\t1\nb\t\xff\n", "0xff is not UTF-8", 3, "N"),
        (b"\xef\xbb\xbfCode\tN\r\n\xffa\t1\r\n", "not UTF-8", 2, "Code"),
        (b"Code\tN\r\na\t\xff\r\n", "not UTF-8", 2, "N"),
        (b"Code\tN\na\t1\t\xff\n", "not UTF-8", 2, None),
        (b"Code\t\xffN\na\t1\n", "not UTF-8", 1, None),
        ("Code\tN\na\t1\0\n", "NUL", 2, "N"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, content: str | bytes, what: str, line: int, column: str | None
) -> None:
    """Each defect of a file names line and column, and what to do."""
    error = refused(tmp_path, content)
    assert what in error.what
    assert (error.file, error.line, error.column) == ("facts.txt", line, column)


@pytest.mark.parametrize(
    ("content", "what", "line"),
    [
        ('Code,N\na,1\n"b,1\n', "quotes do not pair up", 3),
        ('Code,N\n"a"x,1\n', "quotes do not pair up", 2),
        ("Code,N\na,1\nb\n", "1 fields, the header 2", 3),
        ("", "first line is empty", 1),
        ("Code,N\n", "no rows", 2),
    ],
)
def test_quoted_files_are_refused_alike(
    tmp_path: Path, content: str, what: str, line: int
) -> None:
    """Unbalanced quotes and short rows of a quoted file are found."""
    error = refused(tmp_path, content, QUOTED)
    assert what in error.what
    assert error.line == line


def column(folder: Path, *cells: str) -> Table:
    """Make a table with these cells in the column N."""
    rows = "".join(f"a\t{cell}\tn/a\n" for cell in cells)
    return read(folder, f"Code\tN\tDate\n{rows}")


def test_numbers(tmp_path: Path) -> None:
    """Whole numbers may be written with a point; nulls stay nulls."""
    table = column(tmp_path, "38.0", "n/a", "7")
    assert table.numbers("n", whole=True).to_list() == [38, None, 7]
    assert table.numbers("n", minimum=7, maximum=38).to_list() == [38.0, None, 7.0]


@pytest.mark.parametrize("cell", ["x", "", "1.5", "-1", "11", "nan", "inf", "1,0"])
def test_what_is_no_number_in_bounds_is_refused(tmp_path: Path, cell: str) -> None:
    """Text, fractions, infinities and values out of bounds name their line."""
    table = column(tmp_path, "1", cell)
    with pytest.raises(DataError, match="is not a whole number from 0 to 10") as caught:
        table.numbers("n", minimum=0, maximum=10, whole=True)
    assert (caught.value.line, caught.value.column) == (3, "N")


def test_months(tmp_path: Path) -> None:
    """A month is turned round so that it sorts; anything else is refused."""
    assert read(tmp_path, GOOD).months("date").to_list() == ["2022-08", None]
    with pytest.raises(DataError, match="13/2022 is not a month") as caught:
        read(tmp_path, GOOD.replace("08/", "13/")).months("date")
    assert (caught.value.line, caught.value.column) == (2, "Date")


def test_required_unique_and_among(tmp_path: Path) -> None:
    """Empty cells, second rows and unknown values are refused where they stand."""
    table = column(tmp_path, "1", "n/a", "1")
    assert table.required("code") is table
    assert table.among("n", pl.Series(["1"]), "known") is table
    for act, line in (
        (lambda: table.required("n"), 3),
        (lambda: table.unique("code", "n"), 4),
        (lambda: table.among("n", pl.Series(["2"]), "known"), 2),
    ):
        with pytest.raises(DataError) as caught:
            act()
        assert caught.value.line == line


_CELL = st.text(st.characters(exclude_characters="\t\n\r\0", codec="utf-8"), min_size=1)


@given(st.lists(st.tuples(_CELL, _CELL), min_size=1, max_size=20))
def test_every_cell_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    """Whatever characters cells hold, they are read as they were written."""
    folder = tmp_path_factory.mktemp("cells")
    body = "".join(f"{a}\t{b}\n" for a, b in rows)
    spec = TableSpec(PLAIN.columns, PLAIN.optional, null_tokens=())
    frame = read(folder, f"Code\tN\n{body}", spec).frame
    assert frame.select("code", "n").rows() == rows
    assert frame["line"].to_list() == list(range(2, len(rows) + 2))


@pytest.mark.parametrize(
    ("content", "column"),
    [(b"Code,N\na,\xff\n", "N"), (b'Code,N\n"a,b",\xff\n', None)],
)
def test_a_column_is_named_where_no_quotes_are(
    tmp_path: Path, content: bytes, column: str | None
) -> None:
    """Before a broken character in a quoted row, separators cannot be counted."""
    error = refused(tmp_path, content, QUOTED)
    assert (error.line, error.column) == (2, column)


def test_a_second_row_is_told_in_the_file_s_own_terms(tmp_path: Path) -> None:
    """Published names, its own word for nothing, and the line of the first row."""
    table = read(tmp_path, "Code\tN\nb\t1\na\tn/a\nc\tn/a\na\tn/a\n")
    code, number, _ = table.spec.columns
    with pytest.raises(DataError) as caught:
        table.unique(code, number)
    what = "The row of Code a, N n/a stands twice, first on line 3."
    assert (caught.value.what, caught.value.line) == (what, 5)
