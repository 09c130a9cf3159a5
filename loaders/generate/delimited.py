"""Rows as the bytes of a delimited file, with quotes where they are needed."""

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple


class Written(NamedTuple):
    """The bytes of a file, and how many rows it has below its header."""

    content: bytes
    rows: int


def written(
    rows: Sequence[Sequence[object]], *, delimiter: str, end: str = "\n"
) -> Written:
    """Write a header and rows; None becomes an empty cell."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return Written(out.getvalue().encode(), len(rows) - 1)
