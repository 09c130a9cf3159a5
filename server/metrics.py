"""What a process counts, as Prometheus reads it.

Each process counts for itself: with several workers a scrape tells of the one that
answers it, and every series names it, so that what two of them say is not mixed up.
"""

import os
from collections.abc import Iterable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import override

from workatlas.errors import WorkAtlasError

from .backend import Backend
from .replies import Refusal

_BUCKETS = (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)


class Metrics:
    """The counters of one process."""

    def __init__(self) -> None:
        """Start counting."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._graph = Gauge(
            "workatlas_graph",
            "What is published, by its version; absent while the store is away.",
            ["version"],
            registry=self.registry,
        )
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

    def graph(self, version: str | None) -> None:
        """Note the version of what is published; None when the store is away."""
        self._graph.clear()
        if version is not None:
            self._graph.labels(version).set(1)

    def watch(self, backend: Backend) -> None:
        """Tell of kept answers and known documents as well."""
        self.registry.register(_Kept(backend))


class _Kept(Collector):
    def __init__(self, backend: Backend) -> None:
        self._answers = backend.answers
        self._service = backend.service

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
        documents = self._service.documents
        for name, value, text in (
            ("hits", documents.hits, "Documents whose plan was known."),
            ("misses", documents.misses, "Documents that had to be read and planned."),
        ):
            yield CounterMetricFamily(f"workatlas_documents_{name}", text, value=value)


class OfThisProcess(Collector):
    """The same, with the process named in every sample."""

    def __init__(self, counted: Collector) -> None:
        """Tell what ``counted`` tells."""
        self._counted = counted

    @override
    def collect(self) -> Iterable[Metric]:
        """Give every family, its samples with the label ``process``."""
        own = {"process": str(os.getpid())}
        for family in self._counted.collect():
            family.samples = [
                sample._replace(labels={**sample.labels, **own})
                for sample in family.samples
            ]
            yield family


async def metrics(request: Request) -> Response:
    """Give the counters, in the format that is asked for."""
    backend: Backend = request.app.state.backend
    if not backend.tells_metrics:
        raise Refusal(404, "There are no metrics here.", "Set WORKATLAS_METRICS=true.")
    encode, kind = choose_encoder(request.headers.get("Accept", ""))
    counted: Metrics = request.app.state.metrics
    counted.graph(await _version(backend))
    return Response(
        encode(OfThisProcess(counted.registry)),
        headers={"Cache-Control": "no-store", "Content-Type": kind, "Vary": "Accept"},
    )


async def _version(backend: Backend) -> str | None:
    try:
        return (await backend.reader.snapshot()).version
    except WorkAtlasError:
        return None
