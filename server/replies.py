"""Replies in JSON: every error leaves in the form that GraphQL clients read."""

from functools import lru_cache
from typing import Any

import orjson
import structlog
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from workatlas.errors import (
    BusyError,
    NotFoundError,
    StoreError,
    UsageError,
    WorkAtlasError,
)

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"

_STATUS: dict[type[WorkAtlasError], int] = {
    UsageError: 400,
    NotFoundError: 404,
    StoreError: 503,
    BusyError: 503,
}
_CLIENT_GONE = 499

_log = structlog.stdlib.get_logger("workatlas.error")


def has_tag(given: str, etag: str) -> bool:
    """Tell whether an If-None-Match names a tag, or ``*``; weak tags match as well."""
    tags = (tag.strip().removeprefix("W/") for tag in given.split(","))
    return any(tag in ("*", etag) for tag in tags)


class Refusal(HTTPException):
    """A request that cannot be meant, with the HTTP status that says so."""

    def __init__(self, status: int, what: str, todo: str) -> None:
        """Say what is wrong with the request, and how to ask instead."""
        super().__init__(status, what)
        self.error = UsageError(what, todo=todo)


def as_json(body: Any, status: int = 200, media: str = JSON) -> Response:
    """Make a reply of JSON text."""
    headers = {"Content-Type": f"{media}; charset=utf-8", "Vary": "Accept"}
    return Response(orjson.dumps(body), status, headers)


def accepted(request: Request) -> str:
    """Give the media type of the answer to a request."""
    return media_of(request.headers.get("Accept", ""))


@lru_cache(maxsize=256)
def media_of(accept: str) -> str:
    """Give the media type of the answer, by the weights of an Accept header.

    GraphQL's own type is preferred where both are asked for alike; a client that takes
    anything, or does not say, gets plain JSON. What is neither gets plain JSON too: an
    error that can be read beats one that cannot.
    """
    weights = _weights(accept)
    anything = max(weights.get("*/*", 0.0), weights.get("application/*", 0.0))
    plain = weights.get(JSON, anything)
    return GRAPHQL if weights.get(GRAPHQL, 0.0) >= max(plain, 0.001) else JSON


def wants_page(request: Request) -> bool:
    """Tell whether a browser asks: one that names HTML in its Accept header."""
    return _weights(request.headers.get("Accept", "")).get("text/html", 0.0) > 0


def _weights(accept: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        given = [p[2:] for p in parameters if p.startswith("q=")]
        try:
            weights[media] = float(given[0]) if given else 1.0
        except ValueError:
            weights[media] = 0.0
    return weights


def _errors(error: WorkAtlasError, **more: str) -> dict[str, Any]:
    # Where it happened is a path or an address of ours: for the log, not for clients.
    hidden = {"what", "where"}
    said = error.as_json().items()
    told = {k: v for k, v in said if k not in hidden and v is not None}
    return {"errors": [{"message": error.what, "extensions": {**told, **more}}]}


async def on_refusal(request: Request, error: Exception) -> Response:
    """Reply to what the router or an endpoint refuses: 404, 405, 413, 415, 400."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it only
    known = UsageError(error.detail, todo="`/` lists what can be asked for.")
    reason = error.error if isinstance(error, Refusal) else known
    reply = as_json(_errors(reason), error.status_code, accepted(request))
    reply.headers.update(error.headers or {})
    return reply


async def on_known_error(request: Request, error: Exception) -> Response:
    """Reply to an error of the closed set with its own words."""
    assert isinstance(error, WorkAtlasError)  # noqa: S101 - registered for it only
    _log.warning("refused", **error.as_json())
    status = _STATUS.get(type(error), 500)
    return as_json(_errors(error), status, accepted(request))


async def on_unexpected(request: Request, error: Exception) -> Response:
    """Reply to a defect without its words, which go to the log under the same id."""
    request_id: str = request.state.request_id
    _log.error("unexpected", exc_info=error)
    masked = WorkAtlasError(
        "Something went wrong inside WorkAtlas.",
        todo=f"Report it with the id {request_id}: the log has the cause beside it.",
    )
    reply = _errors(masked, requestId=request_id)
    return as_json(reply, 500, accepted(request))


async def on_client_gone(_request: Request, _error: Exception) -> Response:
    """End a request whose client has gone away; nobody reads this reply."""
    return Response(status_code=_CLIENT_GONE)


HANDLERS = {
    HTTPException: on_refusal,
    WorkAtlasError: on_known_error,
    ClientDisconnect: on_client_gone,
}
