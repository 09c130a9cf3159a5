"""Compares nodes with the rows that their lines hold."""

from collections.abc import Iterable

import polars as pl

from workatlas.cypher import NODES

_CAPITALS = ("taskType", "category")
"""Texts that are recorded in capitals."""


def compare(
    label: str,
    nodes: pl.DataFrame,
    raw: pl.DataFrame,
    columns: Iterable[tuple[str, str]],
) -> list[dict[str, object]]:
    """Compare properties with the columns that hold them, line by line.

    ``columns`` has properties, each with its published column. Gives for each value
    that differs key, property, column, line, recorded and found.
    """
    held = raw.rename({c: _there(c) for c in raw.columns if c != "line"})
    both = nodes.join(held, on="line", how="left")
    return [
        finding
        for name, column in columns
        for finding in _differing(label, name, column, both)
    ]


def derived(
    nodes: pl.DataFrame, raw: pl.DataFrame, name: str, made: pl.Expr
) -> list[dict[str, object]]:
    """Find nodes whose column ``name`` is not what is made of their whole row."""
    there = raw.select("line", made.alias(_there(name)))
    both = nodes.join(there, on="line", how="left")
    differs = pl.col(name).ne_missing(pl.col(_there(name)))
    return _findings(both.filter(differs), name, "")


def constant(
    nodes: pl.DataFrame, name: str, value: str | None
) -> list[dict[str, object]]:
    """Find nodes whose property is not the one value that all must have."""
    there = pl.lit(value, nodes.schema[name])
    wrong = nodes.filter(pl.col(name).ne_missing(there))
    return _findings(wrong.with_columns(there.alias(_there(name))), name, "")


def whole(column: str) -> pl.Expr:
    """Give a column of whole numbers as text, whether written 392 or 392.0."""
    number = pl.col(column).cast(pl.Float64, strict=False)
    return number.cast(pl.Int64, strict=False).cast(pl.String)


def _there(column: str) -> str:
    return f"there {column}"


def _differing(
    label: str, name: str, column: str, both: pl.DataFrame
) -> list[dict[str, object]]:
    cell = pl.col(_there(column))
    found = _as_recorded(name, NODES[label][name], cell)
    recorded = pl.col(name)
    if NODES[label][name] == "int":
        recorded = recorded.cast(pl.Float64)
    # A token that is no such value is not the null that it turns into.
    unread = found.is_null() & cell.is_not_null()
    return _findings(both.filter(recorded.ne_missing(found) | unread), name, column)


def _as_recorded(name: str, kind: str, cell: pl.Expr) -> pl.Expr:
    """Turn a cell into what a loader should have recorded for it; null if it cannot."""
    if name == "surveyed":
        return cell.str.slice(3) + "-" + cell.str.slice(0, 2)
    if kind == "string" and name in _CAPITALS:
        return cell.str.to_uppercase()
    if kind == "bool":
        return pl.when(cell.is_in(["Y", "N"])).then(cell == "Y")
    if kind in ("int", "float"):
        return cell.cast(pl.Float64, strict=False)
    return cell


def _findings(rows: pl.DataFrame, name: str, column: str) -> list[dict[str, object]]:
    there = _there(column or name)
    chosen = rows.select("key", "line", pl.col(name).alias("recorded"), there)
    return [
        {
            "key": key,
            "property": name,
            "line": line,
            "column": column or None,
            "recorded": recorded,
            "found": found,
        }
        for key, line, recorded, found in chosen.iter_rows()
    ]
