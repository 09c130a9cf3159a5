"""Tables as Parquet: typed, and packed column by column."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from workatlas.errors import DataError

_ROWS = 100_000
"""Rows of a row group: what a reader has to hold at once."""


def write_parquet(table: pl.DataFrame, path: Path) -> None:
    """Write a table; equal tables give equal bytes.

    Every setting is fixed, the file tells no time, and how the store handed the rows
    over, in one piece or in many, does not matter.
    """
    table.rechunk().write_parquet(
        path, compression="zstd", compression_level=3, row_group_size=_ROWS
    )


def read_parquet(
    path: Path, schema: Mapping[str, pl.DataType], name: str
) -> pl.DataFrame:
    """Read a table that has exactly these columns.

    Raises:
        DataError: it is no Parquet, or has other columns; ``name`` is the file's.

    """
    try:
        table = pl.read_parquet(path)
    # Polars takes some damage for a defect of its own, and panics.
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise DataError(f"It is no Parquet ({error}).", file=name) from error
    if dict(table.schema) != dict(schema):
        found = ", ".join(f"{column} {kind}" for column, kind in table.schema.items())
        wanted = ", ".join(f"{column} {kind}" for column, kind in schema.items())
        raise DataError(f"Its columns are {found}, not {wanted}.", file=name)
    return table
