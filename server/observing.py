"""What is seen of an operation from outside: metrics, spans, a line if it is slow.

All of it is put together after the answer was made, out of what was noted meanwhile.
"""

import hashlib
import time
from typing import Any, NamedTuple

import structlog
from opentelemetry.trace import Span, Status, StatusCode
from starlette.requests import Request

from workatlas.resolvers import Answer

from .backend import Backend
from .leaving import while_there
from .metrics import Metrics
from .tracing import Tracing

_log = structlog.stdlib.get_logger("workatlas.slow")


class Operation(NamedTuple):
    """What is asked, and which of the document's operations, with values for it."""

    document: str
    variables: dict[str, Any] | None = None
    name: str | None = None

    @property
    def hash(self) -> str:
        """Name the document, for logs and spans: the start of its sha256."""
        # What cannot be encoded is no document, and has been refused as one.
        text = self.document.encode("utf-8", "replace")
        return hashlib.sha256(text).hexdigest()[:16]


async def answered(
    request: Request,
    asked: Operation,
    *,
    explain: bool = False,
    trusted: bool = False,
) -> Answer:
    """Have an operation answered and looked at; given up if nobody waits for it.

    What ``explain`` and ``trusted`` do is the service's.

    Raises:
        ClientDisconnect: nobody waits for the answer any more.

    """
    tracing: Tracing | None = request.app.state.tracing
    if tracing is None:
        return await _looked_at(request, asked, explain=explain, trusted=trusted)
    span = tracing.begin(request)
    try:
        traced = span.is_recording()
        answer = await _looked_at(
            request, asked, explain=explain, traced=traced, trusted=trusted
        )
        if traced:
            _describe(span, asked, answer)
            if answer.made is not None:
                tracing.made(span, answer.made)
    except BaseException as error:
        # Its kind alone: its words may hold what a client sent.
        span.set_status(Status(StatusCode.ERROR, type(error).__name__))
        raise
    finally:
        span.end()
    return answer


def _describe(span: Span, asked: Operation, answer: Answer) -> None:
    span.set_attributes(
        {
            "graphql.operation.type": "query",
            "workatlas.document": asked.hash,
            "workatlas.cost": cost_of(answer),
            "workatlas.graph": answer.version,
            "workatlas.errors": len(answer.reasons),
        }
    )
    if asked.name is not None:
        span.set_attribute("graphql.operation.name", asked.name)
    if answer.reasons:
        span.set_status(Status(StatusCode.ERROR, answer.reasons[0]))


async def _looked_at(
    request: Request,
    asked: Operation,
    *,
    explain: bool,
    trusted: bool,
    traced: bool = False,
) -> Answer:
    backend: Backend = request.app.state.backend
    begun = time.perf_counter()
    try:
        work = backend.service.answer(
            *asked, explain=explain, traced=traced, trusted=trusted
        )
        answer = await while_there(request, work)
    except BaseException:
        _note_slow(request, asked, None, time.perf_counter() - begun)
        raise
    _note_slow(request, asked, answer, time.perf_counter() - begun)
    cost = cost_of(answer)
    request.state.cost = cost
    metrics: Metrics = request.app.state.metrics
    metrics.answer(answer, cost)
    return answer


def cost_of(answer: Answer) -> int:
    """Give what a client is charged for an answer; a refusal is the least there is."""
    return 1 if answer.is_request_error else answer.cost


def _note_slow(
    request: Request, asked: Operation, answer: Answer | None, seconds: float
) -> None:
    """Log an operation that took long, with its plan; never the values of variables."""
    backend: Backend = request.app.state.backend
    if seconds < backend.slow_seconds:
        return
    request.app.state.metrics.slow()
    made = answer and answer.made
    _log.warning(
        "slow",
        operation=asked.name,
        document=asked.hash,
        ms=round(seconds * 1000, 1),
        is_answered=answer is not None,
        cost=answer and cost_of(answer),
        plan=made and made.plan(),
    )
