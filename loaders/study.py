"""Turns the checked files of a described study into the tables of its graph."""

from collections.abc import Collection, Iterable, Mapping

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.stores import GraphKind, Subgraph

from .build import Edges, Nodes, edge_table, key, nodes
from .description import RatedFile, Rating, StudyDescription, describe, described
from .fingerprint import fingerprint
from .mark import is_synthetic
from .own_study import DESCRIPTION, own_study
from .source import Source
from .study_about import about, count_table
from .study_files import read_files
from .study_weights import Weights, read_weights
from .tables import Table

HAS_RATING = EdgeKind("RatedSubject", "HAS_RATING", "ExposureRating")
BLANK = "RATING_BLANK"
"""Why a row has fewer ratings than others: at least one of its cells is empty."""


def read_study(name: str, source: Source, partial: Collection[str] = ()) -> Subgraph:
    """Read a study that is described in ``studies`` or beside its own files.

    ``partial`` is as in ``study_graph``.

    Raises:
        UsageError: it is described nowhere, or ``partial`` names no file of it.
        DataError: a file is missing, or a row is wrong: an unknown label, a score out
            of bounds or not that of its label, something rated twice.

    """
    study = describe(name) if name in described() else own_study(name, source)
    study.check_files(partial)
    return study_graph(study, source, read_files(study, source), partial)


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
    synthetic = study.synthetic or is_synthetic(source)
    read = [(f, tables[f.name]) for f in study.files if f.name in tables]
    rated = pl.concat([_ratings(study, file, table) for file, table in read])
    subjects = pl.concat([_subjects(study, f, t) for f, t in read])
    weights = (
        [read_weights(study, source, study.weights, subjects)] if study.weights else []
    )
    beside = None if study.id in described() else source.files[DESCRIPTION]
    made: Nodes = {
        **about(study, tables, weights, partial, beside=beside, synthetic=synthetic),
        "RatedSubject": subjects,
        "ExposureRating": nodes("ExposureRating", rated, study=study.id),
        "JoinCount": count_table(study.id, _blanks(read)),
    }
    if weights:
        made["SubjectWeight"] = pl.concat([w.nodes for w in weights])
    edges = _edges(study, made, rated, weights)
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
    if "taskType" in keyed.columns:
        keyed = keyed.with_columns(pl.col("taskType").str.to_uppercase())
    kind = pl.lit(file.rates)
    if file.nothing is not None:
        is_nothing = pl.col("statement") == file.nothing
        kind = pl.when(is_nothing).then(pl.lit("NOTHING")).otherwise(kind)
    return nodes("RatedSubject", keyed.with_columns(kind=kind), file=file.name)


def _subject(study: StudyDescription, file: RatedFile) -> pl.Expr:
    return key(f"subject/{study.id}/{file.name}", "line")


def _ratings(study: StudyDescription, file: RatedFile, table: Table) -> pl.DataFrame:
    """Give the ratings of a file, with ``subject``: the key of what they rate."""
    frame = table.frame.with_columns(subject=_subject(study, file))
    return pl.concat([_rating(study, file, frame, rating) for rating in file.ratings])


def _rating(
    study: StudyDescription, file: RatedFile, frame: pl.DataFrame, rating: Rating
) -> pl.DataFrame:
    # A statement is no part of a key: the line is, of the one file that has the rating.
    whose = "line" if file.rates == "STATEMENT" else file.subject
    tail = pl.lit(f"/{rating.rater}/{rating.measure}")
    return frame.filter(pl.col(rating.column).is_not_null()).select(
        (key(f"exposure/{study.id}", whose) + tail).alias("key"),
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


def _blanks(read: Iterable[tuple[RatedFile, Table]]) -> Iterable[tuple[str, str, int]]:
    """Count the rows of each file that lack a rating."""
    for file, table in read:
        blank = pl.any_horizontal(pl.col(r.column).is_null() for r in file.ratings)
        hidden = pl.col("suppressed")
        yield file.name, BLANK, table.frame.filter(blank & ~hidden).height


def _edges(
    study: StudyDescription,
    made: Nodes,
    rated: pl.DataFrame,
    weights: Iterable[Weights],
) -> Edges:
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
        **{kind: table for each in weights for kind, table in each.edges.items()},
    }
