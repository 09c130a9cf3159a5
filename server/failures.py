"""What is said when a request fails: a page to browsers, JSON to GraphQL clients."""

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from workatlas.errors import OverloadError, RateLimitError, UsageError, WorkAtlasError

from .replies import (
    Refusal,
    accepted,
    as_json,
    defect,
    status_of,
    told,
    wants_page,
)
from .site.sent import error_page
from .statuses import sent_as, status_of_refusal

_CLIENT_GONE = 499

_log = structlog.stdlib.get_logger("workatlas.error")


async def on_refusal(request: Request, error: Exception) -> Response:
    """Reply to what the router or an endpoint refuses: 404, 405, 413, 415, 400."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it only
    known = UsageError(error.detail, todo="`/` lists what can be asked for.")
    reason = error.error if isinstance(error, Refusal) else known
    more = error.more if isinstance(error, Refusal) else {}
    draft = request.app.state.backend.draft
    status = status_of_refusal(error, accepted(request), draft=draft)
    request.app.state.metrics.refused(f"HTTP_{error.status_code}")
    reply = await _reply(request, reason, status, **more)
    reply.headers.update(error.headers or {})
    return reply


async def on_known_error(request: Request, error: Exception) -> Response:
    """Reply to an error of the closed set with its own words."""
    assert isinstance(error, WorkAtlasError)  # noqa: S101 - registered for it only
    _log.warning("refused", **error.as_json())
    return await refused(request, error)


async def refused(request: Request, error: WorkAtlasError) -> Response:
    """Reply with an error's own words, and count it by its limit or else its code."""
    request.app.state.metrics.refused(reason_of(error))
    reply = await _reply(request, error, status_of(error.code))
    if isinstance(error, OverloadError | RateLimitError):
        reply.headers["Retry-After"] = str(error.seconds)
    return reply


def reason_of(error: WorkAtlasError) -> str:
    """Give what a refusal is counted by: of a small set, whatever is sent."""
    reason: str = getattr(error, "limit", error.code)
    return reason


async def on_unexpected(request: Request, error: Exception) -> Response:
    """Reply to a defect without its words, which go to the log under the same id."""
    request_id: str = request.state.request_id
    _log.error("unexpected", exc_info=error)
    request.app.state.metrics.refused(WorkAtlasError.code)
    return await _reply(request, defect(request_id), 500, requestId=request_id)


async def on_client_gone(_request: Request, _error: Exception) -> Response:
    """End a request whose client has gone away; nobody reads this reply."""
    return Response(status_code=_CLIENT_GONE)


async def _reply(
    request: Request, error: WorkAtlasError, status: int, **more: str
) -> Response:
    if request.method in {"GET", "HEAD"} and wants_page(request):
        return await error_page(request, status, error.what, error.todo)
    media = accepted(request)
    if request.scope["path"] == "/graphql":
        media = sent_as(media, status, draft=request.app.state.backend.draft)
    reply = as_json(told(error, **more), status, media)
    reply.headers["Cache-Control"] = "no-store"
    return reply


HANDLERS = {
    HTTPException: on_refusal,
    WorkAtlasError: on_known_error,
    ClientDisconnect: on_client_gone,
}
