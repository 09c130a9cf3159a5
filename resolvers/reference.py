"""The reference: graphql-core's own executor, which every answer is compared with.

It answers what is not planned, introspection for one, and it is what the tests hold
the plan to. Left alone, graphql-core keeps whichever error comes first in time, and
gives up the fields beside it, so that an answer with errors depends on which statement
ends first. Both executors follow these rules instead, which leave nothing to time:

1. Every field is carried to its end, whatever fails beside it.
2. An error makes null of the nearest position that may be null, beginning with its own
   and going up; of the data as a whole if there is none.
3. What lies below a position that is null is not in the answer, and neither are the
   errors that happened there, apart from the one that rule 4 keeps for the position.
4. Of the errors that make null of one position the first in the document's order is
   kept: fields in the order in which they are collected, items by index, and what lies
   below a field before the next field.
5. The errors that are kept are listed in the same order.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, cast

from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    execute,  # pyright: ignore[reportUnknownVariableType]
    is_non_null_type,  # pyright: ignore[reportUnknownVariableType]
)
from graphql.execution.executor import Executor
from graphql.pyutils import Path
from typing_extensions import override

from workatlas.schema import Query

from .batches import RequestContext

# graphql-core types some of its parameters in part only.
_execute = cast("Callable[..., Awaitable[ExecutionResult] | ExecutionResult]", execute)
_is_non_null = cast("Callable[[Any], bool]", is_non_null_type)
_Place = tuple[str | int, ...]
"""A position in the answer; the data as a whole is the empty one."""


async def execute_reference(
    schema: GraphQLSchema,
    document: DocumentNode,
    variables: Mapping[str, Any],
    operation: str | None,
    context: RequestContext,
) -> ExecutionResult:
    """Execute one operation of a valid document, field by field."""
    result = _execute(
        schema,
        document,
        root_value=Query(snapshot=context.snapshot),
        context_value=context,
        variable_values=dict(variables),
        operation_name=operation,
        executor_class=Reference,
    )
    return await result if isinstance(result, Awaitable) else result


class Reference(Executor[Any]):
    """graphql-core's executor; its errors depend on the document and the rows alone.

    Errors null their own position only while fields are executed; what they null above
    it is settled when everything is there.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Take what any executor takes."""
        super().__init__(*arguments, **named)  # pyright: ignore[reportUnknownMemberType]
        self.error_propagation = False
        self._types: dict[_Place, Any] = {}

    @override
    def build_resolve_info(
        self,
        field_def: GraphQLField,
        field_nodes: list[FieldNode],
        parent_type: GraphQLObjectType,
        path: Path,
    ) -> GraphQLResolveInfo[Any]:
        """Note the type of each field that is executed."""
        self._types[tuple(path.as_list())] = cast("Any", field_def).type
        parent = cast("Any", super())
        info: GraphQLResolveInfo[Any] = parent.build_resolve_info(
            field_def, field_nodes, parent_type, path
        )
        return info

    @override
    def build_response(self, data: dict[str, Any] | None) -> ExecutionResult:
        """Settle what the errors make null, and which of them are kept."""
        found = cast("ExecutionResult", super().build_response(data))
        if data is None or not found.errors:
            return found
        first: dict[_Place, GraphQLError] = {}
        for error in sorted(found.errors, key=lambda e: _order(data, e.path or ())):
            first.setdefault(self._nulled(tuple(error.path or ())), error)
        kept = {
            place: error
            for place, error in first.items()
            if not any(place[:size] in first for size in range(len(place)))
        }
        for place in kept:
            _set_null(data, place)
        return ExecutionResult(None if () in kept else data, list(kept.values()))

    def _nulled(self, place: _Place) -> _Place:
        """Give the position that an error at a place makes null."""
        while place and _is_non_null(self._type_at(place)):
            place = place[:-1]
        return place

    def _type_at(self, place: _Place) -> Any:
        if place in self._types:
            return self._types[place]
        above = self._type_at(place[:-1])
        return (above.of_type if _is_non_null(above) else above).of_type


def _order(data: Any, path: Sequence[str | int]) -> list[int]:
    """Give the order in the document of a path in data."""
    order: list[int] = []
    for step in path:
        order.append(step if isinstance(step, int) else list(data).index(step))
        data = data[step]
    return order


def _set_null(data: Any, place: _Place) -> None:
    """Set a position to null; the data as a whole is not in anything."""
    for step in place[:-1]:
        data = data[step]
    for step in place[-1:]:
        data[step] = None
