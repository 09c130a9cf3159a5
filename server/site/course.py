"""A task over all releases: what each has of it, in words and as points of a plot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from .render import month

Data = Mapping[str, Any]
_WIDTH, _HEIGHT, _EDGE = 640, 160, 14
"""Of the plot, in units of its own; points keep off its edge."""
_CHANGED = {
    "FIRST": "the first release here that has it",
    "ADDED": "new",
    "RETURNED": "back again",
    "REWORDED": "reworded",
    "MOVED": "moved to another occupation",
    "TYPE_CHANGED": "of another type",
    "REMOVED": "not in it any more",
    "ABSENT": "not in it",
}
_OBSERVED = {
    "FIRST": "first figure here",
    "NEW": "new survey",
    "CARRIED_OVER": "carried over, no new survey",
    "CORRECTED": "corrected, no new survey",
    "UNDATED": "survey not dated",
}


@dataclass(frozen=True)
class Point:
    """A figure in the plot; ``low`` and ``high`` are its bounds, if it has any."""

    x: float
    y: float
    low: float | None
    high: float | None
    observation: str


@dataclass(frozen=True)
class Stop:
    """What one release has of the task; no statement where it is that of the page."""

    version: Data
    figured: Data
    changed: str
    observed: str
    statement: str | None


@dataclass(frozen=True)
class Course:
    """The releases, the oldest first; the plot's points, and the lines between them."""

    stops: Sequence[Stop]
    points: Sequence[Point]
    lines: Sequence[tuple[Point, Point]]
    width: int = _WIDTH
    height: int = _HEIGHT


def course_of(task: Data) -> Course | None:
    """Give the course of a task; None with one release, which has none."""
    versions, figures = task["history"], task["trend"]["points"]
    if len(versions) == 1:
        return None
    stops = [
        _stop(version, figured, task["statement"])
        for version, figured in zip(versions, figures, strict=True)
    ]
    placed = [
        _point(stop.figured, number / (len(stops) - 1))
        for number, stop in enumerate(stops)
    ]
    return Course(
        stops,
        [point for point in placed if point is not None],
        # A line across a release without a figure would make one up.
        [(a, b) for a, b in pairwise(placed) if a is not None and b is not None],
    )


def _stop(version: Data, figured: Data, statement: str) -> Stop:
    said = version["task"] and version["task"]["statement"]
    return Stop(
        version,
        figured,
        _sentence(", ".join(_CHANGED[change] for change in version["changes"])),
        _sentence(_observed(figured)),
        None if said == statement else said,
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _observed(figured: Data) -> str:
    if figured["observation"] is None:
        return ""
    words, surveyed = _OBSERVED[figured["observation"]], figured["figure"]["surveyed"]
    return f"{words}, {month(surveyed)}" if surveyed else words


def _point(figured: Data, across: float) -> Point | None:
    if figured["missing"] is not None:
        return None
    figure = figured["figure"]
    scale, low, high = figure["scale"], figure["lowerBound"], figure["upperBound"]
    return Point(
        round(_EDGE + across * (_WIDTH - 2 * _EDGE), 2),
        _up(figure["value"], scale),
        None if low is None else _up(low, scale),
        None if high is None else _up(high, scale),
        figured["observation"],
    )


def _up(value: float, scale: Data) -> float:
    """Give how high a value stands, counted from the top."""
    low, high = float(scale["minimum"]), float(scale["maximum"])
    share = (value - low) / (high - low)
    return round(_HEIGHT - _EDGE - share * (_HEIGHT - 2 * _EDGE), 2)
