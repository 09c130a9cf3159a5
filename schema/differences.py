"""How one release differs from another: what changed of each node, found once."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from .change_enums import ReleaseChange
from .change_states import Matched, Pair, States

OWN = (ReleaseChange.REWORDED, ReleaseChange.MOVED, ReleaseChange.TYPE_CHANGED)
"""Changes of a node's own facts, which what is in both releases is counted by."""
_KEPT = 4
"""How many comparisons of a process are kept, of 5 MB or less each."""
_Changes = tuple[ReleaseChange, ...]


@dataclass(frozen=True, eq=False)
class Differences:
    """What changed of each node; ``pairs`` and ``changes`` are in order of names."""

    sides: tuple[States, States]
    pairs: Sequence[Pair]
    changes: Sequence[_Changes]

    @cached_property
    def of(self) -> Mapping[ReleaseChange, Sequence[int]]:
        """The places in ``pairs`` of what changed in each way."""
        found: dict[ReleaseChange, list[int]] = {each: [] for each in ReleaseChange}
        for place, changes in enumerate(self.changes):
            for change in changes:
                found[change].append(place)
        return found

    @cached_property
    def combinations(self) -> Counter[_Changes]:
        """How many of what both releases have changed in just these own ways."""
        return Counter(
            tuple(change for change in changes if change in OWN)
            for pair, changes in zip(self.pairs, self.changes, strict=True)
            if None not in pair
        )


@lru_cache(maxsize=_KEPT)
def differences(start: States, end: States) -> Differences:
    """Compare two releases."""
    pairs = sorted(start.pairs(end), key=_newest)
    matched = {one: two for one, two in pairs if one is not None and two is not None}
    changes = [tuple(_changes(start, end, pair, matched)) for pair in pairs]
    return Differences((start, end), pairs, changes)


def _newest(pair: Pair) -> Any:
    """Give the name in the second release, or else in the first."""
    first, second = pair
    return first if second is None else second


def _changes(
    start: States, end: States, pair: Pair, matched: Matched
) -> Iterator[ReleaseChange]:
    first, second = pair
    if first is None:
        yield ReleaseChange.ADDED
    elif second is None:
        yield ReleaseChange.REMOVED
    else:
        one, two = start.rows[first], end.rows[second]
        if one != two:
            tests = start.tests.items()
            yield from (change for change, test in tests if test(one, two, matched))
