"""Tables as JSON Lines: an object a line with every column, null where nothing is."""

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any, cast

import orjson
import polars as pl

from workatlas.errors import DataError

_ROWS = 20_000
"""How many rows are Python objects at a time."""
_INT64 = range(-(2**63), 2**63)
_TYPES: dict[pl.DataType, tuple[type, str]] = {
    pl.String(): (str, "text"),
    pl.Int64(): (int, "a whole number"),
    pl.Float64(): (float, "a number"),
    pl.Boolean(): (bool, "true or false"),
}


def write_lines(table: pl.DataFrame, path: Path) -> None:
    """Write a table in UTF-8 with LF line ends."""
    table.write_ndjson(path)


def read_lines(
    path: Path, schema: Mapping[str, pl.DataType], name: str
) -> pl.DataFrame:
    """Read a table of which every line has exactly these columns.

    Raises:
        DataError: a line is no such object, or a value not of its column's type; says
            in which line and column. ``name`` is the file's.

    """
    types = {column: _TYPES[kind] for column, kind in schema.items()}
    parts = [pl.DataFrame(schema=schema)]
    with path.open("rb") as file:
        rows = (_row(line, types, name, at) for at, line in enumerate(file, start=1))
        while batch := list(islice(rows, _ROWS)):
            parts.append(pl.DataFrame(batch, schema=schema, orient="row"))
    return pl.concat(parts)


def _row(
    line: bytes, types: Mapping[str, tuple[type, str]], name: str, at: int
) -> list[Any]:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise DataError(f"It is no JSON ({error}).", file=name, line=at) from error
    if not isinstance(row, dict) or [*row] != [*types]:
        raise DataError(
            f"It is no object with {', '.join(types)}, in that order.",
            file=name,
            line=at,
        )
    values = cast("dict[str, Any]", row)
    for column, (kind, text) in types.items():
        value = values[column]
        # A whole number that is too long for a store would not be one any more.
        fits = type(value) is kind and (kind is not int or value in _INT64)
        if value is not None and not fits:
            raise DataError(
                f"{value!r} is not {text}.", file=name, line=at, column=column
            )
    return [*values.values()]
