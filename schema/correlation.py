"""Rank correlations of pairs of numbers, from whole numbers up to the last division."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import mul

Pairs = Sequence[tuple[float, float]]


def spearman(pairs: Pairs) -> float | None:
    """Give Pearson's correlation of ranks, equal values at the mean of their ranks.

    None where one side says the same of all, or there is but one pair.
    """
    first = _doubled_ranks([one for one, _ in pairs])
    second = _doubled_ranks([two for _, two in pairs])
    count = len(pairs)
    # The mean of doubled ranks is count + 1, whatever the ties are.
    own = [rank - count - 1 for rank in first]
    other = [rank - count - 1 for rank in second]
    both = sum(map(mul, own, other))
    return _ratio(both, sum(r * r for r in own), sum(r * r for r in other))


def kendall(pairs: Pairs) -> float | None:
    """Give Kendall's tau-b: concordant less discordant pairs, for ties made up.

    None where ``spearman`` has none.
    """
    counted = sorted(Counter(pairs).items())
    total = _two_of(len(pairs))
    untied = [
        total - sum(map(_two_of, Counter(pair[side] for pair in pairs).values()))
        for side in (0, 1)
    ]
    return _ratio(_concordance(counted), *untied)


def _ratio(above: int, one: int, two: int) -> float | None:
    """Give ``above / sqrt(one * two)``, which is never beyond 1 for its rounding."""
    if not one * two:
        return None
    return math.copysign(math.sqrt(above * above / (one * two)), above)


def _two_of(count: int) -> int:
    """Tell how many pairs can be made of so many."""
    return count * (count - 1) // 2


def _doubled_ranks(values: Sequence[float]) -> list[int]:
    """Give twice the rank of each value, so that a mean of ranks is a whole number."""
    ranks: dict[float, int] = {}
    before = 0
    for value, count in sorted(Counter(values).items()):
        ranks[value] = 2 * before + count + 1
        before += count
    return [ranks[value] for value in values]


def _concordance(counted: Iterable[tuple[tuple[float, float], int]]) -> int:
    """Give the concordant less the discordant pairs of what is sorted and counted.

    Each is compared with all that are lower on the first side (Knight 1966, with sums
    in a tree in place of exchanges).
    """
    items = list(counted)
    places = {v: at for at, v in enumerate(sorted({pair[1] for pair, _ in items}), 1)}
    lower = _Sums(len(places))
    found = 0
    for _, same in groupby(items, key=lambda item: item[0][0]):
        block = [(places[pair[1]], count) for pair, count in same]
        for place, count in block:
            below = lower.until(place - 1)
            above = lower.total - lower.until(place)
            found += count * (below - above)
        for place, count in block:
            lower.add(place, count)
    return found


class _Sums:
    """Sums of what stands at the places until one, which can be added to (Fenwick)."""

    def __init__(self, size: int) -> None:
        self._parts = [0] * (size + 1)
        self.total = 0

    def add(self, place: int, count: int) -> None:
        self.total += count
        while place < len(self._parts):
            self._parts[place] += count
            place += place & -place

    def until(self, place: int) -> int:
        found = 0
        while place:
            found += self._parts[place]
            place -= place & -place
        return found
