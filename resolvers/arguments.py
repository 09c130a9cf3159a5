"""The arguments of a field, as its function takes them."""

from typing import Any

from graphql import FieldNode, GraphQLField
from graphql.execution.values import VariableValues, get_argument_values
from graphql.language import VariableNode, Visitor, visit
from strawberry.schema.types.scalar import DEFAULT_SCALAR_REGISTRY
from strawberry.types.arguments import convert_arguments

from workatlas.schema.sdl import CONFIG


class Arguments:
    """Arguments of one field of a document; known for good without variables."""

    def __init__(self, field: GraphQLField, node: FieldNode) -> None:
        """Take the arguments that ``node`` gives to ``field``."""
        self._field = field
        self._node = node
        self._known: dict[str, Any] | None = {} if not field.args else None
        if self._known is None and not _uses_variables(node):
            self._known = self._made(None)

    @property
    def are_known(self) -> bool:
        """Whether they are the same in every request."""
        return self._known is not None

    @property
    def are_none(self) -> bool:
        """Whether the field takes no arguments at all."""
        return self._known == {}

    def of(self, variables: VariableValues) -> dict[str, Any]:
        """Give the arguments by their Python names.

        Raises:
            GraphQLError: a variable has no value where one is needed.

        """
        return self._made(variables) if self._known is None else self._known

    def _made(self, variables: VariableValues | None) -> dict[str, Any]:
        given = get_argument_values(self._field, self._node, variables)
        definition = self._field.extensions["strawberry-definition"]
        return convert_arguments(
            given, definition.arguments, DEFAULT_SCALAR_REGISTRY, CONFIG
        )


class _Finder(Visitor):
    found = False

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        del node
        self.found = True


def _uses_variables(node: FieldNode) -> bool:
    finder = _Finder()
    for argument in node.arguments or ():
        visit(argument, finder)
    return finder.found
