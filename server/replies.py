"""Replies: what form a client takes, JSON, and the status of each kind of error."""

from functools import lru_cache
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from workatlas.errors import (
    BusyError,
    NotFoundError,
    OverloadError,
    StoreError,
    UsageError,
    WorkAtlasError,
)

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"

_STATUS = {
    UsageError.code: 400,
    NotFoundError.code: 404,
    StoreError.code: 503,
    BusyError.code: 503,
    OverloadError.code: 503,
}


def status_of(code: str) -> int:
    """Give the HTTP status of an error's code; what is not expected is a defect."""
    return _STATUS.get(code, 500)


def defect(request_id: str) -> WorkAtlasError:
    """Say that something is wrong that should not be, and how to find its cause."""
    return WorkAtlasError(
        "Something went wrong inside WorkAtlas.",
        todo=f"Report it with the id {request_id}: the log has the cause beside it.",
    )


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
    """Tell whether a browser opens a place: it names HTML in its Accept header."""
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
