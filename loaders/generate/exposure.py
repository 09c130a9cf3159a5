"""Labels of a study that rated the tasks of a slightly older release."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, groupby

from .dice import Dice
from .hierarchy import Hierarchy
from .occupations import Occupation
from .sizes import Sizes
from .statements import Author, other_words
from .surveys import RatedTask

_NEW, _REWORDED, _GONE = 45, 53, 514
"""Of a full release: tasks that the study does not have, tasks that it has in other
words, and tasks of the study that the release no longer has."""

_GONE_CORE = 0.7
"""Part of the latter that are core tasks."""

_MODEL = {
    "equipment": (78, 2, 20),
    "materials": (68, 4, 28),
    "sites": (72, 3, 25),
    "clients": (40, 12, 48),
    "staff": (40, 12, 48),
    "plans": (10, 15, 75),
    "records": (5, 41, 54),
}
"""How often the model says E0, E1, E2, by the kind of thing a task is about."""

_HUMAN = ((7683, 202, 676), (331, 931, 1440), (2242, 1729, 4031))
_OTHER_RUBRIC = ((8202, 104, 255), (375, 1657, 670), (2653, 561, 4788))
_AUTOMATION = (
    (5596, 2784, 12, 139, 30),
    (12, 323, 485, 1797, 85),
    (138, 3177, 2727, 1943, 17),
)
"""How often each answer goes with the model's E0, E1, E2 in the published labels."""

_RELEVANT = (0.09, 0.46, 0.09)
"""How often a task is marked relevant where the model says E0, E1, E2."""


@dataclass(frozen=True)
class Label:
    """A row of labels; exposure is 0 to 2 for E0 to E2, automation 0 to 4."""

    task_id: int
    occupation: Occupation
    statement: str
    type: str | None
    human: int
    model: int
    other_rubric: int
    relevant: bool
    automation: int


@dataclass(frozen=True)
class _Rated:
    """A task as the study saw it."""

    task_id: int
    occupation: Occupation
    statement: str
    type: str | None
    kind: str


def make_labels(
    tasks: Sequence[RatedTask],
    hierarchy: Hierarchy,
    author: Author,
    sizes: Sizes,
    seed: int,
) -> Sequence[Label]:
    """Label the tasks in their order, after each occupation what it no longer has.

    At least one task is in other words, and one is no longer there.
    """
    dice = Dice(seed, "labels")
    seen = _seen(tasks, hierarchy, author, sizes, dice)
    return [_label(one, dice) for one in seen]


def _seen(
    tasks: Sequence[RatedTask],
    hierarchy: Hierarchy,
    author: Author,
    sizes: Sizes,
    dice: Dice,
) -> Iterator[_Rated]:
    new = min(sizes.tasks - 1, sizes.share(_NEW))
    reworded = max(1, sizes.share(_REWORDED))
    odd = dice.some([one.task.id for one in tasks], new + reworded)
    unknown, other_words = set(odd[:new]), set(odd[new:])
    gone = Counter(
        dice.pick(tasks).task.occupation.code for _ in range(max(1, sizes.share(_GONE)))
    )
    numbers = count(1 + max(one.task.id for one in tasks))
    for code, group in groupby(tasks, lambda one: one.task.occupation.code):
        own = list(group)
        yield from (
            _as_then(one, reworded=one.task.id in other_words)
            for one in own
            if one.task.id not in unknown
        )
        for _ in range(gone[code]):
            yield _gone(next(numbers), own[0].task.occupation, hierarchy, author, dice)


def _as_then(one: RatedTask, *, reworded: bool) -> _Rated:
    task, text = one.task, one.task.draft.statement
    statement = other_words(text) if reworded else text
    return _Rated(task.id, task.occupation, statement, one.rated.type, task.draft.kind)


def _gone(
    number: int,
    occupation: Occupation,
    hierarchy: Hierarchy,
    author: Author,
    dice: Dice,
) -> _Rated:
    field = occupation.field
    draft = author.draft(field, hierarchy.pools[field.group])
    kind = "Core" if dice.chance(_GONE_CORE) else "Supplemental"
    return _Rated(number, occupation, draft.statement, kind, draft.kind)


def _label(one: _Rated, dice: Dice) -> Label:
    model = dice.weighted(_MODEL[one.kind])
    return Label(
        task_id=one.task_id,
        occupation=one.occupation,
        statement=one.statement,
        type=one.type,
        human=dice.weighted(_HUMAN[model]),
        model=model,
        other_rubric=dice.weighted(_OTHER_RUBRIC[model]),
        relevant=dice.chance(_RELEVANT[model]),
        automation=dice.weighted(_AUTOMATION[model]),
    )
