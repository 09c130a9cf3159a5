"""Joins studies to a release: which of its nodes a study rated, and why not others."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import polars as pl

from workatlas.cypher import EDGES, EdgeKind
from workatlas.stores import GraphKind, Subgraph

from .build import Edges, Nodes, edge_table
from .join_crosswalks import leading, ties
from .match import match
from .matches import BASES, Matches, Sides
from .place import rows_of
from .study_about import count_table
from .unrated import SUBJECTS, rateable, unrated, with_rating

JOIN_VERSION = 2

_OWNED = (
    *("Study", "Rater", "Measure", "RatedSubject", "SubjectWeight", "ExposureRating"),
    *("JoinCount", "Unrated", "Crosswalk", "CrosswalkPair"),
)
"""Labels of which every node is a study's or a crosswalk's; the key names it."""

_OWNED_EDGES = [kind for kind in EDGES if {kind.start, kind.end} & {*_OWNED}]
_COUNTED_IN = EdgeKind("RatedSubject", "COUNTED_IN", "JoinCount")
_LED_BY = EdgeKind("RatedSubject", "LED_BY", "CrosswalkPair")
_JOINS = [kind for kind in EDGES if kind.start == "RatedSubject" and kind.name in BASES]
_TASK_OF = EdgeKind("RatedSubject", "TASK_OF", "Occupation")

_Name = TypeVar("_Name")


def join_all(
    release: Subgraph, studies: Iterable[Subgraph], crosswalks: Iterable[Subgraph] = ()
) -> Subgraph:
    """Join a release to exactly these, whatever it was joined to before.

    Of the crosswalks it takes those that lead to its codes or identifiers.
    """
    joined = unjoined(release)
    led = leading(joined, crosswalks)
    for crosswalk in led:
        joined = _cross(joined, crosswalk)
    return join_more(joined, studies, led)


def join_more(
    release: Subgraph, studies: Iterable[Subgraph], crosswalks: Iterable[Subgraph]
) -> Subgraph:
    """Join a release to these studies too; what it was joined to stays as it is.

    It was joined to those of the ``crosswalks`` that lead to it.
    """
    led = leading(release, crosswalks)
    for study in sorted(studies, key=lambda study: study.id):
        release = join_study(release, study, led)
    return release


def is_current(release: Subgraph) -> bool:
    """Tell whether a release was joined, if at all, as this version joins."""
    return _fingerprint(release.nodes) == release.fingerprint


def join_study(
    release: Subgraph, study: Subgraph, crosswalks: Sequence[Subgraph] = ()
) -> Subgraph:
    """Put a study into a release, in place of an earlier join of the same study.

    Every row of the study's files is counted once, by how it was joined (``BASES``) or
    why it was not: TASK_NOT_IN_RELEASE, STATEMENT_NOT_IN_RELEASE, ROW_WITHOUT_TASK,
    OCCUPATION_NOT_IN_RELEASE, AGGREGATED_OCCUPATION, NO_CROSSWALK or
    ACTIVITY_NOT_IN_RELEASE. Beside those counts stand the study's own, and how much of
    the release has no rating: RELEASE_TASK_NOT_RATED and so on, of the kinds that the
    study rates; ``unrated`` says why. A task is also joined to the occupation that it
    had in the study.
    """
    rest = part(release, study.id)
    sides = Sides(study, rest, crosswalks)
    found = match(sides)
    lacking, why = unrated(sides, found.found)
    counts = count_table(study.id, [*_counts(found), *_not_rated(study, rest, found)])
    nodes = _together(study.nodes, {"JoinCount": counts}, lacking)
    held = {
        EdgeKind("Release", name, label): edge_table(
            nodes[label], pl.lit("release"), pl.col("key")
        )
        for name, label in (("HAS_STUDY", "Study"), ("HAS_JOIN_COUNT", "JoinCount"))
    }
    return _changed(
        rest,
        _together(rest.nodes, nodes),
        _together(
            rest.edges, study.edges, _edges(study, found), _held(study, rest), why, held
        ),
    )


def part(release: Subgraph, name: str) -> Subgraph:
    """Take a study or a crosswalk out of a release, if it is in it."""
    nodes, edges = dict(release.nodes), dict(release.edges)
    for label in (*_OWNED, "SourceFile"):
        _remove(nodes, label, _is_of(name, "key"))
    for kind in _OWNED_EDGES:
        _remove(edges, kind, _is_of(name, "start") | _is_of(name, "end"))
    return _changed(release, nodes, edges)


def unjoined(graph: Subgraph) -> Subgraph:
    """Give a release as it was before anything was joined to it; others as they are."""
    if graph.kind is not GraphKind.RELEASE:
        return graph
    release = graph
    for name in joined_to(graph):
        release = part(release, name)
    return release


def _column(
    nodes: Mapping[str, pl.DataFrame], label: str, name: str = ""
) -> Sequence[str]:
    """Give a property of all nodes of a label: without a name, their identifiers."""
    return nodes[label][name or label.lower()].to_list() if label in nodes else []


def joined_to(release: Subgraph) -> list[str]:
    """Give the studies and crosswalks that are joined to a release, by identifier."""
    nodes = release.nodes
    return sorted([*_column(nodes, "Study"), *_column(nodes, "Crosswalk")])


def _changed(release: Subgraph, nodes: Nodes, edges: Edges) -> Subgraph:
    """Give the release with other tables, and the fingerprint that they call for."""
    return replace(release, nodes=nodes, edges=edges, fingerprint=_fingerprint(nodes))


def _fingerprint(nodes: Mapping[str, pl.DataFrame]) -> str:
    """Give the fingerprint that a release has by itself and by what is joined to it."""
    own: str = nodes["Release"].item(0, "fingerprint")
    joined = [
        *sorted(_column(nodes, "Study", "fingerprint")),
        *sorted(_column(nodes, "Crosswalk", "fingerprint")),
    ]
    if not joined:
        return own
    parts = [f"join {JOIN_VERSION}", own, *joined]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _is_of(name: str, column: str) -> pl.Expr:
    """Tell the keys of a study or crosswalk: ``study/<name>``, ``rater/<name>/…``."""
    key = pl.col(column)
    below = key.str.contains(f"^[a-z]+/{re.escape(name)}/")
    return key.is_in([f"study/{name}", f"crosswalk/{name}"]) | below


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


def _cross(release: Subgraph, crosswalk: Subgraph) -> Subgraph:
    """Put a crosswalk into a release, and tie its lines to what they lead to."""
    return _changed(
        release,
        _together(release.nodes, crosswalk.nodes),
        _together(release.edges, crosswalk.edges, ties(release, crosswalk)),
    )


def _counts(found: Matches) -> Iterator[tuple[str | None, str, int]]:
    rows = found.reasons.group_by("file", "reason").len().sort("file", "reason")
    yield from rows.iter_rows()


def _not_rated(
    study: Subgraph, release: Subgraph, found: Matches
) -> Iterator[tuple[str | None, str, int]]:
    """Count what of the release has no rating, of each kind that the study rates."""
    ends = with_rating(study, found.found)["end"]
    kinds = {*study.nodes["RatedSubject"]["kind"]}
    for label, (name, of_label) in SUBJECTS.items():
        if kinds & {*of_label}:
            known = rateable(study, release, label)
            rest = known.filter(~pl.col("key").is_in(ends.implode()))
            yield None, f"RELEASE_{name}_NOT_RATED", rest.height


def _edges(study: Subgraph, found: Matches) -> Edges:
    """Give the relationships of a study's rows into the release and to the counts."""
    start, end = pl.col("start"), pl.col("end")
    count = pl.format(f"joincount/{study.id}/{{}}/{{}}", "file", "reason")
    return {
        **{
            kind: edge_table(found.found.filter(pl.col("by") == kind.name), start, end)
            for kind in _JOINS
        },
        _COUNTED_IN: edge_table(found.reasons, start, count),
        _LED_BY: edge_table(
            found.led.unique(["start", "end"], maintain_order=True), start, end
        ),
    }


def _held(study: Subgraph, release: Subgraph) -> Edges:
    """Give the occupation that each task had in the study, wherever it is now."""
    tasks = study.nodes["RatedSubject"].filter(pl.col("taskId").is_not_null())
    occupations = rows_of(release, "Occupation").select("code", end="key")
    found = tasks.select("code", start="key").join(
        occupations, on="code", maintain_order="left"
    )
    return {_TASK_OF: edge_table(found, pl.col("start"), pl.col("end"))}
