"""What tests look at in a release that is joined to a study."""

from collections import Counter, defaultdict

import polars as pl

from workatlas.stores import GraphKind, Subgraph

STUDY = "gpts-are-gpts"


def ends(graph: Subgraph, name: str) -> list[tuple[str, str]]:
    """Give the relationships of a type, sorted."""
    tables = [t for kind, t in graph.edges.items() if kind.name == name]
    return sorted(row for table in tables for row in table.rows())


def counts(graph: Subgraph, study: str = STUDY, file: str = "") -> Counter[str]:
    """Give the counts of a join by reason: of all files, or of one."""
    found = graph.nodes["JoinCount"].filter(pl.col("study") == study)
    if file:
        found = found.filter(pl.col("fileName") == file)
    summed = Counter[str]()
    for reason, rows in found.select("reason", "rows").iter_rows():
        summed[reason] += rows
    return summed


def unrated(graph: Subgraph, study: str = STUDY) -> dict[str, list[str]]:
    """Give what has no rating of a study, by reason."""
    nodes = graph.nodes["Unrated"].filter(pl.col("study") == study)
    reasons = dict(nodes.select("key", "reason").iter_rows())
    found: defaultdict[str, list[str]] = defaultdict(list)
    for start, end in ends(graph, "UNRATED"):
        if end in reasons:
            found[reasons[end]].append(start)
    return dict(found)


def another(study: Subgraph, name: str) -> Subgraph:
    """Make another study with the same content, of a name that begins alike."""

    def renamed(table: pl.DataFrame) -> pl.DataFrame:
        text = [c for c in ("key", "start", "end", "study") if c in table.columns]
        return table.with_columns(
            pl.col(text).str.replace(rf"(^|/){STUDY}(/|$)", f"${{1}}{name}${{2}}")
        )

    nodes = {label: renamed(table) for label, table in study.nodes.items()}
    fingerprint = study.fingerprint[::-1]
    facts = nodes["Study"].with_columns(fingerprint=pl.lit(fingerprint))
    return Subgraph(
        id=name,
        kind=GraphKind.STUDY,
        published=study.published,
        synthetic=False,
        fingerprint=fingerprint,
        nodes={**nodes, "Study": facts},
        edges={kind: renamed(table) for kind, table in study.edges.items()},
    )
