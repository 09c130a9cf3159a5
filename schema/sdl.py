"""The schema as a whole, and as printed."""

import strawberry
from graphql import GraphQLError, GraphQLSchema
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext
from typing_extensions import override

from .changed import ChangedActivity, ChangedOccupation, ChangedTask
from .figure import FrequencyFigure, RatedFigure
from .query import Query

CONFIG = StrawberryConfig(auto_camel_case=True)


_FOUND_BY_INTERFACE = (
    *(RatedFigure, FrequencyFigure),
    *(ChangedTask, ChangedOccupation, ChangedActivity),
)
"""Types that no field is declared to give."""


class QuietSchema(strawberry.Schema):
    """Leaves logging to whoever serves: errors come back in the answer."""

    @override
    def process_errors(
        self,
        errors: list[GraphQLError],
        execution_context: ExecutionContext | None = None,
    ) -> None:
        """Log nothing."""


def build_schema() -> strawberry.Schema:
    """Make the executable schema."""
    return QuietSchema(
        query=Query,
        types=[*_FOUND_BY_INTERFACE],
        config=CONFIG,
    )


def executable_schema() -> GraphQLSchema:
    """Give the schema as graphql-core's executor takes it."""
    return build_schema()._schema  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]


def sdl() -> str:
    """Print the schema in the schema definition language, with a final newline."""
    return f"{build_schema().as_str()}\n"
