"""What a process counts, and tells Prometheus."""

from collections.abc import AsyncIterator

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from workatlas.server.app import create_app
from workatlas.server.settings import Settings

from .server_fakes import QUERY, FakeBackend, error_of, started


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> FakeBackend:
    """Stand in for the store and the service."""
    return FakeBackend.instead_of_the_real_one(monkeypatch)


@pytest.fixture
async def client(backend: FakeBackend) -> AsyncIterator[httpx.AsyncClient]:
    """Start an application over the stand-in."""
    assert not backend.asked
    async with started(create_app(Settings())) as client:
        yield client


async def counted(client: httpx.AsyncClient) -> dict[str, float]:
    """Give every sample by its name and labels."""
    text = (await client.get("/metrics")).text
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_what_is_counted(client: httpx.AsyncClient) -> None:
    """Requests by status, answers by executor, statements, and kept answers."""
    for _ in range(3):
        await client.post("/graphql", json=QUERY)
    await client.get("/nothing")
    found = await counted(client)
    assert found["workatlas_requests_total 200"] == 3
    assert found["workatlas_requests_total 404"] == 1
    assert found["workatlas_request_seconds_count"] == 4
    assert found["workatlas_answers_total plan"] == 1
    assert found["workatlas_statements_total"] == 1
    assert found["workatlas_kept_hits_total"] == 2
    assert found["workatlas_kept_misses_total"] == 1
    assert found["workatlas_kept_evictions_total"] == 0
    assert found["workatlas_kept_bytes"] > 0
    assert any(name.startswith("workatlas_process ") for name in found)


async def test_metrics_can_be_off(
    backend: FakeBackend, client: httpx.AsyncClient
) -> None:
    """Where nobody is to see them there are none, and the way to have them is told."""
    backend.tells_metrics = False
    reply = await client.get("/metrics")
    assert reply.status_code == 404
    assert "WORKATLAS_METRICS" in error_of(reply)["extensions"]["todo"]
