"""Task statements and task ratings of a release."""

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.stores.keys import text_name

from .build import Edges, Nodes, edge_table, key, nodes
from .layout import Release
from .onet_owners import refuse_loose
from .tables import Table

_TYPES = {"Core": "CORE", "Supplemental": "SUPPLEMENTAL"}
_ADVICE = {"Y": True, "N": False}
_VALUES = {"importance": "IM", "relevance": "RT"}
_ROUNDED = 0.010001
"""A value and its bounds are each rounded, to no less than two decimals."""


def tasks(release: Release, made: Nodes) -> tuple[Nodes, Edges]:
    """Read task statements and, unless they are left out, task ratings.

    Raises:
        DataError: a double task or rating, a reference to nothing, a number that is
            none or outside its scale, bounds that do not hold the value, an unknown
            type or flag, ratings that lack rows although workers were asked.

    """
    table = release.needed("task_statements").required("code", "taskId", "statement")
    codes = made["Occupation"]["code"]
    types = pl.Series(list(_TYPES))
    table.among("code", codes, "in the file of occupations")
    table.among("taskType", types, "a task type")
    typed = table.typed(
        taskId=table.numbers("taskId", minimum=1, whole=True),
        incumbents=table.numbers("incumbents", minimum=0, whole=True),
        surveyed=table.months("surveyed"),
        taskType=pl.col("taskType").replace_strict(_TYPES, return_dtype=pl.String),
    ).unique("taskId")
    statements = typed.frame.with_columns(key=key("task", "taskId"))
    new: Nodes = {}
    edges: Edges = {
        EdgeKind("Occupation", "HAS_TASK", "Task"): edge_table(
            statements, key("occupation", "code"), pl.col("key")
        )
    }
    rated = None
    ratings = release.table("task_ratings")
    if ratings is not None:
        rated = _ratings(ratings, statements, made)
        if release.coverage("task_ratings") == "WHOLE":
            _refuse_holes(ratings, rated, table, statements, made["Category"])
        new["Rating"] = nodes("Rating", rated, file=ratings.file.name)
        edges[EdgeKind("Task", "RATED", "Rating")] = edge_table(
            rated, key("task", "taskId"), pl.col("key")
        )
    valued = _with_values(statements, rated)
    new["Task"] = nodes("Task", valued, file=table.file.name)
    return new, edges


def _with_values(statements: pl.DataFrame, rated: pl.DataFrame | None) -> pl.DataFrame:
    """Add what tasks are ordered and ranked by: two of their ratings."""
    for column, scale in _VALUES.items():
        if rated is None:
            none = pl.lit(None, dtype=pl.Float64)
            statements = statements.with_columns(none.alias(column))
            continue
        values = rated.filter(pl.col("scale") == scale).select(
            "taskId", pl.col("value").alias(column)
        )
        statements = statements.join(
            values, on="taskId", how="left", maintain_order="left"
        )
    return _with_name_of_values(statements, rated)


def _with_name_of_values(
    statements: pl.DataFrame, rated: pl.DataFrame | None
) -> pl.DataFrame:
    """Add what tells whether any value of a task is another one than elsewhere."""
    if rated is None:
        return statements.with_columns(ratedAs=pl.lit(None, pl.String))
    said = pl.concat_str("scale", "category", "value", separator=" ", ignore_nulls=True)
    texts = rated.sort("taskId", "scale", "category").group_by("taskId")
    named = texts.agg(text=said.str.join("\n")).select(
        "taskId", ratedAs=pl.col("text").map_elements(text_name, return_dtype=pl.String)
    )
    return statements.join(named, on="taskId", how="left", maintain_order="left")


