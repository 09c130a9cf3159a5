"""Whether a figure of a release was observed anew, or is carried over from an older."""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

import strawberry

from .member import member


@strawberry.enum(
    description="Whether a release's figure is a new observation. Told by the date of "
    "the survey and the value alone, in comparison with the last release before that "
    "has a figure."
)
class Observation(Enum):
    """What a figure is beside the one before it."""

    FIRST = member(
        "FIRST",
        "The first figure here; whether an older release that is not published here "
        "has it too is not known.",
    )
    NEW = member("NEW", "A new observation: the survey has another date.")
    CARRIED_OVER = member(
        "CARRIED_OVER",
        "No new observation: the survey has the same date, and the value is the same.",
    )
    CORRECTED = member(
        "CORRECTED",
        "No new observation: the survey has the same date, and the value is another "
        "one.",
    )
    UNDATED = member(
        "UNDATED", "Not known: this figure or the one before it has no date of survey."
    )


class Figured(NamedTuple):
    """The value of a release's figure and the date of its survey."""

    value: float
    surveyed: str | None


def observed(figures: Iterable[Figured | None]) -> Iterator[Observation | None]:
    """Say what each figure is beside the last one before it; None where there is none.

    The oldest comes first.
    """
    last: Figured | None = None
    for figure in figures:
        if figure is None:
            yield None
            continue
        yield _beside(figure, last)
        last = figure


def _beside(figure: Figured, last: Figured | None) -> Observation:
    if last is None:
        return Observation.FIRST
    if figure.surveyed is None or last.surveyed is None:
        return Observation.UNDATED
    if figure.surveyed != last.surveyed:
        return Observation.NEW
    is_same = figure.value == last.value
    return Observation.CARRIED_OVER if is_same else Observation.CORRECTED
