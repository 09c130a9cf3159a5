"""How an assistant is used for activities: by its users, and by what it does itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .dice import Dice, added
from .hierarchy import Intermediate
from .sizes import Sizes

_THRESHOLD = 0.0005
"""An activity counts as one that the assistant is used for above this share."""

_NO_FEEDBACK = 0.03
"""Part of the used activities of which no user said whether they were content."""

_LEAST = 0.00001
"""What the least used activities have of what the most used one has, about."""

_ENOUGH = 3
"""Fewer activities than this are all rated, and under the release's titles."""


@dataclass(frozen=True)
class Activity:
    """An intermediate activity as the study has it."""

    id: str
    title: str


@dataclass(frozen=True)
class Usage:
    """What one side's conversations about an activity say; None where none do."""

    share: float
    completion: float | None
    impact: float | None
    feedback: float | None

    @property
    def covered(self) -> float:
        """1 above the threshold, else 0."""
        return float(self.share > _THRESHOLD)

    @property
    def applicability(self) -> float:
        """Completion times scope of impact above the threshold, else 0."""
        return (self.completion or 0.0) * (self.impact or 0.0) * self.covered


def rated_activities(
    iwas: Sequence[Intermediate], rarest: Intermediate, dice: Dice
) -> Sequence[Activity]:
    """Give the activities of a study, by identifier: all but the rarest.

    One has another title than in the release, and one the release does not have.
    """
    known = [Activity(one.id, one.title) for one in iwas]
    if len(known) >= _ENOUGH:
        known = [one for one in known if one.id != rarest.id]
        place = dice.below(len(known))
        title = f"{known[place].title[:-1]}, in general."
        known[place] = replace(known[place], title=title)
    gwa = dice.pick(iwas).gwa
    former = Activity(f"{gwa.id}.I99", f"{gwa.name}, formerly.")
    return sorted([*known, former], key=lambda one: one.id)


def use(
    count: int, steepness: int, unused: int, sizes: Sizes, dice: Dice
) -> Sequence[Usage]:
    """Make up one side's usage of so many activities; shares sum to 1.

    The steeper, the more conversations are about few of them. ``unused`` says how many
    of a full release are not used at all; of several at least one.
    """
    heights = [_height(dice.fraction(), steepness) for _ in range(count)]
    for place in dice.some(range(count), min(count - 1, max(1, sizes.share(unused)))):
        heights[place] = 0.0
    total = added(heights)
    return [_usage(height / total, dice) for height in heights]


def _height(chance: float, steepness: int) -> float:
    """Raise a chance to a power; nothing that is used is as good as unused."""
    height = 1.0
    for _ in range(steepness):
        height *= chance
    return height + _LEAST * chance


def _usage(share: float, dice: Dice) -> Usage:
    if not share:
        return Usage(share, None, None, None)
    return Usage(
        share,
        completion=dice.between(0.5, 1),
        impact=dice.between(0.05, 0.8),
        feedback=None if dice.chance(_NO_FEEDBACK) else dice.between(0.3, 0.9),
    )
