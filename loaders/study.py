"""Turns the checked files of a described study into the tables of its graph."""

from collections.abc import Collection, Iterable, Mapping

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.stores import GraphKind, Subgraph

from .build import Edges, Nodes, edge_table, key, nodes
from .description import RatedFile, Rating, StudyDescription
from .fingerprint import fingerprint
from .mark import is_synthetic
from .source import Source
from .study_about import about, count_table
from .tables import Table

HAS_RATING = EdgeKind("RatedSubject", "HAS_RATING", "ExposureRating")
BLANK = "RATING_BLANK"
"""Why a row has fewer ratings than others: at least one of its cells is empty."""


def study_graph(
    study: StudyDescription,
    source: Source,
    tables: Mapping[str, Table],
    partial: Collection[str] = (),
) -> Subgraph:
    """Make the graph of a study from its checked files, ``tables`` by file name.

    It holds what the files hold and nothing derived; an empty cell is no rating. Of
    the files named ``partial`` it holds a part.
    """
    synthetic = is_synthetic(source)
    read = [(file, tables[file.name]) for file in study.files]
    rated = pl.concat([_ratings(study, file, table) for file, table in read])
    made: Nodes = {
        **about(study, tables, partial, synthetic=synthetic),
        "RatedSubject": pl.concat([_subjects(study, f, t) for f, t in read]),
        "ExposureRating": nodes("ExposureRating", rated, study=study.id),
        "JoinCount": _blanks(study, read),
    }
    edges = _edges(study, made, rated)
    content = fingerprint(made, edges)
    made["Study"] = made["Study"].with_columns(fingerprint=pl.lit(content))
    return Subgraph(
        id=study.id,
        kind=GraphKind.STUDY,
        published=made["Study"].item(0, "published"),
        synthetic=synthetic,
        fingerprint=content,
        nodes=made,
        edges=edges,
    )


def _subjects(study: StudyDescription, file: RatedFile, table: Table) -> pl.DataFrame:
    keyed = table.frame.with_columns(key=_subject(study, file))
    return nodes("RatedSubject", keyed, file=file.name)


def _subject(study: StudyDescription, file: RatedFile) -> pl.Expr:
    return key(f"subject/{study.id}/{file.name}", "line")


def _ratings(study: StudyDescription, file: RatedFile, table: Table) -> pl.DataFrame:
    """Give the ratings of a file, with ``subject``: the key of what they rate."""
    frame = table.frame.with_columns(subject=_subject(study, file))
    return pl.concat([_rating(study, file, frame, rating) for rating in file.ratings])


def _rating(
    study: StudyDescription, file: RatedFile, frame: pl.DataFrame, rating: Rating
) -> pl.DataFrame:
    tail = pl.lit(f"/{rating.rater}/{rating.measure}")
    return frame.filter(pl.col(rating.column).is_not_null()).select(
        (key(f"exposure/{study.id}", file.subject) + tail).alias("key"),
        "subject",
        pl.lit(rating.rater).alias("rater"),
        pl.lit(rating.measure).alias("measure"),
        _column(rating.label, pl.String()).alias("exposureLabel"),
        _column(rating.score, pl.Float64()).alias("score"),
        pl.lit(rating.column).alias("column"),
        pl.lit(file.name).alias("file"),
        "line",
    )


def _column(name: str | None, kind: pl.DataType) -> pl.Expr:
    return pl.col(name) if name else pl.lit(None, kind)


def _blanks(
    study: StudyDescription, read: Iterable[tuple[RatedFile, Table]]
) -> pl.DataFrame:
    """Count the rows that lack a rating."""
    rows = sum(
        table.frame.filter(
            pl.any_horizontal(pl.col(r.column).is_null() for r in file.ratings)
        ).height
        for file, table in read
    )
    return count_table(study.id, {BLANK: rows})


def _edges(study: StudyDescription, made: Nodes, rated: pl.DataFrame) -> Edges:
    owner = pl.lit(f"study/{study.id}")
    held = {
        "HAS_FILE": "SourceFile",
        "HAS_RATER": "Rater",
        "HAS_MEASURE": "Measure",
        "HAS_SUBJECT": "RatedSubject",
    }
    return {
        HAS_RATING: edge_table(rated, pl.col("subject"), pl.col("key")),
        **{
            EdgeKind("Study", name, label): edge_table(
                made[label], owner, pl.col("key")
            )
            for name, label in held.items()
        },
    }
