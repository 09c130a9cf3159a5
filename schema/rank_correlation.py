"""How far two ratings rank the same tasks or occupations alike, of any studies."""

from functools import cached_property

import strawberry

from .compared import ComparedPopulation, ComparedRatings, in_common, population
from .compared_enums import RatedNodes
from .correlation import Pairs, kendall, spearman
from .follow import computed
from .ratings import Ratings
from .statistic import Statistic, StatisticMissing, statistic

_FEWEST = 2
"""How many pairs a correlation needs."""


@strawberry.input(description="What one rater says under one measure of a study.")
class RatingsOf:
    """A study, a rater and a measure, by their identifiers."""

    study: strawberry.ID = strawberry.field(
        description="The study, such as gpts-are-gpts."
    )
    rater: strawberry.ID = strawberry.field(description="The rater, such as human.")
    measure: strawberry.ID = strawberry.field(description="The measure, such as beta.")

    @property
    def names(self) -> tuple[str, str, str]:
        """Study, rater and measure."""
        return self.study, self.rater, self.measure


@strawberry.type(
    description="How far two ratings rank the same tasks or occupations alike. It says "
    "nothing of how far apart their scores are, nor of who is right."
)
class RankCorrelation:
    """A correlation of two ratings, and what it covers."""

    key: strawberry.Private[str]
    total: strawberry.Private[int]
    sides: strawberry.Private[tuple[ComparedRatings, ComparedRatings]]
    over: RatedNodes = strawberry.field(description="What they are correlated over.")

    @computed("The first ratings.", reads=(), passes=True)
    def first(self) -> ComparedRatings:
        """Give the first side."""
        return self.sides[0]

    @computed("The second ratings.", reads=(), passes=True)
    def second(self) -> ComparedRatings:
        """Give the second side."""
        return self.sides[1]

    @computed("What is correlated, and what is left out and why.", reads=("total",))
    def population(self) -> ComparedPopulation:
        """Give the population."""
        return population(*self._ratings, self.total)

    @computed("Spearman's rho, -1 to 1.", reads=())
    def spearman(self) -> Statistic:
        """Give rho."""
        return statistic("spearman", spearman(self._pairs), self._missing)

    @computed("Kendall's tau-b, -1 to 1.", reads=())
    def kendall(self) -> Statistic:
        """Give tau-b."""
        return statistic("kendall", kendall(self._pairs), self._missing)

    @property
    def _ratings(self) -> tuple[Ratings, Ratings]:
        first, second = self.sides
        return first.ratings, second.ratings

    @cached_property
    def _pairs(self) -> Pairs:
        return in_common(*self._ratings)

    @property
    def _missing(self) -> StatisticMissing:
        few = (StatisticMissing.NONE_COMPARED, StatisticMissing.ONE_COMPARED)
        count = len(self._pairs)
        return few[count] if count < _FEWEST else StatisticMissing.ONE_VALUE
