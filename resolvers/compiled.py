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
from functools import partial
from typing import Any

from workatlas.schema.follow import Column, Computed, Followed
from workatlas.schema.walk import Walked
from workatlas.stores.keys import beside

from .kept import Kept
from .leaf import Leaf
from .rows import Table
from .steps import FOUND_BY, Need, Selection, Shape, Slot, Source, Step, Typename

Function = Callable[[Any, Sequence[Table], Mapping[Step, Mapping[str, Any]]], Any]
"""Takes an object, the tables of the answer, and the arguments of its steps."""
_INDENT = "    "


class UnusualError(Exception):
    """The function met something that it does not know."""


class NoRow:
    """Stands for a row that is not there: each of its columns is null."""

    def __getattr__(self, name: str) -> None:
        """Give null for any column."""


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
    writer = _Writer()
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
        return need.follow.keys is None
    return need.source is not Source.KEYS


def _is_solid_shape(shape: Shape) -> bool:
    if shape.leaf is not None:
        return shape.leaf.is_usual
    if shape.item is not None:
        return _is_solid_shape(shape.item)
    return all(map(_is_solid, shape.selections.values()))


def _is_closed(step: Step) -> bool:
    """Tell whether a step's value is made of what is kept alone."""
    return (
        step.arguments.are_known
        and all(need.source is Source.KEPT for need in step.needs)
        and _is_closed_shape(step.shape)
    )


def _is_closed_shape(shape: Shape) -> bool:
    if shape.item is not None:
        return _is_closed_shape(shape.item)
    return all(
        _is_closed(step) for each in shape.selections.values() for step in each.steps
    )


def _unusual(value: Any, *, is_null_usual: bool) -> None:
    if value is not None or not is_null_usual:
        raise UnusualError


_NULL_IS_USUAL = {
    True: partial(_unusual, is_null_usual=False),
    False: partial(_unusual, is_null_usual=True),
}


