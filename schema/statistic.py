"""Figures over many ratings, each with its method, its source, or why there is none."""

from enum import Enum

import strawberry

from .member import member as _value


@strawberry.enum(description="Why a figure over many ratings has no value.")
class StatisticMissing(Enum):
    """Reasons for an absent statistic."""

    NONE_COMPARED = _value("NONE_COMPARED", "Both rate nothing in common.")
    ONE_COMPARED = _value(
        "ONE_COMPARED", "Both rate one thing in common; a correlation needs two."
    )
    ONE_VALUE = _value(
        "ONE_VALUE",
        "One of the two says the same of all that both rate: nothing can vary with it.",
    )
    ONE_LABEL = _value(
        "ONE_LABEL",
        "Both gave one and the same label to all: chance alone would agree as fully.",
    )
    NOT_ORDERED = _value(
        "NOT_ORDERED", "The study gives the labels no order, so none is nearer."
    )


@strawberry.type(description="A figure over many ratings, and how it is computed.")
class Statistic:
    """A figure; computed from whole numbers, rounded once at the end."""

    value: float | None = strawberry.field(
        description="The figure; null with the reason in `missing`."
    )
    missing: StatisticMissing | None = strawberry.field(
        description="Why there is no value; null if there is one."
    )
    method: str = strawberry.field(description="How it is computed.")
    source: str = strawberry.field(description="Where the method was published.")


_COHEN = """Cohen, J. (1960). A coefficient of agreement for nominal scales. \
Educational and Psychological Measurement, 20(1), 37-46. \
https://doi.org/10.1177/001316446002000104"""
_COHEN_WEIGHTED = """Cohen, J. (1968). Weighted kappa: Nominal scale agreement with \
provision for scaled disagreement or partial credit. Psychological Bulletin, 70(4), \
213-220. https://doi.org/10.1037/h0026256"""
_SPEARMAN = """Spearman, C. (1904). The proof and measurement of association between \
two things. The American Journal of Psychology, 15(1), 72-101. \
https://doi.org/10.2307/1412159"""
_KENDALL = """Kendall, M. G. (1945). The treatment of ties in ranking problems. \
Biometrika, 33(3), 239-251. https://doi.org/10.1093/biomet/33.3.239"""
METHODS = {
    "agreement": (
        """Those with the same label of both, as a share of those with a label of \
both.""",
        _COHEN,
    ),
    "expected": (
        """The agreement that chance would give: for each label the share of the first \
times the share of the second, added up.""",
        _COHEN,
    ),
    "kappa": (
        """(agreement - expected agreement) / (1 - expected agreement); every \
difference counts alike.""",
        _COHEN,
    ),
    "linear": (
        """1 - observed / expected disagreement; a difference counts by its steps in \
the order of the labels{order}.""",
        _COHEN_WEIGHTED,
    ),
    "quadratic": (
        """1 - observed / expected disagreement; a difference counts by the square of \
its steps in the order of the labels{order}.""",
        _COHEN_WEIGHTED,
    ),
    "spearman": (
        "Pearson's correlation of ranks; equal values have the mean of their ranks.",
        _SPEARMAN,
    ),
    "kendall": (
        """tau-b: concordant less discordant pairs, divided by the root of the pairs \
not tied on the first side times those not tied on the second.""",
        _KENDALL,
    ),
}
"""How each is computed, and where that was published."""


def statistic(
    name: str,
    value: float | None,
    missing: StatisticMissing,
    *,
    order: str = "",
) -> Statistic:
    """Give the figure of that name; ``missing`` is why, if there is no value.

    ``order`` is that of the labels, for a method that goes by it.
    """
    method, source = METHODS[name]
    return Statistic(
        value=value,
        missing=missing if value is None else None,
        method=method.format(order=f", {order}" if order else ""),
        source=source,
    )
