"""How far two raters agree who gave the same subjects one of the same labels each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

Distance = Callable[[int, int], int]


class Kappa(NamedTuple):
    """Agreement beyond chance, as a fraction of whole numbers."""

    above: int
    below: int

    @property
    def value(self) -> float | None:
        """The number; None where chance alone agrees fully."""
        # Python divides whole numbers with one rounding, whatever their size.
        return self.above / self.below if self.below else None


def linear(first: int, second: int) -> int:
    """Count the steps between two places."""
    return abs(first - second)


def quadratic(first: int, second: int) -> int:
    """Square the steps between two places."""
    return (first - second) ** 2


def nominal(first: int, second: int) -> int:
    """Count each difference alike."""
    return int(first != second)


@dataclass(frozen=True)
class Matrix:
    """How often each pair of labels was given; ``labels`` in a fixed order.

    ``counts`` need not have the pairs that never were.
    """

    labels: Sequence[str]
    counts: Mapping[tuple[str, str], int]

    @cached_property
    def cells(self) -> list[tuple[str, str, int]]:
        """Each pair of labels with its count, those that never were too."""
        pairs = product(self.labels, self.labels)
        return [(one, two, self.counts.get((one, two), 0)) for one, two in pairs]

    @cached_property
    def total(self) -> int:
        """How many pairs there are."""
        return sum(self.counts.values())

    @cached_property
    def agreement(self) -> float | None:
        """The share of pairs of equal labels; None without any pair."""
        same = sum(self.counts.get((label, label), 0) for label in self.labels)
        return same / self.total if self.total else None

    @cached_property
    def expected(self) -> float | None:
        """The share that chance would give, of labels as often as each gave them."""
        same = sum(
            self._given(0, label) * self._given(1, label) for label in self.labels
        )
        return same / self.total**2 if self.total else None

    def kappa(self, distance: Distance = nominal) -> Kappa:
        """Give Cohen's kappa with a weight for the distance between two labels.

        It is 1 - N * (sum of weight * count) / (sum of weight * count of the first *
        count of the second); a factor common to all weights changes nothing.
        """
        places = list(enumerate(self.labels))
        observed = expected = 0
        for (at, first), (other, second) in product(places, places):
            weight = distance(at, other)
            observed += weight * self.counts.get((first, second), 0)
            expected += weight * self._given(0, first) * self._given(1, second)
        return Kappa(expected - self.total * observed, expected)

    def _given(self, side: int, label: str) -> int:
        """Tell how often one of the two gave a label."""
        return sum(n for pair, n in self.counts.items() if pair[side] == label)


def matrix_of(labels: Iterable[str], pairs: Iterable[tuple[str, str]]) -> Matrix:
    """Count pairs of labels; a label that is not known comes after those that are."""
    counts: dict[tuple[str, str], int] = {}
    for pair in pairs:
        counts[pair] = counts.get(pair, 0) + 1
    known = dict.fromkeys(labels)
    others = sorted({label for pair in counts for label in pair} - known.keys())
    return Matrix([*known, *others], counts)
