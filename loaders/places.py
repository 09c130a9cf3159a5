"""Where each node should stand: which columns of its row hold what is recorded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import polars as pl

from workatlas.cypher import NODES, EdgeKind
from workatlas.errors import StoreError
from workatlas.stores import Subgraph, node_schema

from .compare import whole
from .description import RatedFile, describe, described
from .layout import Layout, layouts

COPIED = {"Task": {"importance": "IM", "relevance": "RT"}}
"""Properties that repeat the value of a rating on a scale, and stand in no row."""
COPIED_OVER = {"jobZone": "HAS_JOB_ZONE", "taskCount": "HAS_TASK"}
"""Properties of occupations that follow from a relationship, and stand in no row."""
_IN_NO_ROW = {
    **COPIED,
    "Occupation": tuple(COPIED_OVER),
    "WorkActivity": ("information",),
}


class Tie(NamedTuple):
    """A relationship of a node, of which the row names the other end.

    ``own`` is the end at which the node is; ``other`` makes the other end's key.
    """

    kind: EdgeKind
    own: Literal["start", "end"]
    other: pl.Expr


@dataclass(frozen=True)
class Place:
    """Nodes of one label in one file, and what their rows must say of them.

    ``columns`` maps properties to published columns. ``key`` makes a node's key of the
    published columns and ``line``. Properties that are neither in ``columns`` nor in
    ``fixed``, which the place decides, must be null.
    """

    label: str
    nodes: pl.DataFrame
    columns: Mapping[str, str]
    key: pl.Expr
    fixed: Mapping[str, str | None] = field(default_factory=dict[str, str | None])
    ties: tuple[Tie, ...] = ()

    @property
    def constants(self) -> dict[str, str | None]:
        """The properties that the rows do not decide."""
        own = _IN_NO_ROW.get(self.label, ())
        of_row = {*self.columns, *self.fixed, *own, "file", "line"}
        return {**self.fixed, **{p: None for p in NODES[self.label] if p not in of_row}}


def rows_of(graph: Subgraph, label: str) -> pl.DataFrame:
    """Give a label's table; an empty one if the graph has no such nodes."""
    return graph.nodes.get(label, pl.DataFrame(schema=node_schema(label)))


_WHAT: dict[str, tuple[tuple[str, dict[str, str]], ...]] = {
    "occupations": (("Occupation", {}),),
    "task_statements": (("Task", {}),),
    "task_ratings": (("Rating", {}),),
    "task_activities": (("ActivityLink", {}),),
    "detailed_activities": (("WorkActivity", {"level": "DETAILED"}),),
    "intermediate_activities": (("WorkActivity", {"level": "INTERMEDIATE"}),),
    "activity_hierarchy": (
        ("WorkActivity", {"level": "DETAILED"}),
        ("WorkActivity", {"level": "INTERMEDIATE"}),
    ),
    "content_model": (
        ("ContentElement", {}),
        ("WorkActivity", {"level": "GENERALIZED"}),
    ),
    "scales": (("Scale", {}),),
    "task_categories": (("Category", {}),),
    "alternate_titles": (("JobTitle", {"kind": "ALTERNATE"}),),
    "reported_titles": (("JobTitle", {"kind": "REPORTED"}),),
    "related_occupations": (("RelatedOccupation", {}),),
    "job_zones": (("JobZone", {}),),
    "job_zone_descriptions": (("JobZoneDescription", {}),),
}
"""What the rows of each table became, with the properties that the table decides."""

_KEYS = {
    "Occupation": ("occupation", "code"),
    "RelatedOccupation": ("related", "code", "related"),
    "JobZone": ("jobzone", "code"),
    "JobZoneDescription": ("zone", "zone"),
    "Task": ("task", "taskId"),
    "Rating": ("rating", "taskId", "scale", "category"),
    "ActivityLink": ("link", "taskId", "elementId"),
    "WorkActivity": ("activity", "elementId"),
    "ContentElement": ("element", "elementId"),
    "Scale": ("scale", "scale"),
    "Category": ("category", "scale", "category"),
}
_TIES: dict[str, tuple[tuple[str, Literal["start", "end"], tuple[str, ...]], ...]] = {
    "Task": (("Occupation HAS_TASK Task", "end", ("occupation", "code")),),
    "JobTitle": (("Occupation ALSO_CALLED JobTitle", "end", ("occupation", "code")),),
    "RelatedOccupation": (
        ("Occupation HAS_RELATED RelatedOccupation", "end", ("occupation", "code")),
        ("RelatedOccupation RELATED_TO Occupation", "start", ("occupation", "related")),
    ),
    "JobZone": (("Occupation HAS_JOB_ZONE JobZone", "end", ("occupation", "code")),),
    "Rating": (("Task RATED Rating", "end", ("task", "taskId")),),
    "ActivityLink": (
        ("Task HAS_LINK ActivityLink", "end", ("task", "taskId")),
        ("ActivityLink LINKS_TO WorkActivity", "start", ("activity", "elementId")),
    ),
    "Category": (("Scale HAS_CATEGORY Category", "end", ("scale", "scale")),),
}
_PARENTS = {"DETAILED": "intermediate", "INTERMEDIATE": "generalized"}


