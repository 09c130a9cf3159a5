"""Whether the process is up, and whether it can answer."""

from starlette.requests import Request
from starlette.responses import Response

from workatlas.errors import WorkAtlasError
from workatlas.stores import GraphKind

from .backend import Backend
from .replies import as_json


async def healthz(_request: Request) -> Response:
    """Tell that the process is up; the store is not asked."""
    return as_json({"status": "up"})


async def readyz(request: Request) -> Response:
    """Tell that queries can be answered, else 503 and why not."""
    backend: Backend = request.app.state.backend
    try:
        snapshot = await backend.reader.snapshot()
    except WorkAtlasError as error:
        return _not_ready(error.what, error.todo)
    releases = [release.id for release in snapshot.of(GraphKind.RELEASE)]
    if not releases:
        return _not_ready("No release is loaded.", "Load one with `workatlas load`.")
    return as_json(
        {"status": "ready", "version": snapshot.version, "releases": releases}
    )


def _not_ready(reason: str, todo: str) -> Response:
    body = {"status": "not ready", "reason": reason, "todo": todo}
    return as_json(body, 503)
