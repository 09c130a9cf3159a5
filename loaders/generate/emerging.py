"""What a later release may have: tasks that are new, and tasks in other words."""

from collections.abc import Sequence
from dataclasses import dataclass

from .dice import Dice
from .hierarchy import Hierarchy
from .occupations import Occupation
from .ratings import EXPERT, INCUMBENT
from .sizes import Sizes
from .statements import Author
from .surveys import RatedTask
from .tasks import Task

_ALL, _REVISIONS = 240, 46
"""Emerging tasks of O*NET 29.2, and how many of them revise a task."""

_FEWEST = 4
"""However small the release, it has so many; at least one of them revises a task."""

_YEARS = range(2014, 2025)
_EXPERTS = 60 / 240
"""Part of those of O*NET 29.2 whose domain source are experts."""


@dataclass(frozen=True)
class Emerging:
    """A candidate, and the task that it revises if it is not new.

    ``date`` is ``MM/YYYY``, ``source`` its domain source.
    """

    occupation: Occupation
    statement: str
    revises: Task | None
    date: str
    source: str


def emerge(
    tasks: Sequence[RatedTask],
    hierarchy: Hierarchy,
    author: Author,
    sizes: Sizes,
    seed: int,
) -> Sequence[Emerging]:
    """Write the candidates of a release, by the codes of their occupations."""
    dice = Dice(seed, "emerging tasks")
    count = max(_FEWEST, sizes.share(_ALL))
    revised = min(len(tasks), max(1, sizes.share(_REVISIONS)))
    own = [one.task for one in tasks]
    candidates = [
        _candidate(task.occupation, f"{_open(task)}, on site or remotely.", task, dice)
        for task in dice.some(own, revised)
    ]
    for _ in range(count - revised):
        occupation = dice.pick(own).occupation
        field = occupation.field
        draft = author.draft(field, hierarchy.pools[field.group])
        candidates.append(_candidate(occupation, draft.statement, None, dice))
    return sorted(candidates, key=lambda one: (one.occupation.code, one.statement))


def _open(task: Task) -> str:
    return task.draft.statement.removesuffix(".")


def _candidate(
    occupation: Occupation, statement: str, revises: Task | None, dice: Dice
) -> Emerging:
    return Emerging(
        occupation=occupation,
        statement=statement,
        revises=revises,
        date=f"08/{dice.pick(_YEARS)}",
        source=EXPERT if dice.chance(_EXPERTS) else INCUMBENT,
    )
