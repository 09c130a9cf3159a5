"""A plain Strawberry server with data loaders: what its user's guide leads to.

The same embedded store and the same batched statements as WorkAtlas; parsed and
validated documents are kept, what describes a build is read once, and orjson writes
the answers. They are compared with WorkAtlas's.

    WORKATLAS_STORE=graph uvicorn --factory --app-dir bench/compare plain:app
"""

import os
from typing import Any

import orjson
import strawberry
from plain_loaders import Build, Loaders, read_build
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
        self._builds: dict[str, Build] = {}

    @override
    def encode_json(self, data: object) -> bytes:
        """Write an answer with the quickest library there is."""
        return orjson.dumps(data)

    @override
    async def get_context(self, request: Any, response: Any) -> Any:
        """Make the loaders of a request."""
        snapshot = await self._reader.snapshot()
        newest = max(
            (one for one in snapshot.graphs.values() if one.kind == "RELEASE"),
            key=lambda one: one.published,
        )
        build = self._builds.get(newest.prefix)
        if build is None:
            build = await read_build(self._reader, newest.prefix)
            self._builds[newest.prefix] = build
        return {"loaders": Loaders(self._reader, build)}


def app() -> Starlette:
    """Serve the store that WORKATLAS_STORE names at /graphql."""
    reader = open_reader(
        os.environ["WORKATLAS_STORE"], user=None, password=None, timeout=30.0
    )
    return Starlette(routes=[Route("/graphql", Server(reader))])
