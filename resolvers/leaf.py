"""Values of scalars and enums, a column at a time.

A column is looked at once, by the types in it: where they are those that the scalar
takes as they are, the column is the answer. Anything else goes through the scalar's own
function, value by value.
"""

from collections.abc import Callable, Iterable, Mapping
from math import isfinite
from operator import attrgetter
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLString,
)

from .failed import Failed

_NONE = type(None)
_BOUND = 2**31
_value_of = attrgetter("_value_")
Test = Callable[[Iterable[Any]], bool]


def _any(_: Iterable[Any]) -> bool:
    return True


def _small(values: Iterable[int]) -> bool:
    return all(-_BOUND <= value < _BOUND for value in values)


def _finite(values: Iterable[float]) -> bool:
    return all(map(isfinite, values))


_PLAIN: Mapping[str, tuple[type, Test]] = {
    GraphQLString.name: (str, _any),
    GraphQLID.name: (str, _any),
    GraphQLBoolean.name: (bool, _any),
    GraphQLInt.name: (int, _small),
    GraphQLFloat.name: (float, _finite),
}


_BOUNDS = {
    GraphQLInt.name: f"{-_BOUND} <= {{value}} < {_BOUND}",
    GraphQLFloat.name: "{value} - {value} == 0.0",
}
"""The same tests of one value, as source; infinity less infinity is no number."""


class Leaf:
    """Serializes columns of one scalar or enum.

    ``plain`` is the class of the usual values, ``names`` those of an enum's members.
    """

    def __init__(self, leaf_type: GraphQLLeafType) -> None:
        """Serialize as ``leaf_type`` does."""
        self._type = leaf_type
        self.plain, self._holds = _PLAIN.get(leaf_type.name, (Failed, _any))
        self.bounds = _BOUNDS.get(leaf_type.name, "")
        self.names: dict[Any, str] = {}
        if isinstance(leaf_type, GraphQLEnumType):
            definition = leaf_type.extensions["strawberry-definition"]
            self.plain = definition.wrapped_cls
            self.names = {v.value: name for name, v in leaf_type.values.items()}

    @property
    def is_usual(self) -> bool:
        """Whether there is a class of values that it takes as they are, or by name."""
        return self.plain is not Failed

    def column(self, values: list[Any]) -> tuple[list[Any], bool]:
        """Give the serialized values, and whether a None or a Failed is among them."""
        kinds = set(map(type, values))
        odd = _NONE in kinds
        kinds.discard(_NONE)
        known = [v for v in values if v is not None] if odd else values
        if not kinds <= {self.plain} or not self._holds(known):
            return [self._one(value) for value in values], True
        if not self.names or not known:
            return values, odd
        names = self.names
        if odd:
            return [None if v is None else names[_value_of(v)] for v in values], True
        return [names[value] for value in map(_value_of, values)], False

    def _one(self, value: Any) -> Any:
        if value is None or isinstance(value, Failed):
            return value
        if isinstance(value, Exception):
            return Failed(value)
        try:
            return self._type.coerce_output_value(value)
        except Exception as error:  # noqa: BLE001 - becomes an error of the answer
            return Failed(error)
