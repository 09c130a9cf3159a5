"""The small release with files that are left out or loaded in part."""

from dataclasses import replace

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.stores import Subgraph

from .mini import release

FILES = {
    "task_activities": "links.txt",
    "related_occupations": "related.txt",
    "emerging_tasks": "emerging.txt",
    "task_categories": "categories.txt",
    "alternate_titles": "titles.txt",
}
GONE = {
    *("INVOLVES", "HAS_LINK", "HAS_CATEGORY", "ALSO_CALLED", "HAS_RELATED"),
    "HAS_EMERGING",
}
"""What stands in those files."""


def lacking(coverage: str) -> Subgraph:
    """Give the small release with files that are left out or loaded in part."""
    graph = release(coverage=coverage)
    known = graph.nodes["SourceFile"]
    more = [
        known[:1].with_columns(
            key=pl.lit(f"file/{name}"),
            fileName=pl.lit(name),
            contents=pl.lit(contents),
            coverage=pl.lit(coverage),
        )
        for contents, name in FILES.items()
    ]
    files = [("release", f"file/{name}") for name in FILES.values()]
    has_file = EdgeKind("Release", "HAS_FILE", "SourceFile")
    edges = {
        kind: table for kind, table in graph.edges.items() if kind.name not in GONE
    }
    added = pl.DataFrame(files, schema=["start", "end"], orient="row")
    edges[has_file] = pl.concat([edges[has_file], added])
    nodes = {**graph.nodes, "SourceFile": pl.concat([known, *more])}
    return replace(graph, nodes=nodes, edges=edges)
