"""Rank correlations: by hand, by their plain definitions, and what must hold."""

import math
from collections.abc import Callable, Sequence
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workatlas.schema.correlation import kendall, spearman

Pairs = Sequence[tuple[float, float]]
VALUES = st.one_of(st.integers(0, 4).map(float), st.floats(-9, 9))
PAIRS = st.lists(st.tuples(VALUES, VALUES), max_size=30)
EACH = pytest.mark.parametrize("correlation", [spearman, kendall])
Correlation = Callable[[Pairs], float | None]
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""However slow the machine is."""


def mean_ranks(values: list[float]) -> list[float]:
    """Rank values; equal ones have the mean of the ranks that they take up."""
    return [
        sum(other < value for other in values)
        + (sum(other == value for other in values) + 1) / 2
        for value in values
    ]


def pearson(one: list[float], two: list[float]) -> float | None:
    """Compute the correlation of two lists of numbers as it is defined."""
    if len(one) < 2 or len(set(one)) == 1 or len(set(two)) == 1:
        return None
    first = [value - math.fsum(one) / len(one) for value in one]
    second = [value - math.fsum(two) / len(two) for value in two]
    return math.fsum(a * b for a, b in zip(first, second, strict=True)) / math.sqrt(
        math.fsum(a * a for a in first) * math.fsum(b * b for b in second)
    )


def sign(value: float) -> int:
    """Give -1, 0 or 1."""
    return (value > 0) - (value < 0)


def compared(pairs: Pairs) -> float | None:
    """Compute tau-b by comparing every two pairs."""
    signs = [(sign(a[0] - b[0]), sign(a[1] - b[1])) for a, b in combinations(pairs, 2)]
    untied = sum(map(abs, (s for s, _ in signs))) * sum(map(abs, (s for _, s in signs)))
    return sum(s * t for s, t in signs) / math.sqrt(untied) if untied else None


def is_close(found: float | None, wanted: float | None) -> bool:
    """Compare two figures, either of which may be none."""
    if found is None or wanted is None:
        return found is wanted
    return math.isclose(found, wanted, abs_tol=1e-12)


def test_by_hand() -> None:
    """Four pairs with a tie on one side."""
    pairs = [(1.0, 1.0), (2.0, 3.0), (3.0, 2.0), (3.0, 4.0)]
    # Ranks 1, 2, 3.5, 3.5 and 1, 3, 2, 4: products of deviations add up to 3.
    assert spearman(pairs) == math.sqrt(3**2 / (4.5 * 5))
    # Of six pairs of pairs four are concordant, one is discordant, one is tied.
    assert kendall(pairs) == math.sqrt(3**2 / (5 * 6))


@PATIENT
@given(pairs=PAIRS)
def test_spearman_is_the_correlation_of_mean_ranks(pairs: Pairs) -> None:
    """Whole numbers give what Pearson's formula gives of ranks."""
    one, two = [a for a, _ in pairs], [b for _, b in pairs]
    assert is_close(spearman(pairs), pearson(mean_ranks(one), mean_ranks(two)))


@PATIENT
@given(pairs=PAIRS)
def test_kendall_compares_every_two_pairs(pairs: Pairs) -> None:
    """The quick way gives what the plain one gives."""
    assert is_close(kendall(pairs), compared(pairs))


@EACH
@PATIENT
@given(pairs=PAIRS)
def test_sides_bounds_and_order(correlation: Correlation, pairs: Pairs) -> None:
    """Symmetric, from -1 to 1, whatever the order; turned round it changes its sign."""
    found = correlation(pairs)
    assert correlation([(b, a) for a, b in pairs]) == found
    assert correlation([*reversed(pairs)]) == found
    assert found is None or -1 <= found <= 1
    turned = correlation([(a, -b) for a, b in pairs])
    assert turned == (None if found is None else -found)


@EACH
@PATIENT
@given(values=st.lists(VALUES, max_size=30))
def test_only_ranks_count(correlation: Correlation, values: list[float]) -> None:
    """Equal ranks give exactly 1, opposite ones -1, and one value nothing."""
    wanted = 1 if len(set(values)) > 1 else None
    ranks = {value: 3.0**rank for rank, value in enumerate(sorted(set(values)))}
    assert correlation([(value, ranks[value]) for value in values]) == wanted
    opposite = correlation([(value, -ranks[value]) for value in values])
    assert opposite == (None if wanted is None else -1)
