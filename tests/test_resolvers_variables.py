"""Variables have the values that graphql-core gives them, however they were found."""

from typing import Any

import pytest
from graphql import GraphQLError, OperationDefinitionNode, parse
from graphql.execution.values import VariableValues, get_variable_values

from workatlas.resolvers.variables import Variables
from workatlas.schema import executable_schema

SCHEMA = executable_schema()
PLAIN = "query ($id: ID!, $n: Int, $s: String, $b: Boolean!) { __typename }"
GIVEN: dict[str, Any] = {"id": "a", "n": 1, "s": "x", "b": True}


def told(values: VariableValues | list[GraphQLError]) -> Any:
    """Give errors as they are told, values with the class and source of each."""
    if isinstance(values, list):
        return [error.formatted for error in values]
    sources = {name: source.value for name, source in values.sources.items()}
    kinds = {name: type(value).__name__ for name, value in values.coerced.items()}
    return sources, values.coerced, kinds


@pytest.mark.parametrize(
    ("document", "given"),
    [
        (PLAIN, GIVEN),
        (PLAIN, {**GIVEN, "unknown": 1}),
        (PLAIN, {**GIVEN, "n": None}),
        (PLAIN, {"id": "a", "b": False}),
        (PLAIN, {**GIVEN, "n": 2**31}),
        (PLAIN, {**GIVEN, "n": -(2**31)}),
        (PLAIN, {**GIVEN, "n": True}),
        (PLAIN, {**GIVEN, "id": 7}),
        (PLAIN, {**GIVEN, "b": "true"}),
        ("query ($n: Int = 3) { __typename }", {}),
        ("query ($n: Int = 3) { __typename }", {"n": 4}),
        ("query ($ids: [Int!]) { __typename }", {"ids": 1}),
        ("query ($f: Float!) { __typename }", {"f": 1}),
        ("query ($day: Date!) { __typename }", {"day": "2026-06-07"}),
        ("query ($none: Nothing) { __typename }", {"none": 1}),
        ("{ __typename }", {}),
    ],
    ids=range(16),
)
def test_values_are_those_of_the_reference(
    document: str, given: dict[str, Any]
) -> None:
    """Given or not, plain or not, wrong or not: values, sources and errors agree."""
    operation = parse(document).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    defined = operation.variable_definitions or ()
    wanted = get_variable_values(SCHEMA, defined, given, max_errors=50)
    found = Variables(SCHEMA, defined).of(given)
    assert told(found) == told(wanted)
