"""GraphQL over HTTP: a request is read, answered, and sent back as JSON."""

from email.message import Message
from typing import Any, NamedTuple, cast

import orjson
import structlog
from starlette.requests import Request
from starlette.responses import Response

from .backend import Backend
from .pages import browser_page
from .replies import GRAPHQL, JSON, Refusal, accepted, as_json, wants_page

BODY_LIMIT = 100_000
"""The largest request that is read, in bytes."""


_log = structlog.stdlib.get_logger("workatlas.graphql")


class Asked(NamedTuple):
    """What a client asks: a document, its variables, and which of its operations."""

    document: str
    variables: dict[str, Any] | None
    operation: str | None


async def graphql(request: Request) -> Response:
    """Answer a query that came as the body of a POST or in the address of a GET.

    A document that cannot be executed has status 400, but 200 for clients that take
    plain JSON, as GraphQL over HTTP has it; an answer with errors in it has 200.
    """
    if request.method != "POST" and "query" not in request.query_params:
        if wants_page(request):
            return browser_page(request)
        raise Refusal(400, "There is no query.", f"{_HOW}, or GET with ?query=...")
    media = accepted(request)
    asked = (
        await _from_body(request) if request.method == "POST" else _from_url(request)
    )
    request.state.operation = asked.operation
    backend: Backend = request.app.state.backend
    answer = await backend.service.answer(*asked)
    told = answer.as_dict()
    for defect in answer.unexpected:
        _log.error("unexpected", exc_info=defect)
        told["extensions"]["requestId"] = request.state.request_id
    status = 400 if answer.is_request_error and media == GRAPHQL else 200
    return as_json(told, status, media)


_HOW = f'POST {{"query": "..."}} as {JSON}'


async def _from_body(request: Request) -> Asked:
    kind = Message()
    kind["Content-Type"] = request.headers.get("Content-Type", "none/none")
    if kind.get_content_type() != JSON:
        raise Refusal(415, f"The body must be {JSON}.", _HOW)
    if kind.get_content_charset("utf-8") != "utf-8":
        raise Refusal(415, "The body must be in UTF-8.", _HOW)
    parsed = _parsed(await _limited_body(request), "The body")
    if not isinstance(parsed, dict):
        raise Refusal(400, "The body is no JSON object.", _HOW)
    asked = cast("dict[str, Any]", parsed)
    return _checked(
        asked.get("query"), asked.get("variables"), asked.get("operationName")
    )


def _from_url(request: Request) -> Asked:
    given = request.query_params
    variables = given.get("variables") or None
    return _checked(
        given["query"],
        None if variables is None else _parsed(variables.encode(), "variables"),
        given.get("operationName") or None,
    )


async def _limited_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise Refusal(
                413,
                f"The body is larger than {BODY_LIMIT:,} bytes.",
                "Ask for less at once, or move values into fewer variables.",
            )
    return bytes(body)


def _parsed(text: bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Refusal(400, f"{what} cannot be read as JSON ({error}).", _HOW) from error


def _checked(document: Any, variables: Any, operation: Any) -> Asked:
    if not isinstance(document, str):
        raise Refusal(400, "query must be a text.", _HOW)
    if not isinstance(variables, dict | None):
        raise Refusal(400, "variables must be an object.", _HOW)
    if not isinstance(operation, str | None):
        raise Refusal(400, "operationName must be a text.", _HOW)
    return Asked(document, variables, operation)
