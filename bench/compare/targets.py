"""What the comparison is to show, and whether it did."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from growth import RELEASES, SIZES, Grown
from measuring import Result
from queries import PAGE_QUESTION, POPULAR, QUESTIONS, REPEATED
from sides import KEEPING, LIBRARY_NAME, ON_NEO4J, PLAIN, READY, US

SLOWER = 1.2
"""How many times as long a page, or an object, may take in the largest case."""


class Target(NamedTuple):
    """At least so many times the answers a second of another side."""

    question: str
    side: str
    other: str
    least: float


_TWICE = [Target(one.name, ON_NEO4J, LIBRARY_NAME, 2) for one in QUESTIONS]
TARGETS = (
    Target(PAGE_QUESTION.name, US, LIBRARY_NAME, 10),
    Target(PAGE_QUESTION.name, US, PLAIN, 25),
    Target(POPULAR, US + KEEPING, LIBRARY_NAME, 20),
    *_TWICE,
    Target("occupation", US, LIBRARY_NAME, 8),
    Target("related as a filter", US, LIBRARY_NAME, 50),
    Target(REPEATED, US + KEEPING, READY, 0.5),
)


class Verdict(NamedTuple):
    """A target and the ratios that were measured."""

    name: str
    least: str
    ratios: Sequence[float]
    is_reached: bool


def judge(results: Sequence[Result], concurrencies: Sequence[int]) -> Iterator[Verdict]:
    """Give the ratio of rates at each concurrency, and that of the CPU time at most."""
    found = {(one.question, one.side, one.concurrency): one for one in results}
    for question, side, other, least in TARGETS:
        rates: list[float] = []
        spent = 0.0
        for concurrency in concurrencies:
            ours = found[question, side, concurrency].measured
            theirs = found[question, other, concurrency].measured
            rates.append(ours.per_second / theirs.per_second)
            spent = sum(theirs.cpu_ms.values()) / sum(ours.cpu_ms.values())
        name = f"{question}: {side} / {other}"
        reached = min(rates) >= least
        yield Verdict(name, f"at least {least:g}", [*rates, spent], reached)


def judge_growth(grown: Sequence[Grown]) -> Iterator[Verdict]:
    """Compare the time of a page in most and fewest releases, and that of an object."""
    by_releases = _medians(grown, "releases", 1)
    pages = [one / by_releases[RELEASES[0]] for one in by_releases.values()]
    limit = f"at most {SLOWER:g}"
    name = f"a page in {', '.join(map(str, RELEASES))} releases, median against 1"
    yield Verdict(name, limit, pages, max(pages) <= SLOWER)
    by_rows = _medians((one for one in grown if one.result.side == US), "rows", 1)
    objects = [by_rows[size] / size for size in SIZES]
    each = [one / objects[-2] for one in objects]
    name = f"an object of {', '.join(f'{n:,}' for n in SIZES)}, against {SIZES[-2]:,}"
    yield Verdict(name, limit, each, each[-1] <= SLOWER)


def _medians(
    grown: Iterator[Grown] | Sequence[Grown], kind: str, concurrency: int
) -> Mapping[int, float]:
    return {
        one.number: one.result.measured.p50_ms
        for one in grown
        if one.kind == kind and one.result.concurrency == concurrency
    }
