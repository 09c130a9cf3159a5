"""Reads the files of a described study and checks every rating in them."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from workatlas.errors import DataError

from .description import Measure, RatedFile, Rating, StudyDescription
from .source import Source
from .tables import Table, read_table

_IDENTIFY = ("taskId", "code", "statement")
_CODE = r"^\d\d-\d+(\.\d\d)?$"


def read_files(study: StudyDescription, source: Source) -> Mapping[str, Table]:
    """Read and check the study's files, by name; other files are passed over.

    ``taskId`` and the scores are numbers in the frames, everything else is text.

    Raises:
        DataError: a file is missing or wrong; says in which line and column.

    """
    return {file.name: _read(study, file, source) for file in study.files}


def _read(study: StudyDescription, file: RatedFile, source: Source) -> Table:
    sourced = source.files.get(file.name)
    if sourced is None:
        raise DataError(
            "The file is missing.",
            file=file.name,
            todo=f"Give a folder with all files of {study.id}: "
            f"{', '.join(f.name for f in study.files)}.",
        )
    text = read_table(sourced, file.spec)
    text.required(*(name for name in _IDENTIFY if name in file.columns))
    text.refuse(
        text.frame.filter(~pl.col("code").str.contains(_CODE)),
        "code",
        "{code} is not an occupation code like 11-1011.00.",
    )
    for rating in file.ratings:
        _check_label(text, rating, study.measure(rating.measure))
    table = _with_numbers(text, study, file).unique(file.subject)
    for rating in file.ratings:
        _check_score(table, rating, study.measure(rating.measure))
    return table


def _check_label(table: Table, rating: Rating, measure: Measure) -> None:
    if rating.label:
        known = measure.names
        table.among(rating.label, pl.Series(known), f"one of {', '.join(known)}")


def _with_numbers(table: Table, study: StudyDescription, file: RatedFile) -> Table:
    numbers: list[pl.Series] = []
    if "taskId" in file.columns:
        numbers.append(table.numbers("taskId", minimum=1, whole=True))
    for rating in file.ratings:
        if rating.score:
            bounds = study.measure(rating.measure)
            numbers.append(
                table.numbers(
                    rating.score, minimum=bounds.minimum, maximum=bounds.maximum
                )
            )
    return replace(table, frame=table.frame.with_columns(numbers))


def _check_score(table: Table, rating: Rating, measure: Measure) -> None:
    """Refuse a score that is not the one of the label that it stands for."""
    label = rating.label or rating.of
    if rating.score is None or label is None:
        return
    score, expected = (
        table.frame[rating.score],
        table.frame[label].replace_strict(
            measure.scores, default=None, return_dtype=pl.Float64
        ),
    )
    table.refuse(
        table.frame.filter(score.is_not_null() & score.ne_missing(expected)),
        rating.score,
        f"{{{rating.score}}} is not {measure.formula} for {{{label}}} in {label}.",
    )
