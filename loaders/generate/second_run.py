"""The model's automation labels of another run, and those of people for a few tasks."""

from collections.abc import Iterator, Sequence

from .delimited import Written, written
from .dice import Dice
from .exposure import Label
from .sizes import Sizes

_COLUMNS = (
    *("gpt4_automation", "O*NET-SOC Code", "Task ID", "Task", "Task Type", "Title"),
    "human_automation",
)
_HIGHEST = 4

_OTHERWISE = 6321 / 19264
"""How often the published runs differ."""

_PEOPLE, _FEWEST = 100, 10
"""Tasks of a full release that people labeled; at least so many of a small one."""

_AGREED = 0.4
"""How often people and the model agree; else they are a step or two apart."""


def second_run(labels: Sequence[Label], sizes: Sizes, seed: int) -> Written:
    """Write ``automation_gpt4_human_labels.tsv``, by title and statement."""
    dice = Dice(seed, "second run")
    rows = sorted(labels, key=lambda one: (one.occupation.title, one.statement))
    asked = min(len(rows), max(_FEWEST, sizes.share(_PEOPLE)))
    people = set(dice.some(range(len(rows)), asked))
    return written([_COLUMNS, *_rows(rows, people, dice)], delimiter="\t")


def _rows(
    labels: Sequence[Label], people: set[int], dice: Dice
) -> Iterator[Sequence[object]]:
    for place, one in enumerate(labels):
        model = one.automation
        if dice.chance(_OTHERWISE):
            model = _beside(model, 1, dice)
        human = None
        if place in people:
            agreed = dice.chance(_AGREED)
            human = model if agreed else _beside(model, 1 + dice.below(2), dice)
        yield (
            f"T{model}",
            one.occupation.code,
            one.task_id,
            one.statement,
            one.type,
            one.occupation.title,
            None if human is None else f"T{human}",
        )


def _beside(label: int, steps: int, dice: Dice) -> int:
    """Give a label so many steps away, up or down as there is room."""
    up = label - steps < 0 or (label + steps <= _HIGHEST and dice.chance(0.5))
    return label + steps if up else label - steps