def _ratings(table: Table, statements: pl.DataFrame, made: Nodes) -> pl.DataFrame:
    table.required("code", "taskId", "scale", "value", "surveyed", "domainSource")
    table.among("scale", made["Scale"]["scale"], "in the file of scales")
    table.among("recommendSuppress", pl.Series(list(_ADVICE)), "Y or N")
    typed = table.typed(
        taskId=table.numbers("taskId", whole=True),
        category=table.numbers("category", minimum=1, whole=True),
        value=table.numbers("value"),
        n=table.numbers("n", minimum=0, whole=True),
        standardError=table.numbers("standardError", minimum=0),
        lowerBound=table.numbers("lowerBound"),
        upperBound=table.numbers("upperBound"),
        surveyed=table.months("surveyed"),
        recommendSuppress=pl.col("recommendSuppress").replace_strict(
            _ADVICE, return_dtype=pl.Boolean
        ),
    ).unique("taskId", "scale", "category")
    rated = typed.frame.with_columns(
        key=pl.when(pl.col("category").is_null())
        .then(key("rating", "taskId", "scale"))
        .otherwise(key("rating", "taskId", "scale", "category"))
    )
    refuse_loose(table, rated, statements.select("taskId", owner="code"))
    _refuse_other_categories(table, rated, made["Category"])
    _refuse_out_of_scale(table, rated, made["Scale"])
    return rated


def _refuse_other_categories(
    table: Table, rated: pl.DataFrame, categories: pl.DataFrame
) -> None:
    known = categories.select("scale", "category")
    scales = known.select("scale").unique()
    of_categories = rated.join(scales, on="scale", how="semi")
    table.refuse(
        of_categories.join(known, on=["scale", "category"], how="anti"),
        "category",
        "{category} is not in the file of categories.",
    )
    others = rated.join(scales, on="scale", how="anti")
    table.refuse(
        others.filter(pl.col("category").is_not_null()),
        "category",
        "The scale {scale} has no categories.",
    )


def _refuse_out_of_scale(
    table: Table, rated: pl.DataFrame, scales: pl.DataFrame
) -> None:
    bounds = scales.select("scale", "minimum", "maximum")
    scaled = rated.join(bounds, on="scale", how="left")
    for column in ("value", "lowerBound", "upperBound"):
        inside = pl.col(column).is_between("minimum", "maximum")
        table.refuse(
            scaled.filter(~inside),
            column,
            f"{{{column}}} is outside the scale {{scale}}, {{minimum}} to {{maximum}}.",
        )
    table.refuse(
        rated.filter(pl.col("lowerBound") > pl.col("upperBound")),
        "lowerBound",
        "The lower bound {lowerBound} is above the upper bound {upperBound}.",
    )
    table.refuse(
        rated.filter(pl.col("value") < pl.col("lowerBound") - _ROUNDED),
        "value",
        "{value} is below its lower bound {lowerBound}.",
    )
    table.refuse(
        rated.filter(pl.col("value") > pl.col("upperBound") + _ROUNDED),
        "value",
        "{value} is above its upper bound {upperBound}.",
    )


def _refuse_holes(
    ratings: Table,
    rated: pl.DataFrame,
    statements: Table,
    tasks_of: pl.DataFrame,
    categories: pl.DataFrame,
) -> None:
    """Refuse a file that lacks rows: a cut would pass for "not rated"."""
    todo = (
        "Get the whole file; or, if only a part is to be had, say "
        f"--partial {ratings.file.name!r}: every answer will then say so."
    )
    asked = tasks_of.filter(pl.col("incumbents") > 0)
    statements.refuse(
        asked.join(rated.select("taskId"), on="taskId", how="anti"),
        "incumbents",
        "Workers were asked about task {taskId}, which has no ratings.",
        todo,
    )
    wanted = categories.group_by("scale").len("wanted")
    counts = rated.group_by("taskId", "scale").agg(pl.len(), pl.col("line").max())
    short = counts.join(wanted, on="scale", how="left").filter(
        pl.col("len") != pl.col("wanted").fill_null(1)
    )
    what = "Task {taskId} has {len} rows on the scale {scale}."
    ratings.refuse(short, "scale", what, todo)
    present = rated.select("scale").unique().height
    scales = rated.group_by("taskId").agg(
        pl.col("scale").n_unique().alias("scales"), pl.col("line").max()
    )
    ratings.refuse(
        scales.filter(pl.col("scales") != present),
        "scale",
        "Task {taskId} is rated on {scales} of the scales that the file has.",
        todo,
    )
