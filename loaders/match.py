"""Finds what of a release a study's rows are about, and says how it was found."""

from collections.abc import Callable, Iterator

import polars as pl

from .match_soc import by_soc
from .matches import Matches, Sides, matches
from .place import rows_of


def match(sides: Sides) -> Matches:
    """Match every row of a study, by the kind of what it is about."""
    parts = list(_parts(sides))
    return Matches(*(pl.concat(tables) for tables in zip(*parts, strict=True)))


def _parts(sides: Sides) -> Iterator[Matches]:
    rows = sides.study.nodes["RatedSubject"].rename({"key": "start"})
    for kind, matcher in _MATCHERS.items():
        yield matcher(sides, rows.filter(pl.col("kind") == kind))


def _by_task_id(sides: Sides, rows: pl.DataFrame) -> Matches:
    tasks = rows_of(sides.release, "Task").select(
        "taskId", end=pl.col("key"), now=pl.col("statement")
    )
    found = rows.join(tasks, on="taskId", maintain_order="left")
    same = pl.col("statement").eq_missing(pl.col("now"))
    by = pl.when(same).then(pl.lit("IS_TASK")).otherwise(pl.lit("IS_REWORDED_TASK"))
    return matches(rows, found.with_columns(by=by), pl.lit("TASK_NOT_IN_RELEASE"))


def _by_statement(sides: Sides, rows: pl.DataFrame) -> Matches:
    """Match statements without regard to capitals, which a study may have lost."""
    text = pl.col("statement").str.to_lowercase()
    tasks = rows_of(sides.release, "Task").select(end=pl.col("key"), text=text)
    shared = tasks.with_columns(many=pl.len().over("text") > 1)
    found = rows.with_columns(text=text).join(shared, on="text", maintain_order="left")
    by = pl.when("many").then(pl.lit("SAYS_TASKS")).otherwise(pl.lit("SAYS_TASK"))
    why = pl.lit("STATEMENT_NOT_IN_RELEASE")
    return matches(rows, found.with_columns(by=by), why)


def _by_nothing(_: Sides, rows: pl.DataFrame) -> Matches:
    return matches(rows, None, pl.lit("ROW_WITHOUT_TASK"))


def _by_code(sides: Sides, rows: pl.DataFrame) -> Matches:
    occupations = rows_of(sides.release, "Occupation").select("code", end=pl.col("key"))
    found = rows.join(occupations, on="code", maintain_order="left")
    by = pl.lit("IS_OCCUPATION")
    return matches(rows, found.with_columns(by=by), pl.lit("OCCUPATION_NOT_IN_RELEASE"))


def _by_element(sides: Sides, rows: pl.DataFrame) -> Matches:
    """Match activities by identifier, or else by title: identifiers change in form."""
    level: str | None = sides.study.nodes["Study"].item(0, "level")
    known = rows_of(sides.release, "WorkActivity").filter(
        pl.col("level").eq_missing(pl.lit(level))
    )
    same = rows.join(
        known.select("elementId", end=pl.col("key"), now=pl.col("heading")),
        on="elementId",
        maintain_order="left",
    )
    is_title = pl.col("heading").eq_missing(pl.col("now"))
    by = pl.when(is_title).then(pl.lit("IS_ACTIVITY"))
    by_id = same.with_columns(by=by.otherwise(pl.lit("IS_RETITLED_ACTIVITY")))
    by_title = (
        rows.join(by_id, on="start", how="anti", maintain_order="left")
        .join(
            known.select("heading", end=pl.col("key")),
            on="heading",
            maintain_order="left",
        )
        .with_columns(by=pl.lit("IS_TITLED_ACTIVITY"))
    )
    ends = ("start", "end", "by")
    found = pl.concat([by_id.select(ends), by_title.select(ends)])
    return matches(rows, found, pl.lit("ACTIVITY_NOT_IN_RELEASE"))


_MATCHERS: dict[str, Callable[[Sides, pl.DataFrame], Matches]] = {
    "TASK": _by_task_id,
    "STATEMENT": _by_statement,
    "NOTHING": _by_nothing,
    "OCCUPATION": _by_code,
    "SOC_OCCUPATION": by_soc,
    "ACTIVITY": _by_element,
}
