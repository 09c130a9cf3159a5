"""What Prometheus is told of what requests share: answers, documents, a queue."""

from collections.abc import Iterable

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from typing_extensions import override

from .backend import Backend


class Shared(Collector):
    """Tells what is kept and what waits, as it is when it is asked."""

    def __init__(self, backend: Backend) -> None:
        """Tell of what requests of a process share."""
        self._answers = backend.answers
        self._service = backend.service

    @override
    def collect(self) -> Iterable[Metric]:
        """Give each family anew."""
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
        yield GaugeMetricFamily(
            "workatlas_heavy_waiting",
            "Costly operations that wait for each other.",
            value=self._service.gate.waiting,
        )
