"""Figures in the form of the Anthropic Economic Index: usage by statement."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from .delimited import Written, written
from .dice import Dice, added
from .sizes import Sizes
from .world import World

_STATEMENTS, _FILTERED = 3364, 1066
"""Statements of a full release that are above the floor; those of them of which
nothing is said of how the assistant was used."""

_FLOOR = 15
"""So many conversations a statement has at least."""

_NO_TASK = 0.018
"""About no task, beside each conversation about one."""

_KINDS = {
    "feedback_loop": 0.118,
    "directive": 0.280,
    "task_iteration": 0.230,
    "validation": 0.034,
    "learning": 0.257,
}
"""Kinds of interaction, and how often each one occurs."""

_FEW = 8
"""A kind with fewer conversations than this is filtered."""


def economic_index_files(
    world: World, sizes: Sizes, seed: int
) -> Mapping[str, Written]:
    """Write percentages and kinds of interaction, by name of the file.

    Statements are those of the labeled release, in small letters, in alphabetical
    order: at least one that several tasks have, and one that has gone since.
    """
    dice = Dice(seed, "economic index")
    statements = _statements(world, sizes, dice)
    counts = {text: _conversations(dice) for text in statements}
    count = len(statements)
    hidden = set(dice.some(statements, max(1, count * _FILTERED // _STATEMENTS)))
    kinds = [
        (text, *_interactions(counts[text], dice, hidden=text in hidden))
        for text in statements
    ]
    return {
        "task_pct_v2.csv": written(list(_percentages(counts)), delimiter=","),
        "automation_vs_augmentation_by_task.csv": written(
            [("task_name", *_KINDS, "filtered"), *kinds], delimiter=","
        ),
    }


def _statements(world: World, sizes: Sizes, dice: Dice) -> Sequence[str]:
    """Choose statements, the likelier the more tasks have them."""
    labeled = [one.statement.lower() for one in world.labels]
    now = {one.task.draft.statement.lower() for one in world.tasks}
    shared = [text for text, count in Counter(labeled).items() if count > 1]
    gone = [text for text in labeled if text not in now]
    some = dice.some(labeled, len(labeled))
    wanted = max(1, sizes.share(_STATEMENTS))
    return sorted(list(dict.fromkeys([*shared[:1], *gone[:1], *some]))[:wanted])


def _conversations(dice: Dice) -> int:
    return _FLOOR + int(20 / (dice.fraction() + 0.002))


def _percentages(counts: Mapping[str, int]) -> Iterator[Sequence[object]]:
    """Give the header and a row for each statement, and one for no task; sum: 100."""
    yield "task_name", "pct"
    about = sum(counts.values())
    every = {**counts, "none": 1 + int(about * _NO_TASK)}
    total = sum(every.values())
    for text in sorted(every):
        yield text, 100 * every[text] / total


def _interactions(count: int, dice: Dice, *, hidden: bool) -> Sequence[float]:
    """Give the fraction of each kind, and of what is filtered; sum: 1."""
    often = [weight * dice.between(0.2, 1.8) for weight in _KINDS.values()]
    total = added(often) / (1 - dice.between(0, 0.1))
    found = [int(count * weight / total) for weight in often]
    shown = [0 if hidden or each < _FEW else each for each in found]
    return [each / count for each in (*shown, count - sum(shown))]
