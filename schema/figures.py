"""Figures of a task, made of the rows of its ratings."""

from .figure import FREQUENCY, RATINGS, FrequencyFigure, RatedFigure
from .rows import CategoryRow, RatingRow, SourceFileRow


def ratings_file(files: list[SourceFileRow]) -> SourceFileRow:
    """Give the file that holds a release's task ratings, or would hold them."""
    return next(f for f in files if f.contents == RATINGS)


def rated_figure(
    task_key: str, scale: str, rows: list[RatingRow], files: list[SourceFileRow]
) -> RatedFigure:
    """Give the figure of a scale without categories."""
    found = [r for r in rows if r.scale == scale]
    return RatedFigure(
        task_key=task_key,
        scale_id=scale,
        row=found[0] if found else None,
        ratings=ratings_file(files),
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
        FrequencyFigure(
            task_key=task_key,
            scale_id=FREQUENCY,
            row=found.get(c.category),
            ratings=ratings_file(files),
            category=c.category,
            label=c.meaning,
        )
        for c in sorted(categories, key=lambda c: c.category)
    ]
