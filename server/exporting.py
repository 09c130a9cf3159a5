"""How spans leave the process: by OTLP over HTTP, in batches, from a thread.

All else that the SDK can be told by its own variables holds as well, such as
``OTEL_TRACES_SAMPLER`` and ``OTEL_EXPORTER_OTLP_HEADERS``.
"""

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

_SECONDS = 3
"""How long a collector is waited for, also when the process ends."""


def open_provider(address: str) -> TracerProvider:
    """Give what makes spans and sends them to a collector; nothing is connected yet."""
    provider = TracerProvider(resource=Resource.create({SERVICE_NAME: "workatlas"}))
    exporter = OTLPSpanExporter(address, timeout=_SECONDS)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider
