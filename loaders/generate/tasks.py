"""The tasks of a release: which occupation has which, and what they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from .dice import Dice
from .hierarchy import Hierarchy
from .occupations import Occupation
from .sizes import Sizes
from .statements import Author, Draft

_SHARED = ((2, 289), (3, 42), (5, 24), (8, 18), (12, 6), (22, 2), (32, 18))
"""Statements that so many occupations share, and how many of those: 1,660 tasks."""

_FEWEST = 2
"""However small the release, one statement is shared by so many."""

_QUOTING = 6
"""Statements of a full release that hold double quotes, about."""


@dataclass(frozen=True)
class Task:
    """A task before it is rated."""

    id: int
    occupation: Occupation
    draft: Draft


def make_tasks(
    occupations: Sequence[Occupation],
    hierarchy: Hierarchy,
    author: Author,
    sizes: Sizes,
    seed: int,
) -> Sequence[Sequence[Task]]:
    """Write the tasks of each occupation; occupations without any are left out."""
    dice = Dice(seed, "tasks")
    idle = set(dice.some(range(len(occupations)), sizes.without_tasks))
    busy = [one for place, one in enumerate(occupations) if place not in idle]
    counts = _allot(sizes.tasks, len(busy), dice)
    drafts = _shared(busy, counts, hierarchy, author, sizes=sizes, dice=dice)
    left = sizes.tasks - sum(map(len, drafts))
    quoting = iter(_quoting(left, sizes, dice))
    for occupation, count, some in zip(busy, counts, drafts, strict=True):
        pool = hierarchy.pools[occupation.field.group]
        # Each occupation has activities that it is about more than others are.
        liking = dice.some(pool, len(pool))
        some.extend(
            author.draft(occupation.field, liking, quoting=next(quoting))
            for _ in range(count - len(some))
        )
    return _numbered(busy, drafts, dice)


def _allot(total: int, count: int, dice: Dice) -> Sequence[int]:
    """Share tasks among occupations: at least one each, most near the average."""
    weights = [min(1.95, max(0.2, 1 + 0.31 * dice.bell())) for _ in range(count)]
    reached = list(accumulate(weights))
    until = [0, *(int((total - count) * part / reached[-1] + 0.5) for part in reached)]
    return [1 + end - start for start, end in pairwise(until)]


def _shared(
    busy: Sequence[Occupation],
    counts: Sequence[int],
    hierarchy: Hierarchy,
    author: Author,
    *,
    sizes: Sizes,
    dice: Dice,
) -> list[list[Draft]]:
    """Give neighboring occupations tasks in common; each keeps one of its own."""
    drafts: list[list[Draft]] = [[] for _ in busy]
    fields = [
        list(some)
        for _, some in groupby(range(len(busy)), lambda n: busy[n].field.group)
    ]
    for wanted, of_full in _SHARED:
        for _ in range(max(sizes.share(of_full), wanted == _FEWEST)):
            places = dice.pick(fields)
            size = min(wanted, len(places))
            start = dice.below(len(places) - size + 1)
            field = busy[places[0]].field
            draft = author.draft(field, hierarchy.pools[field.group])
            for place in places[start : start + size]:
                if len(drafts[place]) + 1 < counts[place]:
                    drafts[place].append(draft)
    return drafts


def _quoting(count: int, sizes: Sizes, dice: Dice) -> Sequence[bool]:
    some = set(dice.some(range(count), max(1, sizes.share(_QUOTING))))
    return [number in some for number in range(count)]


def _numbered(
    busy: Sequence[Occupation], drafts: Sequence[Sequence[Draft]], dice: Dice
) -> Sequence[Sequence[Task]]:
    """Give numbers with gaps, rising within an occupation; these in any order."""
    tasks: list[list[Task]] = [[] for _ in busy]
    last = 0
    for place in dice.some(range(len(busy)), len(busy)):
        for draft in drafts[place]:
            last += 2 if dice.chance(0.25) else 1
            tasks[place].append(Task(last, busy[place], draft))
    return tasks
