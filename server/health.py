"""Whether the process is up, and whether it can answer."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from workatlas.errors import StoreError, WorkAtlasError
from workatlas.stores import GraphKind, Snapshot

from .backend import Backend
from .replies import as_json

ANSWER_SECONDS = 2.0
"""How long a store is waited for here; who probes does not wait much longer."""


async def healthz(_request: Request) -> Response:
    """Tell that the process is up; the store is not asked."""
    return as_json({"status": "up"})


async def readyz(request: Request) -> Response:
    """Tell that queries can be answered, else 503 and why not."""
    backend: Backend = request.app.state.backend
    try:
        snapshot = await published(backend)
    except WorkAtlasError as error:
        return _not_ready(error.what, error.todo)
    releases = [release.id for release in snapshot.of(GraphKind.RELEASE)]
    if not releases:
        return _not_ready("No release is loaded.", "Load one with `workatlas load`.")
    return as_json(
        {"status": "ready", "version": snapshot.version, "releases": releases}
    )


async def published(backend: Backend) -> Snapshot:
    """Give what is published, if the store says so soon.

    Raises:
        StoreError: it is away, or takes longer than ``ANSWER_SECONDS``.

    """
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            return await backend.reader.snapshot()
    except TimeoutError as error:
        raise StoreError(
            f"The store has not answered for {ANSWER_SECONDS:g} seconds.",
            todo="See whether it is overloaded, or the network to it is cut.",
        ) from error


def _not_ready(reason: str, todo: str) -> Response:
    body = {"status": "not ready", "reason": reason, "todo": todo}
    return as_json(body, 503)
