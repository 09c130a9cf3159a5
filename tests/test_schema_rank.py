"""Ranks and percentiles, compared with counting."""

from hypothesis import given
from hypothesis import strategies as st

from workatlas.schema.aggregate_rows import OccupationScoreRow
from workatlas.schema.enums import Direction, FileCoverage
from workatlas.schema.rank import Rank, rank_of
from workatlas.schema.series import Series
from workatlas.schema.universe import (
    PublishedFigures,
    RankedAmong,
    Standing,
)
from workatlas.schema.universe import ranked as ranked_among

FEW = st.sampled_from([0.0, 0.1, 0.5, 0.5000000000000001, 1.0, -1.0])


def ranked(value: float, members: list[float], direction: Direction) -> Rank:
    """Rank a member."""
    return rank_of(value, sorted(members), direction, FileCoverage.WHOLE, "numbers")


@given(st.lists(FEW, min_size=1), st.data(), st.sampled_from(Direction))
def test_ranks_are_what_counting_gives(
    members: list[float], data: st.DataObject, direction: Direction
) -> None:
    """Position, ties and percentile of any member are those of a count of others."""
    value = data.draw(st.sampled_from(members))
    rank = ranked(value, members, direction)
    lower = sum(other < value for other in members)
    higher = sum(other > value for other in members)
    before = higher if direction is Direction.DESCENDING else lower
    assert rank.position == 1 + before
    assert rank.of == len(members)
    assert rank.tied == members.count(value) - 1
    assert rank.percentile == 100 * (lower + (rank.tied + 1) / 2) / rank.of
    assert 0 < rank.percentile < 100


@given(st.lists(FEW, min_size=1), st.data())
def test_both_ends_and_one_percentile(
    members: list[float], data: st.DataObject
) -> None:
    """From both ends the places and the ties make up all; the percentile is one."""
    value = data.draw(st.sampled_from(members))
    down, up = (ranked(value, members, direction) for direction in reversed(Direction))
    assert down.position + up.position + down.tied == down.of + 1
    assert down.percentile == up.percentile
    assert (down.method, up.method) != (up.method, down.method)


def test_an_only_one() -> None:
    """A single member is the first from either end, in the middle of itself."""
    rank = ranked(0.5, [0.5], Direction.DESCENDING)
    assert (rank.position, rank.of, rank.tied, rank.percentile) == (1, 1, 0, 50.0)


def test_universes() -> None:
    """A figure is ranked in the release, in its major group, or in its job zone.

    An occupation in no job zone has no rank among those of one, nor has a figure that
    is not among the others.
    """
    one = Series("s", "r", "m")
    figures = PublishedFigures(
        OccupationScoreRow(f"k{number}", *one, score, code, zone)
        for number, (score, code, zone) in enumerate(
            [(0.1, "11-1", 4), (0.3, "11-2", None), (0.2, "12-1", 4), (None, "12-2", 4)]
        )
    )
    found = [
        rank and (rank.position, rank.of)
        for among in RankedAmong
        for standing, value in (
            (Standing("11-1", 4), 0.1),
            (Standing("11-2", None), 0.3),
            (Standing("11-1", 4), 0.7),
        )
        for rank in (
            ranked_among(
                value,
                figures.of(one),
                standing,
                among=among,
                direction=Direction.DESCENDING,
                coverage=FileCoverage.WHOLE,
            ),
        )
    ]
    assert found == [(3, 3), (1, 3), None, (2, 2), (1, 2), None, (2, 2), None, None]
    assert figures.of(Series("s", "r", "other")) == {}
