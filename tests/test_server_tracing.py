"""Spans: what is sent to a collector, what of it is not, and that there may be none."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import StatusCode

from workatlas.errors import StoreError, UsageError
from workatlas.server import tracing
from workatlas.server.app import create_app
from workatlas.server.settings import Settings
from workatlas.server.tracing import open_tracing

from .answers import serve_sample
from .server_fakes import QUERY, FakeBackend, started

COLLECTOR = "http://127.0.0.1:1/v1/traces"
TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
NAMED = """query Named($text: String!) { search(query: $text) { score }
  taskConnection(first: 3) { edges { node { statement occupation { title } } } } }"""


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    """Catch spans; those that no parent asks for are not sampled."""
    exporter = InMemorySpanExporter()

    def provider(address: str) -> TracerProvider:
        assert address == COLLECTOR
        made = TracerProvider(sampler=ParentBased(TraceIdRatioBased(0)))
        made.add_span_processor(SimpleSpanProcessor(exporter))
        return made

    monkeypatch.setattr("workatlas.server.exporting.open_provider", provider)
    return exporter


@pytest.fixture
async def client(
    monkeypatch: pytest.MonkeyPatch, sample_graph: Path, spans: InMemorySpanExporter
) -> AsyncIterator[httpx.AsyncClient]:
    """Serve the sample, with traces on."""
    assert not spans.get_finished_spans()
    FakeBackend.instead_of_the_real_one(monkeypatch)
    monkeypatch.setattr(FakeBackend, "service", serve_sample(sample_graph))
    async with started(create_app(Settings(traces_to=COLLECTOR))) as client:
        yield client


def sampled(flag: str = "01") -> dict[str, str]:
    """Give the headers of a request that is part of a trace."""
    return {"traceparent": f"00-{TRACE}-{PARENT}-{flag}"}


async def asked(client: httpx.AsyncClient, text: str = "secret value") -> Any:
    """Ask a query with a variable, as part of a trace."""
    body = {
        "query": NAMED,
        "variables": {"text": text},
        "operationName": "Named",
    }
    reply = await client.post("/graphql", json=body, headers=sampled())
    assert "errors" not in reply.json(), reply.text
    return reply.json()


async def test_spans_of_an_operation(
    client: httpx.AsyncClient, spans: InMemorySpanExporter
) -> None:
    """Steps and statements lie within the operation, and that in what came in."""
    answer = await asked(client)
    assert "plan" not in answer["extensions"]
    *parts, operation = sorted(
        spans.get_finished_spans(), key=lambda span: span.name == "query"
    )
    assert operation.parent is not None
    assert f"{operation.parent.span_id:016x}" == PARENT
    own = operation.get_span_context()
    assert own is not None
    assert f"{own.trace_id:032x}" == TRACE
    facts = dict(operation.attributes or {})
    assert facts["graphql.operation.name"] == "Named"
    assert facts["workatlas.graph"] == answer["extensions"]["graph"]["version"]
    assert facts["workatlas.errors"] == 0
    names = {part.name for part in parts}
    assert {"Query.taskConnection", "Task.occupation"} <= names
    assert {name for name in names if name.startswith("read ")}
    for part in parts:
        assert part.parent is not None
        assert part.parent.span_id == own.span_id
        begun, ended = part.start_time or 0, part.end_time or 0
        assert (operation.start_time or 0) <= begun <= ended
        assert ended <= (operation.end_time or 0) + 1_000_000
    statement = next(part for part in parts if part.name.startswith("read "))
    text = dict(statement.attributes or {})["db.query.text"]
    assert isinstance(text, str)
    assert text.startswith("UNWIND $keys AS key MATCH")


async def test_no_value_is_told(
    client: httpx.AsyncClient, spans: InMemorySpanExporter
) -> None:
    """Neither variables nor documents are in any span."""
    await asked(client, "secret value")
    told = "".join(span.to_json() for span in spans.get_finished_spans())
    assert "query" in told
    assert "secret" not in told
    assert NAMED[:20] not in told


@pytest.mark.parametrize(
    "headers",
    [{}, sampled("00"), {"traceparent": "nonsense"}, {"traceparent": "00-1-2-3"}],
)
async def test_what_is_not_sampled(
    client: httpx.AsyncClient,
    spans: InMemorySpanExporter,
    headers: dict[str, str],
) -> None:
    """It is answered, and nothing of it is noted."""
    reply = await client.post("/graphql", json={"query": NAMED}, headers=headers)
    assert reply.status_code == 200
    assert not spans.get_finished_spans()


async def test_operations_that_fail(
    monkeypatch: pytest.MonkeyPatch, spans: InMemorySpanExporter
) -> None:
    """Their span says so by the kind of error, and by no word of it."""
    backend = FakeBackend.instead_of_the_real_one(monkeypatch)
    backend.reply = StoreError("secret words")
    async with started(create_app(Settings(traces_to=COLLECTOR))) as client:
        await client.post("/graphql", json=QUERY, headers=sampled())
        backend.reply = FakeBackend().reply
        assert not isinstance(backend.reply, Exception)
        backend.reply.reasons = ("USAGE",)
        await client.post("/graphql", json={"query": "{ a }"}, headers=sampled())
    assert backend.traced == [True, True]
    ended: tuple[ReadableSpan, ...] = spans.get_finished_spans()
    said = [(span.status.status_code, span.status.description) for span in ended]
    assert said == [(StatusCode.ERROR, "StoreError"), (StatusCode.ERROR, "USAGE")]
    assert "secret" not in "".join(span.to_json() for span in ended)


async def test_a_statement_that_fails(
    monkeypatch: pytest.MonkeyPatch,
    sample_graph: Path,
    spans: InMemorySpanExporter,
) -> None:
    """Its own span is in error as well."""
    service = serve_sample(sample_graph)

    async def fetch(*_: Any) -> Any:
        raise StoreError("secret words")

    monkeypatch.setattr(service._reader, "fetch", fetch)  # pyright: ignore[reportPrivateUsage]
    FakeBackend.instead_of_the_real_one(monkeypatch)
    monkeypatch.setattr(FakeBackend, "service", service)
    async with started(create_app(Settings(traces_to=COLLECTOR))) as client:
        query = {"query": "{ taskConnection(first: 1) { totalCount } }"}
        await client.post("/graphql", json=query, headers=sampled())
    ended = {span.name: span.status for span in spans.get_finished_spans()}
    reads = [status for name, status in ended.items() if name.startswith("read ")]
    assert [status.status_code for status in reads] == [StatusCode.ERROR]
    assert ended["query"].description == "STORE"


async def test_without_a_collector_nothing_is_noted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The SDK is not even imported, and answers are not traced."""
    backend = FakeBackend.instead_of_the_real_one(monkeypatch)
    monkeypatch.delitem(sys.modules, "workatlas.server.exporting", raising=False)
    async with started(create_app(Settings())) as client:
        await client.post("/graphql", json=QUERY, headers=sampled())
    assert backend.traced == [False]
    assert "workatlas.server.exporting" not in sys.modules


def test_spans_are_sent_to_the_collector() -> None:
    """A provider of the SDK is made that sends to the address; it can be closed."""
    traces = open_tracing(Settings(traces_to=COLLECTOR), "embedded")
    assert isinstance(traces, tracing.Tracing)
    traces.close()


def test_without_the_sdk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for traces without what makes them is told what to install."""
    monkeypatch.setitem(sys.modules, "workatlas.server.exporting", None)
    with pytest.raises(UsageError, match="not installed") as caught:
        open_tracing(Settings(traces_to=COLLECTOR), "embedded")
    assert "workatlas[otel]" in caught.value.todo