def study_of(file: Mapping[str, Any]) -> str:
    """Give the study whose file a SourceFile node is; empty for a release's own."""
    key: str = file["key"]
    return key.removeprefix("file/").removesuffix(file["fileName"]).rstrip("/")


def layout_of_graph(graph: Subgraph) -> Layout:
    """Give the layout that a release was read by.

    Raises:
        StoreError: this version knows no such layout.

    """
    names = rows_of(graph, "Release")["layout"].to_list()
    known = [layouts()[name] for name in names if name in layouts()]
    if not known:
        raise unknown(graph, f"the layout {', '.join(map(str, names)) or 'of none'}")
    return known[0]


def rated_file(graph: Subgraph, study: str, name: str) -> RatedFile:
    """Give how a study's file is described.

    Raises:
        StoreError: this version knows no such study, or no such file of it.

    """
    files = describe(study).files if study in described() else []
    for file in files:
        if file.name == name:
            return file
    raise unknown(graph, f"{name} of the study {study}")


def unknown(graph: Subgraph, what: str) -> StoreError:
    """Give the error of a graph that another version of this program made."""
    return StoreError(
        f"This version of WorkAtlas does not know {what}.",
        where=graph.id,
        todo="Load it again with this version, or verify with the one that loaded it.",
    )


def places(graph: Subgraph, file: Mapping[str, Any]) -> Iterator[Place]:
    """Give what should stand in a file, of which ``file`` is the SourceFile node.

    Raises:
        StoreError: this version does not know the graph's layout or study.

    """
    if file["coverage"] == "ABSENT":
        return
    name, study = file["fileName"], study_of(file)
    if study:
        yield from _of_study(graph, study, name)
    else:
        yield from _of_release(graph, file["contents"], name)


def _of_release(graph: Subgraph, table: str, name: str) -> Iterator[Place]:
    layout = layout_of_graph(graph)
    if table not in layout.tables:
        raise unknown(graph, f"{name} ({table}) in the {layout.title}")
    for label, fixed in _WHAT[table]:
        nodes = rows_of(graph, label).filter(pl.col("file") == name)
        columns = dict(layout.tables[table].columns)
        if table == "activity_hierarchy":
            # One row holds a detailed activity and the names of those above it.
            nodes = nodes.filter(pl.col("level") == fixed["level"])
            if fixed["level"] == "INTERMEDIATE":
                columns["elementId"] = columns["intermediate"]
                columns["heading"] = columns["intermediateHeading"]
        yield Place(
            label,
            nodes,
            {p: c for p, c in columns.items() if p in NODES[label]},
            _title(fixed["kind"]) if "kind" in fixed else _key(columns, *_KEYS[label]),
            fixed,
            tuple(_ties(label, fixed, columns)),
        )


def _title(kind: str) -> pl.Expr:
    return pl.format(f"jobtitle/{kind.lower()}/{{}}", "line")


def _ties(
    label: str, fixed: Mapping[str, str], columns: Mapping[str, str]
) -> Iterator[Tie]:
    for edge, own, parts in _TIES.get(label, ()):
        yield Tie(EdgeKind(*edge.split()), own, _key(columns, *parts))
    if "level" in fixed:
        parent = _PARENTS.get(fixed["level"])
        none = pl.lit(None, pl.String)
        above = _key(columns, "activity", parent) if parent else none
        yield Tie(EdgeKind("WorkActivity", "PART_OF", "WorkActivity"), "start", above)


def _key(columns: Mapping[str, str], kind: str, *parts: str) -> pl.Expr:
    """Give what a key must be, made of the columns of a row."""
    numbers = {"taskId", "category", "zone"}
    cells = [
        whole(columns[part]) if part in numbers else pl.col(columns[part])
        for part in parts
    ]
    return pl.concat_str([pl.lit(kind), *cells], separator="/", ignore_nulls=True)


def _of_study(graph: Subgraph, study: str, name: str) -> Iterator[Place]:
    rated = rated_file(graph, study, name)
    own = (pl.col("file") == name) & pl.col("key").str.contains(f"^[a-z]+/{study}/")
    subject = pl.format(f"subject/{study}/{name}/{{}}", "line")
    columns = {p: c for p, c in rated.columns.items() if p in NODES["RatedSubject"]}
    subjects = rows_of(graph, "RatedSubject").filter(own)
    yield Place("RatedSubject", subjects, columns, subject)
    ratings = rows_of(graph, "ExposureRating").filter(own)
    yield from _ratings(ratings, study, rated, subject)


def _ratings(
    ratings: pl.DataFrame, study: str, rated: RatedFile, subject: pl.Expr
) -> Iterator[Place]:
    kind = EdgeKind("RatedSubject", "HAS_RATING", "ExposureRating")
    for held in rated.ratings:
        columns = {"exposureLabel": held.label, "score": held.score}
        who = _key(rated.columns, f"exposure/{study}", rated.subject)
        # A rating of nobody who rated here stands in no place, and is reported so.
        mine = (pl.col("rater") == held.rater) & (pl.col("measure") == held.measure)
        fixed = {"study": study, "rater": held.rater, "measure": held.measure}
        yield Place(
            "ExposureRating",
            ratings.filter(mine),
            {p: c for p, c in columns.items() if c},
            who + pl.lit(f"/{held.rater}/{held.measure}"),
            {**fixed, "column": held.column},
            (Tie(kind, "end", subject),),
        )
