"""Compare who rates the tasks of an occupation how, with polars.

    python occupation_tasks.py 19-1017.00

asks a WorkAtlas server (``WORKATLAS_URL``, else the one on this machine) page by page,
makes two tables of the answers, and prints where raters agree and where they do not.
Each row keeps the place of its figure: work, file, line, column, who gave it and when.
"""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

import httpx
import polars as pl

SERVER = os.environ.get("WORKATLAS_URL", "http://127.0.0.1:8000")

# All measures are asked for: to name one that no study of a release has is an error.
PAGE = """
query OccupationTasks(
  $code: String!, $release: String, $first: Int!, $after: String
) {
  occupation(code: $code, release: $release) {
    title
    release { id }
    caveats { text }
    sources { ...Work }
    taskConnection(
      orderBy: { by: IMPORTANCE, direction: DESCENDING }
      first: $first
      after: $after
    ) {
      nodes {
        taskId
        statement
        importance {
          value
          missing
          lowerBound
          upperBound
          recommendSuppress
          provenance { ...Place }
        }
        exposureRatings {
          study { id }
          rater { id kind }
          measure { id }
          label
          score
          provenance { ...Place }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
fragment Place on Provenance {
  source { ...Work }
  file { name }
  line
  column
  rater
  date
  method
}
fragment Work on Source {
  id
  title
  synthetic
  requiredAttribution
  licence { name url }
}
"""

PLACE = {
    "source": pl.String,
    "licence": pl.String,
    "file": pl.String,
    "line": pl.Int64,
    "column": pl.String,
    "given_by": pl.String,
    "dated": pl.String,
    "method": pl.String,
}
TASKS = {
    "task_id": pl.Int64,
    "statement": pl.String,
    "importance": pl.Float64,
    "missing": pl.String,
    "lower_bound": pl.Float64,
    "upper_bound": pl.Float64,
    "recommend_suppress": pl.Boolean,
    **PLACE,
}
RATINGS = {
    "task_id": pl.Int64,
    "study": pl.String,
    "measure": pl.String,
    "rater": pl.String,
    "rater_kind": pl.String,
    "label": pl.String,
    "score": pl.Float64,
    **PLACE,
}
PLACE_OF_FIGURE = pl.concat_str(
    "file", pl.format("line {}", "line"), "column", separator=", ", ignore_nulls=True
)


class AnswerError(Exception):
    """Something of an answer could not be had; it says what to do about it."""


def pages(
    client: httpx.Client, code: str, first: int = 100
) -> Iterator[dict[str, Any]]:
    """Give an occupation once for each page of its tasks, the most important first.

    ``first`` is how many tasks a page has at most, from 1 to 100.

    Raises:
        AnswerError: the server does not know the code, for one.

    """
    variables: dict[str, Any] = {"code": code, "first": first}
    while True:
        asked = {"query": PAGE, "variables": variables}
        answer = client.post("/graphql", json=asked).json()
        if errors := answer.get("errors"):
            raise AnswerError("\n".join(map(_told, errors)))
        occupation = answer["data"]["occupation"]
        yield occupation
        page = occupation["taskConnection"]["pageInfo"]
        if not page["hasNextPage"]:
            return
        # All pages are of one release, also if a newer one is published meanwhile.
        variables["release"] = occupation["release"]["id"]
        variables["after"] = page["endCursor"]


def task_table(tasks: list[dict[str, Any]]) -> pl.DataFrame:
    """Give a row for each task: its importance, or why there is none, and the place."""
    return pl.DataFrame([_task(task) for task in tasks], schema=TASKS)


def rating_table(tasks: list[dict[str, Any]]) -> pl.DataFrame:
    """Give a row for each rating of a task; raters stay apart, in rows of their own."""
    rows = [_rating(task, r) for task in tasks for r in task["exposureRatings"]]
    return pl.DataFrame(rows, schema=RATINGS)


def agreement(ratings: pl.DataFrame, measure: str = "exposure") -> pl.DataFrame:
    """Count for each two raters of a study how often they gave the same label."""
    key = ["study", "task_id"]
    labels = ratings.filter(measure=measure).select(*key, "rater", "label")
    same = pl.col("label") == pl.col("label_other")
    return (
        labels.join(labels, on=key, suffix="_other")
        .filter(pl.col("rater") < pl.col("rater_other"))
        .group_by("study", "rater", "rater_other")
        .agg(tasks=pl.len(), same_label=same.sum())
        .with_columns(share=(pl.col("same_label") / pl.col("tasks")).round(2))
        .sort("study", "rater", "rater_other")
    )


