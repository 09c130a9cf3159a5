"""The first step of an answer: a text becomes an operation that may be executed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    parse,
    validate,
)
from graphql.execution.executor import Executor
from graphql.language import DirectiveNode, VariableNode, Visitor, visit

from .plan import NotPlannedError, Operation, Plan

_DOCUMENTS = 128
_PLANS = 16
_LONGEST = 8_000
"""What is remembered is bounded: a parsed document takes about 100 times its text."""


_EXECUTOR: Any = Executor


@dataclass(frozen=True)
class Document:
    """A document that is parsed and valid, and the plans of its operations.

    ``choices`` are the variables that decide which fields are skipped or included.
    """

    parsed: DocumentNode
    choices: tuple[str, ...]
    plans: dict[tuple[Any, ...], Plan | None]

    def plan(self, operation: Operation, make: Callable[[], Plan]) -> Plan | None:
        """Give the plan of one of its operations, or None if it is not planned."""
        values = operation.variable_values.coerced
        chosen = tuple(bool(values.get(name)) for name in self.choices)
        place = (id(operation.operation), chosen)
        if place not in self.plans:
            if len(self.plans) >= _PLANS:
                self.plans.clear()
            try:
                self.plans[place] = make()
            except NotPlannedError:
                self.plans[place] = None
        return self.plans[place]


class Operations:
    """Parses and validates documents, each text once while it is remembered."""

    def __init__(self, schema: GraphQLSchema, *, remember: bool = True) -> None:
        """Validate against ``schema``."""
        self._schema = schema
        remembered = lru_cache(maxsize=_DOCUMENTS)(self._document)
        self._remembered = remembered if remember else self._document

    def document(self, text: str) -> Document | list[GraphQLError]:
        """Give the document, or why it cannot be executed."""
        if len(text) > _LONGEST:
            return self._document(text)
        return self._remembered(text)

    def operation(
        self, document: Document, variables: Mapping[str, Any], name: str | None
    ) -> Operation | list[GraphQLError]:
        """Give the operation of that name with its variables, or what is wrong."""
        build = cast("Callable[..., Operation | list[GraphQLError]]", _EXECUTOR.build)
        return build(
            self._schema,
            document.parsed,
            raw_variable_values=dict(variables),
            operation_name=name,
        )

    def _document(self, text: str) -> Document | list[GraphQLError]:
        try:
            parsed = parse(text)
        except GraphQLError as error:
            return [error]
        wrong = validate(self._schema, parsed)
        return wrong or Document(parsed, _choices(parsed), {})


def _choices(parsed: DocumentNode) -> tuple[str, ...]:
    finder = _Choices()
    visit(parsed, finder)
    return tuple(sorted(finder.names))


class _Choices(Visitor):
    """Finds the variables in @skip and @include."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        values = [argument.value for argument in node.arguments or ()]
        self.names |= {v.name.value for v in values if isinstance(v, VariableNode)}
