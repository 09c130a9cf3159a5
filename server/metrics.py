"""What a process counts, as Prometheus reads it.

Each process counts for itself: with several workers a scrape tells of the one that
answers it, and says which (``workatlas_process``).
"""

import os
from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import override

from workatlas.resolvers import AnswerCache

from .backend import Backend
from .replies import Refusal

_BUCKETS = (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)


class Metrics:
    """The counters of one process."""

    def __init__(self) -> None:
        """Start counting."""
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "workatlas_requests",
            "Requests that were answered.",
            ["status"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "workatlas_request_seconds",
            "How long requests took.",
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._answers = Counter(
            "workatlas_answers",
            "Answers that were made, by executor.",
            ["executor"],
            registry=self.registry,
        )
        self._statements = Counter(
            "workatlas_statements",
            "Statements that were run in the store.",
            registry=self.registry,
        )

    def request(self, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(str(status)).inc()
        self._seconds.observe(seconds)

    def answer(self, executor: str, statements: int) -> None:
        """Count an answer that was made, not found."""
        self._answers.labels(executor).inc()
        self._statements.inc(statements)

    def watch(self, answers: AnswerCache) -> None:
        """Tell of kept answers as well."""
        self.registry.register(_Kept(answers))


class _Kept(Collector):
    def __init__(self, answers: AnswerCache) -> None:
        self._answers = answers

    @override
    def collect(self) -> Iterable[Metric]:
        counts = self._answers.counts
        for name, value, text in (
            ("hits", counts.hits, "Answers that were found."),
            ("misses", counts.misses, "Answers that had to be made."),
            ("evictions", counts.evictions, "Answers that made room for others."),
        ):
            yield CounterMetricFamily(f"workatlas_kept_{name}", text, value=value)
        yield GaugeMetricFamily(
            "workatlas_kept_bytes", "Bytes of kept answers.", value=self._answers.size
        )
        process = GaugeMetricFamily(
            "workatlas_process", "The process that tells this.", labels=["pid"]
        )
        process.add_metric([str(os.getpid())], 1)
        yield process


async def metrics(request: Request) -> Response:
    """Give the counters, in the format that is asked for."""
    backend: Backend = request.app.state.backend
    if not backend.tells_metrics:
        raise Refusal(404, "There are no metrics here.", "Set WORKATLAS_METRICS=true.")
    encode, kind = choose_encoder(request.headers.get("Accept", ""))
    counted: Metrics = request.app.state.metrics
    return Response(encode(counted.registry), media_type=kind)
