"""Random choices that come out the same on every machine and Python version.

Only ``Random.random`` is promised never to change, and only ``+ - * /`` and the square
root are rounded alike everywhere: nothing else of ``random`` or ``math`` is used here
or by those who roll these dice. Nor is ``sum`` of floats, which Python 3.12 changed.
"""

import hashlib
import math
import operator
import random
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import accumulate
from typing import TypeVar

_T = TypeVar("_T")


def added(numbers: Iterable[float]) -> float:
    """Add numbers from the first to the last, rounded alike everywhere."""
    return reduce(operator.add, numbers, 0.0)


class Dice:
    """One stream of chance; each part of a release has its own, named ``part``."""

    def __init__(self, seed: int, part: str) -> None:
        """Start the stream that belongs to a seed and a part."""
        digest = hashlib.sha256(f"{seed}/{part}".encode()).digest()
        start = int.from_bytes(digest, "big")
        self.fraction = random.Random(start).random  # noqa: S311  # nothing secret
        """Give a number from 0 up to 1, 1 left out."""

    def chance(self, probability: float) -> bool:
        """Say yes with a probability from 0 to 1."""
        return self.fraction() < probability

    def below(self, count: int) -> int:
        """Give a whole number from 0 to ``count - 1``."""
        return int(self.fraction() * count)

    def between(self, low: float, high: float) -> float:
        """Give a number from ``low`` to ``high``, all alike."""
        return low + (high - low) * self.fraction()

    def pick(self, choices: Sequence[_T]) -> _T:
        """Give one of the choices, all alike."""
        return choices[self.below(len(choices))]

    def weighted(self, weights: Sequence[int]) -> int:
        """Give the number of one of the weights, the heavier the likelier."""
        left = self.below(sum(weights))
        return next(n for n, past in enumerate(accumulate(weights)) if left < past)

    def some(self, choices: Sequence[_T], count: int) -> list[_T]:
        """Give ``count`` different members of the choices, in the order drawn."""
        left = list(choices)
        for place in range(count):
            other = place + self.below(len(left) - place)
            left[place], left[other] = left[other], left[place]
        return left[:count]

    def bell(self) -> float:
        """Give a number around 0 with standard deviation 1, within 3.5 of it."""
        four = self.fraction() + self.fraction() + self.fraction() + self.fraction()
        return (four - 2) * math.sqrt(3)
