"""Replies: what form a client takes, JSON, and the status of each kind of error."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from workatlas.errors import (
    BusyError,
    NotFoundError,
    OverloadError,
    RateLimitError,
    StoreError,
    UsageError,
    WorkAtlasError,
)

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"

_WEIGHT = re.compile(r"[01](?:\.[0-9]{0,3})?")
_STATUS = {
    UsageError.code: 400,
    NotFoundError.code: 404,
    RateLimitError.code: 429,
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


def told(error: WorkAtlasError, **more: str) -> dict[str, Any]:
    """Give the body of a reply that is an error alone."""
    # Where it happened is a path or an address of ours: for the log, not for clients.
    hidden = {"what", "where"}
    said = error.as_json().items()
    shown = {k: v for k, v in said if k not in hidden and v is not None}
    return {"errors": [{"message": error.what, "extensions": {**shown, **more}}]}


def has_tag(given: str, etag: str) -> bool:
    """Tell whether an If-None-Match names a tag, or ``*``; weak tags match as well."""
    tags = (tag.strip().removeprefix("W/") for tag in given.split(","))
    return any(tag in ("*", etag) for tag in tags)


class Refusal(HTTPException):
    """A request that cannot be meant, with the HTTP status that says so."""

    def __init__(
        self,
        status: int,
        what: str,
        todo: str,
        headers: Mapping[str, str] | None = None,
        **more: str,
    ) -> None:
        """Say what is wrong with the request, and how to ask instead.

        ``more`` stands in the error's extensions.
        """
        super().__init__(status, what, headers)
        self.error = UsageError(what, todo=todo)
        self.more = more


class IllFormed(Refusal):
    """JSON that is no request of GraphQL."""

    def __init__(self, what: str, todo: str) -> None:
        """Say what is wrong with the request, and how to ask instead."""
        super().__init__(400, what, todo)


class UnknownDocument(Refusal):
    """A document that is named by its hash, and not known.

    Clients find out by these words, which Apollo's protocol has, to send it whole.
    """

    def __init__(self) -> None:
        """Say so."""
        todo = "Send the document beside its hash."
        code = "PERSISTED_QUERY_NOT_FOUND"
        super().__init__(404, "PersistedQueryNotFound", todo, code=code)


def as_json(body: Any, status: int = 200, media: str = JSON) -> Response:
    """Make a reply of JSON text."""
    headers = {"Content-Type": f"{media}; charset=utf-8", "Vary": "Accept"}
    return Response(orjson.dumps(body), status, headers)


def accepted(request: Request) -> str:
    """Give the media type of an error: one that can be read beats none."""
    return media_of(accept_of(request.scope)) or JSON


def accept_of(scope: Scope) -> str:
    """Give the whole Accept header of a request, which may come in several."""
    given = [value for name, value in scope["headers"] if name == b"accept"]
    return b",".join(given).decode("latin-1")


@lru_cache(maxsize=256)
def media_of(accept: str) -> str | None:
    """Give the media type of the answer, by the weights of an Accept header.

    GraphQL's own type is preferred where both are asked for alike; a client that takes
    anything, or does not say, gets plain JSON. None if it takes neither.
    """
    if not accept.strip(", "):
        return JSON
    weights = _weights(accept)
    anything = weights.get("application/*", weights.get("*/*", 0.0))
    plain = weights.get(JSON, anything)
    own = weights.get(GRAPHQL, 0.0)
    if own >= max(plain, 0.001):
        return GRAPHQL
    if plain > 0:
        return JSON
    return GRAPHQL if weights.get(GRAPHQL, anything) > 0 else None


def wants_page(request: Request) -> bool:
    """Tell whether a browser opens a place: it names HTML in its Accept header."""
    return _weights(accept_of(request.scope)).get("text/html", 0.0) > 0


def _weights(accept: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for part in accept.lower().split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        given = [p[2:] for p in parameters if p.startswith("q=")]
        # What is no weight is none: nothing is guessed.
        sound = not given or _WEIGHT.fullmatch(given[0])
        weights[media] = float(given[0] if given else 1) if sound else 0.0
    return weights
