"""Sentences: one or more activities, then a circumstance, then a purpose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .dice import Dice
from .hierarchy import Detailed
from .sizes import Sizes
from .vocabulary import Field, Vocabulary

_LINKS = (301, 14397, 3466, 625, 6, 3)
"""How many tasks of O*NET 29.2 have 0, 1, 2, ... detailed activities."""

_SPOKEN = 3
"""Of more activities than this only the first are named in the statement."""

_SHAPES = ("{what} {how} {why}.", "{what} {why}.", "{what} {how}.")
_OFTEN = (20, 8, 4)
"""The shapes of a sentence, and how often each occurs."""

_ALTERNATIVE = 0.2
"""How often a second noun is named beside the first."""

_SMALL = 0.5
_NEEDED = ", as needed."
"""How often a statement in other words only gains or loses these."""


@dataclass(frozen=True)
class Draft:
    """What a task says, the kind of thing it is mainly about, and its activities."""

    statement: str
    kind: str
    activities: Sequence[Detailed]


class Author:
    """Writes statements, none twice."""

    def __init__(
        self,
        words: Vocabulary,
        sizes: Sizes,
        dice: Dice,
        taken: Iterable[str] = (),
    ) -> None:
        """Start with the statements that are ``taken``, which are written elsewhere."""
        self._kinds = words.kinds
        # In a small release every task has an activity.
        self._links = (sizes.share(_LINKS[0]) and _LINKS[0], *_LINKS[1:])
        self._dice = dice
        self._taken = set(taken)

    def draft(
        self, field: Field, some: Sequence[Detailed], *, quoting: bool = False
    ) -> Draft:
        """Write a statement about some of a sequence of activities, first ones rather.

        ``quoting`` asks for words in double quotes. Of a few tasks no activity is
        recorded, though the statement names one.
        """
        count = self._dice.weighted(self._links)
        chosen: dict[str, Detailed] = {}
        while len(chosen) < min(max(1, count), len(some)):
            place = min(self._dice.below(len(some)), self._dice.below(len(some)))
            chosen.setdefault(some[place].id, some[place])
        activities = list(chosen.values())
        return Draft(
            statement=self._statement(field, activities[:_SPOKEN], quoting=quoting),
            kind=activities[0].iwa.kind,
            activities=activities[:count],
        )

    def again(self, field: Field, draft: Draft) -> Draft:
        """Write a draft in other words, about the same activities."""
        said = draft.activities[:_SPOKEN]
        if said and not self._dice.chance(_SMALL):
            text = self._statement(field, said, quoting=False)
        else:
            text = other_words(draft.statement)
        return replace(draft, statement=text)

    def _statement(
        self, field: Field, activities: Sequence[Detailed], *, quoting: bool
    ) -> str:
        while True:
            text = self._sentence(field, activities, quoting=quoting)
            if text not in self._taken:
                self._taken.add(text)
                return text

    def _sentence(
        self, field: Field, activities: Sequence[Detailed], *, quoting: bool
    ) -> str:
        shape = _SHAPES[0 if quoting else self._dice.weighted(_OFTEN)]
        # Circumstance and purpose are read with the phrase that they follow.
        last = activities[-1].iwa
        kind = self._kinds[last.kind]
        return shape.format(
            what=_joined([self._phrase(field, a) for a in activities]),
            how=self._dice.pick(kind.quoted if quoting else kind.circumstances),
            why=self._dice.pick(last.gwa.purposes),
        )

    def _phrase(self, field: Field, activity: Detailed) -> str:
        nouns = field.nouns[activity.iwa.kind]
        noun = activity.noun or self._dice.pick(nouns)
        other = self._dice.pick(nouns)
        if other != noun and self._dice.chance(_ALTERNATIVE):
            noun = f"{noun} or {other}"
        return f"{activity.iwa.verb} {noun}"


def other_words(statement: str) -> str:
    """Give a statement with a little more at its end, or without it if it is there."""
    shorter = statement.removesuffix(_NEEDED)
    return f"{statement[:-1]}{_NEEDED}" if shorter == statement else f"{shorter}."


def _joined(phrases: Sequence[str]) -> str:
    """Join phrases to one sentence that begins with a capital and has no other."""
    first, *others = phrases
    rest = [other[0].lower() + other[1:] for other in others]
    if len(rest) > 1:
        return f"{', '.join([first, *rest[:-1]])}, and {rest[-1]}"
    return " and ".join([first, *rest])
