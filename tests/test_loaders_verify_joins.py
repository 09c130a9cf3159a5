"""`verify` joins the studies once more: counts, reasons, and what led where."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest

from workatlas.cypher import EdgeKind
from workatlas.errors import StoreError
from workatlas.loaders.verify import verify_graph

from .altered import RELEASE, Altered, altered, first, kept

__all__ = ["altered", "kept"]

COUNTS = (
    "economic-index/task_pct_v2.csv/SAME_TEXT_MANY_TASKS",
    "working-with-ai/soc_metrics.csv/AGGREGATED_OCCUPATION",
    "aioe/AIOE_DataAppendix.xlsx/CROSSWALK_MERGED",
    "aioe/AIOE_DataAppendix.xlsx/RATING_BLANK",
    "gpts-are-gpts/automation_gpt4_human_labels.tsv/RATING_BLANK",
    "gpts-are-gpts/-/RELEASE_TASK_NOT_RATED",
    "working-with-ai/-/RELEASE_ACTIVITY_NOT_RATED",
)


def where(
    key: str, column: str, value: object
) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """Put a value into the node of a key."""

    def change(nodes: pl.DataFrame) -> pl.DataFrame:
        assert key in nodes["key"]
        kind = nodes.schema[column]
        cell = pl.when(pl.col("key") == key).then(pl.lit(value, kind))
        return nodes.with_columns(cell.otherwise(column).alias(column))

    return change


def test_all_that_is_right_is_found_so(altered: Altered) -> None:
    """Every way of joining and every reason is there, and nothing is wrong."""
    for name, graph in altered.right.items():
        altered.graphs[name] = replace(graph)
    report = altered.verify()
    assert report.wrong == []
    assert {checked.graph for checked in report.checked} == {*altered.right}
    assert {*altered.release.nodes["Unrated"]["reason"]} == {
        *("NOT_RATED_BY_STUDY", "BELOW_FLOOR_OR_ABSENT"),
        *("AGGREGATED_OCCUPATION", "SUPPRESSED"),
    }


@pytest.mark.parametrize("tail", COUNTS)
def test_a_count_of_something_else_is_found(altered: Altered, tail: str) -> None:
    """Of rows by how they were joined, of blank ones, and of what has no rating."""
    key = f"joincount/{tail}"
    altered.nodes("JoinCount", where(key, "rows", 7777))
    (finding,) = altered.verify().wrong
    assert (finding.key, finding.property) == (key, "rows")
    assert finding.recorded == 7777
    assert 0 <= finding.found < 7777
    assert (finding.file, finding.line) == (None, None)


def test_a_count_too_few_and_one_too_many_are_found(altered: Altered) -> None:
    """Each with its number, and with the relationships that are then loose."""
    nodes = altered.release.nodes["JoinCount"].sort("key")
    key = nodes["key"][0]
    altered.nodes("JoinCount", lambda _: nodes[1:])
    wrong = altered.verify().wrong
    told = {(f.key, f.recorded, f.found) for f in wrong if f.property == "rows"}
    assert told == {(key, None, nodes["rows"][0])}
    more = nodes[:1].with_columns(key=pl.lit("joincount/aioe/-/NOBODY"))
    altered.nodes("JoinCount", lambda _: nodes.vstack(more))
    wrong = altered.verify().wrong
    told = {(f.key, f.recorded, f.found) for f in wrong if f.property == "rows"}
    assert told == {("joincount/aioe/-/NOBODY", nodes["rows"][0], None)}


@pytest.mark.parametrize("column", ["study", "subjects", "reason", "measures"])
def test_a_reason_of_something_else_is_found(altered: Altered, column: str) -> None:
    """What its key says must stand in it, and of suppressed figures which they are."""
    key = "unrated/economic-index/TASK/SUPPRESSED"
    altered.nodes("Unrated", where(key, column, "other"))
    (finding,) = altered.verify().wrong
    assert (finding.key, finding.property) == (key, column)
    assert finding.recorded == "other"
    assert finding.found != "other"


def test_a_reason_too_few_and_one_too_many_are_found(altered: Altered) -> None:
    """Once each, whatever it has."""
    nodes = altered.release.nodes["Unrated"].sort("key")
    altered.nodes("Unrated", lambda _: nodes[1:])
    (finding,) = altered.verify().wrong
    assert (finding.key, finding.recorded) == (nodes["key"][0], None)
    more = nodes[:1].with_columns(key=pl.lit("unrated/aioe/TASK/NOBODY"))
    altered.nodes("Unrated", lambda _: nodes.vstack(more))
    (finding,) = altered.verify().wrong
    assert (finding.key, finding.found) == ("unrated/aioe/TASK/NOBODY", None)


def test_a_blank_that_a_study_alone_does_not_count_is_found(altered: Altered) -> None:
    """A study counts its blank rows before it is joined to anything."""
    study = altered.graphs["gpts-are-gpts"]
    counted = first("rows", 7777)(study.nodes["JoinCount"])
    nodes = {**study.nodes, "JoinCount": counted}
    altered.graphs[study.id] = replace(study, nodes=nodes)
    (finding,) = altered.verify().wrong
    assert (finding.graph, finding.recorded) == (study.id, 7777)


def test_a_join_by_another_basis_is_found(altered: Altered) -> None:
    """The row is joined to the same task all the same, but not so."""
    graph = altered.release
    right, other = (
        EdgeKind("RatedSubject", name, "Task") for name in ("SAYS_TASK", "SAYS_TASKS")
    )
    moved = graph.edges[right][:1]
    edges = {right: graph.edges[right][1:], other: graph.edges[other].vstack(moved)}
    altered.edges({**graph.edges, **edges})
    wrong = sorted(altered.verify().wrong, key=lambda f: f"{f.property}")
    assert [(f.property, f.recorded is None) for f in wrong] == [
        ("SAYS_TASK", True),
        ("SAYS_TASKS", False),
    ]
    assert {f.key for f in wrong} == {moved["start"][0]}
    assert wrong[0].line


@pytest.mark.parametrize(
    ("label", "column", "value"),
    [
        ("Task", "statement", "Fly a kite."),
        ("Occupation", "code", "99-9999.99"),
        ("WorkActivity", "heading", "Flying"),
        ("CrosswalkPair", "toCode", "99-9999.99"),
    ],
)
def test_joins_are_not_judged_by_what_is_wrong(
    altered: Altered, label: str, column: str, value: str
) -> None:
    """One wrong value is one finding, however much was joined by it."""
    altered.nodes(label, first(column, value))
    lost = EdgeKind("Occupation", "UNRATED", "Unrated")
    edges = altered.release.edges
    altered.edges({kind: table for kind, table in edges.items() if kind != lost})
    (finding,) = altered.verify().wrong
    assert (finding.property, finding.recorded) == (column, value)


def test_another_study_is_judged_all_the_same(altered: Altered) -> None:
    """A wrong row of one study says nothing of the joins of another."""
    altered.nodes("ExposureRating", where(_rating(altered), "score", 0.125))
    altered.nodes("JoinCount", where(f"joincount/{COUNTS[2]}", "rows", 7777))
    altered.nodes("JoinCount", where(f"joincount/{COUNTS[1]}", "rows", 8888))
    found = {(f.property, f.recorded) for f in altered.verify().wrong}
    assert found == {("score", 0.125), ("rows", 7777)}


def _rating(altered: Altered) -> str:
    ratings = altered.release.nodes["ExposureRating"]
    own = ratings.filter(pl.col("study") == "working-with-ai")
    return str(own["key"][0])


def test_a_study_of_an_unknown_version_is_told(altered: Altered) -> None:
    """A study that is described nowhere cannot be joined once more."""
    graph = altered.release
    facts = graph.nodes["Study"]
    more = facts[:1].with_columns(key=pl.lit("study/nobody"), study=pl.lit("nobody"))
    made = replace(graph, nodes={**graph.nodes, "Study": facts.vstack(more)})
    with pytest.raises(StoreError, match="does not know the study nobody") as caught:
        verify_graph(made, altered.archive)
    assert caught.value.where == RELEASE
