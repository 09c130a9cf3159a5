"""Weighted means of inputs: what holds for all of them."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workatlas.schema.aggregate_enums import (
    AggregateMissing,
    InputExcluded,
    InputWeight,
    MissingRule,
)
from workatlas.schema.enums import FileCoverage
from workatlas.schema.weighing import (
    Candidate,
    Facts,
    Loaded,
    Published,
    Rated,
    mean_of,
)

WHOLE = Loaded(FileCoverage.WHOLE, FileCoverage.WHOLE)
SCORES = st.floats(0, 1) | st.none()
FIGURES = st.none() | st.floats(0, 100)


def rated(score: float | None, unrated: InputExcluded | None = None) -> Rated:
    """Make what is said of an input: a score, a label alone, or nothing."""
    return Rated(score, (), None, unrated)


UNRATED = rated(None, InputExcluded.NOT_RATED_BY_STUDY)


def candidate(number: int = 1, **facts: Any) -> Candidate:
    """Make a core task with a score of 0.5; ``facts`` replace its own."""
    weighed = {"is_core": True, "importance": 4.0, "relevance": 50.0}
    own: Any = {name: facts.pop(name, value) for name, value in weighed.items()}
    made: dict[str, Any] = {
        "task_id": number,
        "element_id": None,
        "statement": "Fold.",
        "node": f"g@1/task/{number}",
        "basis": None,
        "rated": rated(0.5),
        "facts": Facts(**own),
        "file": ("file", "facts.txt"),
        "line": 2,
        "column": "Task Type",
    }
    return Candidate(**{**made, **facts})


@st.composite
def some(draw: st.DrawFn) -> list[Candidate]:
    """Give tasks of which some lack a score, a weight, or both."""
    return [
        candidate(
            number,
            rated=draw(st.just(UNRATED) | SCORES.map(rated)),
            is_core=draw(st.booleans()),
            importance=draw(FIGURES),
            relevance=draw(FIGURES),
            node=draw(st.sampled_from([None, "g@1/task/1"])),
        )
        for number in range(draw(st.integers(0, 8)))
    ]


@pytest.mark.parametrize("importance", [5e-324, 1e-310, 1e-200, 4.0])
def test_weights_may_be_as_small_as_numbers_are(importance: float) -> None:
    """A mean of one score is that score, whatever its weight."""
    mean = mean_of(
        [candidate(importance=importance)],
        InputWeight.IMPORTANCE,
        MissingRule.EXCLUDE,
        WHOLE,
    )
    assert mean.value == 0.5


@given(some(), st.sampled_from(InputWeight))
def test_nothing_is_lost_and_nothing_is_zero(
    tasks: list[Candidate], by: InputWeight
) -> None:
    """Each task is used or left out with a reason; the mean is that of exact numbers.

    A task without a score or a weight changes nothing: leaving it out beforehand gives
    the very same value.
    """
    mean = mean_of(tasks, by, MissingRule.EXCLUDE, WHOLE)
    both = [*(u.candidate for u in mean.used), *(u.candidate for u in mean.unused)]
    assert sorted(c.task_id or 0 for c in both) == [c.task_id for c in tasks]
    again = mean_of([u.candidate for u in mean.used], by, MissingRule.EXCLUDE, WHOLE)
    assert again.value == mean.value
    assert (mean.value is None) == (mean.missing is not None)
    if mean.value is not None:
        total = sum(Fraction(u.weight) for u in mean.used)
        exact = sum(Fraction(u.weight) * Fraction(u.score) for u in mean.used) / total
        assert mean.value == pytest.approx(float(exact), abs=1e-12)
        scores = [u.score for u in mean.used]
        assert min(scores) - 1e-12 <= mean.value <= max(scores) + 1e-12


@given(st.permutations(range(6)), st.sampled_from(InputWeight), st.data())
def test_the_order_of_inputs_does_not_matter(
    order: list[int], by: InputWeight, data: st.DataObject
) -> None:
    """Sums are exact before they are rounded, so stores may give rows in any order."""
    facts = st.tuples(st.floats(0, 1), st.floats(1, 5), st.floats(0, 100))
    drawn = [data.draw(facts) for _ in order]
    tasks = [
        candidate(n, rated=rated(x), importance=i, relevance=r)
        for n, (x, i, r) in enumerate(drawn)
    ]
    values = {
        mean_of([tasks[n] for n in each], by, MissingRule.EXCLUDE, WHOLE).value
        for each in (order, sorted(order))
    }
    assert len(values) == 1


@given(some(), st.sampled_from(InputWeight))
def test_refused_as_soon_as_something_is_left_out(
    tasks: list[Candidate], by: InputWeight
) -> None:
    """REFUSE gives the value of EXCLUDE where all is used, and else none."""
    mean = mean_of(tasks, by, MissingRule.EXCLUDE, WHOLE)
    strict = mean_of(tasks, by, MissingRule.REFUSE, WHOLE)
    if mean.unused and mean.value is not None:
        assert (strict.value, strict.missing) == (None, AggregateMissing.INCOMPLETE)
    else:
        assert (strict.value, strict.missing) == (mean.value, mean.missing)


@pytest.mark.parametrize(
    ("facts", "by", "ratings", "reason"),
    [
        (
            {"rated": rated(None, InputExcluded.FILE_PART)},
            *(InputWeight.CORE, "WHOLE", InputExcluded.FILE_PART),
        ),
        (
            {"rated": rated(None)},
            *(InputWeight.CORE, "WHOLE", InputExcluded.LABEL_WITHOUT_SCORE),
        ),
        (
            {"importance": None, "node": None},
            *(InputWeight.IMPORTANCE, "WHOLE", InputExcluded.NOT_IN_RELEASE),
        ),
        (
            {"importance": None},
            *(InputWeight.IMPORTANCE, "WHOLE", InputExcluded.WEIGHT_NOT_RATED),
        ),
        (
            {"relevance": None},
            *(InputWeight.RELEVANCE, "PART", InputExcluded.WEIGHT_FILE_PART),
        ),
        (
            {"relevance": None},
            InputWeight.IMPORTANCE_X_RELEVANCE,
            *("ABSENT", InputExcluded.WEIGHT_FILE_ABSENT),
        ),
    ],
)
def test_each_reason(
    facts: dict[str, Any], by: InputWeight, ratings: str, reason: InputExcluded
) -> None:
    """What lacks a score or a weight is left out for the reason that it has."""
    loaded = Loaded(FileCoverage.WHOLE, FileCoverage(ratings))
    mean = mean_of([candidate(**facts)], by, MissingRule.EXCLUDE, loaded)
    assert [one.reason for one in mean.unused] == [reason]
    is_absent = reason is InputExcluded.WEIGHT_FILE_ABSENT
    expected = (
        AggregateMissing.RATINGS_ABSENT if is_absent else AggregateMissing.NO_INPUTS
    )
    assert mean.missing is expected


def test_weights_of_zero_and_parts() -> None:
    """Weights that are all 0 give no value; a part of the study's file is no whole."""
    nobody = [candidate(1, relevance=0.0), candidate(2, relevance=0.0)]
    mean = mean_of(nobody, InputWeight.RELEVANCE, MissingRule.EXCLUDE, WHOLE)
    assert (mean.value, mean.missing) == (None, AggregateMissing.ZERO_WEIGHTS)
    part = Loaded(FileCoverage.PART, FileCoverage.WHOLE)
    mean = mean_of([candidate()], InputWeight.CORE, MissingRule.REFUSE, part)
    assert (mean.value, mean.missing) == (None, AggregateMissing.INCOMPLETE)
    mean = mean_of([candidate()], InputWeight.CORE, MissingRule.EXCLUDE, part)
    assert mean.value == 0.5


