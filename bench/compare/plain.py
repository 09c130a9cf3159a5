"""A plain Strawberry server with data loaders: what its user's guide leads to.

The same embedded store and the same batched statements as WorkAtlas; parsed and
validated documents are kept. Its answers are compared with WorkAtlas's.

    WORKATLAS_STORE=graph uvicorn --factory --app-dir bench/compare plain:app
"""

import os
from typing import Any

import strawberry
from plain_loaders import Loaders
from plain_schema import Query
from starlette.applications import Starlette
from starlette.routing import Route
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, ValidationCache
from typing_extensions import override

from workatlas.stores import Reader, open_reader


class Server(GraphQL[Any, None]):
    """Strawberry's own ASGI application, with loaders of its own for each request."""

    def __init__(self, reader: Reader) -> None:
        """Answer over the newest release of a store."""
        parsed, validated = ParserCache(), ValidationCache()
        # One of each for good: made for each request they would remember nothing.
        extensions = [lambda: parsed, lambda: validated]
        schema = strawberry.Schema(Query, extensions=extensions)
        super().__init__(schema, graphql_ide=None)
        self._reader = reader

    @override
    async def get_context(self, request: Any, response: Any) -> Any:
        """Make the loaders of a request."""
        snapshot = await self._reader.snapshot()
        newest = max(
            (one for one in snapshot.graphs.values() if one.kind == "RELEASE"),
            key=lambda one: one.published,
        )
        return {"loaders": Loaders(self._reader, newest.prefix)}


def app() -> Starlette:
    """Serve the store that WORKATLAS_STORE names at /graphql."""
    reader = open_reader(
        os.environ["WORKATLAS_STORE"], user=None, password=None, timeout=30.0
    )
    return Starlette(routes=[Route("/graphql", Server(reader))])
