"""Occupations by the six digits of their codes, as studies of other classifications."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from .dice import Dice
from .occupations import Occupation
from .sizes import Sizes

_DIGITS = 7
"""Of a code of six digits, with the hyphen: 11-1011 in 11-1011.00."""

_FORMER = "9"
"""A minor group in which no release has occupations."""


@dataclass(frozen=True)
class Soc:
    """An occupation of six digits; ``below`` is how many a release has for it."""

    code: str
    title: str
    below: int


def six_digits(code: str) -> str:
    """Give the six digits of an occupation's code."""
    return code[:_DIGITS]


def by_six_digits(occupations: Sequence[Occupation]) -> Sequence[Soc]:
    """Put together the occupations of a release, by code, under their six digits."""
    groups = [
        (code, list(group))
        for code, group in groupby(occupations, lambda one: six_digits(one.code))
    ]
    return [Soc(code, some[0].title, len(some)) for code, some in groups]


def listed(
    known: Sequence[Soc], unlisted: int, former: int, sizes: Sizes, dice: Dice
) -> Sequence[Soc]:
    """Give what a study lists: not all, and some that are no longer there; by code.

    ``unlisted`` and ``former`` say how many, of a full release; of more than one
    occupation at least one is not listed, and one is no longer there.
    """
    out = min(len(known) - 1, max(1, sizes.share(unlisted)))
    left = sorted(dice.some(range(len(known)), len(known) - out))
    kept = [known[place] for place in left]
    gone = (
        Soc(f"{one.code[:2]}-{_FORMER}{number:02}1", f"{one.title}, Former", 0)
        for number, one in enumerate(
            dice.pick(kept) for _ in range(max(1, sizes.share(former)))
        )
    )
    return sorted([*kept, *gone], key=lambda one: one.code)
