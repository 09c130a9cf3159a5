"""A selection as one Python function, for the usual case that nothing goes wrong.

The columns of ``execution.py`` take every case; they pay for it with each step. Where
all rows are there already, a selection with all below it is written out as a function
of one object: a line a field, no loop, no table of steps. It knows the usual values
alone. At anything else, a null or an error where none may be or rows that are not kept
yet, it gives up, and the columns make the answer of the same rows.

What is written comes from the schema's declarations; of a document only the names in
the answer are used, as literals.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workatlas.schema.walk import Walked

from .kept import Kept
from .rows import Table
from .steps import FOUND_BY, Need, Selection, Shape, Slot, Source, Step
from .writer import Writer

Function = Callable[[Any, Sequence[Table], Mapping[Step, Mapping[str, Any]]], Any]
"""Takes an object, the tables of the answer, and the arguments of its steps."""


@dataclass(frozen=True, eq=False)
class Compiled:
    """A selection's function for the objects of a build, and the steps it covers.

    ``make`` gives the function over what is kept, by the build's prefix; ``slots`` are
    those of which it takes rows.
    """

    make: Callable[[Kept, str], Function]
    steps: list[Step]
    slots: set[Slot]


def compiled(selection: Selection) -> Compiled | None:
    """Write a selection's function, unless something in it has to be fetched first."""
    if not _is_solid(selection):
        return None
    writer = Writer()
    name = writer.selection(selection)
    source = writer.source(name)
    exec(compile(source, f"<{selection.type}>", "exec"), writer.names)  # noqa: S102
    return Compiled(writer.names["make"], writer.steps, writer.slots)


def ask_for_keys(selection: Selection) -> None:
    """Ask for the keys of objects that a function starts with: they name its build."""
    if _is_solid(selection):
        return
    for step in selection.steps:
        for below in step.shape.below():
            for need in step.needs:
                if need.source is not Source.NONE:
                    need.slot.read({FOUND_BY})
            ask_for_keys(below)


def _is_solid(selection: Selection) -> bool:
    """Tell whether all rows of a selection are there before its steps begin."""
    return selection.own is None and all(
        not isinstance(step.declared, Walked)
        and step.sought is None
        and all(map(_is_at_hand, step.needs))
        and _is_solid_shape(step.shape)
        for step in selection.steps
    )


def _is_at_hand(need: Need) -> bool:
    if need.source is Source.KEPT:
        return not need.follow.has_keys
    return need.source is not Source.KEYS


def _is_solid_shape(shape: Shape) -> bool:
    if shape.leaf is not None:
        return shape.leaf.is_usual
    if shape.item is not None:
        return _is_solid_shape(shape.item)
    return all(map(_is_solid, shape.selections.values()))
