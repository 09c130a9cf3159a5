"""What a process counts, as Prometheus reads it.

Each process counts for itself: with several workers a scrape tells of the one that
answers it, and every series names it, so that what two of them say is not mixed up.
"""

import os
from collections.abc import Iterable, Sequence

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
)
from prometheus_client.core import Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import override

from workatlas.errors import WorkAtlasError
from workatlas.resolvers import Answer

from .backend import Backend
from .health import published
from .replies import Refusal
from .shared_metrics import Shared

_SECONDS = (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
_COST = (1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000)
_STEPS = (1, 3, 10, 30, 100, 300)
_LAG = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)

_REASONS = ("USAGE", "NOT_FOUND", "STORE", "OVERLOAD", "INTERNAL")
_RATES = ("rate_limit", "cost_limit")


class Metrics:
    """The counters of one process."""

    def __init__(self, store: str, routes: Iterable[str] = ()) -> None:
        """Start counting, over a kind of store; paths of other routes are ``other``."""
        self.registry = CollectorRegistry()
        self._store = store
        self._routes = frozenset(routes)
        self._known: dict[tuple[str, int], Counter] = {}
        self._clocks: dict[str, Histogram] = {}
        ProcessCollector(registry=self.registry)
        self._graph = Gauge(
            "workatlas_graph",
            "What is published, by its version; absent while the store is away.",
            ["version"],
            registry=self.registry,
        )
        self._requests = self._counter(
            "workatlas_requests", "Requests that were answered.", "route", "status"
        )
        self._seconds = self._histogram(
            "workatlas_request_seconds", "How long requests took.", _SECONDS, "route"
        )
        self._refused = self._counter(
            "workatlas_refusals", "What was not answered, by reason.", "reason"
        )
        for reason in (*_REASONS, *_RATES):
            # From 0 on: a rate does not see the first of what was not there before.
            self._refused.labels(reason)
        self._answers = self._counter(
            "workatlas_answers", "Answers that were made, by executor.", "executor"
        )
        self._cost = self._histogram(
            "workatlas_cost",
            "What the operations of answers that were made cost.",
            _COST,
        )
        self._steps = self._histogram(
            "workatlas_plan_steps",
            "Steps of the plans of answers that were made.",
            _STEPS,
        )
        self._statements = self._counter(
            "workatlas_statements", "Statements that were run in the store."
        )
        self._store_seconds = self._histogram(
            "workatlas_store_seconds",
            "How long statements took, by store and the kind of node they start from.",
            _SECONDS,
            "store",
            "kind",
        )
        self._rows = self._counter(
            "workatlas_rows", "Rows that statements brought for answers."
        )
        self._slow = self._counter(
            "workatlas_slow_operations", "Operations that the log has as slow."
        )
        self._rates_away = self._counter(
            "workatlas_rate_store_failures",
            "How often clients could not be counted in the store of rate limits.",
        )
        self._lag = self._histogram(
            "workatlas_event_loop_lag_seconds",
            "How much later than it should the event loop came to a timer.",
            _LAG,
        )

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(name, what, labels, registry=self.registry)

    def _histogram(
        self, name: str, what: str, buckets: Sequence[float], *labels: str
    ) -> Histogram:
        return Histogram(name, what, labels, registry=self.registry, buckets=buckets)

    def request(self, path: str, status: int, seconds: float) -> None:
        """Count a request; its route is the first part of its path."""
        first = "/" + path.lstrip("/").partition("/")[0]
        route = first if first in self._routes else "other"
        # To find a counter by its labels anew takes longer than to count.
        known = self._known.get((route, status))
        if known is None:
            known = self._requests.labels(route, str(status))
            self._known[route, status] = known
            self._clocks[route] = self._seconds.labels(route)
        known.inc()
        self._clocks[route].observe(seconds)

    def answer(self, answer: Answer, cost: int) -> None:
        """Count an answer that was made, not found, and all that it took."""
        self._answers.labels(answer.executor).inc()
        self._statements.inc(len(answer.statements))
        self._cost.observe(cost)
        for reason in answer.reasons:
            self._refused.labels(reason).inc()
        if answer.made is None:
            return
        self._steps.observe(answer.made.steps)
        self._rows.inc(answer.made.rows)
        for ran in answer.made.ran:
            kind = ran.fetch.statement.root.label
            self._store_seconds.labels(self._store, kind).observe(ran.seconds)

    def refused(self, reason: str) -> None:
        """Count what was not answered.

        ``reason`` is an error's code, the name of a limit, or ``HTTP_`` and a status:
        of a small set, whatever is sent.
        """
        self._refused.labels(reason).inc()

    def slow(self) -> None:
        """Count an operation that took long enough to be logged."""
        self._slow.inc()

    def rate_store_failed(self) -> None:
        """Count that a client could not be counted where all processes count."""
        self._rates_away.inc()

    def lag(self, seconds: float) -> None:
        """Note how much later than it should the event loop came to a timer."""
        self._lag.observe(seconds)

    def graph(self, version: str | None) -> None:
        """Note the version of what is published; None when the store is away."""
        self._graph.clear()
        if version is not None:
            self._graph.labels(version).set(1)

    def watch(self, backend: Backend) -> None:
        """Tell of kept answers, known documents and what waits as well."""
        self.registry.register(Shared(backend))


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
        return (await published(backend)).version
    except WorkAtlasError:
        return None
