"""`verify` finds every value that its recorded line does not hold."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from workatlas.cypher import NODES, EdgeKind
from workatlas.loaders.source import open_source
from workatlas.loaders.verify import verify_graph

from .altered import RELEASE, Altered, altered, first, kept
from .onet_files import read, write

__all__ = ["altered", "kept"]


@pytest.mark.parametrize(
    ("label", "column", "value"),
    [
        ("SourceFile", "rows", 7777),
        ("SourceFile", "bytes", 7777),
        ("Occupation", "heading", "Kite pilots"),
        ("Occupation", "code", "99-9999.99"),
        ("Occupation", "description", "They fly."),
        ("Task", "taskId", 7777),
        ("Task", "statement", "Fly a kite."),
        ("Task", "taskType", "OTHER"),
        ("Task", "incumbents", 7777),
        ("Task", "surveyed", "1999-01"),
        ("Rating", "scale", "ZZ"),
        ("Rating", "category", 77),
        ("Rating", "value", 1.125),
        ("Rating", "n", 7777),
        ("Rating", "standardError", None),
        ("Rating", "recommendSuppress", None),
        ("Rating", "upperBound", None),
        ("ActivityLink", "domainSource", "Nobody"),
        ("EmergingTask", "code", "99-9999.99"),
        ("EmergingTask", "statement", "Fly a kite."),
        ("EmergingTask", "category", "OTHER"),
        ("EmergingTask", "surveyed", "1999-01"),
        ("EmergingTask", "domainSource", "Nobody"),
        ("WorkActivity", "heading", "Flying"),
        ("WorkActivity", "level", "OTHER"),
        ("ContentElement", "description", "Wind"),
        ("Scale", "maximum", 77.0),
        ("Category", "meaning", "Never"),
        ("JobTitle", "jobTitle", "Kite Pilot"),
        ("JobTitle", "kind", "REPORTED"),
        ("RelatedOccupation", "tier", "Tertiary"),
        ("RelatedOccupation", "position", 77),
        ("JobZone", "zone", 77),
        ("JobZone", "surveyed", "1999-01"),
        ("JobZone", "domainSource", "Nobody"),
        ("JobZoneDescription", "zone", 77),
        ("JobZoneDescription", "training", "None at all."),
        ("JobZoneDescription", "svpRange", "99"),
        ("RatedSubject", "statement", "Fly a kite."),
        ("RatedSubject", "code", "99-9999.99"),
        ("ExposureRating", "study", "nobody"),
        ("ExposureRating", "score", 0.123),
        ("ExposureRating", "exposureLabel", "E9"),
        ("ExposureRating", "column", "alpha2"),
        ("RatedSubject", "kind", "NOTHING"),
        ("RatedSubject", "suppressed", True),
        ("RatedSubject", "heading", "Flying"),
        ("SubjectWeight", "weight", 0.125),
        ("CrosswalkPair", "fromCode", "99-9999.99"),
        ("CrosswalkPair", "toCode", "99-9999.99"),
        ("CrosswalkPair", "toHeading", "Flying"),
    ],
)
def test_another_value_is_found(
    altered: Altered, label: str, column: str, value: Any
) -> None:
    """One changed value of any kind of node is one finding, with its place."""
    altered.nodes(label, first(column, value))
    report = altered.verify()
    (finding,) = report.wrong
    assert (finding.graph, finding.property) == (RELEASE, column)
    assert finding.recorded == value
    assert finding.found != value
    assert finding.line or label == "SourceFile"
    assert finding.file
    text = "\n".join(report.lines())
    assert "WRONG" in text
    assert "1 wrong of" in text


def test_another_number_of_write_ins_is_found(tmp_path: Path) -> None:
    """A column that only older releases have is compared where it is."""
    folder, archive = tmp_path / "files", tmp_path / "archive"
    folder.mkdir()
    write(folder)
    graph = read(open_source(str(folder), archive=archive, now=""))
    assert verify_graph(graph, archive).wrong == []
    label, change = "EmergingTask", first("writeIns", 77)
    changed = {**graph.nodes, label: change(graph.nodes[label])}
    (finding,) = verify_graph(replace(graph, nodes=changed), archive).wrong
    place = (finding.line, finding.column, finding.recorded, finding.found)
    assert place == (2, "Write-in Total", 77, "7")


OF_FILES = [label for label, columns in NODES.items() if "line" in columns]


@pytest.mark.parametrize("label", OF_FILES)
def test_another_line_is_found(altered: Altered, label: str) -> None:
    """A node of any kind that names the line of another one does not pass for it."""
    nodes = altered.release.nodes[label]
    key, name, line = nodes.select("key", "file", "line").row(0)
    other = nodes.filter((pl.col("file") == name) & (pl.col("line") != line))
    for moved in (other["line"][-1], 99999, None):
        altered.nodes(label, lambda _, moved=moved: first("line", moved)(nodes))
        wrong = altered.verify().wrong
        assert {(f.graph, f.key, f.line) for f in wrong} == {(RELEASE, key, moved)}
        assert "key" in {f.property for f in wrong}


@pytest.mark.parametrize("label", OF_FILES)
@pytest.mark.parametrize("name", ["Read Me.txt", "Task Ratings.txt"])
def test_another_file_is_found(altered: Altered, label: str, name: str) -> None:
    """A node that names a file which it cannot be from is not passed over."""
    key, before = altered.release.nodes[label].select("key", "file").row(0)
    altered.nodes(label, first("file", name))
    found = [(f.key, f.property, f.recorded) for f in altered.verify().wrong]
    assert found == ([] if before == name else [(key, "file", name)])


@pytest.mark.parametrize("column", ["rater", "measure"])
def test_a_rating_of_another_rater_is_found(altered: Altered, column: str) -> None:
    """A rater who did not rate in this file, or under this measure, is not believed."""
    altered.nodes("ExposureRating", first(column, "nobody"))
    (finding,) = altered.verify().wrong
    assert (finding.property, finding.graph) == ("file", RELEASE)


def test_a_weight_in_no_column_is_found(altered: Altered) -> None:
    """An activity that the study does not rate has no column in the matrix."""
    altered.nodes("SubjectWeight", first("column", "4.A.9"))
    (finding,) = altered.verify().wrong
    assert (finding.property, finding.graph) == ("file", RELEASE)


def test_a_value_that_the_file_does_not_have_is_found(altered: Altered) -> None:
    """What has no column in a file must not have a value either."""

    def change(nodes: pl.DataFrame) -> pl.DataFrame:
        bare = nodes["score"].is_null().arg_true()[0]
        cells = nodes["score"].to_list()
        cells[bare] = 0.5
        return nodes.with_columns(pl.Series("score", cells))

    altered.nodes("ExposureRating", change)
    (finding,) = altered.verify().wrong
    assert (finding.property, finding.found) == ("score", None)


def test_an_information_content_that_the_links_do_not_give_is_found(
    altered: Altered,
) -> None:
    """It is computed again from the tasks that are linked; one without has none."""
    nodes = altered.release.nodes["WorkActivity"].sort("key")
    linked = nodes.filter(pl.col("information").is_not_null())["key"][0]
    bare = nodes.filter(pl.col("information").is_null())["key"][0]
    for key, value in ((linked, 77.0), (linked, None), (bare, 1.0)):
        there = pl.when(pl.col("key") == key).then(value).otherwise("information")
        altered.nodes(
            "WorkActivity",
            lambda _, new=there: nodes.with_columns(new.alias("information")),
        )
        (finding,) = altered.verify().wrong
        assert (finding.key, finding.property) == (key, "information")
        assert finding.recorded == value


@pytest.mark.parametrize(
    ("name", "value"), [("jobZone", 77), ("jobZone", None), ("taskCount", 77)]
)
def test_what_an_occupation_repeats_wrongly_is_found(
    altered: Altered, name: str, value: int | None
) -> None:
    """It is the number of its job zone, and of the tasks that belong to it."""
    right = altered.release.nodes["Occupation"][name][0]
    altered.nodes("Occupation", first(name, value))
    (finding,) = altered.verify().wrong
    assert (finding.property, finding.recorded) == (name, value)
    assert (finding.found, finding.file) == (right, None)


def test_a_shared_statement_that_is_not_one_is_found(altered: Altered) -> None:
    """Its text, how much it says, one that no two tasks have, and one that is lost."""
    nodes = altered.release.nodes["Statement"]
    key, text, bits = nodes.row(0)
    for name, value, right in (
        ("statement", "Fly a kite.", text),
        ("information", 77.0, pytest.approx(bits, abs=0.001)),
        ("information", None, pytest.approx(bits, abs=0.001)),
    ):
        altered.nodes("Statement", lambda _, n=name, v=value: first(n, v)(nodes))
        (finding,) = altered.verify().wrong
        assert (finding.key, finding.property) == (key, name)
        assert (finding.recorded, finding.found) == (value, right)
    more = pl.DataFrame(
        [("statement/0", "Fly.", 1.0)], schema=nodes.schema, orient="row"
    )
    altered.nodes("Statement", lambda _: nodes.vstack(more))
    (finding,) = altered.verify().wrong
    assert (finding.key, finding.recorded, finding.found) == (
        "statement/0",
        "Fly.",
        None,
    )
    altered.nodes("Statement", lambda _: nodes.clear())
    assert {(f.key, f.recorded, f.found) for f in altered.verify().wrong} == {
        (key, None, text) for key, text, _ in nodes.rows()
    }


def test_a_wrong_wording_of_a_shared_statement_is_told_once(altered: Altered) -> None:
    """What other tasks share with it is not judged by it."""
    said = altered.release.edges[EdgeKind("Task", "SAYS", "Statement")]["start"][0]

    def change(nodes: pl.DataFrame) -> pl.DataFrame:
        own = pl.col("key") == said
        wording = pl.when(own).then(pl.lit("Fly a kite.")).otherwise("statement")
        return nodes.with_columns(statement=wording)

    altered.nodes("Task", change)
    (finding,) = altered.verify().wrong
    assert (finding.key, finding.property) == (said, "statement")


@pytest.mark.parametrize(("name", "scale"), [("importance", "IM"), ("relevance", "RT")])
def test_a_repeated_value_that_is_not_the_rating_s_is_found(
    altered: Altered, name: str, scale: str
) -> None:
    """What a task repeats of a rating is that rating's value, and null without one."""
    tasks = altered.release.nodes["Task"].sort("key")
    rated = tasks.filter(pl.col(name).is_not_null())["key"][0]
    unrated = tasks.filter(pl.col(name).is_null())["key"][0]
    for key, value in ((rated, 7.125), (rated, None), (unrated, 7.125)):
        there = pl.when(pl.col("key") == key).then(value).otherwise(name)
        altered.nodes("Task", lambda _, new=there: tasks.with_columns(new.alias(name)))
        (finding,) = altered.verify().wrong
        assert (finding.key, finding.property) == (key, name)
        assert finding.recorded == value
        assert (finding.found is None, finding.line is None) == (key == unrated,) * 2
    altered.nodes("Task", lambda _: tasks)
    ratings = altered.release.nodes["Rating"]
    of_scale = (pl.col("scale") == scale) & (
        pl.col("key") == f"rating/{rated[5:]}/{scale}"
    )
    wrong = pl.when(of_scale).then(7.125).otherwise("value").alias("value")
    altered.nodes("Rating", lambda _: ratings.with_columns(wrong))
    (finding,) = altered.verify().wrong
    assert (finding.property, finding.recorded) == ("value", 7.125)


def test_another_order_of_labels_is_found(altered: Altered) -> None:
    """What labels a measure has, and how they are ordered, is as it is described."""
    altered.nodes("Measure", first("labelOrder", "T1 T0"))
    altered.nodes("Measure", first("labels", "T0 T1"))
    found = [(f.key, f.property, f.recorded, f.found) for f in altered.verify().wrong]
    key = "measure/gpts-are-gpts/automation"
    assert sorted(found) == [
        (key, "labelOrder", "T1 T0", "T0 T1 T2 T3 T4"),
        (key, "labels", "T0 T1", "T0 T1 T2 T3 T4"),
    ]


def test_a_wrong_name_of_values_is_found(altered: Altered) -> None:
    """It is that of the values of the task's ratings; none has a task without any."""
    nodes = altered.release.nodes["Task"].sort(pl.col("ratedAs").is_null())
    right = nodes["ratedAs"][0]
    for value in ("0123456789abcdef", None):
        altered.nodes("Task", lambda _, v=value: first("ratedAs", v)(nodes))
        (finding,) = altered.verify().wrong
        assert (finding.property, finding.recorded) == ("ratedAs", value)
        assert finding.found == right
