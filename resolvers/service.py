"""The path of a request: a document in, an answer out."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLSchema,
    execute,  # pyright: ignore[reportUnknownVariableType]
)

from workatlas.cypher import Catalogue, load_catalogue
from workatlas.schema import Query, executable_schema
from workatlas.stores import Reader

from .answer import Answer
from .batches import RequestContext
from .notices import Notices
from .operation import Operations

# graphql-core types some of its parameters in part only.
_execute = cast("Callable[..., Awaitable[ExecutionResult] | ExecutionResult]", execute)


class Service:
    """Answers GraphQL documents over the published graphs of a store."""

    def __init__(self, reader: Reader) -> None:
        """Serve what ``reader`` reads."""
        self._reader = reader
        self._catalogue: Catalogue = load_catalogue()
        self._schema: GraphQLSchema = executable_schema()
        self._operations = Operations(self._schema)
        self._notices = Notices(reader, self._catalogue)

    async def answer(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        operation: str | None = None,
    ) -> Answer:
        """Answer one operation of a document, all of it from one snapshot.

        Errors of the document, of single fields and of the store are part of the
        answer, each with a code, where it applies a path, and what to do next.

        Raises:
            StoreError: the store cannot say what is published.

        """
        snapshot = await self._reader.snapshot()
        parsed, wrong = self._operations.document(document)
        if parsed is None:
            return Answer(ExecutionResult(None, wrong), (), snapshot.version, ())
        context = RequestContext(self._reader, snapshot, self._catalogue, self._notices)
        result = await self._execute(parsed, variables, operation, context)
        sources = self._notices.of(context.used)
        return Answer(result, sources, snapshot.version, tuple(context.statements))

    async def _execute(
        self,
        document: DocumentNode,
        variables: Mapping[str, Any] | None,
        operation: str | None,
        context: RequestContext,
    ) -> ExecutionResult:
        result = _execute(
            self._schema,
            document,
            root_value=Query(snapshot=context.snapshot),
            context_value=context,
            variable_values=dict(variables or {}),
            operation_name=operation,
        )
        return await result if isinstance(result, Awaitable) else result
