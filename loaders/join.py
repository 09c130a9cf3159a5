"""Joins studies to a release: which of its tasks and occupations a study rated."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

import polars as pl

from workatlas.cypher import EDGES, EdgeKind
from workatlas.stores import EDGE_SCHEMA, GraphKind, Subgraph, node_schema

from .build import Edges, Nodes, edge_table
from .study import HAS_RATING
from .study_about import count_table

JOIN_VERSION = 1

_OWNED = ("Study", "Rater", "Measure", "RatedSubject", "ExposureRating", "JoinCount")
"""Labels of which every node is a study's; the key names the study."""

_OWNED_EDGES = [kind for kind in EDGES if {kind.start, kind.end} & {*_OWNED}]
_IS_TASK = EdgeKind("RatedSubject", "IS_TASK", "Task")
_IS_REWORDED_TASK = EdgeKind("RatedSubject", "IS_REWORDED_TASK", "Task")
_IS_OCCUPATION = EdgeKind("RatedSubject", "IS_OCCUPATION", "Occupation")

_NO_STUDIES = pl.DataFrame(schema=node_schema("Study"))
_NO_EDGES = pl.DataFrame(schema=EDGE_SCHEMA)

_Name = TypeVar("_Name")


def join_all(release: Subgraph, studies: Iterable[Subgraph]) -> Subgraph:
    """Join a release to exactly these studies, whatever it was joined to before."""
    joined = unjoined(release)
    for study in sorted(studies, key=lambda study: study.id):
        joined = join_study(joined, study)
    return joined


def join_study(release: Subgraph, study: Subgraph) -> Subgraph:
    """Put a study into a release, in place of an earlier join of the same study.

    A subject is the task with its task ID (with the same wording or another one), or
    the occupation with its code. Rows are counted by what became of them:
    SAME_ID_SAME_WORDING, SAME_ID_REWORDED, TASK_NOT_IN_RELEASE, SAME_CODE
    and OCCUPATION_NOT_IN_RELEASE add up to the rows of the study's files. Beside them
    stand the study's own counts, and what of the release has no rating:
    RELEASE_TASK_NOT_RATED and RELEASE_OCCUPATION_NOT_RATED.
    """
    rest = part_study(release, study.id)
    edges, counts = _matched(rest, study)
    nodes = _together(study.nodes, {"JoinCount": count_table(study.id, counts)})
    held = {
        EdgeKind("Release", name, label): edge_table(
            nodes[label], pl.lit("release"), pl.col("key")
        )
        for name, label in (("HAS_STUDY", "Study"), ("HAS_JOIN_COUNT", "JoinCount"))
    }
    return _changed(
        rest,
        _together(rest.nodes, nodes),
        _together(rest.edges, study.edges, edges, held),
    )


def part_study(release: Subgraph, study: str) -> Subgraph:
    """Take a study out of a release, if it is in it."""
    nodes, edges = dict(release.nodes), dict(release.edges)
    for label in (*_OWNED, "SourceFile"):
        _remove(nodes, label, _is_of(study, "key"))
    for kind in _OWNED_EDGES:
        _remove(edges, kind, _is_of(study, "start") | _is_of(study, "end"))
    return _changed(release, nodes, edges)


def unjoined(graph: Subgraph) -> Subgraph:
    """Give a release as it was before any study was joined to it; a study as it is."""
    if graph.kind is GraphKind.STUDY:
        return graph
    release = graph
    for study in studies_of(graph):
        release = part_study(release, study)
    return release


def studies_of(release: Subgraph) -> list[str]:
    """Give the studies that are joined to a release, by identifier."""
    return sorted(_studies(release.nodes).get_column("study"))


def _changed(release: Subgraph, nodes: Nodes, edges: Edges) -> Subgraph:
    """Give the release with other tables, and the fingerprint that they call for."""
    fingerprint: str = nodes["Release"].item(0, "fingerprint")
    studies = sorted(_studies(nodes).get_column("fingerprint"))
    if studies:
        parts = [f"join {JOIN_VERSION}", fingerprint, *studies]
        fingerprint = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return replace(release, nodes=nodes, edges=edges, fingerprint=fingerprint)


def _studies(nodes: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    return nodes.get("Study", _NO_STUDIES)


def _is_of(study: str, column: str) -> pl.Expr:
    """Tell a study's keys: ``study/<study>``, ``rater/<study>/human`` and so on."""
    name = pl.col(column)
    below = name.str.contains(f"^[a-z]+/{re.escape(study)}/")
    return (name == f"study/{study}") | below


def _remove(tables: dict[_Name, pl.DataFrame], name: _Name, condition: pl.Expr) -> None:
    """Take rows out of a table; one that has none left goes."""
    if name in tables:
        kept = tables.pop(name).filter(~condition)
        if kept.height:
            tables[name] = kept


def _together(
    *parts: Mapping[_Name, pl.DataFrame],
) -> dict[_Name, pl.DataFrame]:
    names = dict.fromkeys(name for part in parts for name in part)
    return {
        name: pl.concat([part[name] for part in parts if name in part])
        for name in names
    }


def _matched(release: Subgraph, study: Subgraph) -> tuple[Edges, Mapping[str, int]]:
    """Give the relationships into the release, and how many rows went which way."""
    subjects = study.nodes["RatedSubject"].rename({"key": "start"})
    rated_tasks = subjects.filter(pl.col("taskId").is_not_null())
    rated_codes = subjects.filter(pl.col("taskId").is_null())
    end, now = pl.col("key").alias("end"), pl.col("statement").alias("now")
    tasks = release.nodes["Task"].select("taskId", end, now)
    occupations = release.nodes["Occupation"].select("code", end)
    found = rated_tasks.join(tasks, on="taskId", maintain_order="left")
    same = pl.col("statement").eq_missing(pl.col("now"))
    is_task = found.filter(same).select("start", "end")
    is_reworded = found.filter(~same).select("start", "end")
    is_occupation = rated_codes.join(
        occupations, on="code", maintain_order="left"
    ).select("start", "end")
    rated = study.edges.get(HAS_RATING, _NO_EDGES).select("start").unique()
    counts = {
        "SAME_ID_SAME_WORDING": is_task.height,
        "SAME_ID_REWORDED": is_reworded.height,
        "TASK_NOT_IN_RELEASE": rated_tasks.height - found.height,
        "SAME_CODE": is_occupation.height,
        "OCCUPATION_NOT_IN_RELEASE": rated_codes.height - is_occupation.height,
        "RELEASE_TASK_NOT_RATED": _not_rated(tasks, found, rated),
        "RELEASE_OCCUPATION_NOT_RATED": _not_rated(occupations, is_occupation, rated),
    }
    edges = {
        _IS_TASK: is_task,
        _IS_REWORDED_TASK: is_reworded,
        _IS_OCCUPATION: is_occupation,
    }
    return edges, counts


def _not_rated(known: pl.DataFrame, found: pl.DataFrame, rated: pl.DataFrame) -> int:
    """Count what is known and not found with a rating."""
    reached = found.join(rated, on="start", how="semi").select("end")
    return known.join(reached, on="end", how="anti").height
