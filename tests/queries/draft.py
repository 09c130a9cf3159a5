"""What a document that is being written knows of itself, so that it stays valid."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import Any, cast

from graphql import GraphQLNonNull, GraphQLSchema, Undefined, parse_const_value
from graphql.validation.rules.variables_in_allowed_position import (
    allowed_variable_usage,
)
from hypothesis import strategies as st

from .reach import NOWHERE, Way
from .values import Strategy, Values, is_required, literal, of_type

Draw = Callable[[Strategy], Any]
_allowed = cast("Callable[..., bool]", allowed_variable_usage)


@cache
def _below(count: int) -> Strategy:
    return st.integers(0, count - 1)


def pick(draw: Draw, choices: Any) -> Any:
    """Draw one of some choices, as ``sampled_from`` does in a third of the time."""
    return choices[draw(_below(len(choices)))]


@dataclass(frozen=True)
class Variable:
    """A variable of the document; the same in every operation that uses it."""

    name: str
    type: Any
    default: str | None
    values: Strategy

    @property
    def definition(self) -> str:
        """Its definition, as it is written."""
        default = "" if self.default is None else f" = {self.default}"
        return f"${self.name}: {self.type}{default}"

    @property
    def may_be_left_out(self) -> bool:
        """Whether it needs no value."""
        return self.default is not None or not is_required(self.type)


@dataclass(frozen=True)
class Asked:
    """What a name in the answer stands for: everywhere the same, so it merges."""

    field: tuple[str, str]
    arguments: str
    variables: frozenset[str]


@dataclass(frozen=True)
class Written:
    """A piece of text, and what it costs where it is put.

    ``depth`` is how many objects nest in it, ``width`` how many may stand in its
    longest row of lists, ``size`` how many fields it has.
    """

    text: str
    depth: int = 0
    width: int = 1
    size: int = 0

    @staticmethod
    def together(text: str, parts: "list[Written]") -> "Written":
        """Give a text made of parts that stand beside each other."""
        return Written(
            text,
            max((part.depth for part in parts), default=0),
            max((part.width for part in parts), default=1),
            sum(part.size for part in parts),
        )


@dataclass(frozen=True)
class Room:
    """How many objects may still nest, and how many lists may still give."""

    depth: int
    width: int

    def below(self, width: int) -> "Room":
        """Give what is left in a field that gives so many objects."""
        return Room(self.depth - 1, self.width // width)


@dataclass(frozen=True)
class Fragment:
    """A fragment that is written to its end, so that no fragment contains itself."""

    name: str
    on: str
    written: Written
    variables: frozenset[str]

    @property
    def text(self) -> str:
        """Its definition, as it is written."""
        return f"fragment {self.name} on {self.on} {self.written.text}"


@dataclass
class Draft:
    """The state of a document; ``fuel`` is how many more fields it may get."""

    draw: Draw
    schema: GraphQLSchema
    values: Values
    introspects: bool
    way: Way = NOWHERE
    fuel: int = 0
    variables: dict[str, Variable] = field(default_factory=dict[str, Variable])
    fragments: list[Fragment] = field(default_factory=list[Fragment])
    names: dict[str, Asked] = field(default_factory=dict[str, Asked])
    used: set[str] = field(default_factory=set[str])
    before: defaultdict[str, list[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict[str, list[tuple[str, str]]](list)
    )
    numbers: Any = field(default_factory=count)

    def one_of(self, choices: Any) -> Any:
        """Draw one of some choices; examples shrink to the first."""
        return pick(self.draw, choices)

    def stands_for(self, response: str, field: tuple[str, str]) -> bool:
        """Tell whether a name in the answer may stand for a field."""
        known = self.names.get(response)
        return known is None or known.field == field

    def variable(self, place: Any, name: str) -> str:
        """Give a variable that may stand at a place, an old or a new one."""
        fitting = [v for v in self.variables.values() if self._fits(v, place)]
        if not fitting or self.one_of((True, False)):
            fitting = [self._new_variable(place, name)]
        variable: Variable = self.one_of(fitting)
        self.used.add(variable.name)
        return f"${variable.name}"

    def _fits(self, variable: Variable, place: Any) -> bool:
        known = variable.default
        default = None if known is None else parse_const_value(known)
        return _allowed(
            self.schema, variable.type, default, place.type, place.default_value
        )

    def _new_variable(self, place: Any, name: str) -> Variable:
        of, choices = place.type, "nd"
        if not is_required(of):
            of, choices = self.one_of((of, GraphQLNonNull(of))), "nd"
        elif self.one_of((False, True)):
            of = of_type(of)
            choices = "d" if place.default_value is Undefined else "nd"
        default = None
        if self.one_of(choices) == "d":
            sure = of if is_required(of) else GraphQLNonNull(of)
            default = literal(self.draw(self.values.of(sure, name)), of)
        variable = Variable(
            f"v{len(self.variables)}", of, default, self.values.of(of, name)
        )
        self.variables[variable.name] = variable
        return variable
