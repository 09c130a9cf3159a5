"""Figures in the form of Working with AI: of activities, and so of occupations."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from .delimited import Written, written
from .dice import Dice, added
from .sizes import Sizes
from .soc import Soc, by_six_digits, listed, six_digits
from .surveys import RatedTask
from .usage import Activity, Usage, rated_activities, use
from .world import World

_STEEP = {"user": 8, "ai": 14}
"""How unevenly each side's conversations fall on activities."""

_UNUSED = {"user": 2, "ai": 6}
"""Activities of a full release without a conversation of a side."""

_UNLISTED, _FORMER, _TOGETHER = 30, 12, 9
"""Of a full release: occupations of six digits without a score, scores of those that
it does not have, and of broad occupations, in place of what is below them."""

_UNRATED = 250
"""What a task weighs, in hundredths, of which nobody said how important it is."""

_ACTIVITY: Mapping[str, Callable[[Usage], float | None]] = {
    "share": lambda one: one.share,
    "completion": lambda one: one.completion,
    "impact_scope": lambda one: one.impact,
    "feedback_positive_fraction": lambda one: one.feedback,
    "completion_x_scope_x_coverage": lambda one: one.applicability,
}
"""What is written of an activity, for each side."""

_SCORE = "ai_applicability_score"
_OCCUPATION: Mapping[str, Callable[[Usage], float | None]] = {
    "coverage": lambda one: one.covered,
    "completion": lambda one: one.completion,
    "feedback_positive_fraction": lambda one: one.feedback,
    "impact_scope": lambda one: one.impact,
    _SCORE: lambda one: one.applicability,
}
"""What of an occupation is, for each side, the weighted mean over its activities."""

_Sides = Mapping[str, Sequence[Usage]]


def working_with_ai_files(
    world: World, sizes: Sizes, seed: int
) -> Mapping[str, Written]:
    """Write figures of activities and occupations, and the weights between the two."""
    dice = Dice(seed, "working with ai")
    found = _weights(world.tasks)
    iwas = world.hierarchy.iwas
    rarest = min(iwas, key=lambda one: sum(own[one.id] for own in found.values()))
    activities = rated_activities(iwas, rarest, dice)
    sides = {
        side: use(len(activities), steep, _UNUSED[side], sizes, dice)
        for side, steep in _STEEP.items()
    }
    weights = {
        code: [own[one.id] / 100 for one in activities] for code, own in found.items()
    }
    weighed = _weighed(world, weights, sizes, dice)
    means = {one: list(_means(own, sides)) for one, own in weighed.items()}
    files: Mapping[str, Sequence[Sequence[object]]] = {
        "iwa_metrics.csv": [
            ("IWA", "title", *_columns(_ACTIVITY)),
            *_activity_rows(activities, sides),
        ],
        "soc_metrics.csv": [
            ("SOC Code", "title", *_columns(_OCCUPATION)),
            *((one.code, one.title, *each) for one, each in means.items()),
        ],
        "soc_ai_applicability_scores.csv": [
            ("SOC Code", "title", _SCORE),
            # The last two are the scores of the two sides.
            *((o.code, o.title, (m[-2] + m[-1]) / 2) for o, m in means.items()),
        ],
        "soc_iwa_weights.csv": [
            ("SOC Code", *(one.id for one in activities)),
            *((one.code, *own) for one, own in weighed.items()),
        ],
    }
    return {name: written(rows, delimiter=",") for name, rows in files.items()}


def _columns(figures: Mapping[str, object]) -> Iterator[str]:
    return (f"{name}_{side}" for name in figures for side in _STEEP)


def _activity_rows(
    activities: Sequence[Activity], sides: _Sides
) -> Iterator[Sequence[object]]:
    for place, one in enumerate(activities):
        figures = (
            of(usage[place]) for of in _ACTIVITY.values() for usage in sides.values()
        )
        yield one.id, one.title, *figures


def _means(weights: Sequence[float], sides: _Sides) -> Iterator[float]:
    """Give the means over all activities; one without a figure counts as 0."""
    total = added(weights)
    for of in _OCCUPATION.values():
        for usage in sides.values():
            figures = (of(one) or 0.0 for one in usage)
            products = (w * x for w, x in zip(weights, figures, strict=True))
            yield added(products) / total


def _weights(tasks: Sequence[RatedTask]) -> Mapping[str, Counter[str]]:
    """Add the importance of tasks, in hundredths, by six digits and activity."""
    weights: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in tasks:
        own = weights[six_digits(one.task.occupation.code)]
        for activity in {each.iwa.id for each in one.task.draft.activities}:
            own[activity] += one.rated.importance or _UNRATED
    return weights


def _weighed(
    world: World, weights: Mapping[str, Sequence[float]], sizes: Sizes, dice: Dice
) -> Mapping[Soc, Sequence[float]]:
    """Choose occupations that have any of the activities, with their weights.

    One that the release does not have has the weights of another.
    """
    known = [
        one
        for one in by_six_digits(world.occupations)
        if any(weights.get(one.code, ()))
    ]
    rated = listed(known, _UNLISTED, _FORMER, sizes, dice)
    own = {
        one: weights[one.code if one.below else dice.pick(known).code] for one in rated
    }
    broad = set(_together(rated, sizes, dice))
    return {
        _broad(one) if one in broad else one: weighed for one, weighed in own.items()
    }


def _together(rated: Sequence[Soc], sizes: Sizes, dice: Dice) -> Sequence[Soc]:
    """Choose what is scored as a broad occupation, rather what has several below it."""
    there = [one for one in rated if one.below]
    several = [one for one in there if one.below > 1] or there
    count = min(len(there) - 1, max(1, sizes.share(_TOGETHER)))
    return dice.some(several, min(count, len(several)))


def _broad(one: Soc) -> Soc:
    return replace(one, code=f"{one.code[:-1]}0", title=f"{one.title}, All")
