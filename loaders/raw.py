"""Reads archived files again for ``verify``, by other means than the loaders."""

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Literal

import openpyxl
import polars as pl

_BATCH = 20_000


def archived(
    archive: Path, sha256: str, name: str
) -> bytes | Literal["MISSING_FILE", "CHANGED_FILE"]:
    """Give an archived file's bytes, or what is wrong with it."""
    try:
        raw = (archive / sha256 / name).read_bytes()
    except OSError:
        return "MISSING_FILE"
    return raw if hashlib.sha256(raw).hexdigest() == sha256 else "CHANGED_FILE"


def raw_rows(
    raw: bytes, separator: str, null_tokens: Sequence[str], *, quoted: bool
) -> pl.DataFrame:
    """Give the rows with published column names, all text, and ``line``.

    A row is known by the line on which it starts, counted from 1.
    """
    text = raw.decode("utf-8-sig")
    rows = _quoted(text, separator) if quoted else _plain(text, separator)
    _, header = next(rows)
    # In batches: the cells of a whole file as Python's strings take much memory.
    batches = iter(lambda: list(islice(rows, _BATCH)), [])
    frame = pl.concat(_frame(header, batch) for batch in batches)
    return _nulled(frame, null_tokens)


def _nulled(frame: pl.DataFrame, null_tokens: Sequence[str]) -> pl.DataFrame:
    cells = pl.exclude("line")
    kept = pl.when(~cells.is_in(list(null_tokens))).then(cells)
    return frame.select("line", kept.name.keep())


def raw_sheet(raw: bytes, sheet: str, null_tokens: Sequence[str]) -> pl.DataFrame:
    """Give the rows of a workbook's sheet as ``raw_rows`` does."""
    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    rows = [
        ["" if cell is None else str(cell) for cell in row]
        for row in book[sheet].iter_rows(values_only=True)
    ]
    book.close()
    header, *body = rows
    return _nulled(_frame(header, list(enumerate(body, start=2))), null_tokens)


def _frame(header: list[str], rows: list[tuple[int, list[str]]]) -> pl.DataFrame:
    columns = zip(*(cells for _, cells in rows), strict=True)
    lines = pl.Series("line", [line for line, _ in rows], dtype=pl.Int64)
    named = zip(header, columns, strict=True)
    return pl.DataFrame([lines, *(pl.Series(name, cells) for name, cells in named)])


def _plain(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        yield number, line.removesuffix("\r").split(separator)


def _quoted(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    start = 1
    for row in reader:
        yield start, row
        start = reader.line_num + 1
