"""Which occupations are related: those of its own field of work, and some of others."""

from collections.abc import Iterator, Mapping, Sequence

from .dice import Dice
from .occupations import Occupation

TIERS = (("Primary-Short", 5), ("Primary-Long", 10), ("Supplemental", 20))
"""The tiers, each with the last index that is in it."""

_MOST = TIERS[-1][1]
_NEAR = 0.55
"""Part of the related occupations of O*NET 29.2 in the same major group."""


def relate(
    occupations: Sequence[Occupation], seed: int
) -> Mapping[str, Sequence[Occupation]]:
    """Give the related ones of each occupation by its code, the closest first.

    There are 20, or as many as there are. An only occupation is related to itself: a
    file has rows.
    """
    dice = Dice(seed, "related")
    return {
        one.code: list(
            _related([o for o in occupations if o is not one] or [one], one, dice)
        )
        for one in occupations
    }


def _related(
    others: Sequence[Occupation], one: Occupation, dice: Dice
) -> Iterator[Occupation]:
    near = [other for other in others if other.field is one.field]
    far = [other for other in others if other.field is not one.field]
    for _ in range(min(_MOST, len(others))):
        some = near if near and (not far or dice.chance(_NEAR)) else far
        yield some.pop(dice.below(len(some)))


def tier_of(index: int) -> str:
    """Give the tier of an index, from 1 to 20."""
    return next(tier for tier, last in TIERS if index <= last)
