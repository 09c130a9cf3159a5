"""Spans of an operation, of its plan's steps and of its statements (OpenTelemetry).

They are made after the answer, out of what was noted meanwhile. No attribute holds a
value that a client sent: documents are named by their hash, statements have parameters.
"""

import time
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from opentelemetry.context import Context
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, Tracer
from opentelemetry.trace import set_span_in_context as within
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.requests import Request

from workatlas.errors import UsageError
from workatlas.resolvers import Made

from .settings import Settings

_NS = 1_000_000_000
_parents = TraceContextTextMapPropagator()


class Tracing:
    """Makes the spans of one process."""

    def __init__(self, provider: Any, store: str) -> None:
        """Make them with a ``TracerProvider`` of the SDK; ``store`` names the kind."""
        self._provider = provider
        self._tracer: Tracer = provider.get_tracer("workatlas")
        self._store = store

    def begin(self, request: Request) -> Span:
        """Begin the span of an operation, within the one that ``traceparent`` names."""
        parent = _parents.extract(dict(request.headers), Context())
        return self._tracer.start_span("query", parent, SpanKind.SERVER)

    def made(self, span: Span, made: Made) -> None:
        """Add the spans of the steps and statements that an operation took."""
        # Moments were noted by a clock that begins anywhere.
        shift = time.time_ns() - time.perf_counter_ns()
        parent = within(span)
        for part in _parts(made, self._store):
            start = int(part.begun * _NS) + shift
            child = self._tracer.start_span(
                part.name, parent, attributes=part.facts, start_time=start
            )
            if part.has_failed:
                child.set_status(Status(StatusCode.ERROR))
            child.end(start + int(part.seconds * _NS))

    def close(self) -> None:
        """Send what has not been sent."""
        self._provider.shutdown()


class _Part(NamedTuple):
    name: str
    facts: Mapping[str, str | int]
    begun: float
    seconds: float
    has_failed: bool = False


def _parts(made: Made, store: str) -> Iterator[_Part]:
    for step in made.stepped:
        objects = {"workatlas.objects": step.objects}
        yield _Part(step.field, objects, step.begun, step.seconds)
    for ran in made.ran:
        facts: Mapping[str, str | int] = {
            "db.system.name": store,
            "db.query.text": ran.fetch.statement.text,
            "workatlas.build": ran.fetch.prefix,
            "workatlas.keys": len(ran.fetch.keys),
        }
        name = f"read {ran.fetch.statement.root.label}"
        yield _Part(name, facts, ran.begun, ran.seconds, ran.has_failed)


def open_tracing(settings: Settings, store: str) -> Tracing | None:
    """Send spans to the collector that the settings name; without one, make none.

    Raises:
        UsageError: the parts that send them are not installed.

    """
    if settings.traces_to is None:
        return None
    try:
        from .exporting import open_provider  # noqa: PLC0415 - it is an extra
    except ImportError as error:
        raise UsageError(
            "Spans cannot be sent: OpenTelemetry's SDK is not installed.",
            where="WORKATLAS_TRACES_TO",
            todo="Install it with `pip install 'workatlas[otel]'`, or unset it.",
        ) from error
    return Tracing(open_provider(settings.traces_to), store)
