"""Occupations of a release and their other titles."""

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.stores import node_schema

from .build import Edges, Nodes, edge_table, key, nodes
from .layout import Release
from .tables import Table

HAS_TASK = EdgeKind("Occupation", "HAS_TASK", "Task")
_KINDS = {"alternate_titles": "ALTERNATE", "reported_titles": "REPORTED"}


def occupations(release: Release, _: Nodes) -> tuple[Nodes, Edges]:
    """Read occupations and titles.

    Raises:
        DataError: a double code, an empty title, a title of an unknown occupation.

    """
    table = release.needed("occupations").required("code", "heading", "description")
    table.unique("code")
    titles = [
        _titles(found, kind, table.frame["code"])
        for name, kind in _KINDS.items()
        if (found := release.table(name)) is not None
    ]
    schema = {**node_schema("JobTitle"), "code": pl.String()}
    called = pl.concat([pl.DataFrame(schema=schema), *titles])
    made = {
        "Occupation": nodes(
            "Occupation",
            table.frame.with_columns(key=key("occupation", "code")),
            file=table.file.name,
        ),
        "JobTitle": called.drop("code"),
    }
    return made, {
        EdgeKind("Occupation", "ALSO_CALLED", "JobTitle"): edge_table(
            called, key("occupation", "code"), pl.col("key")
        )
    }


def with_copies(made: Nodes, edges: Edges) -> pl.DataFrame:
    """Give the occupations with what their lists are ordered by.

    These are the number of the job zone, null without one, and how many tasks it has.
    """
    occupations = made["Occupation"]
    zones = made.get("JobZone", pl.DataFrame(schema=node_schema("JobZone")))
    zone = zones.select(
        "zone", key=pl.col("key").str.replace("^jobzone/", "occupation/")
    )
    tasks = edges[HAS_TASK].group_by("start").len("tasks")
    both = occupations.join(zone, on="key", how="left", maintain_order="left").join(
        tasks, left_on="key", right_on="start", how="left", maintain_order="left"
    )
    return occupations.with_columns(
        jobZone=both["zone"], taskCount=both["tasks"].fill_null(0).cast(pl.Int64)
    )


def _titles(table: Table, kind: str, codes: pl.Series) -> pl.DataFrame:
    table.required("code", "jobTitle").among(
        "code", codes, "in the file of occupations"
    )
    frame = table.frame.with_columns(key=key(f"jobtitle/{kind.lower()}", "line"))
    made = nodes("JobTitle", frame, kind=kind, file=table.file.name)
    return made.with_columns(frame["code"])
