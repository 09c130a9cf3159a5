"""Ratings of one task: importance, relevance, and how often it is done.

Occupational experts are simply counted, so their figures are those of whole people;
incumbents are a weighted sample, with standard errors and confidence bounds.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

from .dice import Dice

EXPERT, INCUMBENT, ANALYST = "Occupational Expert", "Incumbent", "Analyst"
"""Domain sources; nobody was asked about what an analyst wrote."""

_Z = 1.96
"""Standard errors on either side of a bound of 95 percent confidence."""

_WHOLE = 10_000
_CORE_RELEVANCE, _CORE_IMPORTANCE = 6700, 300
"""In hundredths: at least 67 percent and 3.0 make a task a core task."""

_FEW, _LOOSE_PERCENT, _LOOSE_MEAN = 10, 15.0, 0.51
"""Fewer people than this, or a larger standard error: suppression is recommended."""

_CATEGORIES = 7
_UNDER, _OVER = 2, 1
"""Percentages by category sum to 99.98 to 100.01: so far off in hundredths."""


@dataclass(frozen=True)
class Survey:
    """When (``MM/YYYY``) and by whom a task was rated.

    ``responding`` is how many people answered, 0 if nobody was asked: not rated then.
    """

    date: str
    source: str
    responding: int


@dataclass(frozen=True, slots=True)
class Rating:
    """A row of ratings, its figures as they are written; None where there is none."""

    scale: str
    category: str | None
    value: str
    n: str
    standard_error: str | None
    lower: str | None
    upper: str | None
    suppress: str | None


@dataclass(frozen=True)
class Rated:
    """The ratings of a task; none of them and no type if nobody was asked."""

    rows: Sequence[Rating]
    type: str | None
    importance: int
    """Hundredths, 0 if there is none: tasks are listed by it."""


UNRATED = Rated((), None, 0)
"""What a task has that nobody was asked about."""


class _Figure(NamedTuple):
    """A value in hundredths, from ``n`` people."""

    scale: str
    category: int | None
    value: int
    n: int


def rate(survey: Survey, dice: Dice) -> Rated:
    """Make up what the people of a survey say about a task."""
    counted = survey.source == EXPERT
    *frequency, importance, relevance = _figures(
        survey.responding, dice, counted=counted
    )
    rows = [
        _expert_row(figure) if counted else _incumbent_row(figure, dice)
        for figure in (*frequency, importance, relevance)
    ]
    core = relevance.value >= _CORE_RELEVANCE and importance.value >= _CORE_IMPORTANCE
    return Rated(rows, "Core" if core else "Supplemental", importance.value)


def _figures(responding: int, dice: Dice, *, counted: bool) -> Sequence[_Figure]:
    chance = dice.fraction()
    doubt = chance * chance * chance * chance
    relevant = max(3, _rounded((1 - 0.9 * doubt) * responding))
    share = relevant / responding
    rating, telling = (relevant - dice.below(min(4, relevant - 2)) for _ in range(2))
    points = min(5.0, max(1.0, 2.4 + 1.6 * share + 0.5 * dice.bell())) * rating
    mean = _rounded(100 * (int(points + 0.5) if counted else points) / rating)
    shares = _frequencies(telling, dice, counted=counted)
    return [
        *(_Figure("FT", at, value, telling) for at, value in enumerate(shares, 1)),
        _Figure("IM", None, mean, rating),
        _Figure("RT", None, _percent(share, dice, counted=counted), responding),
    ]


def _percent(share: float, dice: Dice, *, counted: bool) -> int:
    """Give the hundredths of a percent of a share of people, weighted or counted."""
    even = counted or share == 1
    return _rounded(_WHOLE * (share if even else share * dice.between(0.9, 1)))


def _frequencies(people: int, dice: Dice, *, counted: bool) -> Sequence[int]:
    """Spread people over the categories; give hundredths of a percent for each."""
    centre, tail = dice.between(-0.4, 6.4), dice.between(0.3, 3)
    spread = [
        dice.between(0.4, 1) / (1 + (at - centre) * (at - centre) * tail)
        for at in range(_CATEGORIES)
    ]
    reached = list(accumulate(spread))
    until = [0, *(_rounded(people * part / reached[-1]) for part in reached)]
    weights = [
        (end - start) * (1 if counted else dice.between(0.6, 1.4))
        for start, end in pairwise(until)
    ]
    *_, total = accumulate(weights)
    values = [_rounded(_WHOLE * weight / total) for weight in weights]
    # Rounded one by one they need not add up; more than 0.02 off is not published.
    off = sum(values) - _WHOLE
    values[values.index(max(values))] -= off - min(_OVER, max(-_UNDER, off))
    return values


def _expert_row(figure: _Figure) -> Rating:
    return _row(figure, None, None, None)


def _incumbent_row(figure: _Figure, dice: Dice) -> Rating:
    error, bounds = _precision(figure, dice)
    loose = _LOOSE_MEAN if figure.scale == "IM" else _LOOSE_PERCENT
    suppress = "Y" if figure.n < _FEW or error > loose else "N"
    return _row(figure, error, bounds, suppress)


def _row(
    figure: _Figure,
    error: float | None,
    bounds: tuple[float, float] | None,
    suppress: str | None,
) -> Rating:
    return Rating(
        scale=figure.scale,
        category=None if figure.category is None else str(figure.category),
        value=f"{figure.value // 100}.{figure.value % 100:02}",
        n=str(figure.n),
        standard_error=None if error is None else f"{error:.4f}",
        lower=None if bounds is None else f"{bounds[0]:.4f}",
        upper=None if bounds is None else f"{bounds[1]:.4f}",
        suppress=suppress,
    )


def _precision(figure: _Figure, dice: Dice) -> tuple[float, tuple[float, float] | None]:
    """Give standard error and bounds; where all agree 0 and no bounds."""
    low, high = (100, 500) if figure.scale == "IM" else (0, _WHOLE)
    below, above = (figure.value - low) / 100, (high - figure.value) / 100
    if not (below and above):
        return 0.0, None
    design = dice.between(1, 1.8)
    if figure.scale == "IM":
        # Answers lie a little closer together than all at both ends of the scale.
        error = design * 0.6 * math.sqrt(below * above / figure.n)
        mean = figure.value / 100
        return error, (max(1.0, mean - _Z * error), min(5.0, mean + _Z * error))
    return design * math.sqrt(below * above / figure.n), _wilson(
        below / 100, figure.n / (design * design)
    )


def _wilson(share: float, people: float) -> tuple[float, float]:
    """Give Wilson's bounds of a share, in percent: inside of 0 to 100, and lopsided."""
    square = _Z * _Z / people
    middle = (share + square / 2) / (1 + square)
    reach = math.sqrt(square * share * (1 - share) + square * square / 4) / (1 + square)
    return 100 * (middle - reach), 100 * (middle + reach)


def _rounded(number: float) -> int:
    return int(number + 0.5)
