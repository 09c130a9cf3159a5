"""Reads the files of a described study and checks every rating in them."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from workatlas.errors import DataError

from .description import Measure, RatedFile, Rating, StudyDescription
from .source import Source, SourcedFile
from .tables import Table, read_table

_CODE = (r"^\d\d-\d+\.\d\d$", "an occupation code like 11-1011.00")
_SOC_CODE = (r"^\d\d-\d{4}$", "an occupation code like 11-1011")
_ELEMENT = (r"^\d\.[A-Z](\.\w+)+$", "an activity's identifier like 4.A.1.a.1")


def read_files(study: StudyDescription, source: Source) -> Mapping[str, Table]:
    """Read and check the study's files, by name; other files are passed over.

    ``taskId`` and the scores are numbers in the frames, everything else is text. A file
    that is optional and absent is left out.

    Raises:
        DataError: a file is missing or wrong; says in which line and column.

    """
    return {
        file.name: _read(study, file, sourced(study, source, file.name))
        for file in study.files
        if file.name in source.files or not file.optional
    }


def sourced(study: StudyDescription, source: Source, name: str) -> SourcedFile:
    """Give a file of the source.

    Raises:
        DataError: it is missing.

    """
    found = source.files.get(name)
    if found is None:
        optional = {file.name for file in study.files if file.optional}
        names = [name for name in study.names if name not in optional]
        raise DataError(
            "The file is missing.",
            file=name,
            todo=f"Give a folder with all files of {study.id}: {', '.join(names)}.",
        )
    return found


def _read(study: StudyDescription, file: RatedFile, found: SourcedFile) -> Table:
    text = read_table(found, file.spec)
    text.required(*file.needs)
    code = _SOC_CODE if file.rates == "SOC_OCCUPATION" else _CODE
    for name, (form, what) in {"code": code, "elementId": _ELEMENT}.items():
        if name in file.columns:
            wrong = text.frame.filter(~pl.col(name).str.contains(form))
            text.refuse(wrong, name, f"{{{name}}} is not {what}.")
    for rating in file.ratings:
        _check_label(text, rating, study.measure(rating.measure))
    table = _with_numbers(text, study, file).unique(file.subject)
    for rating in file.ratings:
        _check_score(table, rating, study.measure(rating.measure))
    return _without_placeholders(table, file)


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


def _without_placeholders(table: Table, file: RatedFile) -> Table:
    """Take away what stands in place of figures that the publisher suppressed.

    Raises:
        DataError: it is another figure than 0.

    """
    rule = file.suppressed
    if rule is None:
        return table.typed(suppressed=pl.lit(value=False))
    hidden = pl.col(rule.column).eq_missing(pl.lit(rule.value))
    for name in rule.hides:
        table.refuse(
            table.frame.filter(hidden & (pl.col(name) != 0)),
            name,
            f"{{{name}}} is a figure, and {rule.column} says that it is suppressed.",
        )
    return table.typed(
        suppressed=hidden,
        **{name: pl.when(~hidden).then(pl.col(name)) for name in rule.hides},
    )
