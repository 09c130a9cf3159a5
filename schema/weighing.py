"""Weighted means of what has a score and a weight; what lacks one is told, not 0.

Pure functions: inputs in, figures out. Sums are exact before they are rounded once
(``math.fsum``), so the order of inputs does not matter and every store gives the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import frexp, fsum, ldexp
from typing import NamedTuple

from .aggregate_enums import (
    AggregateMissing,
    InputExcluded,
    InputWeight,
    MissingRule,
    StudyAggregation,
)
from .aggregate_rows import InputRatingRow
from .enums import FileCoverage
from .follow import Place
from .study_enums import Basis

CORE, OTHER = 2.0, 1.0
"""The weights of a core task and of any other, as Eloundou et al. count them."""
BARRED: Mapping[StudyAggregation | None, AggregateMissing] = {
    StudyAggregation.ABILITIES: AggregateMissing.ABILITIES_NOT_LOADED,
    StudyAggregation.SHARED_STATEMENTS: AggregateMissing.SHARED_STATEMENTS,
}
"""Why nothing can be computed of what some studies rate, by how they aggregate."""
_NO_WEIGHT = {
    FileCoverage.WHOLE: InputExcluded.WEIGHT_NOT_RATED,
    FileCoverage.PART: InputExcluded.WEIGHT_FILE_PART,
    FileCoverage.ABSENT: InputExcluded.WEIGHT_FILE_ABSENT,
}
OF_TASKS = tuple(by for by in InputWeight if by is not InputWeight.PUBLISHED)
OF_ACTIVITIES = (InputWeight.PUBLISHED, InputWeight.EQUAL)
"""The weights that inputs can have."""


class Facts(NamedTuple):
    """What a task can be weighed by, as far as it is known."""

    is_core: bool
    importance: float | None
    relevance: float | None

    def weight(self, by: InputWeight) -> float | None:
        """Give how much the task counts; None where that is not known."""
        both: float | None = None
        if self.importance is not None and self.relevance is not None:
            both = self.importance * self.relevance
        known = {
            InputWeight.EQUAL: 1.0,
            InputWeight.CORE: CORE if self.is_core else OTHER,
            InputWeight.IMPORTANCE: self.importance,
            InputWeight.RELEVANCE: self.relevance,
            InputWeight.IMPORTANCE_X_RELEVANCE: both,
        }
        return known.get(by)

    def counts_blank(self, rule: MissingRule) -> bool:
        """Tell whether 0 stands for no score; of a task it never does."""
        del rule
        return False


class Published(NamedTuple):
    """What an activity is weighed by: the weight that a study publishes."""

    value: float

    def weight(self, by: InputWeight) -> float | None:
        """Give how much the activity counts; None where it has no such weight."""
        if by is InputWeight.PUBLISHED:
            return self.value
        return 1.0 if by is InputWeight.EQUAL else None

    def counts_blank(self, rule: MissingRule) -> bool:
        """Tell whether 0 stands for no score, as in Working with AI."""
        return rule is MissingRule.AS_STUDY


class Rated(NamedTuple):
    """The score of an input, what it is made of, and by which method if it is derived.

    Where nothing is said of the input, ``unrated`` is the reason.
    """

    score: float | None
    said: tuple[InputRatingRow, ...]
    method: str | None
    unrated: InputExcluded | None


class Candidate(NamedTuple):
    """A task or an activity that may be an input, with all that is known of it.

    ``node`` is the key of the release's, None where it has none any longer. ``file``,
    ``line`` and ``column`` are where its type or its published weight stands.
    """

    task_id: int | None
    element_id: str | None
    statement: str
    node: str | None
    basis: Basis | None
    rated: Rated
    facts: Facts | Published
    file: Place
    line: int
    column: str


class Used(NamedTuple):
    """An input with its score and weight; ``is_blank`` if 0 stands for no score."""

    candidate: Candidate
    score: float
    weight: float
    is_blank: bool = False


class Unused(NamedTuple):
    """What was left out, and why."""

    candidate: Candidate
    reason: InputExcluded


@dataclass(frozen=True)
class Mean:
    """A weighted mean with what it was made of, or why there is none.

    ``total`` is the sum of the weights used, ``known`` that of all weights.
    """

    by: InputWeight
    value: float | None
    missing: AggregateMissing | None
    used: Sequence[Used]
    unused: Sequence[Unused]
    total: float
    known: float


class Loaded(NamedTuple):
    """How much is loaded of the files: the study's of inputs, the release's ratings."""

    inputs: FileCoverage
    ratings: FileCoverage


def weighted_mean(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Give the mean of scores, each with its weight; None where the weights are 0.

    Weights are taken relative to a power of two near their sum, which changes no digit:
    products of very small ones would else be nothing, and so would the mean.
    """
    _, exponent = frexp(fsum(weight for _, weight in pairs))
    weighed = [(ldexp(weight, -exponent), score) for score, weight in pairs]
    total = fsum(weight for weight, _ in weighed)
    return fsum(weight * score for weight, score in weighed) / total if total else None


def mean_of(
    candidates: Sequence[Candidate], by: InputWeight, rule: MissingRule, loaded: Loaded
) -> Mean:
    """Give the weighted mean of the candidates that have a score and a weight."""
    used: list[Used] = []
    unused: list[Unused] = []
    weights: list[float] = []
    for one in candidates:
        weight = one.facts.weight(by)
        if weight is not None:
            weights.append(weight)
        if weight is not None and one.rated.score is not None:
            used.append(Used(one, one.rated.score, weight))
        elif weight is not None and one.facts.counts_blank(rule):
            used.append(Used(one, 0.0, weight, is_blank=True))
        else:
            unused.append(Unused(one, _reason(one, by, loaded.ratings)))
    total = fsum(each.weight for each in used)
    missing = _missing(used, unused, total)
    is_whole = not unused and loaded.inputs is FileCoverage.WHOLE
    if missing is None and rule is MissingRule.REFUSE and not is_whole:
        missing = AggregateMissing.INCOMPLETE
    value = None
    if missing is None:
        value = weighted_mean([(each.score, each.weight) for each in used])
    return Mean(by, value, missing, used, unused, total, fsum(weights))


def no_mean(by: InputWeight, reason: AggregateMissing) -> Mean:
    """Give what stands for a mean that must not be computed."""
    return Mean(by, None, reason, (), (), 0.0, 0.0)


def _reason(one: Candidate, by: InputWeight, ratings: FileCoverage) -> InputExcluded:
    if one.rated.unrated is not None:
        return one.rated.unrated
    if one.rated.score is None:
        return InputExcluded.LABEL_WITHOUT_SCORE
    own = OF_TASKS if isinstance(one.facts, Facts) else OF_ACTIVITIES
    if by not in own:
        return InputExcluded.OTHER_WEIGHT
    return InputExcluded.NOT_IN_RELEASE if one.node is None else _NO_WEIGHT[ratings]


def _missing(
    used: Sequence[Used], unused: Sequence[Unused], total: float
) -> AggregateMissing | None:
    if used:
        return None if total else AggregateMissing.ZERO_WEIGHTS
    reasons = {each.reason for each in unused}
    if InputExcluded.WEIGHT_FILE_ABSENT in reasons:
        return AggregateMissing.RATINGS_ABSENT
    return AggregateMissing.NO_INPUTS
