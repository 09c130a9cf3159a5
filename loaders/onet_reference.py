"""Scales, their categories, and the content model of a release."""

import polars as pl

from workatlas.cypher import EdgeKind

from .build import Edges, Nodes, edge_table, key, nodes
from .layout import Release


def reference(release: Release, _: Nodes) -> tuple[Nodes, Edges]:
    """Read what the other files refer to.

    Raises:
        DataError: a double key, bounds that are no numbers or the wrong way round, a
            category of an unknown scale.

    """
    scales = release.needed("scales").required("scale", "heading").unique("scale")
    bounds = scales.frame.with_columns(
        minimum=scales.numbers("minimum"), maximum=scales.numbers("maximum")
    )
    scales.required("minimum", "maximum").refuse(
        bounds.filter(pl.col("minimum") >= pl.col("maximum")),
        "maximum",
        "The maximum {maximum} is not above the minimum {minimum}.",
    )
    categories = (
        release.needed("task_categories")
        .required("scale", "category", "meaning")
        .among("scale", bounds["scale"], "in the file of scales")
    )
    numbered = (
        categories.typed(category=categories.numbers("category", minimum=1, whole=True))
        .unique("scale", "category")
        .frame
    )
    elements = release.needed("content_model").required("elementId", "heading")
    elements.unique("elementId")
    tree = elements.frame.with_columns(
        parent=pl.col("elementId").str.replace(r"\.?[^.]*$", "")
    )
    known = tree.join(tree.select(parent="elementId"), on="parent", how="semi")
    made = {
        "Scale": nodes(
            "Scale",
            bounds.with_columns(key=key("scale", "scale")),
            file=scales.file.name,
        ),
        "Category": nodes(
            "Category",
            numbered.with_columns(key=key("category", "scale", "category")),
            file=categories.file.name,
        ),
        "ContentElement": nodes(
            "ContentElement",
            tree.with_columns(key=key("element", "elementId")),
            file=elements.file.name,
        ),
    }
    return made, {
        EdgeKind("Scale", "HAS_CATEGORY", "Category"): edge_table(
            numbered, key("scale", "scale"), key("category", "scale", "category")
        ),
        EdgeKind("ContentElement", "BELONGS_TO", "ContentElement"): edge_table(
            known, key("element", "elementId"), key("element", "parent")
        ),
    }