def disagreements(
    tasks: pl.DataFrame, ratings: pl.DataFrame, measure: str = "exposure"
) -> pl.DataFrame:
    """Give the labels of tasks that raters disagree about, most important task first.

    ``place`` is where the label stands, ``importance_place`` where the importance does.
    """
    key = ["study", "task_id"]
    labels = ratings.filter(measure=measure)
    differing = labels.filter(pl.col("label").n_unique().over(key) > 1)
    return (
        differing.select(*key, "rater", "label", place=PLACE_OF_FIGURE)
        .join(
            tasks.select("task_id", "importance", importance_place=PLACE_OF_FIGURE),
            on="task_id",
        )
        .sort(pl.col("importance").neg(), "task_id", "study", "rater", nulls_last=True)
    )


def _task(task: dict[str, Any]) -> dict[str, Any]:
    figure = task["importance"]
    return {
        "task_id": task["taskId"],
        "statement": task["statement"],
        "importance": figure["value"],
        "missing": figure["missing"],
        "lower_bound": figure["lowerBound"],
        "upper_bound": figure["upperBound"],
        "recommend_suppress": figure["recommendSuppress"],
        **_place(figure["provenance"]),
    }


def _rating(task: dict[str, Any], rating: dict[str, Any]) -> dict[str, Any]:
    return {
        "task_id": task["taskId"],
        "study": rating["study"]["id"],
        "measure": rating["measure"]["id"],
        "rater": rating["rater"]["id"],
        "rater_kind": rating["rater"]["kind"],
        "label": rating["label"],
        "score": rating["score"],
        **_place(rating["provenance"]),
    }


def _place(place: dict[str, Any]) -> dict[str, Any]:
    return {
        "source": place["source"]["id"],
        "licence": place["source"]["licence"]["name"],
        "file": place["file"]["name"],
        "line": place["line"],
        "column": place["column"],
        "given_by": place["rater"],
        "dated": place["date"],
        "method": place["method"],
    }


def _told(error: dict[str, Any]) -> str:
    return " ".join(filter(None, (error["message"], error["extensions"].get("todo"))))


def main(code: str) -> None:
    """Print the comparison for one occupation, and the works that it is made of."""
    with httpx.Client(base_url=SERVER, timeout=30) as client:
        read = list(pages(client, code))
    nodes = [task for page in read for task in page["taskConnection"]["nodes"]]
    tasks, ratings = task_table(nodes), rating_table(nodes)
    occupation = read[0]
    print(f"{occupation['title']} ({code}) in {occupation['release']['id']}")
    important = tasks.select(
        "task_id", "importance", "missing", "statement", place=PLACE_OF_FIGURE
    )
    with pl.Config(
        tbl_rows=-1,
        tbl_cols=-1,
        tbl_width_chars=180,
        tbl_formatting="MARKDOWN",
        tbl_hide_column_data_types=True,
        tbl_hide_dataframe_shape=True,
        fmt_str_lengths=60,
    ):
        print(f"\nImportance of tasks, 1 to 5\n{important}")
        print(f"\nHow often two raters gave the same label\n{agreement(ratings)}")
        print(f"\nWhere raters differ\n{disagreements(tasks, ratings)}")
    if ratings.is_empty():
        print("\nNo study rates these tasks.")
    _print_about(occupation)


def _print_about(occupation: dict[str, Any]) -> None:
    print("\nTo keep in mind")
    for caveat in occupation["caveats"]:
        print(f"  {caveat['text']}")
    print("\nSources")
    for work in occupation["sources"]:
        invented = " (invented data)" if work["synthetic"] else ""
        print(f"  {work['id']}: {work['title']}{invented}")
        print(f"    {work['requiredAttribution']}")
        licence = ", ".join(filter(None, work["licence"].values()))
        print(f"    Licence: {licence or 'none stated'}")


if __name__ == "__main__":
    parser = ArgumentParser(description="Compare who rates an occupation's tasks how.")
    parser.add_argument("code", help="O*NET-SOC code, as in 19-1017.00")
    try:
        main(parser.parse_args().code)
    except AnswerError as error:
        sys.exit(str(error))
