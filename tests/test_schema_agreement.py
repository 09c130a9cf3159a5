"""Agreement and kappa: by hand, by the formulas of the books, and what must hold."""

import math
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workatlas.schema.agreement import (
    Distance,
    Matrix,
    linear,
    matrix_of,
    nominal,
    quadratic,
)

LABELS = ("low", "middle", "high")
PAIRS = st.lists(st.tuples(*[st.sampled_from(LABELS)] * 2), max_size=40)
WEIGHTS = pytest.mark.parametrize("weight", [nominal, linear, quadratic])
PUBLISHED = {
    ("E0", "E0"): 7683,
    ("E0", "E1"): 331,
    ("E0", "E2"): 2242,
    ("E1", "E0"): 202,
    ("E1", "E1"): 931,
    ("E1", "E2"): 1729,
    ("E2", "E0"): 676,
    ("E2", "E1"): 1440,
    ("E2", "E2"): 4031,
}
"""How often people and GPT-4 gave each pair of labels, in all published rows."""
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""However slow the machine is."""


def by_the_book(matrix: Matrix, weight: Distance) -> Fraction | None:
    """Compute weighted kappa with shares and weights of agreement (Cohen 1968)."""
    size, total = len(matrix.labels), matrix.total
    most = max(weight(i, j) for i, j in product(range(size), repeat=2))
    observed = expected = Fraction(0)
    rows = [sum(n for a, _, n in matrix.cells if a == label) for label in LABELS]
    columns = [sum(n for _, b, n in matrix.cells if b == label) for label in LABELS]
    for place, (_, _, count) in enumerate(matrix.cells):
        i, j = divmod(place, size)
        agree = 1 - Fraction(weight(i, j), most)
        observed += agree * Fraction(count, total)
        expected += agree * Fraction(rows[i] * columns[j], total * total)
    return None if expected == 1 else (observed - expected) / (1 - expected)


def test_the_published_labels() -> None:
    """People and GPT-4 agree on 0.6564 of 19,265 tasks, kappa is 0.437."""
    matrix = Matrix(("E0", "E2", "E1"), PUBLISHED)
    assert matrix.total == 19_265
    assert matrix.agreement is not None
    assert round(matrix.agreement, 4) == 0.6564
    assert round(matrix.kappa().value or 0, 3) == 0.437


def test_a_matrix_by_hand() -> None:
    """Of 50 pairs 35 agree, chance would give half of them: kappa is 0.4."""
    counts = {("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15}
    matrix = Matrix(("y", "n"), counts)
    assert (matrix.agreement, matrix.expected) == (0.7, 0.5)
    # With two labels there is but one distance, so that weights change nothing.
    assert {matrix.kappa(w).value for w in (nominal, linear, quadratic)} == {0.4}


def test_far_differences_weigh_more() -> None:
    """The same agreement is worse the farther apart the other labels are."""
    near = Matrix(
        LABELS, {("low", "low"): 8, ("high", "high"): 8, ("low", "middle"): 4}
    )
    far = Matrix(LABELS, {("low", "low"): 8, ("high", "high"): 8, ("low", "high"): 4})
    assert near.agreement == far.agreement
    for weight in (linear, quadratic):
        assert (near.kappa(weight).value or 0) > (far.kappa(weight).value or 0)


@WEIGHTS
@PATIENT
@given(pairs=PAIRS.filter(bool))
def test_kappa_is_that_of_the_books(
    weight: Distance, pairs: list[tuple[str, str]]
) -> None:
    """Whole numbers give what shares and weights of agreement give."""
    matrix = matrix_of(LABELS, pairs)
    wanted = by_the_book(matrix, weight)
    found = matrix.kappa(weight).value
    assert found == (None if wanted is None else float(wanted))


@WEIGHTS
@PATIENT
@given(pairs=PAIRS)
def test_the_order_of_raters_changes_nothing(
    weight: Distance, pairs: list[tuple[str, str]]
) -> None:
    """Kappa and agreement are symmetric; the cells change sides."""
    one = matrix_of(LABELS, pairs)
    two = matrix_of(LABELS, [(b, a) for a, b in pairs])
    assert (one.agreement, one.expected) == (two.agreement, two.expected)
    assert one.kappa(weight) == two.kappa(weight)
    assert sorted(one.cells) == sorted((b, a, n) for a, b, n in two.cells)


@WEIGHTS
@PATIENT
@given(pairs=PAIRS)
def test_bounds_and_sums(weight: Distance, pairs: list[tuple[str, str]]) -> None:
    """Cells add up to the pairs; shares are 0 to 1, kappa is -1 to 1."""
    matrix = matrix_of(LABELS, pairs)
    assert sum(n for _, _, n in matrix.cells) == matrix.total == len(pairs)
    assert [cell[:2] for cell in matrix.cells] == list(product(LABELS, repeat=2))
    shares = (matrix.agreement, matrix.expected)
    assert all(share is None or 0 <= share <= 1 for share in shares)
    kappa = matrix.kappa(weight).value
    assert kappa is None or -1 <= kappa <= 1


@WEIGHTS
@PATIENT
@given(labels=st.lists(st.sampled_from(LABELS), max_size=40))
def test_a_rater_agrees_fully_with_itself(weight: Distance, labels: list[str]) -> None:
    """Kappa is 1 where all labels are equal, and nothing where there is but one."""
    matrix = matrix_of(LABELS, [(label, label) for label in labels])
    assert matrix.agreement == (1 if labels else None)
    wanted = 1 if len(set(labels)) > 1 else None
    assert matrix.kappa(weight).value == wanted


def test_labels_that_are_not_known_come_last() -> None:
    """Nothing that was given is left out of the matrix."""
    matrix = matrix_of(("b", "a"), [("a", "z"), ("c", "a")])
    assert matrix.labels == ["b", "a", "c", "z"]
    assert sum(n for _, _, n in matrix.cells) == 2
    assert math.isclose(matrix.kappa().value or 0, -1 / 3)
