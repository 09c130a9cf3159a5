"""Reads a table from a sheet of a workbook (.xlsx), without trusting it.

What reads sheets makes room for every cell from the first to the last, those that are
not there as well: two cells far apart would take more memory than there is.
"""

import io
import re
import zipfile
import zlib

import polars as pl
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from workatlas.errors import DataError

from .delimited import Cells
from .limits import DEFAULT
from .source import SourcedFile

CELLS = 5_000_000
"""How many cells a sheet may span: 0.2 GB of memory, about."""
_OTHER = {"content.xml", "xl/workbook.bin"}
"""What other kinds of workbooks hold, which are read as well if one lets them."""
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})(\d+)["']""")
"""Where a cell says that it is, as in ``r="B12"``, or a row."""
_LETTERS = 26
_DAMAGE = (
    CalamineError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
_AGAIN = "Get the file again from its publisher; it was cut or edited."


def read_sheet(file: SourcedFile, name: str, advice: str = _AGAIN) -> Cells:
    """Read a sheet whose first row has the names of the columns, all as text.

    A number becomes the shortest text that is that number again. Lines are the rows of
    the sheet, counted from 1. ``advice`` is given where there is no such sheet.

    Raises:
        DataError: no workbook, one that is too large, no such sheet, no rows.

    """
    rows = _sheet(file, name, advice).to_python(skip_empty_area=False)
    if not rows:
        raise DataError(
            f"The sheet {name!r} is empty.", file=file.name, line=1, todo=_AGAIN
        )
    header, *body = [[_text(cell) for cell in row] for row in rows]
    columns = [
        pl.Series([row[place] for row in body], dtype=pl.String)
        for place in range(len(header))
    ]
    return Cells(header, columns, pl.int_range(2, len(body) + 2, eager=True))


def _sheet(file: SourcedFile, name: str, advice: str) -> CalamineSheet:
    try:
        with zipfile.ZipFile(file.path) as parts:
            _check(parts, file)
        book = CalamineWorkbook.from_filelike(io.BytesIO(file.path.read_bytes()))
        if name in book.sheet_names:
            return book.get_sheet_by_name(name)
    except _DAMAGE as error:
        raise _refused(
            "This is not a workbook (.xlsx) that can be read.", file
        ) from error
    raise DataError(
        f"There is no sheet {name!r}, but {', '.join(book.sheet_names)}.",
        file=file.name,
        todo=advice,
    )


def _check(parts: zipfile.ZipFile, file: SourcedFile) -> None:
    """Refuse a workbook of another kind, and one that would take too much memory."""
    members = parts.infolist()
    if _OTHER & {member.filename for member in members}:
        raise _refused("This is a workbook of another kind than .xlsx.", file)
    size = sum(member.file_size for member in members)
    if size > DEFAULT.inflated_bytes(file.bytes):
        raise _refused(f"The workbook would take {size:,} bytes once unpacked.", file)
    for member in members:
        if (span := _span(parts.read(member))) > CELLS:
            raise _refused(f"A sheet of the workbook spans {span:,} cells.", file)


def _span(sheet: bytes) -> int:
    """Give how many cells there are up to the last row and the last column."""
    places = _PLACE.findall(sheet)
    rows = max((int(row) for _, row in places), default=0)
    return rows * max((_column(letters) for letters, _ in places), default=0)


def _column(letters: bytes) -> int:
    """Give the number of a column: A is 1, and so is none."""
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + letter - ord("A") + 1
    return max(number, 1)


def _refused(what: str, file: SourcedFile) -> DataError:
    return DataError(what, file=file.name, todo=_AGAIN)


def _text(cell: object) -> str:
    """Give a cell as text; whole numbers without a decimal point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return repr(cell) if isinstance(cell, float) else str(cell)
