"""Numbers of a small release: how they may be written, and how large they are."""

from pathlib import Path

import pytest

from workatlas.errors import DataError

from .graph_rows import node
from .onet_files import read, tables, write

RATINGS = "Task Ratings.txt"


def refused(folder: Path, table: str, row: int, **cells: str | None) -> DataError:
    """Give the error of a release in which cells of one row are others."""
    rows = tables()
    rows[table][row].update(cells)
    with pytest.raises(DataError) as caught:
        read(write(folder, rows=rows))
    assert caught.value.todo
    return caught.value


def test_numbers_may_be_written_with_a_point(tmp_path: Path) -> None:
    """Identifiers and counts like 1.0 mean 1, in every file and in keys."""
    plain = read(write(tmp_path))
    rows = tables()
    for name in ("task_statements", "task_ratings", "task_activities"):
        for row in rows[name]:
            for column in ("taskId", "incumbents", "n", "category"):
                if row.get(column):
                    row[column] = f"{row[column]}.0"
    pointed = read(write(tmp_path, rows=rows))
    for label in ("Task", "Rating", "ActivityLink"):
        assert plain.nodes[label].equals(pointed.nodes[label])
    assert all(plain.edges[kind].equals(pointed.edges[kind]) for kind in plain.edges)


@pytest.mark.parametrize(
    ("table", "cells", "column"),
    [
        ("task_statements", {"taskId": "1.0"}, "Task ID"),
        ("task_ratings", {"taskId": "1.0"}, "Category"),
        ("task_ratings", {"category": "1.0"}, "Category"),
        ("task_activities", {"taskId": "1.0"}, "DWA ID"),
        ("task_categories", {"category": "1.0"}, "Category"),
    ],
)
def test_a_key_written_otherwise_still_stands_twice(
    tmp_path: Path, table: str, cells: dict[str, str], column: str
) -> None:
    """Keys are compared as what they mean, not as they are written."""
    rows = tables()
    rows[table].append({**rows[table][0], **cells})
    with pytest.raises(DataError, match="stands twice") as caught:
        read(write(tmp_path, rows=rows))
    assert caught.value.line == len(rows[table]) + 1
    assert caught.value.column == column


@pytest.mark.parametrize("task", ["1e300", "99999999999999999999", "0", "-1", "1.5"])
def test_an_impossible_identifier_is_refused(tmp_path: Path, task: str) -> None:
    """A task ID is a whole number that a graph can hold."""
    error = refused(tmp_path, "task_statements", 0, taskId=task)
    assert "not a whole number" in error.what
    assert (error.line, error.column) == (2, "Task ID")


@pytest.mark.parametrize(
    ("table", "row", "name", "column"),
    [
        ("task_statements", 0, "taskId", "Task ID"),
        ("task_statements", 0, "incumbents", "Incumbents Responding"),
        ("task_ratings", 0, "taskId", "Task ID"),
        ("task_ratings", 0, "category", "Category"),
        ("task_ratings", 7, "n", "N"),
        ("task_categories", 0, "category", "Category"),
        ("task_activities", 0, "taskId", "Task ID"),
    ],
)
def test_a_whole_number_that_answers_cannot_hold_is_refused(
    tmp_path: Path, table: str, row: int, name: str, column: str
) -> None:
    """What GraphQL's Int cannot hold is refused at loading, with its place."""
    error = refused(tmp_path, table, row, **{name: "2147483648"})
    assert "2147483648 is not a whole number" in error.what
    assert error.what.endswith("to 2147483647.")
    assert (error.line, error.column) == (row + 2, column)


def test_the_largest_whole_number_is_taken(tmp_path: Path) -> None:
    """What GraphQL's Int can just hold arrives."""
    rows = tables()
    rows["task_statements"][2].update(taskId="2147483647", incumbents="0")
    rows["emerging_tasks"][1]["originalTaskId"] = "2147483647"
    rows["task_ratings"][7]["n"] = "2147483647.0"
    graph = read(write(tmp_path, rows=rows))
    largest = node(graph, "Task", "task/2147483647")
    assert (largest["taskId"], largest["incumbents"]) == (2**31 - 1, 0)
    assert node(graph, "Rating", "rating/1/IM")["n"] == 2**31 - 1


@pytest.mark.parametrize(
    ("value", "lower", "upper", "good"),
    [
        ("4.20", "4.2000", "4.2000", True),
        ("4.20", "4.2099", "4.5000", True),
        ("4.20", "3.0000", "4.1901", True),
        ("4.20", None, "4.1901", True),
        ("4.20", "4.2101", "4.5000", False),
        ("4.20", "3.0000", "4.1899", False),
        ("4.20", None, "4.1899", False),
        ("4.20", "4.2101", None, False),
    ],
)
def test_bounds_hold_their_value(
    tmp_path: Path, value: str, lower: str | None, upper: str | None, *, good: bool
) -> None:
    """A value lies between its bounds, as far as rounding lets one tell."""
    cells = {"value": value, "lowerBound": lower, "upperBound": upper}
    if good:
        rows = tables()
        rows["task_ratings"][7].update(cells)
        assert read(write(tmp_path, rows=rows)).nodes["Rating"].height == 18
    else:
        error = refused(tmp_path, "task_ratings", 7, **cells)
        assert "er bound" in error.what
        assert (error.file, error.line, error.column) == (RATINGS, 9, "Data Value")


def test_nobody_responded(tmp_path: Path) -> None:
    """A task on which no one responded cannot have ratings; none is missed."""
    rows = tables()
    rows["task_statements"][2]["incumbents"] = "0"
    assert node(read(write(tmp_path, rows=rows)), "Task", "task/3")["incumbents"] == 0
    rows["task_statements"][2]["incumbents"] = "3"
    with pytest.raises(DataError, match="has no ratings") as caught:
        read(write(tmp_path, rows=rows))
    assert caught.value.line == 4
