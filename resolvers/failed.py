"""Errors on their way to their place in the answer.

While columns are made nobody knows where in the answer a value will stand. An error is
put where the value would be. Where a value must not be null its parent becomes the
error, with the way from there to the value; where it may be null the error stays, and
``settled`` turns it to null and gives it its path when the answer is there.
"""

from collections.abc import Sequence
from typing import Any, cast

from graphql import FieldNode, GraphQLError, located_error

Place = str | int


class Failed:
    """An error at the place of a value; ``way`` leads on to where it happened."""

    __slots__ = ("cause", "nodes", "way")

    def __init__(
        self,
        cause: Exception,
        nodes: Sequence[FieldNode] = (),
        way: tuple[Place, ...] = (),
    ) -> None:
        """Note an error; the nodes are those of the field that failed."""
        self.cause = cause
        self.nodes = nodes
        self.way = way

    def below(self, place: Place) -> "Failed":
        """Give the error as it is seen from one place higher."""
        return Failed(self.cause, self.nodes, (place, *self.way))

    def at(self, path: Sequence[Place]) -> GraphQLError:
        """Give the error as clients see it."""
        return located_error(self.cause, self.nodes, [*path, *self.way])


def first_failed(values: Sequence[Any]) -> "Failed | None":
    """Give the first error of a list, seen from the list, if there is one."""
    for index, value in enumerate(values):
        if type(value) is Failed:
            return value.below(index)
    return None


def settled(value: Any) -> tuple[Any, list[GraphQLError]]:
    """Give an answer's data with null for each error, and the errors in order."""
    errors: list[GraphQLError] = []
    return _settle(value, (), errors), errors


def _settle(value: Any, path: tuple[Place, ...], errors: list[GraphQLError]) -> Any:
    # A copy: an object that stands in several places has an error at each of them.
    if isinstance(value, Failed):
        errors.append(value.at(path))
        return None
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {k: _settle(v, (*path, k), errors) for k, v in fields.items()}
    if isinstance(value, list):
        items = cast("Sequence[Any]", value)
        return [_settle(v, (*path, i), errors) for i, v in enumerate(items)]
    return value
