"""`verify` finds every relationship that what is recorded does not call for."""

from dataclasses import replace
from itertools import product

import polars as pl
import pytest

from workatlas.cypher import EDGES, EdgeKind
from workatlas.stores import Subgraph

from .altered import Altered, altered, kept

__all__ = ["altered", "kept"]


@pytest.mark.parametrize(
    "edge",
    [
        "Occupation HAS_TASK Task",
        "Occupation ALSO_CALLED JobTitle",
        "Occupation HAS_RELATED RelatedOccupation",
        "RelatedOccupation RELATED_TO Occupation",
        "Occupation HAS_JOB_ZONE JobZone",
        "Occupation HAS_EMERGING EmergingTask",
        "EmergingTask REVISES Task",
        "Task RATED Rating",
        "Task HAS_LINK ActivityLink",
        "ActivityLink LINKS_TO WorkActivity",
        "WorkActivity PART_OF WorkActivity",
        "Scale HAS_CATEGORY Category",
        "RatedSubject HAS_RATING ExposureRating",
    ],
)
def test_a_node_tied_to_another_one_than_its_line_names_is_found(
    altered: Altered, edge: str
) -> None:
    """A figure on the right line is wrong all the same under another task."""
    graph, kind = altered.release, EdgeKind(*edge.split())
    at_end = kind.name in ("LINKS_TO", "PART_OF", "RELATED_TO", "REVISES")
    turned, label = ("end", kind.end) if at_end else ("start", kind.start)
    ends = graph.edges[kind][turned].to_list()
    right = ends[0]
    ends[0] = next(key for key in graph.nodes[label]["key"] if key != right)
    other = graph.edges[kind].with_columns(pl.Series(turned, ends))
    altered.edges({**graph.edges, kind: other})
    (finding,) = altered.verify().wrong
    assert (finding.property, finding.recorded) == (kind.name, ends[0])
    assert finding.found == right
    altered.edges({k: table for k, table in graph.edges.items() if k != kind})
    wrong = altered.verify().wrong
    assert len(wrong) == len(ends)
    assert {(f.property, f.recorded) for f in wrong} == {(kind.name, None)}


def pair(graph: Subgraph, kind: EdgeKind) -> tuple[str, str] | None:
    """Give two nodes that could be related so and are not; None if all are."""
    there = set(graph.edges[kind].iter_rows())
    ends = product(graph.nodes[kind.start]["key"], graph.nodes[kind.end]["key"])
    return next((pair for pair in ends if pair not in there), None)


@pytest.mark.parametrize("kind", sorted(EDGES), ids=" ".join)
def test_a_lost_relationship_is_found(altered: Altered, kind: EdgeKind) -> None:
    """Whatever its kind: it is named with the node that it is missing from."""
    graph = altered.release
    table = graph.edges[kind]
    altered.edges({**graph.edges, kind: table[1:]})
    report = altered.verify()
    (finding,) = report.wrong
    assert (finding.property, finding.recorded) == (kind.name, None)
    assert {finding.key, finding.found} == {*table.row(0)}
    assert "1 wrong of" in report.lines()[-1]


@pytest.mark.parametrize("kind", sorted(EDGES), ids=" ".join)
def test_a_relationship_too_many_is_found(altered: Altered, kind: EdgeKind) -> None:
    """Whatever its kind: nothing that is recorded calls for it."""
    graph = altered.release
    more = pair(graph, kind)
    if more is None:  # the release is related to all of them
        assert kind.start in ("Release", "Study", "Crosswalk")
        more = (graph.edges[kind]["start"][0], f"{kind.end}/of/nobody")
    new = pl.DataFrame([more], schema=graph.edges[kind].schema, orient="row")
    altered.edges({**graph.edges, kind: graph.edges[kind].vstack(new)})
    (finding,) = altered.verify().wrong
    assert finding.property == kind.name
    assert {finding.key, finding.recorded} == {*more}


@pytest.mark.parametrize(
    "edge", ["Task INVOLVES WorkActivity", "RatedSubject IS_TASK Task"]
)
def test_a_relationship_to_another_node_is_found(altered: Altered, edge: str) -> None:
    """What it is and what it must be are two findings of the same node."""
    graph, kind = altered.release, EdgeKind(*edge.split())
    ends = graph.edges[kind]["end"].to_list()
    right = ends[0]
    there = graph.edges[kind].filter(pl.col("start") == graph.edges[kind]["start"][0])
    wrong = next(k for k in graph.nodes[kind.end]["key"] if k not in {*there["end"]})
    ends[0] = wrong
    altered.edges(
        {**graph.edges, kind: graph.edges[kind].with_columns(end=pl.Series(ends))}
    )
    missing, extra = altered.verify().wrong
    assert missing.key == extra.key
    assert (missing.recorded, missing.found) == (None, right)
    assert (extra.recorded, extra.found) == (wrong, None)
    assert missing.file
    assert missing.line
    assert (extra.file, extra.line) == (None, None)


def test_a_wide_activity_is_part_of_none(altered: Altered) -> None:
    """The widest activities stand under nothing, whatever the others do."""
    graph = altered.release
    activities = graph.nodes["WorkActivity"].sort("level")
    wide = activities.filter(pl.col("level") == "GENERALIZED")["key"]
    kind = EdgeKind("WorkActivity", "PART_OF", "WorkActivity")
    more = pl.DataFrame({"start": [wide[0]], "end": [wide[1]]})
    altered.edges({**graph.edges, kind: graph.edges[kind].vstack(more)})
    (finding,) = altered.verify().wrong
    assert (finding.key, finding.recorded, finding.found) == (wide[0], wide[1], None)


def test_a_study_alone_is_checked_too(altered: Altered) -> None:
    """Its own relationships are, and none to a release are asked of it."""
    study = altered.graphs["gpts-are-gpts"]
    for kind, table in study.edges.items():
        edges = {**study.edges, kind: table[1:]}
        altered.graphs["gpts-are-gpts"] = replace(study, edges=edges)
        (finding,) = altered.verify().wrong
        assert (finding.graph, finding.property) == ("gpts-are-gpts", kind.name)


def test_what_follows_from_a_wrong_value_is_not_told_twice(altered: Altered) -> None:
    """A wording that is not the file's is one finding, and not a wrong join too."""
    joined = altered.release.edges[EdgeKind("RatedSubject", "IS_TASK", "Task")]

    def change(nodes: pl.DataFrame) -> pl.DataFrame:
        chosen = pl.col("key") == joined["end"][0]
        wording = pl.when(chosen).then(pl.lit("Fly a kite.")).otherwise("statement")
        return nodes.with_columns(statement=wording)

    altered.nodes("Task", change)
    (finding,) = altered.verify().wrong
    assert finding.property == "statement"


def test_findings_of_relationships_can_be_read(altered: Altered) -> None:
    """Without a line the sentence says so in words."""
    graph, kind = altered.release, EdgeKind("Study", "HAS_RATER", "Rater")
    altered.edges({**graph.edges, kind: graph.edges[kind][1:]})
    report = altered.verify()
    assert any(
        line.endswith(" relationships and repeated values") for line in report.lines()
    )
    assert "HAS_RATER is None, what is recorded beside it has 'study/" in "".join(
        report.lines()
    )
