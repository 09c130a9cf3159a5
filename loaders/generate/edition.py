"""The next edition of an invented release: most of it is as it was, some has changed.

What changes is of the kinds that editions of O*NET differ in. A task keeps its
identifier, and a new one has an identifier that no edition before had.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TypeVar

from .dice import Dice
from .emerging import Emerging
from .hierarchy import Detailed
from .occupations import Occupation
from .sizes import Sizes
from .statements import Author
from .surveys import RatedTask, in_order, not_asked, survey_again
from .tasks import Task
from .world import World

_SURVEYED, _RETITLED = 90, 3
_REMOVED, _MOVED, _REWORDED, _RELINKED = 100, 10, 150, 60
_ADDED, _RETURNED, _PROMOTED = 120, 5, 12
"""Occupations and tasks of a full release that an edition changes; of a small one at
least one for each of these, where there is one."""

_FOR_SURVEYS = 0.5
"""Part of the new tasks that are written for a survey, and rated in it."""

_RELATED = " and Related Workers"
_YEAR, _MONTH, _MONTHS = 2024, 8, 3
"""When the last survey of a first edition was, and how far editions lie apart."""

_T = TypeVar("_T")
_Tasks = Sequence[RatedTask]


def next_edition(world: World, sizes: Sizes, seed: int, number: int) -> World:
    """Give the edition after ``world``; the labels stay those of the first edition.

    ``sizes`` are those of the first edition, ``number`` is how many came before.
    """
    chance = _Chance(sizes, Dice(seed, f"edition {number}"))
    author = Author(world.words, sizes, chance.dice, _statements(world))
    date, pools = _date(number), world.hierarchy.pools
    surveyed = chance.some([*_busy(world.tasks)], _SURVEYED)
    removed = {one.task.id for one in _removed(world.tasks, chance)}
    returned = {one.task.id for one in chance.some(world.gone, _RETURNED)}
    tasks = [one for one in world.tasks if one.task.id not in removed]
    tasks = _moved(tasks, chance)
    tasks = _reworded(tasks, author, chance)
    tasks = _relinked(tasks, pools, chance)
    tasks += [one for one in world.gone if one.task.id in returned]
    drafts = world.emerging
    new = [*_added(world, surveyed, author, chance)]
    # With dice of their own: what else changes does not hang on it.
    others = _Chance(sizes, Dice(seed, f"candidates of edition {number}"))
    # One stays: a file has rows.
    promoted = others.some([e for e in drafts if e.revises is None][1:], _PROMOTED)
    made = _promoted(world, promoted, author, others.dice)
    after = 1 + max(_numbers(world, new))
    new += [replace(task, id=after + place) for place, task in enumerate(made)]
    tasks += [not_asked(task, date) for task in new]
    tasks = survey_again(tasks, {*surveyed}, date, chance.dice)
    here = {one.task.id for one in tasks}
    return _retitled(
        replace(
            world,
            tasks=in_order(tasks),
            emerging=[*_emerging(drafts, promoted, {t.task.id: t.task for t in tasks})],
            gone=[
                one for one in (*world.gone, *world.tasks) if one.task.id not in here
            ],
        ),
        chance,
    )


@dataclass(frozen=True)
class _Chance:
    """Chooses what an edition of a release of some size changes."""

    sizes: Sizes
    dice: Dice

    def some(self, choices: Sequence[_T], of_full: int) -> list[_T]:
        """Choose as many as there are ``of_full`` in a full release."""
        return self.dice.some(choices, min(len(choices), self.number(of_full)))

    def number(self, of_full: int) -> int:
        """Give how many ``of_full`` of a full release come to, at least 1."""
        return max(1, self.sizes.share(of_full))


def _date(number: int) -> str:
    months = _MONTH - 1 + _MONTHS * number
    return f"{1 + months % 12:02}/{_YEAR + months // 12}"


def _busy(tasks: _Tasks) -> dict[str, Occupation]:
    """Give the occupations that have tasks, by code."""
    return {one.task.occupation.code: one.task.occupation for one in tasks}


def _statements(world: World) -> set[str]:
    """Give all statements that an edition or a study had."""
    tasks = {one.task.draft.statement for one in (*world.tasks, *world.gone)}
    return tasks | {label.statement for label in world.labels}


def _changed(
    tasks: _Tasks, chosen: Sequence[RatedTask], change: Callable[[Task], Task]
) -> list[RatedTask]:
    some = {one.task.id for one in chosen}
    return [
        replace(one, task=change(one.task)) if one.task.id in some else one
        for one in tasks
    ]


def _leaving(tasks: _Tasks) -> Iterator[RatedTask]:
    """Give the tasks that may leave their occupation: each keeps its first one."""
    first: set[str] = set()
    for one in tasks:
        code = one.task.occupation.code
        if code in first:
            yield one
        first.add(code)


def _removed(tasks: _Tasks, chance: _Chance) -> list[RatedTask]:
    return chance.some([*_leaving(tasks)], _REMOVED)


def _moved(tasks: _Tasks, chance: _Chance) -> list[RatedTask]:
    """Move tasks to other occupations, where nothing else may say the same."""
    said = Counter(one.task.draft.statement for one in tasks)
    single = [one for one in _leaving(tasks) if said[one.task.draft.statement] == 1]
    places = [*_busy(tasks).values()]

    def move(task: Task) -> Task:
        others = [one for one in places if one.code != task.occupation.code]
        return replace(task, occupation=chance.dice.pick(others or places))

    return _changed(tasks, chance.some(single, _MOVED), move)


def _reworded(tasks: _Tasks, author: Author, chance: _Chance) -> list[RatedTask]:
    def reword(task: Task) -> Task:
        draft = author.again(task.occupation.field, task.draft)
        return replace(task, draft=draft)

    return _changed(tasks, chance.some(tasks, _REWORDED), reword)


def _relinked(
    tasks: _Tasks, pools: Mapping[int, Sequence[Detailed]], chance: _Chance
) -> list[RatedTask]:
    """Take an activity away from tasks that have several; give others one more."""

    def relink(task: Task) -> Task:
        known = task.draft.activities
        pool = pools[task.occupation.field.group]
        more = [one for one in pool if one not in known]
        if len(known) > 1 or not more:
            activities = known[:-1]
        else:
            activities = [*known, chance.dice.pick(more)]
        return replace(task, draft=replace(task.draft, activities=activities))

    return _changed(tasks, chance.some(tasks, _RELINKED), relink)


def _emerging(
    before: Sequence[Emerging], promoted: Sequence[Emerging], tasks: Mapping[int, Task]
) -> Iterator[Emerging]:
    """Give the candidates that are left: of tasks that are there, and new ones."""
    for one in before:
        if one.revises is None:
            if one not in promoted:
                yield one
        elif one.revises.id in tasks:
            task = tasks[one.revises.id]
            yield replace(one, revises=task, occupation=task.occupation)


def _added(
    world: World, surveyed: Sequence[str], author: Author, chance: _Chance
) -> Iterator[Task]:
    """Write new tasks, with numbers after all that were ever given."""
    busy, dice = _busy(world.tasks), chance.dice
    numbers = count(1 + max(_numbers(world)))
    for _ in range(chance.number(_ADDED)):
        codes = surveyed if dice.chance(_FOR_SURVEYS) else [*busy]
        occupation = busy[dice.pick(codes)]
        pool = world.hierarchy.pools[occupation.field.group]
        draft = author.draft(occupation.field, dice.some(pool, len(pool)))
        yield Task(next(numbers), occupation, draft)


def _numbers(world: World, new: Sequence[Task] = ()) -> Iterator[int]:
    """Give all numbers of tasks that were ever given."""
    yield from (one.task.id for one in (*world.tasks, *world.gone))
    yield from (label.task_id for label in world.labels)
    yield from (task.id for task in new)


def _promoted(
    world: World, candidates: Sequence[Emerging], author: Author, dice: Dice
) -> Iterator[Task]:
    """Write tasks of candidates as they were proposed; without a number as yet."""
    for one in candidates:
        pool = world.hierarchy.pools[one.occupation.field.group]
        draft = author.draft(one.occupation.field, dice.some(pool, len(pool)))
        yield Task(0, one.occupation, replace(draft, statement=one.statement))


def _retitled(world: World, chance: _Chance) -> World:
    """Give occupations other titles, wherever they stand."""
    new = {
        one.code: replace(one, title=_title(one.title))
        for one in chance.some(world.occupations, _RETITLED)
    }

    def titled(some: Sequence[Occupation]) -> list[Occupation]:
        return [new.get(one.code, one) for one in some]

    return replace(
        world,
        occupations=titled(world.occupations),
        related={code: titled(some) for code, some in world.related.items()},
        tasks=_in(world.tasks, new),
        gone=_in(world.gone, new),
        emerging=[
            replace(one, occupation=new.get(one.occupation.code, one.occupation))
            for one in world.emerging
        ],
    )


def _title(title: str) -> str:
    shorter = title.removesuffix(_RELATED)
    return title + _RELATED if shorter == title else shorter


def _in(tasks: _Tasks, titled: Mapping[str, Occupation]) -> list[RatedTask]:
    """Give tasks with the occupations that are titled anew."""

    def retitle(task: Task) -> Task:
        return replace(task, occupation=titled[task.occupation.code])

    some = [one for one in tasks if one.task.occupation.code in titled]
    return _changed(tasks, some, retitle)