class _Writer:
    """Writes functions; ``names`` has what they refer to."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {
            "NO_ROW": NoRow(),
            "beside": beside,
            "UnusualError": UnusualError,
        }
        self.steps: list[Step] = []
        self.slots: set[Slot] = set()
        self._known: dict[int, str] = {}
        self._bindings: list[str] = []
        self._functions: list[str] = []

    def source(self, name: str) -> str:
        """Give the whole text; its ``make`` gives the function of that name."""
        lines = [
            "def make(kept, prefix):",
            f"{_INDENT}rows = kept.rows",
            *(_INDENT + line for line in (*self._bindings, *self._functions)),
            f"{_INDENT}return {name}",
        ]
        return "\n".join(lines)

    def selection(self, selection: Selection) -> str:
        """Write the function of a selection, and give its name."""
        lines: list[str] = []
        if any(isinstance(step.declared, Column) for step in selection.steps):
            lines.append("row = o.row or NO_ROW")
        if any(n.source is Source.ABOVE for s in selection.steps for n in s.needs):
            lines.append("key = o.key")
        values: list[str] = []
        for place, step in enumerate(selection.steps):
            lines += self._step(step, f"v{place}")
            values.append(f"{step.name!r}: v{place}")
        lines.append(f"return {{{', '.join(values)}}}")
        name = f"select_{len(self._functions)}"
        self._functions += [
            f"def {name}(o, tables, given):",
            *(_INDENT + line for line in lines),
        ]
        return name

    def _step(self, step: Step, value: str) -> list[str]:
        declared = step.declared
        if isinstance(declared, Followed):
            return self._followed(step, declared, value)
        if isinstance(declared, Typename):
            return [f"{value} = {declared.name!r}"]
        if isinstance(declared, Computed):
            made = f"{self._name('computed', declared.function)}(o)"
        else:
            assert not isinstance(declared, Walked)  # noqa: S101 - it is not solid
            of = "row" if isinstance(declared, Column) else "o"
            made = f"{of}.{declared.name}"
        return [f"{value} = {made}", *self._completed(step.shape, value)]

    def _followed(self, step: Step, declared: Followed, value: str) -> list[str]:
        number = self._name("step", step).removeprefix("step_")
        function = self._name("function", declared.function)
        keywords = "" if step.arguments.are_none else f", **given[step_{number}]"
        if not step.arguments.are_none:
            self.steps.append(step)
        rows = [self._rows(need, number) for need in step.needs]
        called = f"{value} = {function}({', '.join(['o', *rows])}{keywords})"
        lines = [called, *self._completed(step.shape, value)]
        if not (declared.shared and _is_closed(step)):
            return lines
        self._bindings.append(f"known_{number} = kept.values_of(step_{number}, prefix)")
        places = [self._place(need) for need in step.needs]
        at = places[0] if len(places) == 1 else f"({', '.join(places)})"
        return [
            f"at = {at}",
            f"{value} = known_{number}.get(at)",
            f"if {value} is None:",
            *(_INDENT + line for line in lines),
            f"{_INDENT}known_{number}[at] = {value}",
        ]

    def _rows(self, need: Need, number: str) -> str:
        if need.source is Source.NONE:
            return "[]"
        assert need.slot.entry is not None  # noqa: S101 - only a root has none
        if need.source is Source.KEPT:
            name, place = need.slot.entry.name, self._place(need)
            if need.follow.is_own:
                found = f"rows[{name!r}, {place}]"
            elif callable(need.follow.at) or not need.follow.is_always:
                # What is not always needed may not be kept.
                found = f"rows[{name!r}, beside(o.key, *{place})]"
            else:
                found = f"kept_{len(self._bindings)}"
                self._bindings.append(
                    f"{found} = rows[{name!r}, beside(prefix + '/', *{place})]"
                )
        else:
            self.slots.add(need.slot)
            found = f"tables[{need.slot.number}][key]"
        if need.follow.is_always:
            return found
        when = self._name("when", need.follow.when)
        return f"({found} if {when}(given[step_{number}]) else [])"

    def _place(self, need: Need) -> str:
        """Write where in the build the node stands that a need starts from."""
        at = need.follow.at
        if at is None:
            return "o.key"
        if callable(at):
            return f"{self._name('place', at)}(o)"
        return repr(at)

    def _completed(self, shape: Shape, value: str) -> list[str]:
        """Turn the value in a variable to one of the answer."""
        usual, made = self._usual(shape, value)
        if made == value:
            null = "" if shape.is_non_null else f" and {value} is not None"
            return [f"if not ({usual}){null}: raise UnusualError"]
        unusual = self._name("unusual", _NULL_IS_USUAL[shape.is_non_null])
        return [f"{value} = {made} if {usual} else {unusual}({value})"]

    def _usual(self, shape: Shape, value: str) -> tuple[str, str]:
        """Give the test for a usual value, and what becomes of it."""
        if shape.leaf is not None:
            return self._usual_leaf(shape.leaf, value)
        if shape.item is not None:
            usual, made = self._usual(shape.item, "x")
            unusual = self._name("unusual", _NULL_IS_USUAL[shape.item.is_non_null])
            each = f"{made} if {usual} else {unusual}(x)"
            return f"{value}.__class__ is list", f"[{each} for x in {value}]"
        functions = {
            kind: self.selection(each) for kind, each in shape.selections.items()
        }
        if len(functions) == 1:
            ((kind, function),) = functions.items()
            of = self._name("kind", kind)
            return f"{value}.__class__ is {of}", f"{function}({value}, tables, given)"
        table = f"by_kind_{len(self._functions)}"
        kinds = ", ".join(f"{self._name('kind', k)}: {f}" for k, f in functions.items())
        self._functions.append(f"{table} = {{{kinds}}}")
        return (
            f"{value}.__class__ in {table}",
            f"{table}[{value}.__class__]({value}, tables, given)",
        )

    def _usual_leaf(self, leaf: Leaf, value: str) -> tuple[str, str]:
        of = self._name("kind", leaf.plain)
        test = f"{value}.__class__ is {of}"
        if leaf.names:
            return test, f"{self._name('names', leaf.names)}[{value}._value_]"
        bounds = leaf.bounds.format(value=value)
        return f"{test} and {bounds}" if bounds else test, value

    def _name(self, kind: str, value: Any) -> str:
        """Give the name by which a value can be referred to."""
        if id(value) not in self._known:
            self._known[id(value)] = name = f"{kind}_{len(self._known)}"
            self.names[name] = value
        return self._known[id(value)]
