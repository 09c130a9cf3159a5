"""Work activities of a release: three levels, and the links from tasks."""

import polars as pl

from workatlas.cypher import EdgeKind

from .build import Edges, Nodes, edge_table, key, nodes
from .information import INVOLVES, PART_OF, with_information
from .layout import Release
from .onet_owners import owners, refuse_loose
from .tables import Table

_GENERALIZED = r"^4\.A\.[0-9]+\.[a-z]+\.[0-9]+$"


def activities(release: Release, made: Nodes) -> tuple[Nodes, Edges]:
    """Read the hierarchy of activities and what links tasks to it.

    Raises:
        DataError: a double activity or link, one that stands under two others or under
            nothing, a link of an unknown task or activity.

    """
    widest = made["ContentElement"].filter(
        pl.col("elementId").str.contains(_GENERALIZED)
    )
    detailed, intermediate = _levels(release)
    if "generalizedHeading" in intermediate.spec.columns:
        _refuse_other_names(intermediate, widest)
    intermediate.among("generalized", widest["elementId"], "in the content model")
    middle = intermediate.frame["elementId"]
    detailed.among("intermediate", middle, "an intermediate activity of the release")
    _refuse_other_parents(detailed, intermediate)
    levels = (
        (widest.drop("key"), "GENERALIZED", widest["file"].first()),
        (intermediate.frame, "INTERMEDIATE", intermediate.file.name),
        (detailed.frame, "DETAILED", detailed.file.name),
    )
    new: Nodes = {
        "WorkActivity": pl.concat(
            nodes(
                "WorkActivity",
                frame.with_columns(key=key("activity", "elementId")),
                level=level,
                file=file,
            )
            for frame, level, file in levels
        )
    }
    up = (
        edge_table(table.frame, key("activity", "elementId"), key("activity", parent))
        for table, parent in ((intermediate, "generalized"), (detailed, "intermediate"))
    )
    edges: Edges = {PART_OF: pl.concat(up)}
    links = release.table("task_activities")
    if links is not None:
        new["ActivityLink"], linked = _links(links, owners(release), detailed)
        edges |= linked
        new["WorkActivity"] = with_information(
            new["WorkActivity"], edges[INVOLVES], edges[PART_OF]
        )
    return new, edges


def _levels(release: Release) -> tuple[Table, Table]:
    """Give the tables of detailed and intermediate activities, of two files or one."""
    if "activity_hierarchy" not in release.layout.tables:
        detailed = release.needed("detailed_activities")
        intermediate = release.needed("intermediate_activities")
        for table in (detailed, intermediate):
            table.required(*table.spec.columns).unique("elementId")
        return detailed, intermediate
    whole = release.needed("activity_hierarchy")
    whole.required(*whole.spec.columns).unique("elementId")
    # One row a detailed activity: an intermediate one stands where it is first named.
    named = whole.frame.select(
        "generalized",
        "generalizedHeading",
        pl.col("intermediate").alias("elementId"),
        pl.col("intermediateHeading").alias("heading"),
        "line",
    )
    first = named.unique("elementId", keep="first", maintain_order=True)
    columns = {
        **whole.spec.columns,
        "elementId": whole.spec.columns["intermediate"],
        "heading": whole.spec.columns["intermediateHeading"],
    }
    spec = whole.spec.__class__(columns=columns)
    other = named.join(first, on="elementId", suffix="First").filter(
        pl.any_horizontal(
            pl.col(column) != pl.col(f"{column}First")
            for column in ("heading", "generalized", "generalizedHeading")
        )
    )
    middle = Table(first, whole.file, spec)
    middle.refuse(
        other, "elementId", "{elementId} has another title or parent in an earlier row."
    )
    return whole, middle


def _refuse_other_names(intermediate: Table, widest: pl.DataFrame) -> None:
    names = widest.select(generalized="elementId", published="heading")
    differ = intermediate.frame.join(names, on="generalized").filter(
        pl.col("generalizedHeading") != pl.col("published")
    )
    intermediate.refuse(
        differ,
        "generalizedHeading",
        "'{generalizedHeading}' is called '{published}' in the content model.",
    )


def _refuse_other_parents(detailed: Table, intermediate: Table) -> None:
    """Refuse a detailed activity that names another generalized one than its parent."""
    parents = intermediate.frame.select(intermediate="elementId", above="generalized")
    differ = detailed.frame.join(parents, on="intermediate").filter(
        pl.col("generalized") != pl.col("above")
    )
    detailed.refuse(
        differ, "generalized", "{intermediate} stands under {above}, not {generalized}."
    )


def _links(
    table: Table, owned: pl.DataFrame, detailed: Table
) -> tuple[pl.DataFrame, Edges]:
    table.required("code", "taskId", "elementId")
    table.among(
        "elementId", detailed.frame["elementId"], "a detailed activity of the release"
    )
    typed = table.typed(
        taskId=table.numbers("taskId", whole=True), surveyed=table.months("surveyed")
    ).unique("taskId", "elementId")
    links = typed.frame.with_columns(key=key("link", "taskId", "elementId"))
    refuse_loose(table, links, owned)
    task, activity = key("task", "taskId"), key("activity", "elementId")
    edges: Edges = {
        INVOLVES: edge_table(links, task, activity),
        EdgeKind("Task", "HAS_LINK", "ActivityLink"): edge_table(
            links, task, pl.col("key")
        ),
        EdgeKind("ActivityLink", "LINKS_TO", "WorkActivity"): edge_table(
            links, pl.col("key"), activity
        ),
    }
    return nodes("ActivityLink", links, file=table.file.name), edges
