"""The formats that tables are written in."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import polars as pl

from workatlas.errors import UsageError

from .delimited import read_csv, write_csv
from .lines import read_lines, write_lines
from .parquet import read_parquet, write_parquet


class Format(NamedTuple):
    """A format: how it is called, in files' names too, and how it is written and read.

    ``media_types`` has what it is called on the web, the registered name first, if
    there is one (``registered``), and what readers of Croissant know it by last.
    """

    name: str
    media_types: tuple[str, ...]
    registered: bool
    write: Callable[[pl.DataFrame, Path], None]
    read: Callable[[Path, Mapping[str, pl.DataType], str], pl.DataFrame]


FORMATS: dict[str, Format] = {
    known.name: known
    for known in (
        Format(
            "parquet",
            ("application/vnd.apache.parquet", "application/x-parquet"),
            registered=True,
            write=write_parquet,
            read=read_parquet,
        ),
        Format("csv", ("text/csv",), registered=True, write=write_csv, read=read_csv),
        Format(
            "jsonl",
            ("application/jsonl", "application/jsonlines"),
            registered=False,
            write=write_lines,
            read=read_lines,
        ),
    )
}
"""Each format by its name, those that keep types by themselves first."""


def chosen_formats(names: Iterable[str]) -> list[Format]:
    """Give the formats of these names, each once and in the order above.

    Raises:
        UsageError: one is unknown, or none is named.

    """
    asked = set(names)
    unknown = sorted(asked - FORMATS.keys())
    if unknown or not asked:
        raise UsageError(
            f"{unknown[0]!r} is no format." if unknown else "No format is named.",
            where="--format",
            todo=f"Choose among {', '.join(FORMATS)}, separated by commas.",
        )
    return [known for name, known in FORMATS.items() if name in asked]
