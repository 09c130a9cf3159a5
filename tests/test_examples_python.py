"""The Python client: tables of what a server answers, and what is made of them."""

import subprocess
import sys
from collections import Counter
from itertools import combinations
from typing import Any

import httpx
import occupation_tasks as example
import polars as pl
import pytest

from .example_servers import (
    EXAMPLES,
    Served,
    assert_shown,
    real,
    sample,
    served,
    unstudied,
)

__all__ = ["real", "sample", "served", "unstudied"]

Nodes = list[dict[str, Any]]
TASKS = """
query Tasks($code: String!) {
  occupation(code: $code) {
    title
    tasks(orderBy: { by: IMPORTANCE, direction: DESCENDING }) {
      taskId
      importance { value missing provenance { line column file { name } } }
      exposureRatings { rater { id } measure { id } label provenance { line } }
    }
    sources { id requiredAttribution licence { name url } }
  }
}
"""


def read(served: Served, first: int = 100) -> list[dict[str, Any]]:
    """Give the pages of the server's occupation."""
    with httpx.Client(base_url=served.address, timeout=30) as client:
        return list(example.pages(client, served.code, first))


def nodes_of(pages: list[dict[str, Any]]) -> Nodes:
    """Give the tasks of all pages."""
    return [task for page in pages for task in page["taskConnection"]["nodes"]]


def expected(served: Served) -> dict[str, Any]:
    """Give the occupation as a query of its own has it."""
    return dict(served.ask(TASKS, code=served.code)["occupation"])


def exposure(task: dict[str, Any]) -> dict[str, str]:
    """Give a task's exposure label by rater."""
    ratings = task["exposureRatings"]
    return {
        r["rater"]["id"]: r["label"]
        for r in ratings
        if r["measure"]["id"] == "exposure"
    }


def program(served: Served, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the example as a program."""
    path = EXAMPLES / "python" / "occupation_tasks.py"
    return subprocess.run(
        [sys.executable, path, *arguments],
        env=served.environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_pages_of_any_size(served: Served) -> None:
    """Small pages give the same tasks in the same order as one large page."""
    small = read(served, first=2)
    assert len(small) > 1
    assert nodes_of(small) == nodes_of(read(served))


def test_table_of_tasks(served: Served) -> None:
    """Each task has its importance, or the reason why not, and the place of it."""
    table = example.task_table(nodes_of(read(served)))
    wanted = expected(served)["tasks"]
    assert table["task_id"].to_list() == [task["taskId"] for task in wanted]
    for row, task in zip(table.iter_rows(named=True), wanted, strict=True):
        figure = task["importance"]
        place = figure["provenance"]
        assert (row["importance"], row["missing"]) == (
            figure["value"],
            figure["missing"],
        )
        assert (row["file"], row["line"], row["column"]) == (
            place["file"]["name"],
            place["line"],
            place["column"],
        )
    assert table.select("source", "licence").null_count().sum_horizontal().item() == 0


def test_table_of_ratings(served: Served) -> None:
    """Each rating is a row with its place; no study, no rows, the same columns."""
    table = example.rating_table(nodes_of(read(served)))
    wanted = [
        (task["taskId"], r["rater"]["id"], r["measure"]["id"], r["provenance"]["line"])
        for task in expected(served)["tasks"]
        for r in task["exposureRatings"]
    ]
    assert table.select("task_id", "rater", "measure", "line").rows() == wanted
    assert table.schema == pl.Schema(example.RATINGS)
    assert table.is_empty() != served.studied
    kept = table.select("source", "licence", "file", "line", "column", "given_by")
    assert kept.null_count().sum_horizontal().sum() == 0


def test_agreement(served: Served) -> None:
    """Each two raters are counted as a loop over the answer counts them."""
    tasks: Counter[tuple[str, str]] = Counter()
    same: Counter[tuple[str, str]] = Counter()
    for task in expected(served)["tasks"]:
        labels = exposure(task)
        for pair in combinations(sorted(labels), 2):
            tasks[pair] += 1
            same[pair] += labels[pair[0]] == labels[pair[1]]
    table = example.agreement(example.rating_table(nodes_of(read(served))))
    counted = table.select("rater", "rater_other", "tasks", "same_label", "share")
    assert counted.rows() == [
        (*pair, tasks[pair], same[pair], round(same[pair] / tasks[pair], 2))
        for pair in sorted(tasks)
    ]


def test_disagreements(served: Served) -> None:
    """What raters differ on comes by importance, every label with its place."""
    nodes = nodes_of(read(served))
    found = example.disagreements(
        example.task_table(nodes), example.rating_table(nodes)
    )
    wanted = [
        (task["taskId"], rater, label)
        for task in expected(served)["tasks"]
        for rater, label in sorted(exposure(task).items())
        if len({*exposure(task).values()}) > 1
    ]
    assert found.select("task_id", "rater", "label").rows() == wanted
    assert (
        found.select("place", "importance_place").null_count().sum_horizontal().sum()
        == 0
    )


def test_what_is_printed(served: Served) -> None:
    """All tasks are printed, with what the licences of their sources require."""
    done = program(served, served.code)
    assert (done.returncode, done.stderr) == (0, "")
    wanted = expected(served)
    assert done.stdout.startswith(f"{wanted['title']} ({served.code}) in onet-")
    for task in wanted["tasks"]:
        assert f"\n| {task['taskId']} " in done.stdout
    for source in wanted["sources"]:
        licence = source["licence"]
        assert f"\n    {source['requiredAttribution']}\n" in done.stdout
        assert f"\n    Licence: {licence['name']}, {licence['url']}\n" in done.stdout
    assert ("No study rates these tasks." in done.stdout) != served.studied


def test_what_the_readme_shows(sample: Served) -> None:
    """The program prints what the README says that it prints."""
    printed = program(sample, sample.code).stdout
    assert_shown(f"python python/occupation_tasks.py {sample.code}", printed)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("00-0000.00",), 1, "00-0000.00 is not in onet-sample. "),
        ((), 2, "the following arguments are required: code"),
    ],
)
def test_what_cannot_be_had(
    sample: Served, arguments: tuple[str, ...], status: int, said: str
) -> None:
    """An error of the answer is told with what to do; so is a bad call."""
    done = program(sample, *arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
