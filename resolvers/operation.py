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
from graphql.execution.values import VariableValues
from graphql.language import DirectiveNode, VariableNode, Visitor, visit

from workatlas.cypher import Catalogue

from .cache import Counts
from .plan import NotPlannedError, Plan, Selected, plan
from .variables import Variables

_DOCUMENTS = 128
_PLANS = 16
_LONGEST = 8_000
"""What is remembered is bounded: a parsed document takes about 100 times its text."""
Errors = list[GraphQLError]
# graphql-core types some of its parameters in part only.
_build = cast("Callable[..., Selected | Errors]", cast("Any", Executor).build)


@dataclass(frozen=True)
class Document:
    """A document that is parsed and valid, and what is known of its operations.

    ``choices`` are the variables that decide which fields are skipped or included;
    ``operations`` has the variables of those that were asked for, by name.
    """

    parsed: DocumentNode
    choices: tuple[str, ...]
    operations: dict[str | None, Variables]
    plans: dict[tuple[Any, ...], Plan | None]


@dataclass(frozen=True)
class Operation:
    """One operation of a document, with the values of its variables."""

    document: Document
    name: str | None
    given: Mapping[str, Any]
    variables: VariableValues


class Operations:
    """Parses and validates documents, each text once while it is remembered."""

    def __init__(
        self, schema: GraphQLSchema, catalogue: Catalogue, *, remember: bool = True
    ) -> None:
        """Validate against ``schema``; plan with the entries of ``catalogue``."""
        self._schema = schema
        self._catalogue = catalogue
        self._remembered = lru_cache(_DOCUMENTS if remember else 0)(self._document)
        self._too_long = 0

    @property
    def counts(self) -> Counts:
        """How often a document was remembered, and how often it had to be read."""
        known = self._remembered.cache_info()
        return Counts(known.hits, known.misses + self._too_long)

    def document(self, text: str) -> Document | Errors:
        """Give the document, or why it cannot be executed."""
        if len(text) > _LONGEST:
            self._too_long += 1
            return self._document(text)
        return self._remembered(text)

    def operation(
        self, document: Document, given: Mapping[str, Any], name: str | None
    ) -> Operation | Errors:
        """Give the operation of that name with its variables, or what is wrong."""
        known = document.operations.get(name)
        if known is None:
            built = self._built(document, given, name)
            if isinstance(built, list):
                return built
            defined = built.operation.variable_definitions or ()
            document.operations[name] = Variables(self._schema, defined)
            return Operation(document, name, given, built.variable_values)
        values = known.of(given)
        if isinstance(values, list):
            return values
        return Operation(document, name, given, values)

    def plan(self, operation: Operation) -> Plan | None:
        """Give the plan of an operation, or None if it is not planned.

        Where a variable of @skip or @include is null nothing can be planned: that is
        an error, and the reference executor's to tell.
        """
        document, values = operation.document, operation.variables.coerced
        chosen = tuple(values.get(name) for name in document.choices)
        place = (operation.name, chosen)
        if place not in document.plans:
            if len(document.plans) >= _PLANS:
                document.plans.clear()
            document.plans[place] = self._planned(operation)
        return document.plans[place]

    def _planned(self, operation: Operation) -> Plan | None:
        built = self._built(operation.document, operation.given, operation.name)
        assert isinstance(built, Executor)  # noqa: S101 - it was built before
        try:
            return plan(built, self._catalogue)
        except (NotPlannedError, GraphQLError):
            return None

    def _built(
        self, document: Document, given: Mapping[str, Any], name: str | None
    ) -> Selected | Errors:
        return _build(
            self._schema,
            document.parsed,
            raw_variable_values=dict(given),
            operation_name=name,
        )

    def _document(self, text: str) -> Document | Errors:
        try:
            parsed = parse(text)
        except GraphQLError as error:
            return [error]
        wrong = validate(self._schema, parsed)
        return wrong or Document(parsed, _choices(parsed), {}, {})


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
