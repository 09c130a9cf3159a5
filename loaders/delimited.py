"""Splits the text of a delimited file into its header, its columns and its lines."""

import csv
import io
from dataclasses import dataclass

import polars as pl

from workatlas.errors import DataError

from .source import SourcedFile

_BOM = "\ufeff"
_NUL = "\0"
_AGAIN = "Get the file again from its publisher; it was cut or edited."


@dataclass(frozen=True)
class Cells:
    """The cells of a file: the names in its header, a column for each, all text.

    ``lines`` has the line on which each row starts; the header is on line 1.
    """

    header: list[str]
    columns: list[pl.Series]
    lines: pl.Series


@dataclass(frozen=True)
class _Records:
    """Header and rows, each in one piece with ``separator`` between its cells."""

    header: str
    rows: pl.Series
    lines: pl.Series
    separator: str


def read_cells(file: SourcedFile, separator: str, *, quoted: bool) -> Cells:
    """Read a file in UTF-8, with or without a byte order mark, LF or CRLF.

    Args:
        file: what to read.
        separator: the character between cells.
        quoted: whether quotes may hold separators and line ends; if not, a quote is a
            character like any other.

    Raises:
        DataError: broken encoding, a NUL, quotes that do not pair up, a row with
            another number of cells than the header.

    """
    text = _text(file, separator, quoted=quoted)
    records = _quoted(text, file, separator) if quoted else _plain(text, separator)
    header = records.header.split(records.separator)
    _check_width(records, len(header), file)
    cells = records.rows.str.split_exact(records.separator, len(header) - 1)
    return Cells(header, cells.struct.unnest().get_columns(), records.lines)


def _text(file: SourcedFile, separator: str, *, quoted: bool) -> str:
    raw = file.path.read_bytes()
    try:
        text = raw.decode("utf-8").removeprefix(_BOM)
    except UnicodeDecodeError as error:
        raise DataError(
            f"Byte {raw[error.start]:#04x} is not UTF-8.",
            file=file.name,
            line=raw.count(b"\n", 0, error.start) + 1,
            column=_column(raw, error.start, separator, quoted=quoted),
            todo="Get the file again from its publisher; it was re-encoded or cut.",
        ) from error
    if _NUL in text:
        place = raw.index(_NUL.encode())
        raise DataError(
            "There is a NUL character.",
            file=file.name,
            line=raw.count(b"\n", 0, place) + 1,
            column=_column(raw, place, separator, quoted=quoted),
            todo="Get the file again from its publisher.",
        )
    return text.replace("\r\n", "\n")


def _column(raw: bytes, place: int, separator: str, *, quoted: bool) -> str | None:
    """Name the column in which a byte stands; None in the header and where quotes are.

    Quotes could hold separators and line ends, so that nothing certain can be said.
    """
    header, _, _ = raw.partition(b"\n")
    start = raw.rfind(b"\n", 0, place) + 1
    if not start or (quoted and b'"' in header + raw[start:place]):
        return None
    names = header.decode("utf-8-sig", errors="replace").rstrip("\r").split(separator)
    number = raw.count(separator.encode(), start, place)
    return names[number] if number < len(names) else None


def _plain(text: str, separator: str) -> _Records:
    """Split a file without quoting: a separator always separates."""
    header, _, body = text.partition("\n")
    rows = body.removesuffix("\n").split("\n") if body else []
    lines = pl.int_range(2, len(rows) + 2, eager=True)
    return _Records(header, pl.Series(rows, dtype=pl.String), lines, separator)


def _quoted(text: str, file: SourcedFile, separator: str) -> _Records:
    """Split a file with quoting; its cells can hold anything but a NUL."""
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    rows: list[str] = []
    lines: list[int] = []
    start = 1
    try:
        for row in reader:
            rows.append(_NUL.join(row))
            lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        raise DataError(
            f"The quotes do not pair up ({error}).",
            file=file.name,
            line=start,
            todo=_AGAIN,
        ) from error
    return _Records(
        "".join(rows[:1]),
        pl.Series(rows[1:], dtype=pl.String),
        pl.Series(lines[1:], dtype=pl.Int64),
        _NUL,
    )


def _check_width(records: _Records, wanted: int, file: SourcedFile) -> None:
    counts = records.rows.str.count_matches(records.separator, literal=True) + 1
    wrong = (counts != wanted).arg_true()
    if len(wrong):
        raise DataError(
            f"The row has {counts[wrong[0]]} fields, the header {wanted}.",
            file=file.name,
            line=records.lines[wrong[0]],
            todo=_AGAIN,
        )
