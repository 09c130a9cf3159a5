"""Which relationships a graph must have that no single line of a file decides.

They follow from keys and values of nodes, which `verify` compares with their lines; how
they follow is written here once more, and not as the loaders do it.
"""

from collections.abc import Collection, Iterator
from typing import Literal, NamedTuple

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.stores import EDGE_SCHEMA, GraphKind, Subgraph

from .findings import Finding
from .places import rows_of, study_of

_RELEASE = "release"
_PLACE: dict[str, pl.DataType] = {"file": pl.String(), "line": pl.Int64()}


class Link(NamedTuple):
    """Relationships of a kind: the pairs that must be there, and no others.

    ``own`` is the end whose node decides; ``pairs`` has the two keys, and the file and
    line of that node as far as it has them.
    """

    kind: EdgeKind
    own: Literal["start", "end"]
    pairs: pl.DataFrame


def links(graph: Subgraph) -> Iterator[Link]:
    """Give every kind of relationship that follows from the graph's nodes."""
    yield from _of_release(graph)
    yield from _of_studies(graph)
    yield from _filed(graph)
    yield _involved(graph)
    yield _said(graph)
    yield _belonging(graph)
    yield _described(graph)
    yield from _joined(graph)


def _of_release(graph: Subgraph) -> Iterator[Link]:
    """Give what hangs from the release, all of it; a study alone has none."""
    held = {
        "OF": "Dataset",
        "HAS_OCCUPATION": "Occupation",
        "HAS_ACTIVITY": "WorkActivity",
        "HAS_SCALE": "Scale",
        "HAS_ELEMENT": "ContentElement",
        "HAS_STUDY": "Study",
        "HAS_JOIN_COUNT": "JoinCount",
    }
    for name, label in held.items():
        nodes = rows_of(graph, label)
        if graph.kind is GraphKind.STUDY:
            nodes = nodes.clear()
        pairs = _pairs(nodes, pl.lit(_RELEASE), pl.col("key"))
        yield Link(EdgeKind("Release", name, label), "end", pairs)


def _of_studies(graph: Subgraph) -> Iterator[Link]:
    """Give what hangs from the study that its keys name."""
    owner = pl.concat_str(pl.lit("study/"), pl.col("key").str.split("/").list.get(1))
    held = {
        "HAS_RATER": "Rater",
        "HAS_MEASURE": "Measure",
        "HAS_SUBJECT": "RatedSubject",
    }
    for name, label in held.items():
        pairs = _pairs(rows_of(graph, label), owner, pl.col("key"))
        yield Link(EdgeKind("Study", name, label), "end", pairs)


def _filed(graph: Subgraph) -> Iterator[Link]:
    """Give the files of the release, and those of each study."""
    files = rows_of(graph, "SourceFile").rename({"fileName": "file"})
    studies = [study_of(file) for file in rows_of(graph, "SourceFile").to_dicts()]
    owners = [f"study/{study}" if study else _RELEASE for study in studies]
    owned = files.with_columns(owner=pl.Series(owners, dtype=pl.String))
    of_release = pl.col("owner") == _RELEASE
    for label, chosen in (("Release", of_release), ("Study", ~of_release)):
        pairs = _pairs(owned.filter(chosen), pl.col("owner"), pl.col("key"))
        yield Link(EdgeKind(label, "HAS_FILE", "SourceFile"), "end", pairs)


def _involved(graph: Subgraph) -> Link:
    """Give what the keys of links say that tasks involve: ``link/392/4.A.1``."""
    parts = pl.col("key").str.splitn("/", 3).struct
    task = pl.concat_str(pl.lit("task/"), parts.field("field_1"))
    activity = pl.concat_str(pl.lit("activity/"), parts.field("field_2"))
    pairs = _pairs(rows_of(graph, "ActivityLink"), task, activity)
    return Link(EdgeKind("Task", "INVOLVES", "WorkActivity"), "start", pairs)


def _said(graph: Subgraph) -> Link:
    """Give the shared statement that is a task's, to the letter."""
    shared = dict(rows_of(graph, "Statement").select("statement", "key").iter_rows())
    tasks = rows_of(graph, "Task").filter(pl.col("statement").is_in(list(shared)))
    end = pl.col("statement").replace_strict(shared, return_dtype=pl.String)
    kind = EdgeKind("Task", "SAYS", "Statement")
    return Link(kind, "start", _pairs(tasks, pl.col("key"), end))


