"""Reads how much each activity counts in an occupation, as a study weighs it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.errors import DataError

from .build import Edges, edge_table, nodes
from .delimited import read_cells
from .description import StudyDescription, WeightFile
from .source import Source
from .study_files import sourced
from .tables import Table, TableSpec, read_table

HAS_WEIGHT = EdgeKind("RatedSubject", "HAS_WEIGHT", "SubjectWeight")
WEIGHS = EdgeKind("SubjectWeight", "WEIGHS", "RatedSubject")


@dataclass(frozen=True)
class Weights:
    """The weights of a file, with what has them and what is weighed."""

    file: WeightFile
    table: Table
    nodes: pl.DataFrame
    edges: Edges


def read_weights(
    study: StudyDescription, source: Source, file: WeightFile, subjects: pl.DataFrame
) -> Weights:
    """Read a matrix whose rows are occupations and whose columns are activities.

    A cell of 0 is no weight. ``subjects`` are the rows of the study's other files.

    Raises:
        DataError: the file is missing; a cell is no number of at least 0; an occupation
            or an activity is not rated by the study.

    """
    found = sourced(study, source, file.name)
    header = read_cells(found, ",", quoted=True).header
    names = [name for name in header if name != file.code]
    columns = {"code": file.code, **dict(zip(names, names, strict=True))}
    spec = TableSpec(columns, separator=",", quoted=True, null_tokens=[""])
    table = read_table(found, spec).required("code").unique("code")
    coded = _first(subjects, "code", "SOC_OCCUPATION")
    known = _first(subjects, "elementId", "ACTIVITY")
    table.among("code", coded["code"], "an occupation that the study rates")
    _check_activities(names, known["elementId"], table)
    numbers = [table.numbers(name, minimum=0) for name in names]
    long = (
        table.frame.with_columns(numbers)
        .unpivot(names, index=["code", "line"], variable_name="elementId")
        .filter(pl.col("value") > 0)
        .with_columns(column=pl.col("elementId"))
    )
    keyed = long.with_columns(
        key=pl.format(f"weight/{study.id}/{{}}/{{}}", "code", "elementId"),
        weight=pl.col("value"),
    )
    ends = keyed.join(coded, on="code", how="left", maintain_order="left").join(
        known, on="elementId", how="left", maintain_order="left"
    )
    return Weights(
        file,
        table,
        nodes("SubjectWeight", keyed, file=file.name),
        {
            HAS_WEIGHT: edge_table(ends, pl.col("of code"), pl.col("key")),
            WEIGHS: edge_table(ends, pl.col("key"), pl.col("of elementId")),
        },
    )


def _check_activities(
    names: Iterable[str], known: Collection[str], table: Table
) -> None:
    """Refuse a column of the header that is no activity of the study."""
    for name in names:
        if name not in known:
            raise DataError(
                f"{name} is not an activity that the study rates.",
                file=table.file.name,
                line=1,
                column=name,
                todo="Compare the file with the publisher's; it belongs to the others.",
            )


def _first(subjects: pl.DataFrame, name: str, kind: str) -> pl.DataFrame:
    """Give the first row about each thing of a kind, by file and line."""
    chosen = subjects.filter(pl.col("kind") == kind)
    return chosen.unique(name, keep="first", maintain_order=True).select(
        name, pl.col("key").alias(f"of {name}")
    )
