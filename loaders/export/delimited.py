"""Tables as CSV (RFC 4180), in which null and the empty text are not the same.

An empty cell is null; a pair of quotes is the empty text. So PostgreSQL and DuckDB
write and read them. Numbers have as few digits as lead back to the same number.
"""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from workatlas.errors import DataError

_HEADER = 1
_TRUTH = {"true": True, "false": False}
_KINDS: dict[pl.DataType, str] = {
    pl.Int64(): "a whole number",
    pl.Float64(): "a number",
}


def write_csv(table: pl.DataFrame, path: Path) -> None:
    """Write a table in UTF-8 with a header and LF line ends."""
    table.write_csv(path, quote_style="necessary")


def read_csv(path: Path, schema: Mapping[str, pl.DataType], name: str) -> pl.DataFrame:
    """Read a table that has exactly these columns.

    Raises:
        DataError: it is no CSV, has other columns, or a cell is not of its column's
            type; says in which line and column. ``name`` is the file's.

    """
    try:
        # As text first: a number that is none would become null without a word.
        text = pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise DataError(f"It is no CSV ({error}).", file=name) from error
    if text.columns != list(schema):
        raise DataError(
            f"Its columns are {', '.join(text.columns)}, not {', '.join(schema)}.",
            file=name,
            line=_HEADER,
        )
    return pl.DataFrame([_typed(text, c, kind, name) for c, kind in schema.items()])


def _typed(text: pl.DataFrame, column: str, kind: pl.DataType, name: str) -> pl.Series:
    """Give a column as what it is, or refuse the first cell that is no such thing."""
    cells = text[column]
    if kind == pl.Boolean():
        typed = cells.replace_strict(_TRUTH, default=None, return_dtype=kind)
    else:
        typed = cells.cast(kind, strict=False)
    wrong = (typed.is_null() & cells.is_not_null()).arg_true()
    if len(wrong):
        row = int(wrong[0])
        raise DataError(
            f"{cells[row]!r} is not {_KINDS.get(kind, 'true or false')}.",
            file=name,
            line=_line(text, row),
            column=column,
        )
    return typed


def _line(text: pl.DataFrame, row: int) -> int:
    """Give the line on which a row begins: texts before it may have several lines."""
    breaks = text.head(row).select(pl.all().str.count_matches("\n", literal=True))
    return _HEADER + 1 + row + int(breaks.sum().sum_horizontal()[0] or 0)
