"""GraphQL over HTTP: a request is read, answered, and sent back as JSON."""

from email.message import Message
from typing import Any, NamedTuple, cast

import orjson
import structlog
from starlette.requests import Request
from starlette.responses import Response

from workatlas.resolvers import Answer, AnswerKey, KeptAnswer

from .backend import Backend
from .front import BODY_LIMIT, kept_headers
from .leaving import answered
from .pages import endpoint_in_a_browser
from .replies import GRAPHQL, JSON, Refusal, accepted, as_json, has_tag, wants_page

_log = structlog.stdlib.get_logger("workatlas.graphql")


class Asked(NamedTuple):
    """What a client asks: a document, its variables, which operation, and its plan.

    ``cost``: it asks what the operation costs, beside its answer.
    """

    document: str
    variables: dict[str, Any] | None
    operation: str | None
    explain: bool = False
    cost: bool = False


async def graphql(request: Request) -> Response:
    """Answer a query that came as the body of a POST or in the address of a GET.

    A document that cannot be executed has status 400, but 200 for clients that take
    plain JSON, as GraphQL over HTTP has it; an answer with errors in it has 200.

    A GET with If-None-Match gets 304 when the answer it has still holds. A POST does
    not: by RFC 9110 a precondition of a POST is about what it would change.
    """
    if request.method != "POST" and "query" not in request.query_params:
        if wants_page(request):
            return endpoint_in_a_browser(request)
        raise Refusal(400, "There is no query.", f"{_HOW}, or GET with ?query=...")
    media = accepted(request)
    asked = (
        await _from_body(request) if request.method == "POST" else _from_url(request)
    )
    request.state.operation = asked.operation
    backend: Backend = request.app.state.backend
    snapshot = await backend.reader.snapshot()
    key = AnswerKey.of(
        asked.document, asked.operation, asked.variables, media, snapshot.version
    )
    if asked.explain and not backend.may_explain:
        asked = asked._replace(explain=False)
    passes = asked.explain or asked.cost
    kept = None if passes else backend.answers.get(key)
    if kept is not None:
        return _kept_reply(request, kept, media, backend.cache_control)
    return await _answered(request, asked, key)


async def _answered(request: Request, asked: Asked, key: AnswerKey) -> Response:
    backend: Backend = request.app.state.backend
    answer = await answered(
        request,
        backend.service.answer(
            asked.document, asked.variables, asked.operation, explain=asked.explain
        ),
    )
    status = 400 if answer.is_request_error and key.media == GRAPHQL else 200
    if asked.explain or asked.cost or not answer.is_lasting:
        cost = backend.service.cost(answer) if asked.cost else None
        return _passing_reply(request, answer, status, key.media, cost)
    kept = KeptAnswer.of(answer.body, key.media, status)
    # Something may have been published meanwhile: an answer is kept as what it is of.
    backend.answers.put(key._replace(graph=answer.version), kept)
    return _kept_reply(request, kept, key.media, backend.cache_control)


def _passing_reply(
    request: Request,
    answer: Answer,
    status: int,
    media: str,
    cost: dict[str, int] | None,
) -> Response:
    """Reply with what holds this once: times of a plan, or a failure of the store."""
    told = answer.as_dict()
    if cost is not None:
        told["extensions"]["cost"] = cost
    for defect in answer.unexpected:
        _log.error("unexpected", exc_info=defect)
        told["extensions"]["requestId"] = request.state.request_id
    reply = as_json(told, status, media)
    reply.headers["Cache-Control"] = "no-store"
    return reply


def _kept_reply(
    request: Request, kept: KeptAnswer, media: str, cache_control: str
) -> Response:
    reply = Response(kept.body, kept.status)
    reply.raw_headers = kept_headers(kept, media, cache_control)
    given = request.headers.get("If-None-Match")
    if given and request.method != "POST" and has_tag(given, kept.etag):
        reply = Response(status_code=304)
        reply.raw_headers = kept_headers(kept, media, cache_control)[2:]
    return reply


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
        asked.get("query"),
        asked.get("variables"),
        asked.get("operationName"),
        asked.get("extensions"),
    )


def _from_url(request: Request) -> Asked:
    given = request.query_params
    return _checked(
        given["query"],
        _parsed(given.get("variables") or "null", "variables"),
        given.get("operationName") or None,
        _parsed(given.get("extensions") or "null", "extensions"),
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


def _parsed(text: bytes | str, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Refusal(400, f"{what} cannot be read as JSON ({error}).", _HOW) from error


def _checked(document: Any, variables: Any, operation: Any, extensions: Any) -> Asked:
    if not isinstance(document, str):
        raise Refusal(400, "query must be a text.", _HOW)
    if not isinstance(variables, dict | None):
        raise Refusal(400, "variables must be an object.", _HOW)
    if not isinstance(operation, str | None):
        raise Refusal(400, "operationName must be a text.", _HOW)
    if not isinstance(extensions, dict | None):
        raise Refusal(400, "extensions must be an object.", _HOW)
    wished = cast("dict[str, Any]", extensions or {})
    return Asked(
        document,
        variables,
        operation,
        wished.get("plan") is True,
        wished.get("cost") is True,
    )
