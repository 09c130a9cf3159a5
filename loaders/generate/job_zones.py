"""Which occupation is in which job zone, since when, and who said so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .dice import Dice
from .occupations import Occupation
from .ratings import ANALYST

_ZONES = (31, 295, 219, 224, 154)
"""How many occupations of O*NET 29.2 are in each job zone, from 1 to 5."""

_YEARS = range(2018, 2025)
_PRELIMINARY = 43 / 923
"""Part of the job zones of O*NET 29.2 that are preliminary."""


@dataclass(frozen=True)
class Assigned:
    """A job zone, from 1 to 5, with its date ``MM/YYYY`` and its domain source."""

    zone: int
    date: str
    source: str


def assign(occupations: Sequence[Occupation], seed: int) -> Mapping[str, Assigned]:
    """Put each occupation into a job zone; by code."""
    dice = Dice(seed, "job zones")
    return {
        one.code: Assigned(
            zone=1 + dice.weighted(_ZONES),
            date=f"08/{dice.pick(_YEARS)}",
            source=f"{ANALYST} - Preliminary" if dice.chance(_PRELIMINARY) else ANALYST,
        )
        for one in occupations
    }
