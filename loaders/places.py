"""Where each node should stand: which columns of its row hold what is recorded."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import polars as pl

from workatlas.cypher import NODES, EdgeKind
from workatlas.stores import Subgraph

from .compare import whole
from .layout import Layout, layouts
from .place import Place, Tie, rows_of, unknown
from .study_places import Known, study_places

_WHAT: dict[str, tuple[tuple[str, dict[str, str]], ...]] = {
    "occupations": (("Occupation", {}),),
    "task_statements": (("Task", {}),),
    "task_ratings": (("Rating", {}),),
    "task_activities": (("ActivityLink", {}),),
    "emerging_tasks": (("EmergingTask", {}),),
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
    "EmergingTask": ("emergingtask", "line"),
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
    "EmergingTask": (
        ("Occupation HAS_EMERGING EmergingTask", "end", ("occupation", "code")),
        ("EmergingTask REVISES Task", "start", ("task", "originalTaskId")),
    ),
    "Category": (("Scale HAS_CATEGORY Category", "end", ("scale", "scale")),),
}
_PARENTS = {"DETAILED": "intermediate", "INTERMEDIATE": "generalized"}


def study_of(file: Mapping[str, Any]) -> str:
    """Give the study or crosswalk whose file it is; empty for a release's own."""
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


def places(graph: Subgraph, known: Known, file: Mapping[str, Any]) -> Iterator[Place]:
    """Give what should stand in a file, of which ``file`` is the SourceFile node.

    ``known`` says how the graph's studies are described.

    Raises:
        StoreError: this version does not know the graph's layout or study.

    """
    if file["coverage"] == "ABSENT":
        return
    name, study = file["fileName"], study_of(file)
    if study:
        yield from study_places(graph, known, study, name)
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
        yield Tie(EdgeKind(*edge.split()), own, _end(columns, *parts))
    if "level" in fixed:
        parent = _PARENTS.get(fixed["level"])
        none = pl.lit(None, pl.String)
        above = _key(columns, "activity", parent) if parent else none
        yield Tie(EdgeKind("WorkActivity", "PART_OF", "WorkActivity"), "start", above)


def _key(columns: Mapping[str, str], kind: str, *parts: str) -> pl.Expr:
    """Give what a key must be, made of the columns of a row and its ``line``."""
    cells = _cells(columns, kind, *parts)
    return pl.concat_str(cells, separator="/", ignore_nulls=True)


def _end(columns: Mapping[str, str], kind: str, *parts: str) -> pl.Expr:
    """Give the key of what a row names; null of a row that names nothing."""
    return pl.concat_str(_cells(columns, kind, *parts), separator="/")


def _cells(columns: Mapping[str, str], kind: str, *parts: str) -> list[pl.Expr]:
    numbers = {"taskId", "originalTaskId", "category", "zone"}
    held = {**columns, "line": "line"}
    cells = [whole(held[p]) if p in numbers else pl.col(held[p]) for p in parts]
    return [pl.lit(kind), *cells]
