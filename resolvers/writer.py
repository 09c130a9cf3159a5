"""Writes a selection and all below it as the source of one function (``compiled.py``).

Objects that a ``straight`` function would make are not made: ``symbols.py`` tells where
their parts come from, and they are read from there.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from workatlas.schema.follow import Column, Computed, Followed
from workatlas.stores.keys import beside

from .leaf import Leaf
from .steps import Attribute, Need, Selection, Shape, Slot, Source, Step, Typename
from .symbols import LOOKED, Columns, NoRow, StandIn, UnknownError, source_of

_INDENT = "    "
Lines = list[str]


class UnusualError(Exception):
    """The function met something that it does not know."""


def _unusual(value: Any, *, is_null_usual: bool) -> None:
    if value is not None or not is_null_usual:
        raise UnusualError


_NULL_IS_USUAL = {
    True: partial(_unusual, is_null_usual=False),
    False: partial(_unusual, is_null_usual=True),
}


class _Subject(NamedTuple):
    """The object ``o`` that a function is written for, as far as it is known."""

    columns: Columns
    stand_in: Any


class Writer:
    """Writes functions; ``names`` has what they refer to.

    ``steps`` are those whose arguments they take, ``slots`` those of which they take
    rows.
    """

    def __init__(self) -> None:
        """Start without any."""
        self.names: dict[str, Any] = {
            "NO_ROW": NoRow(),
            "beside": beside,
            "UnusualError": UnusualError,
        }
        self.steps: list[Step] = []
        self.slots: set[Slot] = set()
        self._known: dict[int, str] = {}
        self._bindings: Lines = []
        self._functions: Lines = []

    def source(self, name: str) -> str:
        """Give the whole text; its ``make`` gives the function of that name."""
        lines = [
            "def make(kept, prefix):",
            f"{_INDENT}rows = kept.rows",
            *_indented([*self._bindings, *self._functions]),
            f"{_INDENT}return {name}",
        ]
        return "\n".join(lines)

    def selection(self, selection: Selection) -> str:
        """Write the function of a selection, and give its name."""
        columns = Columns(selection.kind)
        of = _Subject(columns, StandIn(selection.kind, columns))
        lines: Lines = []
        if any(n.source is Source.ABOVE for s in selection.steps for n in s.needs):
            lines.append("key = o.key")
        values: list[str] = []
        for place, step in enumerate(selection.steps):
            value = f"v{place}"
            lines += self._straight(step, value, of) or self._step(step, value, of)
            values.append(f"{step.name!r}: {value}")
        name = f"select_{len(self._functions)}"
        self._functions += [
            f"def {name}(o, tables, given):",
            *_indented(columns.lines()),
            *_indented(lines),
            f"{_INDENT}return {{{', '.join(values)}}}",
        ]
        return name

    def _step(self, step: Step, value: str, of: _Subject) -> Lines:
        declared = step.declared
        if isinstance(declared, Followed):
            return self._followed(step, declared, value, of)
        if isinstance(declared, Typename):
            return [f"{value} = {declared.name!r}"]
        if isinstance(declared, Computed):
            made = f"{self._name('computed', declared.function)}(o)"
        elif isinstance(declared, Column):
            made = of.columns.source(declared.name)
        else:
            assert isinstance(declared, Attribute)  # noqa: S101 - it is solid
            made = f"o.{declared.name}"
        return [f"{value} = {made}", *self._completed(step.shape, value)]

    def _straight(self, step: Step, value: str, of: _Subject) -> Lines | None:
        """Write a step whose object need not be made; None if it must be."""
        declared = step.declared
        if not (isinstance(declared, Computed) and declared.straight):
            return None
        try:
            made = declared.function(of.stand_in)
            lines = self._parts(step.shape, made, value)
        except (*LOOKED, KeyError):
            return None
        if not of.columns.may_be_absent:
            return lines
        of.columns.is_asked_for = True
        return [
            "if row is None:",
            *_indented(self._step(step, value, of)),
            "else:",
            *_indented(lines),
        ]

    def _parts(self, shape: Shape, made: Any, value: str) -> Lines:
        """Write what is selected of an object that has symbols for values.

        Raises one of LOOKED or KeyError where it takes the object itself.
        """
        lines: Lines = []
        values: list[str] = []
        for place, step in enumerate(shape.selections[type(made)].steps):
            lines += self._part(step, made, f"{value}_{place}")
            values.append(f"{step.name!r}: {value}_{place}")
        return [*lines, f"{value} = {{{', '.join(values)}}}"]

    def _part(self, step: Step, made: Any, value: str) -> Lines:
        """Write a field of such an object."""
        declared = step.declared
        if isinstance(declared, Followed):
            if not (declared.shared and step.is_closed):
                raise UnknownError(step.name)
            return self._shared(step, declared, value, made, "None")
        if isinstance(declared, Typename):
            return [f"{value} = {declared.name!r}"]
        if not isinstance(declared, Attribute):
            raise UnknownError(step.name)
        known = getattr(made, declared.name)
        lines = [f"{value} = {source_of(known)}"]
        return [*lines, *self._completed(step.shape, value)]

    def _followed(
        self, step: Step, declared: Followed, value: str, of: _Subject
    ) -> Lines:
        if declared.shared and step.is_closed:
            return self._shared(step, declared, value, of.stand_in, "o")
        return self._called(step, declared, value, of.stand_in, "o")

    def _called(
        self, step: Step, declared: Followed, value: str, of: Any, of_name: str
    ) -> Lines:
        function = self._name("function", declared.function)
        rows = [self._rows(need, step, of) for need in step.needs]
        called = ", ".join([of_name, *rows, *self._keywords(step)])
        return [f"{value} = {function}({called})", *self._completed(step.shape, value)]

    def _keywords(self, step: Step) -> Lines:
        """Write the arguments of a step's function."""
        if step.arguments.are_none:
            return []
        # They are looked at once an answer, even where they are known.
        self.steps.append(step)
        if step.arguments.known is None:
            return [f"**given[step_{self._number(step)}]"]
        known = step.arguments.known.items()
        return [f"{name}={self._name('argument', value)}" for name, value in known]

    def _shared(
        self, step: Step, declared: Followed, value: str, of: Any, of_name: str
    ) -> Lines:
        """Write a step whose values are kept, by the places that it starts from."""
        number = self._number(step)
        self._bindings.append(f"known_{number} = kept.values_of(step_{number}, prefix)")
        places = [self._place(need, of) for need in step.needs]
        at = places[0] if len(places) == 1 else f"({', '.join(places)})"
        return [
            f"{value} = known_{number}.get({at})",
            f"if {value} is None:",
            *_indented(self._called(step, declared, value, of, of_name)),
            f"{_INDENT}known_{number}[{at}] = {value}",
        ]

    def _rows(self, need: Need, step: Step, of: Any) -> str:
        arguments = step.arguments.known
        is_spared = arguments is not None and not need.follow.when(arguments)
        if is_spared or need.source is Source.NONE:
            return "[]"
        if need.source is Source.KEPT:
            found = self._kept(need, of)
        else:
            self.slots.add(need.slot)
            found = f"tables[{need.slot.number}][key]"
        if need.follow.is_always or arguments is not None:
            return found
        when = self._name("when", need.follow.when)
        return f"({found} if {when}(given[step_{self._number(step)}]) else [])"

    def _kept(self, need: Need, of: Any) -> str:
        name, place = need.slot.kept_as, self._place(need, of)
        if need.follow.is_own:
            return f"rows[{name!r}, {place}]"
        found = f"rows[{name!r}, beside(prefix + '/', *{place})]"
        if callable(need.follow.at) or not need.follow.is_always:
            # What is not always needed may not be kept.
            return found
        bound = f"kept_{len(self._bindings)}"
        self._bindings.append(f"{bound} = {found}")
        return bound

    def _place(self, need: Need, of: Any) -> str:
        """Write where in the build the node stands that a need starts from."""
        at = need.follow.at
        if at is None:
            return source_of(of.key)
        if not callable(at):
            return repr(at)
        try:
            return source_of(at(of))
        except LOOKED:
            if not isinstance(of, StandIn):
                raise
            return f"{self._name('place', at)}(o)"

    def _completed(self, shape: Shape, value: str) -> Lines:
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
            return f"type({value}) is list", f"[{each} for x in {value}]"
        functions = {
            kind: self.selection(each) for kind, each in shape.selections.items()
        }
        if len(functions) == 1:
            ((kind, function),) = functions.items()
            of = self._name("kind", kind)
            return f"type({value}) is {of}", f"{function}({value}, tables, given)"
        table = f"by_kind_{len(self._functions)}"
        kinds = ", ".join(f"{self._name('kind', k)}: {f}" for k, f in functions.items())
        self._functions.append(f"{table} = {{{kinds}}}")
        return (
            f"type({value}) in {table}",
            f"{table}[type({value})]({value}, tables, given)",
        )

    def _usual_leaf(self, leaf: Leaf, value: str) -> tuple[str, str]:
        of = self._name("kind", leaf.plain)
        test = f"type({value}) is {of}"
        if leaf.names:
            return test, f"{self._name('names', leaf.names)}[{value}._value_]"
        bounds = leaf.bounds.format(value=value)
        return f"{test} and {bounds}" if bounds else test, value

    def _number(self, step: Step) -> str:
        return self._name("step", step).removeprefix("step_")

    def _name(self, kind: str, value: Any) -> str:
        """Give the name by which a value can be referred to."""
        if id(value) not in self._known:
            self._known[id(value)] = name = f"{kind}_{len(self._known)}"
            self.names[name] = value
        return self._known[id(value)]


def _indented(lines: Sequence[str]) -> Lines:
    return [_INDENT + line for line in lines]
