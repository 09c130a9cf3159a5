"""Compares nodes with the rows that their lines hold."""

from collections.abc import Mapping

import polars as pl

from workatlas.cypher import NODES


def compare(
    label: str,
    nodes: pl.DataFrame,
    raw: pl.DataFrame,
    columns: Mapping[str, str],
    key: pl.Expr | None,
) -> tuple[int, list[dict[str, object]]]:
    """Compare properties with the columns that hold them, line by line.

    ``columns`` maps a property to the published column; ``key`` is what the node's key
    must be, made of published columns. Gives how many values were compared, and for
    each that differs key, property, column, line, recorded and found.
    """
    held = raw.rename({c: _there(c) for c in raw.columns if c != "line"})
    both = nodes.join(held, on="line", how="left")
    wrong = [
        finding
        for name, column in columns.items()
        for finding in _differing(label, name, column, both)
    ]
    if key is not None:
        made = raw.select("line", key.alias(_there("key")))
        named = nodes.join(made, on="line", how="left")
        differs = named.filter(pl.col("key").ne_missing(pl.col(_there("key"))))
        wrong += _findings(differs, "key", "")
    return nodes.height * (len(columns) + (key is not None)), wrong


def constant(
    nodes: pl.DataFrame, name: str, value: str | None
) -> list[dict[str, object]]:
    """Find nodes whose property is not the one value that all must have."""
    there = pl.lit(value, nodes.schema[name]).alias(_there(name))
    return _findings(
        nodes.with_columns(there).filter(pl.col(name).ne_missing(pl.col(_there(name)))),
        name,
        "",
    )


def whole(column: str) -> pl.Expr:
    """Give a column of whole numbers as text, whether written 392 or 392.0."""
    number = pl.col(column).cast(pl.Float64, strict=False)
    return number.cast(pl.Int64, strict=False).cast(pl.String)


def _there(column: str) -> str:
    return f"there {column}"


def _differing(
    label: str, name: str, column: str, both: pl.DataFrame
) -> list[dict[str, object]]:
    found = _as_recorded(name, NODES[label][name], pl.col(_there(column)))
    recorded = pl.col(name)
    if NODES[label][name] == "int":
        recorded = recorded.cast(pl.Float64)
    return _findings(both.filter(recorded.ne_missing(found)), name, column)


def _as_recorded(name: str, kind: str, cell: pl.Expr) -> pl.Expr:
    """Turn a cell into what a loader should have recorded for it."""
    if name == "surveyed":
        return cell.str.slice(3) + "-" + cell.str.slice(0, 2)
    if name == "taskType":
        return cell.str.to_uppercase()
    if kind == "bool":
        return cell == "Y"
    if kind in ("int", "float"):
        return cell.cast(pl.Float64, strict=False)
    return cell


def _findings(rows: pl.DataFrame, name: str, column: str) -> list[dict[str, object]]:
    there = _there(column or name)
    return [
        {
            "key": row["key"],
            "property": name,
            "line": row["line"],
            "column": column or None,
            "recorded": row[name],
            "found": row[there],
        }
        for row in rows.select("key", "line", *{name, there} - {"key"}).iter_rows(
            named=True
        )
    ]
