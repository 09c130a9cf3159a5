"""The first step of an answer: a text becomes an operation that may be executed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, cast

from cachetools import LRUCache
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
)
from graphql.execution.executor import Executor
from graphql.execution.values import VariableValues

from workatlas.cypher import Catalogue
from workatlas.limits import Limits

from .cache import Counts
from .cost import OperationCost
from .field_costs import FieldCosts
from .limits import check, refused
from .plan import NotPlannedError, Plan, Selected, plan
from .reading import parsed, valid
from .syntax import choices
from .variables import COERCION_ERRORS, Variables

_CHARACTERS = 200_000
_PLANS = 16
_ENTRY = 500
"""What is remembered is bounded: a parsed document takes about 100 times its text, and
the shortest takes as much as one of that many characters."""
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
    size: int
    operations: dict[str | None, "Known"] = field(default_factory=dict[Any, Any])
    plans: dict[tuple[Any, ...], Plan | None] = field(default_factory=dict[Any, Any])


@dataclass(frozen=True)
class Known:
    """What is known of an operation that was asked for."""

    variables: Variables
    cost: OperationCost


@dataclass(frozen=True)
class Operation:
    """One operation of a document, with the values of its variables."""

    document: Document
    name: str | None
    given: Mapping[str, Any]
    variables: VariableValues
    cost: int = 0
    """What it can cost at most; 0 where nothing is limited."""


class Operations:
    """Parses and validates documents, each text once while it is remembered."""

    def __init__(
        self,
        schema: GraphQLSchema,
        catalogue: Catalogue,
        *,
        remember: bool = True,
        limits: Limits | None = None,
    ) -> None:
        """Validate against ``schema``; plan with the entries of ``catalogue``.

        Documents that ask for more than the ``limits`` allow cannot be executed.
        """
        self._schema = schema
        self._catalogue = catalogue
        self._limits = limits
        self._costs = FieldCosts(schema, catalogue)
        self._remembered: LRUCache[str, Document] = LRUCache(
            _CHARACTERS if remember else 0, getsizeof=attrgetter("size")
        )
        self.counts = Counts()
        """How often a document was remembered, and how often it had to be read."""

    def document(self, text: str) -> Document | Errors:
        """Give the document, or why it cannot be executed."""
        known = self._remembered.get(text)
        if known is not None:
            self.counts.hits += 1
            return known
        self.counts.misses += 1
        made = self._document(text)
        if isinstance(made, Document) and made.size <= self._remembered.maxsize:
            self._remembered[text] = made
        return made

    def operation(
        self, document: Document, given: Mapping[str, Any], name: str | None
    ) -> Operation | Errors:
        """Give the operation of that name with its variables, or what is wrong."""
        known = document.operations.get(name)
        if known is None:
            built = self._built(document, given, name)
            if isinstance(built, list):
                return built
            known = self._known(document, built.operation)
            document.operations[name] = known
            values: VariableValues | Errors = built.variable_values
        else:
            values = known.variables.of(given)
        if isinstance(values, list):
            return values
        cost = 0 if self._limits is None else known.cost.of(values.coerced)
        return Operation(document, name, given, values, cost)

    def _known(self, document: Document, operation: OperationDefinitionNode) -> Known:
        defined = operation.variable_definitions or ()
        cost = OperationCost(self._costs, document.parsed, operation, document.choices)
        return Known(Variables(self._schema, defined), cost)

    def too_costly(self, operation: Operation) -> Errors:
        """Give the error of an operation that costs too much, if it does."""
        if self._limits is None or operation.cost <= self._limits.cost:
            return []
        most = self._limits.cost
        what = f"The operation can give as much as {operation.cost:,} objects cost."
        todo = f"Ask for fewer at once: {most:,} are allowed, see `first`."
        return [refused("cost", what, most, todo)]

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
            hide_suggestions=True,
            max_coercion_errors=COERCION_ERRORS,
        )

    def _document(self, text: str) -> Document | Errors:
        limits = self._limits
        try:
            found = parsed(text, limits)
        except GraphQLError as error:
            return [error]
        passed = [] if limits is None else check(found, limits)
        # Validation takes longest, and only what is bounded may be given to it.
        wrong = passed or valid(self._schema, found)
        return wrong or Document(found, choices(found), len(text) + _ENTRY)
