"""A table as KGLite takes it: of a data frame it asks only what is here.

It is made for pandas, and does not need it: to import pandas takes 0.25 s, and what
pandas makes of a release's columns, which KGLite takes apart again, 0.5 s.
"""

from typing import Any

import polars as pl


class _Column:
    """A column of values; None stands where there is none."""

    def __init__(self, values: pl.Series) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def isna(self) -> "_Column":
        return _Column(self._values.is_null())

    def tolist(self) -> list[Any]:
        return self._values.to_list()


class _Frame:
    """Columns by name; rows have no names of their own."""

    def __init__(self, table: pl.DataFrame) -> None:
        self._table = table
        self.columns = table.columns

    def __getitem__(self, name: str) -> _Column:
        return _Column(self._table[name])

    def reset_index(self, *, drop: bool) -> "_Frame":  # noqa: ARG002 - has no index
        return self


def frame(table: pl.DataFrame) -> Any:
    """Give a table to KGLite, which has to be told the type of every column."""
    return _Frame(table)
