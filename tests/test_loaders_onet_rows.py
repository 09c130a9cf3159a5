"""What stands in a row of a small release, and what the graph says of it."""

import csv
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from workatlas.cypher import EdgeKind
from workatlas.errors import DataError
from workatlas.stores import Subgraph

from .onet_files import KITES, LAYOUTS, TIDES, laid, read, tables, write

RATINGS = "Task Ratings.txt"
SKY, SEA = "4.A.1.a.1.I01", "4.A.1.a.1.I02"
NODES = {
    "Occupation": "occupations",
    "Task": "task_statements",
    "Rating": "task_ratings",
    "ActivityLink": "task_activities",
    "Scale": "scales",
    "Category": "task_categories",
    "ContentElement": "content_model",
}


CHANGED = {"taskType", "surveyed", "recommendSuppress"}
"""Columns that are written otherwise in the graph."""


def node(graph: Subgraph, label: str, key: str) -> dict[str, Any]:
    """Give the properties of the node with a key."""
    return graph.nodes[label].row(by_predicate=pl.col("key") == key, named=True)


def ends(graph: Subgraph, kind: str) -> set[tuple[str, str]]:
    """Give the relationships of a kind, written ``Task RATED Rating``."""
    return set(graph.edges[EdgeKind(*kind.split())].iter_rows())


def refused(folder: Path, table: str, row: int, **cells: str | None) -> DataError:
    """Give the error of a release in which cells of one row are others."""
    rows = tables()
    rows[table][row].update(cells)
    with pytest.raises(DataError) as caught:
        read(write(folder, rows=rows))
    assert caught.value.todo
    return caught.value


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_rating_holds_every_column(tmp_path: Path, layout: str) -> None:
    """All columns of a rating arrive: null where there is none, months turned round."""
    graph = read(write(tmp_path, layout))
    file = laid(layout).tables["task_ratings"].file
    common = {
        "surveyed": "2022-08",
        "domainSource": "Incumbent",
        "file": file,
    }
    assert node(graph, "Rating", "rating/1/IM") == {
        "key": "rating/1/IM",
        "scale": "IM",
        "category": None,
        "value": 4.2,
        "n": 38,
        "standardError": 0.11,
        "lowerBound": 3.9812,
        "upperBound": 4.4188,
        "recommendSuppress": False,
        "line": 9,
        **common,
    }
    assert node(graph, "Rating", "rating/2/FT/6") == {
        "key": "rating/2/FT/6",
        "scale": "FT",
        "category": 6,
        "value": 35.01,
        "n": 38,
        "standardError": None,
        "lowerBound": None,
        "upperBound": None,
        "recommendSuppress": None,
        "line": 16,
        **common,
    }


def test_rows_not_to_be_used_are_kept(tmp_path: Path) -> None:
    """A row that the publisher advises against is there, with its flag."""
    advised = node(read(write(tmp_path)), "Rating", "rating/1/RT")
    assert advised["recommendSuppress"] is True
    assert (advised["value"], advised["n"]) == (81.25, 40)


def test_tasks_and_their_relationships(tmp_path: Path) -> None:
    """A task has its facts, its occupation, its ratings and its activities."""
    graph = read(write(tmp_path))
    assert node(graph, "Task", "task/3") == {
        "key": "task/3",
        "taskId": 3,
        "statement": 'Say "tide", twice.',
        "taskType": None,
        "incumbents": None,
        "surveyed": "2014-03",
        "domainSource": "Analyst",
        "file": "Task Statements.txt",
        "line": 4,
    }
    assert ends(graph, "Occupation HAS_TASK Task") == {
        (f"occupation/{KITES}", "task/1"),
        (f"occupation/{TIDES}", "task/2"),
        (f"occupation/{TIDES}", "task/3"),
    }
    rated = ends(graph, "Task RATED Rating")
    assert len(rated) == 18
    assert {f"rating/1/{scale}" for scale in ("IM", "RT", "FT/1", "FT/7")} <= {
        rating for task, rating in rated if task == "task/1"
    }


