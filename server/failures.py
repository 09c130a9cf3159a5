"""What is said when a request fails: a page to browsers, JSON to GraphQL clients."""

from typing import Any

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from workatlas.errors import OverloadError, UsageError, WorkAtlasError

from .replies import Refusal, accepted, as_json, defect, status_of, wants_page
from .site.sent import error_page

_CLIENT_GONE = 499

_log = structlog.stdlib.get_logger("workatlas.error")


async def on_refusal(request: Request, error: Exception) -> Response:
    """Reply to what the router or an endpoint refuses: 404, 405, 413, 415, 400."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it only
    known = UsageError(error.detail, todo="`/` lists what can be asked for.")
    reason = error.error if isinstance(error, Refusal) else known
    reply = await _reply(request, reason, error.status_code)
    reply.headers.update(error.headers or {})
    return reply


async def on_known_error(request: Request, error: Exception) -> Response:
    """Reply to an error of the closed set with its own words."""
    assert isinstance(error, WorkAtlasError)  # noqa: S101 - registered for it only
    _log.warning("refused", **error.as_json())
    reply = await _reply(request, error, status_of(error.code))
    if isinstance(error, OverloadError):
        reply.headers["Retry-After"] = str(error.seconds)
    return reply


async def on_unexpected(request: Request, error: Exception) -> Response:
    """Reply to a defect without its words, which go to the log under the same id."""
    request_id: str = request.state.request_id
    _log.error("unexpected", exc_info=error)
    return await _reply(request, defect(request_id), 500, requestId=request_id)


async def on_client_gone(_request: Request, _error: Exception) -> Response:
    """End a request whose client has gone away; nobody reads this reply."""
    return Response(status_code=_CLIENT_GONE)


async def _reply(
    request: Request, error: WorkAtlasError, status: int, **more: str
) -> Response:
    if request.method in {"GET", "HEAD"} and wants_page(request):
        return await error_page(request, status, error.what, error.todo)
    return as_json(_errors(error, **more), status, accepted(request))


def _errors(error: WorkAtlasError, **more: str) -> dict[str, Any]:
    # Where it happened is a path or an address of ours: for the log, not for clients.
    hidden = {"what", "where"}
    said = error.as_json().items()
    told = {k: v for k, v in said if k not in hidden and v is not None}
    return {"errors": [{"message": error.what, "extensions": {**told, **more}}]}


HANDLERS = {
    HTTPException: on_refusal,
    WorkAtlasError: on_known_error,
    ClientDisconnect: on_client_gone,
}
