"""The arguments of a field, as its function takes them."""

from collections.abc import Mapping
from typing import Any

from graphql import (
    ArgumentNode,
    FieldNode,
    GraphQLField,
    GraphQLScalarType,
    get_named_type,
)
from graphql.execution.values import VariableValues, get_argument_values
from graphql.language import VariableNode, Visitor, visit
from strawberry.schema.types.scalar import DEFAULT_SCALAR_REGISTRY
from strawberry.types.arguments import convert_arguments

from workatlas.schema.sdl import CONFIG


class Arguments:
    """Arguments of one field of a document.

    ``known`` has them where they are the same in every request: without variables.
    """

    def __init__(self, field: GraphQLField, node: FieldNode) -> None:
        """Take the arguments that ``node`` gives to ``field``."""
        self._field = field
        self._node = node
        self.known: dict[str, Any] | None = {} if not field.args else None
        if self.known is None and not any(map(_is_variable, node.arguments or ())):
            self.known = self._made(None)
        # What is not of variables, once it was made, and the variables as they are.
        self._constant: dict[str, Any] | None = None
        self._direct = {} if self.known is not None else _direct(field, node)

    @property
    def are_none(self) -> bool:
        """Whether the field takes no arguments at all."""
        return self.known == {}

    def of(self, variables: VariableValues) -> dict[str, Any]:
        """Give the arguments by their Python names.

        Raises:
            GraphQLError: a variable has no value where one is needed.

        """
        if self.known is not None:
            return self.known
        values = variables.coerced
        if self._constant is not None:
            given = {name: values.get(of) for name, of in self._direct.items()}
            if None not in given.values():
                return {**self._constant, **given}
        made = self._made(variables)
        if self._direct:
            self._learn(made, values)
        return made

    def _learn(self, made: dict[str, Any], values: Mapping[str, Any]) -> None:
        """Keep what is not of variables, if those are handed on as they are."""
        pairs = [(made.get(name), values.get(of)) for name, of in self._direct.items()]
        if any(value is None for _, value in pairs):
            return
        if all(one is value for one, value in pairs):
            kept = made.items()
            self._constant = {k: v for k, v in kept if k not in self._direct}
        else:
            self._direct = {}

    def _made(self, variables: VariableValues | None) -> dict[str, Any]:
        given = get_argument_values(self._field, self._node, variables)
        definition = self._field.extensions["strawberry-definition"]
        return convert_arguments(
            given, definition.arguments, DEFAULT_SCALAR_REGISTRY, CONFIG
        )


def _direct(field: GraphQLField, node: FieldNode) -> dict[str, str]:
    """Give variables by the Python names of the arguments that are nothing else.

    Empty if any argument has a variable inside, or one that is converted.
    """
    definition = field.extensions["strawberry-definition"]
    names = {CONFIG.name_converter.from_argument(a): a for a in definition.arguments}
    arguments: Any = field.args  # graphql-core leaves wrapped types open
    found: dict[str, str] = {}
    for given in node.arguments or ():
        if isinstance(given.value, VariableNode) and isinstance(
            get_named_type(arguments[given.name.value].type), GraphQLScalarType
        ):
            found[names[given.name.value].python_name] = given.value.name.value
        elif _is_variable(given):
            return {}
    return found


class _Finder(Visitor):
    found = False

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        del node
        self.found = True


def _is_variable(node: ArgumentNode) -> bool:
    """Tell whether a variable is in it."""
    finder = _Finder()
    visit(node, finder)
    return finder.found
