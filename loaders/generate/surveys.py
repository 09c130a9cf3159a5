"""Who rated the tasks of each occupation, and the tasks in the order of the files."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .dice import Dice
from .ratings import ANALYST, EXPERT, INCUMBENT, UNRATED, Rated, Survey, rate
from .sizes import Sizes
from .tasks import Task

_ASKED = ("07/2015", "07/2016", *(f"08/{year}" for year in range(2018, 2025)))
_WRITTEN = ("06/2006", "12/2008", "07/2014", "08/2021")
"""Dates of surveys, and of tasks that an analyst wrote and nobody was asked about."""

_UNRATED = 855
"""Tasks of a full release without ratings: the others make 161,505 rows."""

_WHOLE_OCCUPATIONS = 0.7
"""Part of the unrated tasks whose occupation has no rated task at all."""

_EXPERTS = 0.24
"""Part of the surveyed occupations where experts were asked, not incumbents."""

_ORDER = {"Core": 0, "Supplemental": 1, None: 2}


@dataclass(frozen=True)
class RatedTask:
    """A task with who was asked about it, and the answers."""

    task: Task
    survey: Survey
    rated: Rated


def in_order(tasks: Iterable[RatedTask]) -> list[RatedTask]:
    """Sort as files are: by occupation, core tasks first, then by importance."""
    return sorted(tasks, key=lambda one: (one.task.occupation.code, _place(one)))


def not_asked(task: Task, date: str) -> RatedTask:
    """Give a task that an analyst wrote, and nobody was asked about."""
    return RatedTask(task, Survey(date, ANALYST, 0), UNRATED)


def survey_again(
    tasks: Sequence[RatedTask], codes: Collection[str], date: str, dice: Dice
) -> list[RatedTask]:
    """Ask people about all tasks of some occupations, in place of earlier surveys."""
    surveys = {
        code: _survey(dice, date, expert=dice.chance(_EXPERTS))
        for code in sorted(codes)
    }
    return [
        _rate(one.task, surveys[one.task.occupation.code], dice)
        if one.task.occupation.code in codes
        else one
        for one in tasks
    ]


def rate_tasks(
    work: Sequence[Sequence[Task]], sizes: Sizes, seed: int
) -> Sequence[RatedTask]:
    """Survey the tasks of each occupation; core tasks first, then by importance."""
    dice = Dice(seed, "ratings")
    unasked = set(_unasked(work, sizes, dice))
    made: list[RatedTask] = []
    for tasks, survey in zip(work, _surveys(work, unasked, dice), strict=True):
        rated = [
            not_asked(task, dice.pick(_WRITTEN))
            if task.id in unasked
            else _rate(task, survey, dice)
            for task in tasks
        ]
        made.extend(sorted(rated, key=_place))
    return made


def _unasked(work: Sequence[Sequence[Task]], sizes: Sizes, dice: Dice) -> Iterator[int]:
    """Give the identifiers of tasks without ratings: of whole occupations, and others.

    At least one, unless it is the only task.
    """
    count = min(sizes.tasks - 1, max(1, sizes.share(_UNRATED)))
    whole = int(count * _WHOLE_OCCUPATIONS)
    others: list[int] = []
    for tasks in dice.some(work, len(work)):
        if len(tasks) <= whole:
            whole -= len(tasks)
            count -= len(tasks)
            yield from (task.id for task in tasks)
        else:
            others.extend(task.id for task in tasks)
    yield from dice.some(others, count)


def _surveys(
    work: Sequence[Sequence[Task]], unasked: set[int], dice: Dice
) -> Sequence[Survey]:
    places = [
        place
        for place, tasks in enumerate(work)
        if any(task.id not in unasked for task in tasks)
    ]
    experts = min(len(places) - 1, max(1, int(_EXPERTS * len(places))))
    chosen = set(dice.some(places, experts))
    return [
        _survey(dice, dice.pick(_ASKED), expert=place in chosen)
        for place in range(len(work))
    ]


def _survey(dice: Dice, date: str, *, expert: bool) -> Survey:
    if expert:
        return Survey(date, EXPERT, 19 + dice.below(32))
    return Survey(date, INCUMBENT, max(19, int(72 + 34 * dice.bell())))


def _rate(task: Task, survey: Survey, dice: Dice) -> RatedTask:
    survey = replace(survey, responding=survey.responding - dice.below(2))
    return RatedTask(task, survey, rate(survey, dice))


def _place(one: RatedTask) -> tuple[int, int, int]:
    return _ORDER[one.rated.type], -one.rated.importance, one.task.id
