"""The score of an input under a measure: as published, or derived from what is.

Alpha, beta and gamma follow from labels (``DERIVED``). In Working with AI, coverage
follows from shares of conversations, and what is of both sides is the mean of the two.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .exposure import DERIVED, EXPOSURE

SHARE, COVERAGE, FLOOR = "share", "coverage", 0.0005
"""An activity is covered whose share of conversations is above the floor (Tomlinson et
al., arXiv 2507.07935)."""
BOTH, SIDES = "both", ("user", "ai")


class Names(NamedTuple):
    """Whose figure it is, and of what."""

    rater: str
    measure: str


class Said(NamedTuple):
    """What a rater says: a label, a score, or both."""

    label: str | None
    score: float | None


class Scored(NamedTuple):
    """A score, what it is made of, and how if it is derived.

    Without a score there is a label alone.
    """

    score: float | None
    of: tuple[Names, ...]
    method: str | None = None


def score_of(asked: Names, said: Mapping[Names, Said]) -> Scored | None:
    """Give the score of an input under a measure; None if nothing is said of it."""
    own = _of_one(asked, said)
    if own is not None or asked.rater != BOTH:
        return own
    sides = [_of_one(Names(side, asked.measure), said) for side in SIDES]
    found = [side for side in sides if side is not None and side.score is not None]
    if len(found) < len(sides):
        return None
    score = sum(side.score or 0.0 for side in found) / len(found)
    of = tuple(names for side in found for names in side.of)
    method = f"the mean of {' and '.join(SIDES)}"
    derived = found[0].method
    return Scored(score, of, f"{method} of {derived}" if derived else method)


def _of_one(asked: Names, said: Mapping[Names, Said]) -> Scored | None:
    if asked in said:
        return Scored(said[asked].score, (asked,))
    rater, measure = asked
    labelled = Names(rater, EXPOSURE)
    if measure in DERIVED and labelled in said:
        method, scores = DERIVED[measure]
        return Scored(scores.get(said[labelled].label or ""), (labelled,), method)
    shared = Names(rater, SHARE)
    if measure == COVERAGE and shared in said:
        share = said[shared].score
        covered = None if share is None else float(share > FLOOR)
        return Scored(covered, (shared,), f"coverage = [share > {FLOOR}]")
    return None


def raters_behind(rater: str) -> Iterable[str]:
    """Give the raters whose figures that of one may be made of."""
    return (rater, *SIDES) if rater == BOTH else (rater,)


def measures_behind(measure: str) -> Iterable[str]:
    """Give the measures whose figures that of one may be made of."""
    if measure in DERIVED:
        return (measure, EXPOSURE)
    return (measure, SHARE) if measure == COVERAGE else (measure,)
