"""GraphQL over HTTP: a request is read, answered, and sent back as JSON."""

import structlog
from starlette.requests import Request
from starlette.responses import Response

from workatlas.resolvers import Answer, AnswerKey, KeptAnswer

from .asking import HOW, Asked, asked_in_body, asked_in_url, url_parameters
from .backend import Backend
from .front import kept_headers
from .observing import Operation, answered
from .pages import endpoint_in_a_browser
from .replies import (
    GRAPHQL,
    JSON,
    Refusal,
    accept_of,
    as_json,
    has_tag,
    media_of,
    wants_page,
)
from .statuses import sent_as, status_of_answer, would_write

_log = structlog.stdlib.get_logger("workatlas.graphql")


async def graphql(request: Request) -> Response:
    """Answer a query that came as the body of a POST or in the address of a GET.

    A document that cannot be executed has status 400, but 200 for clients that take
    plain JSON, as GraphQL over HTTP has it; an answer with errors in it has 200.

    A GET with If-None-Match gets 304 when the answer it has still holds. A POST does
    not: by RFC 9110 a precondition of a POST is about what it would change.
    """
    if request.method != "POST" and not {"query", "documentId", "extensions"} & set(
        url_parameters(request)
    ):
        if wants_page(request):
            return endpoint_in_a_browser(request)
        raise Refusal(400, "There is no query.", f"{HOW}, or GET with ?query=...")
    backend: Backend = request.app.state.backend
    media = media_of(accept_of(request.scope))
    if media is None:
        raise Refusal(406, "The answer is JSON.", f"Accept {GRAPHQL} or {JSON}.")
    asked = await _asked(request, backend)
    request.state.operation = asked.operation
    snapshot = await backend.reader.snapshot()
    key = AnswerKey.of(
        asked.document, asked.operation, asked.variables, media, snapshot.version
    )
    if asked.explain and not backend.may_explain:
        asked = asked._replace(explain=False)
    passes = asked.explain or asked.cost
    kept = None if passes else backend.answers.get(key)
    if kept is not None:
        return _kept_reply(request, kept, media)
    return await _answered(request, asked, key)


async def _asked(request: Request, backend: Backend) -> Asked:
    if request.method == "POST":
        return await asked_in_body(request, backend.persisted)
    asked = asked_in_url(request, backend.persisted)
    if would_write(asked.document, asked.operation):
        what = "Only queries can be asked by GET."
        raise Refusal(405, what, "Ask by POST.", {"Allow": "POST"})
    return asked


async def _answered(request: Request, asked: Asked, key: AnswerKey) -> Response:
    backend: Backend = request.app.state.backend
    operation = Operation(asked.document, asked.variables, asked.operation)
    answer = await answered(request, operation, explain=asked.explain)
    status = status_of_answer(answer, key.media, draft=backend.draft)
    if asked.explain or asked.cost or not answer.is_lasting:
        cost = backend.service.cost(answer) if asked.cost else None
        media = sent_as(key.media, status, draft=backend.draft)
        return _passing_reply(request, answer, status, media, cost)
    kept = KeptAnswer.of(answer.body, key.media, status)
    # Something may have been published meanwhile: an answer is kept as what it is of.
    backend.answers.put(key._replace(graph=answer.version), kept)
    return _kept_reply(request, kept, key.media)


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


def _kept_reply(request: Request, kept: KeptAnswer, media: str) -> Response:
    backend: Backend = request.app.state.backend
    reply = Response(kept.body, kept.status)
    reply.raw_headers = kept_headers(kept, media, backend)
    given = request.headers.get("If-None-Match")
    if given and request.method != "POST" and has_tag(given, kept.etag):
        reply = Response(status_code=304)
        reply.raw_headers = kept_headers(kept, media, backend)[2:]
    return reply
