"""Kept answers, sent before anything else looks at the request.

A query that has been answered before costs a look-up; the machinery of routes, requests
and replies would cost four times that. What is not found here goes on as it came, and
so does everything that is not a plain POST of a query.
"""

from typing import Any, cast

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workatlas.errors import WorkAtlasError
from workatlas.resolvers import AnswerKey, KeptAnswer

from .backend import Backend
from .documents import Documents
from .limits import BODY
from .replies import JSON, accept_of, media_of
from .statuses import sent_as

_JSON = {JSON.encode(), f"{JSON}; charset=utf-8".encode()}


class KeptFirst:
    """Answers a POST of a query from what is kept, if it is."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application that answers everything else."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not _may_be_kept(scope):
            await self.app(scope, receive, send)
            return
        messages = [await receive()]
        while messages[-1].get("more_body") and _length(messages) <= BODY:
            messages.append(await receive())
        if messages[-1]["type"] != "http.request" or messages[-1].get("more_body"):
            await self.app(scope, _again(messages, receive), send)
            return
        backend: Backend = scope["app"].state.backend
        found = await _found(backend, scope, messages)
        if found is None:
            await self.app(scope, _again(messages, receive), send)
            return
        key, kept = found
        scope["state"]["operation"] = key.operation
        await send(
            {
                "type": "http.response.start",
                "status": kept.status,
                "headers": kept_headers(kept, key.media, backend),
            }
        )
        await send({"type": "http.response.body", "body": kept.body})


def kept_headers(
    kept: KeptAnswer, media: str, backend: Backend
) -> list[tuple[bytes, bytes]]:
    """Give the headers of an answer."""
    media = sent_as(media, kept.status, draft=backend.draft)
    return [
        (b"content-type", f"{media}; charset=utf-8".encode()),
        (b"content-length", b"%d" % len(kept.body)),
        (b"vary", b"Accept"),
        (b"etag", kept.etag.encode()),
        (b"cache-control", backend.cache_control.encode()),
    ]


def _may_be_kept(scope: Scope) -> bool:
    return (
        scope["path"] == "/graphql"
        and scope["method"] == "POST"
        and _header(scope, b"content-type") in _JSON
    )


def _header(scope: Scope, name: bytes) -> bytes:
    for known, value in scope["headers"]:
        if known == name:
            return bytes(value)
    return b""


def _length(messages: list[Message]) -> int:
    return sum(len(message.get("body", b"")) for message in messages)


async def _found(
    backend: Backend, scope: Scope, messages: list[Message]
) -> tuple[AnswerKey, KeptAnswer] | None:
    """Give the kept answer to a request, if it can be read and there is one."""
    if not backend.answers.size:
        return None
    try:
        asked: Any = orjson.loads(b"".join(m.get("body", b"") for m in messages))
    except orjson.JSONDecodeError:
        return None
    media = media_of(accept_of(scope))
    document = _document(asked, backend.persisted)
    if media is None or document is None:
        return None
    try:
        snapshot = await backend.reader.snapshot()
        key = AnswerKey.of(
            document,
            asked.get("operationName"),
            asked.get("variables"),
            media,
            snapshot.version,
        )
    except (WorkAtlasError, orjson.JSONEncodeError):
        return None
    kept = backend.answers.find(key)
    return None if kept is None else (key, kept)


def _document(asked: Any, documents: Documents) -> str | None:
    """Give the document that is plainly asked for: sent as it is, or named."""
    if not isinstance(asked, dict):
        return None
    given = cast("dict[str, Any]", asked)
    if not isinstance(given.get("operationName"), str | None):
        return None
    if not isinstance(given.get("variables"), dict | None):
        return None
    query, named = given.get("query"), given.get("documentId")
    if "extensions" in given:
        if query is not None or named is not None:
            return None
        named = _named_by_apollo(given["extensions"])
    if query is None and isinstance(named, str):
        return documents.text(named)
    return query if isinstance(query, str) and named is None else None


def _named_by_apollo(extensions: Any) -> str | None:
    match extensions:
        case {"persistedQuery": {"sha256Hash": str(digest)}, **more} if not more:
            return f"sha256:{digest}"
        case _:
            return None


def _again(messages: list[Message], receive: Receive) -> Receive:
    """Give what was received once more, and then what comes."""
    left = iter(messages)

    async def receive_again() -> Message:
        for message in left:
            return message
        return await receive()

    return receive_again
