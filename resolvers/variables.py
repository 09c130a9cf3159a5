"""The values of an operation's variables, as its type says that they must be."""

from collections.abc import Collection, Mapping
from typing import Any, cast

from graphql import (
    GraphQLError,
    GraphQLSchema,
    Undefined,
    VariableDefinitionNode,
)
from graphql.execution.get_variable_signature import (
    GraphQLVariableSignature,
    get_variable_signature,
)
from graphql.execution.values import (
    VariableValues,
    VariableValueSource,
    get_variable_values,
)

COERCION_ERRORS = 10
_BOUND = 2**31
_PLAIN = {"Int": int, "String": str, "ID": str, "Boolean": bool}
"""The scalars of which a value of that class is taken as it is; of numbers, small ones.
"""


class Variables:
    """The variables of one operation.

    Where each is of a plain scalar and given, as for most pages, its value is the one
    that was given; everything else is graphql-core's to find out.
    """

    def __init__(
        self, schema: GraphQLSchema, defined: Collection[VariableDefinitionNode]
    ) -> None:
        """Take variables as they are defined."""
        self._schema = schema
        self._defined = defined
        signatures = [get_variable_signature(schema, each) for each in defined]
        kinds = [(each, _plain(each)) for each in signatures]
        self._plain = [
            (signature, kind)
            for signature, kind in kinds
            if isinstance(signature, GraphQLVariableSignature) and kind is not None
        ]
        self._are_plain = len(self._plain) == len(kinds)

    def of(self, given: Mapping[str, Any]) -> VariableValues | list[GraphQLError]:
        """Give the values, or what is wrong with those that were given."""
        values = self._as_given(given) if self._are_plain else None
        if values is not None:
            return values
        return get_variable_values(
            self._schema,
            self._defined,
            dict(given),
            max_errors=COERCION_ERRORS,
            hide_suggestions=True,
        )

    def _as_given(self, given: Mapping[str, Any]) -> VariableValues | None:
        sources: dict[str, VariableValueSource] = {}
        for signature, kind in self._plain:
            value = given.get(signature.name, Undefined)
            if type(value) is not kind:
                return None
            if kind is int and not -_BOUND <= value < _BOUND:
                return None
            sources[signature.name] = VariableValueSource(signature, value)
        return VariableValues(sources, {name: s.value for name, s in sources.items()})


def _plain(signature: GraphQLVariableSignature | GraphQLError) -> type[Any] | None:
    if isinstance(signature, GraphQLError):
        return None
    # graphql-core leaves wrapped types open; their names are not.
    name = str(cast("Any", signature).type).removesuffix("!")
    return _PLAIN.get(name)
