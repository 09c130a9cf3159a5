"""Reads one delimited file without losing or guessing anything.

Every cell stays text until a column is asked for as numbers or months; whatever is
wrong is a DataError that names file, line (the header is line 1) and column.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from workatlas.errors import DataError

from .delimited import read_cells
from .limits import LARGEST
from .source import SourcedFile
from .workbook import read_sheet

_FIRST = "first line"
_COLUMN = re.compile(r"\{([^{}]+)\}")
_NEWER = (
    "If this is a newer layout, describe it in loaders/layouts (CONTRIBUTING.md shows "
    "how); else get the file again."
)
_LOOK = "Compare the file with the publisher's; a newer layout needs loaders/layouts."


@dataclass(frozen=True)
class TableSpec:
    """How a file is laid out.

    ``columns`` maps our name of a column to the published one; those of ``optional``
    (our names) may be absent. ``joined`` are published columns that some editions
    repeat from other files, which are passed over. With a ``sheet`` the file is a
    workbook (.xlsx), and the table is the one on that sheet. ``advice`` is given where
    the sheet or the columns are others.
    """

    columns: Mapping[str, str]
    optional: Collection[str] = ()
    joined: Collection[str] = ()
    separator: str = "\t"
    quoted: bool = False
    null_tokens: Collection[str] = field(default=("n/a",))
    sheet: str | None = None
    advice: str = _NEWER


@dataclass(frozen=True)
class Table:
    """The rows of a file: text columns by our names, and ``line``."""

    frame: pl.DataFrame
    file: SourcedFile
    spec: TableSpec

    def refuse(self, bad: pl.DataFrame, column: str, what: str, todo: str = "") -> None:
        """Raise DataError for the first of the bad rows, if there is one.

        ``what`` may name columns of the row, as in ``{taskId} stands twice``.
        """
        if bad.height:
            row = bad.sort("line").row(0, named=True)
            raise DataError(
                _COLUMN.sub(lambda held: str(row[held[1]]), what),
                file=self.file.name,
                line=row["line"],
                column=self._published(column),
                todo=todo or _LOOK,
            )

    def _published(self, column: str) -> str:
        return self.spec.columns.get(column, column)

    def required(self, *columns: str) -> "Table":
        """Refuse rows without a value in one of the columns; give the table back."""
        for column in columns:
            empty = pl.col(column).is_null() | (pl.col(column) == "")
            self.refuse(self.frame.filter(empty), column, "There is no value.")
        return self

    def typed(self, **columns: pl.Series | pl.Expr) -> "Table":
        """Give the table with other values in some columns, or with more columns."""
        return replace(self, frame=self.frame.with_columns(**columns))

    def unique(self, *columns: str) -> "Table":
        """Refuse a second row with the same values; give the table back.

        Numbers are compared after ``typed``: as text ``392`` is not ``392.0``.
        """
        first = pl.col("line").min().over(*columns)
        seen = self.frame.with_columns(first.alias(_FIRST)).filter(
            pl.col("line") != pl.col(_FIRST)
        )
        null = next(iter(self.spec.null_tokens), "") or "(empty)"
        told = seen.with_columns(pl.col(*columns).cast(pl.String).fill_null(null))
        names = ", ".join(f"{self._published(c)} {{{c}}}" for c in columns)
        what = f"The row of {names} stands twice, first on line {{{_FIRST}}}."
        self.refuse(told, columns[-1], what)
        return self

    def among(self, column: str, known: pl.Series, what: str) -> "Table":
        """Refuse values that are not known (null passes); give the table back."""
        found = pl.col(column).is_in(known.implode()) | pl.col(column).is_null()
        text = f"{{{column}}} is not {what}."
        self.refuse(self.frame.filter(~found), column, text)
        return self

    def numbers(
        self,
        column: str,
        *,
        minimum: float | None = None,
        maximum: float | None = None,
        whole: bool = False,
    ) -> pl.Series:
        """Give a column as numbers, nulls kept; ``38.0`` is a whole number.

        A whole number is at most ``LARGEST``, whatever the bounds.

        Raises:
            DataError: a cell that is no number, not whole, or out of bounds.

        """
        if whole:
            maximum = min(LARGEST, LARGEST if maximum is None else maximum)
        number = pl.col(column).cast(pl.Float64, strict=False)
        wrong = number.is_null() | number.is_nan() | number.is_infinite()
        if whole:
            wrong |= number != number.floor()
        if minimum is not None:
            wrong |= number < minimum
        if maximum is not None:
            wrong |= number > maximum
        kind = "a whole number" if whole else "a number"
        limits = f"{_edge('from', minimum)}{_edge('to', maximum)}"
        self.refuse(
            self.frame.filter(pl.col(column).is_not_null() & wrong),
            column,
            f"{{{column}}} is not {kind}{limits}.",
        )
        values = self.frame.select(number).to_series()
        return values.cast(pl.Int64) if whole else values

    def months(self, column: str) -> pl.Series:
        """Give a column of dates MM/YYYY as YYYY-MM, nulls kept.

        Raises:
            DataError: a cell that is not such a date.

        """
        date = pl.col(column)
        good = date.str.contains(r"^(0[1-9]|1[0-2])/(19|20)\d\d$") | date.is_null()
        self.refuse(
            self.frame.filter(~good), column, f"{{{column}}} is not a month MM/YYYY."
        )
        iso = date.str.slice(3, 4) + "-" + date.str.slice(0, 2)
        return self.frame.select(iso).to_series()


def _edge(word: str, bound: float | None) -> str:
    return "" if bound is None else f" {word} {bound:.10g}"


def read_table(file: SourcedFile, spec: TableSpec) -> Table:
    """Read a file whose layout is known.

    Raises:
        DataError: broken encoding, a missing, unknown or double column, a row with
            another number of fields, an unbalanced quote, no rows at all.

    """
    cells = (
        read_cells(file, spec.separator, quoted=spec.quoted)
        if spec.sheet is None
        else read_sheet(file, spec.sheet, spec.advice)
    )
    _check_header(cells.header, file, spec)
    if not len(cells.lines):
        raise DataError("The file has no rows.", file=file.name, line=2, todo=_LOOK)
    named = dict(zip(cells.header, cells.columns, strict=True))
    absent = pl.lit(None, pl.String)
    chosen = pl.DataFrame({"line": cells.lines}).select(
        *(
            named.get(published, absent).alias(name)
            for name, published in spec.columns.items()
        ),
        "line",
    )
    tokens = list(spec.null_tokens)
    known = pl.when(~pl.col(pl.String).is_in(tokens)).then(pl.col(pl.String))
    return Table(chosen.with_columns(known.name.keep()), file, spec)


def _check_header(header: list[str], file: SourcedFile, spec: TableSpec) -> None:
    if header == [""]:
        raise DataError("The first line is empty.", file=file.name, line=1, todo=_LOOK)
    known = {*spec.columns.values(), *spec.joined}
    needed = {p for name, p in spec.columns.items() if name not in spec.optional}
    problems = (
        (sorted(needed - set(header)), "The column {} is missing."),
        ([c for c in header if c not in known], "The column {} is not known."),
        ([c for c in header if header.count(c) > 1], "The column {} stands twice."),
    )
    for columns, what in problems:
        if columns:
            raise DataError(
                what.format(repr(columns[0])),
                file=file.name,
                line=1,
                column=columns[0],
                todo=spec.advice,
            )
