"""Scores in the form of AI Occupational Exposure: z-scores by six digits."""

import math
from collections.abc import Mapping, Sequence

from .delimited import Written
from .dice import Dice, added
from .sizes import Sizes
from .soc import by_six_digits, listed
from .workbook import workbook
from .world import World

_UNLISTED, _FORMER = 60, 12
"""Of a full release: occupations of six digits without a score, and scores of those
that it does not have."""

_HEADER = ("SOC Code", "Occupation Title", "AIOE")


def aioe_files(world: World, sizes: Sizes, seed: int) -> Mapping[str, Written]:
    """Write the workbook, by name of the file."""
    dice = Dice(seed, "aioe")
    known = by_six_digits(world.occupations)
    rated = listed(known, _UNLISTED, _FORMER, sizes, dice)
    scores = standardized([dice.bell() for _ in rated])
    rows = [(one.code, one.title, z) for one, z in zip(rated, scores, strict=True)]
    return {"AIOE_DataAppendix.xlsx": workbook("Appendix A", [_HEADER, *rows])}


def standardized(values: Sequence[float]) -> Sequence[float]:
    """Shift and stretch different values to mean 0 and standard deviation 1."""
    mean = added(values) / len(values)
    apart = [value - mean for value in values]
    deviation = math.sqrt(added(one * one for one in apart) / len(values))
    return [one / deviation for one in apart]