@pytest.mark.parametrize("layout", LAYOUTS)
def test_activities_of_one_file_or_two(tmp_path: Path, layout: str) -> None:
    """An activity has the line that names it first, and one parent above it."""
    graph = read(write(tmp_path, layout))
    split = layout == "onet-text-1"
    found = {
        row["elementId"]: (row["level"], row["heading"], row["line"])
        for row in graph.nodes["WorkActivity"].to_dicts()
    }
    assert found == {
        "4.A.1.a.1": ("GENERALIZED", "Watching", 6),
        "4.A.1.a.2": ("GENERALIZED", "Listening", 7),
        SKY: ("INTERMEDIATE", "Watch the sky.", 2),
        SEA: ("INTERMEDIATE", "Watch the sea.", 3 if split else 4),
        f"{SKY}.D01": ("DETAILED", "Watch a kite.", 2),
        f"{SKY}.D02": ("DETAILED", 'Watch "odd" clouds, and gulls.', 3),
        f"{SEA}.D01": ("DETAILED", "Watch the tide.", 4),
    }
    assert ends(graph, "WorkActivity PART_OF WorkActivity") == {
        (f"activity/{below}", f"activity/{above}")
        for below, above in (
            (SKY, "4.A.1.a.1"),
            (SEA, "4.A.1.a.1"),
            (f"{SKY}.D01", SKY),
            (f"{SKY}.D02", SKY),
            (f"{SEA}.D01", SEA),
        )
    }
    watching = node(graph, "WorkActivity", "activity/4.A.1.a.1")
    assert watching["description"] == "On Watching."
    assert node(graph, "ActivityLink", f"link/1/{SKY}.D02")["surveyed"] == "2014-03"
    assert ("task/1", f"activity/{SKY}.D02") in ends(
        graph, "Task INVOLVES WorkActivity"
    )


def test_activities_within_the_content_model_stay_apart(tmp_path: Path) -> None:
    """The content model may list narrower activities too: only five parts are wide."""
    rows = tables()
    extra = ("4.A.1.a.1.j", "4.A.1.a.1.j.12", "4.B.1.a.1")
    rows["content_model"] += [
        {"elementId": element, "heading": element, "description": None}
        for element in extra
    ]
    graph = read(write(tmp_path, rows=rows))
    assert graph.nodes["WorkActivity"].height == 7
    assert graph.nodes["ContentElement"].height == 9
    below = ends(graph, "ContentElement BELONGS_TO ContentElement")
    assert ("element/4.A.1.a.1.j.12", "element/4.A.1.a.1.j") in below
    assert not any(start == "element/4.B.1.a.1" for start, _ in below)


def test_other_titles_of_an_occupation(tmp_path: Path) -> None:
    """Titles keep their kind and line; each belongs to its occupation."""
    graph = read(write(tmp_path))
    titles = graph.nodes["JobTitle"].select("key", "jobTitle", "shortTitle", "kind")
    assert titles.rows() == [
        ("jobtitle/alternate/2", "Wind Artist (WA)", None, "ALTERNATE"),
        ("jobtitle/alternate/3", "Sea Clerk", "SC", "ALTERNATE"),
        ("jobtitle/reported/2", "Kite Pilot", None, "REPORTED"),
    ]
    called = ends(graph, "Occupation ALSO_CALLED JobTitle")
    assert (f"occupation/{TIDES}", "jobtitle/alternate/3") in called


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_recorded_line_holds_what_the_node_says(tmp_path: Path, layout: str) -> None:
    """File and line of each node lead to the cells that its texts were taken from."""
    graph = read(write(tmp_path, layout))
    known = laid(layout)
    for label, name in NODES.items():
        table = known.tables[name]
        raw = _lines(tmp_path / table.file, known.separator, quoted=known.quoted)
        found = graph.nodes[label]
        assert sorted(found["line"]) == list(range(2, len(raw) + 1))
        texts = [c for c in table.columns if found.schema.get(c) == pl.String]
        for row in found.to_dicts():
            cells = dict(zip(raw[1], raw[row["line"]], strict=True))
            assert row["file"] == table.file
            for column in set(texts) - CHANGED:
                null = known.null_tokens[0]
                value = null if row[column] is None else row[column]
                assert cells[table.columns[column]] == value


def _lines(path: Path, separator: str, *, quoted: bool) -> dict[int, list[str]]:
    quoting = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    with path.open(encoding="utf-8", newline="") as file:
        return dict(
            enumerate(csv.reader(file, delimiter=separator, quoting=quoting), 1)
        )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_columns_joined_in_change_nothing(tmp_path: Path, layout: str) -> None:
    """What an edition repeats from other files is passed over."""
    plain = read(write(tmp_path, layout))
    joined = read(write(tmp_path, layout, joined=True))
    assert plain.fingerprint != joined.fingerprint
    for label, table in plain.nodes.items():
        if label not in ("Release", "SourceFile"):
            assert table.equals(joined.nodes[label]), label


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
        assert "is not between its bounds" in error.what
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
