"""Which relationships a graph must have that no single line of a file decides.

They follow from keys and values of nodes, which `verify` compares with their lines; how
they follow is written here once more, and not as the loaders do it.
"""

from collections.abc import Iterator

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.stores import GraphKind, Subgraph
from workatlas.stores.keys import wording

from .link import Link, pairs_of
from .place import rows_of
from .places import study_of

_RELEASE = "release"


def links(graph: Subgraph) -> Iterator[Link]:
    """Give what follows from the graph's nodes, but for how studies are joined."""
    yield from _of_release(graph)
    yield from _of_studies(graph)
    yield from _filed(graph)
    yield _involved(graph)
    yield _said(graph)
    yield from _worded(graph)
    yield _belonging(graph)
    yield _described(graph)


def _of_release(graph: Subgraph) -> Iterator[Link]:
    """Give what hangs from the release, all of it; no other graph has any."""
    held = {
        "OF": "Dataset",
        "HAS_OCCUPATION": "Occupation",
        "HAS_ACTIVITY": "WorkActivity",
        "HAS_SCALE": "Scale",
        "HAS_ELEMENT": "ContentElement",
        "HAS_STUDY": "Study",
        "HAS_JOIN_COUNT": "JoinCount",
        "HAS_CROSSWALK": "Crosswalk",
    }
    for name, label in held.items():
        nodes = rows_of(graph, label)
        if graph.kind is not GraphKind.RELEASE:
            nodes = nodes.clear()
        pairs = pairs_of(nodes, pl.lit(_RELEASE), pl.col("key"))
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
        pairs = pairs_of(rows_of(graph, label), owner, pl.col("key"))
        yield Link(EdgeKind("Study", name, label), "end", pairs)
    crosswalk = pl.concat_str(
        pl.lit("crosswalk/"), pl.col("key").str.split("/").list.get(1)
    )
    pairs = pairs_of(rows_of(graph, "CrosswalkPair"), crosswalk, pl.col("key"))
    yield Link(EdgeKind("Crosswalk", "HAS_PAIR", "CrosswalkPair"), "end", pairs)


def _filed(graph: Subgraph) -> Iterator[Link]:
    """Give the files of the release, of each study and of each crosswalk."""
    files = rows_of(graph, "SourceFile").rename({"fileName": "file"})
    crosswalks = {*rows_of(graph, "Crosswalk")["crosswalk"]}
    names = [study_of(file) for file in rows_of(graph, "SourceFile").to_dicts()]
    labels = [
        "Crosswalk" if name in crosswalks else "Study" if name else "Release"
        for name in names
    ]
    owners = [
        f"{label.lower()}/{name}" if name else _RELEASE
        for name, label in zip(names, labels, strict=True)
    ]
    owned = files.with_columns(
        owner=pl.Series(owners, dtype=pl.String),
        label=pl.Series(labels, dtype=pl.String),
    )
    for label in ("Release", "Study", "Crosswalk"):
        mine = owned.filter(pl.col("label") == label)
        pairs = pairs_of(mine, pl.col("owner"), pl.col("key"))
        yield Link(EdgeKind(label, "HAS_FILE", "SourceFile"), "end", pairs)


def _involved(graph: Subgraph) -> Link:
    """Give what the keys of links say that tasks involve: ``link/392/4.A.1``."""
    parts = pl.col("key").str.splitn("/", 3).struct
    task = pl.concat_str(pl.lit("task/"), parts.field("field_1"))
    activity = pl.concat_str(pl.lit("activity/"), parts.field("field_2"))
    pairs = pairs_of(rows_of(graph, "ActivityLink"), task, activity)
    return Link(EdgeKind("Task", "INVOLVES", "WorkActivity"), "start", pairs)


def _said(graph: Subgraph) -> Link:
    """Give the shared statement that is a task's, to the letter."""
    shared = dict(rows_of(graph, "Statement").select("statement", "key").iter_rows())
    tasks = rows_of(graph, "Task").filter(pl.col("statement").is_in(list(shared)))
    end = pl.col("statement").replace_strict(shared, return_dtype=pl.String)
    kind = EdgeKind("Task", "SAYS", "Statement")
    return Link(kind, "start", pairs_of(tasks, pl.col("key"), end))


def _worded(graph: Subgraph) -> Iterator[Link]:
    """Give the words of what has some; those of each level of activities are apart."""
    for label, words in (
        ("Task", "statement"),
        ("Occupation", "heading"),
        ("WorkActivity", "heading"),
    ):
        table = rows_of(graph, label)
        kinds = table["level"] if "level" in table.columns else [label] * table.height
        ends = [
            "/".join(wording(kind.lower(), text))
            for kind, text in zip(kinds, table[words], strict=True)
        ]
        worded = table.with_columns(words=pl.Series(ends, dtype=pl.String))
        pairs = pairs_of(worded, pl.col("key"), pl.col("words"))
        yield Link(EdgeKind(label, "WORDED", "Wording"), "start", pairs)


def _belonging(graph: Subgraph) -> Link:
    """Give the element of each one's number but for the last part, if there is one."""
    elements = rows_of(graph, "ContentElement")
    parts = pl.col("key").str.split(".")
    parent = parts.list.head(parts.list.len() - 1).list.join(".")
    pairs = pairs_of(elements, pl.col("key"), parent)
    known = pairs.filter(pl.col("end").is_in(elements["key"].implode()))
    kind = EdgeKind("ContentElement", "BELONGS_TO", "ContentElement")
    return Link(kind, "start", known)


def _described(graph: Subgraph) -> Link:
    """Give the description of each job zone's number, if there is one."""
    end = pl.format("zone/{}", "zone")
    pairs = pairs_of(rows_of(graph, "JobZone"), pl.col("key"), end)
    there = rows_of(graph, "JobZoneDescription")["key"].implode()
    kind = EdgeKind("JobZone", "DESCRIBED_BY", "JobZoneDescription")
    return Link(kind, "start", pairs.filter(pl.col("end").is_in(there)))