@pytest.mark.parametrize(
    ("rule", "value"), [(MissingRule.EXCLUDE, 0.5), (MissingRule.AS_STUDY, 0.125)]
)
def test_blank_activities_count_as_the_study_counts(
    rule: MissingRule, value: float
) -> None:
    """Only where AS_STUDY is asked for 0 stands for a blank, and the input says so."""
    said = candidate(1, facts=Published(1.0))
    blank = candidate(2, facts=Published(3.0), rated=UNRATED)
    mean = mean_of([said, blank], InputWeight.PUBLISHED, rule, WHOLE)
    assert mean.value == value
    assert [used.is_blank for used in mean.used] == [False, True][: len(mean.used)]
    task = mean_of([candidate(2, rated=UNRATED)], InputWeight.CORE, rule, WHOLE)
    assert task.missing is AggregateMissing.NO_INPUTS


def test_weights_that_inputs_do_not_have() -> None:
    """Tasks have no published weight, and activities no importance."""
    for by, facts in (
        (InputWeight.PUBLISHED, Facts(True, 4.0, 50.0)),
        (InputWeight.IMPORTANCE, Published(1.0)),
    ):
        mean = mean_of([candidate(facts=facts)], by, MissingRule.EXCLUDE, WHOLE)
        assert [one.reason for one in mean.unused] == [InputExcluded.OTHER_WEIGHT]
    alike = mean_of(
        [candidate(facts=Published(7.0))],
        *(InputWeight.EQUAL, MissingRule.EXCLUDE, WHOLE),
    )
    assert alike.used[0].weight == 1.0
