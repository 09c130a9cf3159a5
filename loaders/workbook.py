"""Reads a table from a sheet of a workbook (.xlsx)."""

import io
import zipfile

import polars as pl
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from workatlas.errors import DataError

from .delimited import Cells
from .limits import DEFAULT
from .source import SourcedFile

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
            size = sum(part.file_size for part in parts.infolist())
        if size > DEFAULT.inflated_bytes(file.bytes):
            raise DataError(
                f"The workbook would take {size:,} bytes once unpacked.",
                file=file.name,
                todo=_AGAIN,
            )
        book = CalamineWorkbook.from_filelike(io.BytesIO(file.path.read_bytes()))
        if name in book.sheet_names:
            return book.get_sheet_by_name(name)
    except (CalamineError, zipfile.BadZipFile) as error:
        raise DataError(
            "This is not a workbook (.xlsx) that can be read.",
            file=file.name,
            todo=_AGAIN,
        ) from error
    raise DataError(
        f"There is no sheet {name!r}, but {', '.join(book.sheet_names)}.",
        file=file.name,
        todo=advice,
    )


def _text(cell: object) -> str:
    """Give a cell as text; whole numbers without a decimal point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return repr(cell) if isinstance(cell, float) else str(cell)
