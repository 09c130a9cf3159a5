"""Figures of a task, made of the rows of its ratings."""

from operator import attrgetter

from .figure import FREQUENCY, FrequencyFigure, RatedFigure
from .quick import quick
from .rows import CategoryRow, RatingRow, SourceFileRow

_rated = quick(RatedFigure)
_frequency = quick(FrequencyFigure)
_by_number = attrgetter("category")


def rated_figure(
    task_key: str,
    scale: str,
    value: float | None,
    rows: list[RatingRow],
    files: list[SourceFileRow],
) -> RatedFigure:
    """Give the figure of a scale without categories; without rows, its value alone."""
    found = [r for r in rows if r.scale == scale]
    return _rated(
        task_key=task_key,
        scale_id=scale,
        value=value,
        row=found[0] if found else None,
        files=files,
    )


def frequencies(
    task_key: str,
    rows: list[RatingRow],
    categories: list[CategoryRow],
    files: list[SourceFileRow],
) -> list[FrequencyFigure]:
    """Give a figure for each category of frequency, missing ones with the reason."""
    found = {r.category: r for r in rows if r.scale == FREQUENCY}
    return [
        _frequency(
            task_key=task_key,
            scale_id=FREQUENCY,
            value=_value(found.get(c.category)),
            row=found.get(c.category),
            files=files,
            category=c.category,
            label=c.meaning,
        )
        for c in sorted(categories, key=_by_number)
    ]


def _value(row: RatingRow | None) -> float | None:
    return None if row is None else row.value