def _belonging(graph: Subgraph) -> Link:
    """Give the element of each one's number but for the last part, if there is one."""
    elements = rows_of(graph, "ContentElement")
    parts = pl.col("key").str.split(".")
    parent = parts.list.head(parts.list.len() - 1).list.join(".")
    pairs = _pairs(elements, pl.col("key"), parent)
    known = pairs.filter(pl.col("end").is_in(elements["key"].implode()))
    kind = EdgeKind("ContentElement", "BELONGS_TO", "ContentElement")
    return Link(kind, "start", known)


def _described(graph: Subgraph) -> Link:
    """Give the description of each job zone's number, if there is one."""
    end = pl.format("zone/{}", "zone")
    pairs = _pairs(rows_of(graph, "JobZone"), pl.col("key"), end)
    there = rows_of(graph, "JobZoneDescription")["key"].implode()
    kind = EdgeKind("JobZone", "DESCRIBED_BY", "JobZoneDescription")
    return Link(kind, "start", pairs.filter(pl.col("end").is_in(there)))


def _joined(graph: Subgraph) -> Iterator[Link]:
    """Give the task of the number that was rated, or else the occupation of the code.

    Whether the task is worded the same is compared to the letter.
    """
    tasks = dict(rows_of(graph, "Task").select("key", "statement").iter_rows())
    subjects = rows_of(graph, "RatedSubject")
    task = pl.concat_str(pl.lit("task/"), pl.col("taskId").cast(pl.String))
    wording = task.replace_strict(
        list(tasks), list(tasks.values()), default=None, return_dtype=pl.String
    )
    known = task.is_in(list(tasks))
    same = pl.col("statement").eq_missing(wording)
    for name, chosen in (("IS_TASK", same), ("IS_REWORDED_TASK", ~same)):
        pairs = _pairs(subjects.filter(known & chosen), pl.col("key"), task)
        yield Link(EdgeKind("RatedSubject", name, "Task"), "start", pairs)
    code = pl.concat_str(pl.lit("occupation/"), "code")
    codes = rows_of(graph, "Occupation")["key"].implode()
    rated = subjects.filter(pl.col("taskId").is_null() & code.is_in(codes))
    pairs = _pairs(rated, pl.col("key"), code)
    yield Link(EdgeKind("RatedSubject", "IS_OCCUPATION", "Occupation"), "start", pairs)


def _pairs(nodes: pl.DataFrame, start: pl.Expr, end: pl.Expr) -> pl.DataFrame:
    """Give the pairs that nodes call for, with their place if they have one."""
    place = (
        (pl.col(name) if name in nodes.columns else pl.lit(None, kind)).alias(name)
        for name, kind in _PLACE.items()
    )
    return nodes.select(start.alias("start"), end.alias("end"), *place)


def check_links(graph: Subgraph, wrong: Collection[str]) -> tuple[int, list[Finding]]:
    """Compare the relationships that are there with those that must be.

    Gives how many must be, and what differs. Nodes with the keys ``wrong`` have values
    that are not those of their lines: what follows from them is not judged.
    """
    count, findings = 0, list[Finding]()
    for link in links(graph):
        count += link.pairs.height
        there = graph.edges.get(link.kind, pl.DataFrame(schema=EDGE_SCHEMA))
        ends = list(EDGE_SCHEMA)
        missing = link.pairs.join(there, on=ends, how="anti")
        extra = there.join(link.pairs, on=ends, how="anti")
        both = [*_findings(graph, link, missing), *_findings(graph, link, extra)]
        findings += [f for f in both if not {f.key, f.recorded, f.found} & {*wrong}]
    return count, findings


def _findings(graph: Subgraph, link: Link, rows: pl.DataFrame) -> Iterator[Finding]:
    """Give a finding a pair; those that are there and must not be have no place."""
    other, must_be = "end" if link.own == "start" else "start", "file" in rows.columns
    for row in rows.sort(link.own, other).to_dicts():
        yield Finding(
            graph.id,
            row.get("file"),
            key=row[link.own],
            property=link.kind.name,
            line=row.get("line"),
            recorded=None if must_be else row[other],
            found=row[other] if must_be else None,
        )
