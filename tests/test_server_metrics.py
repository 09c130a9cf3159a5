"""What a process counts, and tells Prometheus."""

import asyncio
import os
import re
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from workatlas.errors import StoreError
from workatlas.limits import Limits
from workatlas.resolvers import Service
from workatlas.server.app import create_app
from workatlas.server.lag import lag_told
from workatlas.server.settings import Settings
from workatlas.stores import Snapshot, open_reader

from .answers import serve_sample
from .server_fakes import ONET, QUERY, FakeAnswer, FakeBackend, error_of, started

DOCS = Path(__file__).parent.parent / "docs" / "observing.md"


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


def samples(text: str) -> list[Sample]:
    """Read what is told, or an example of it."""
    families = text_string_to_metric_families(text)
    return [sample for family in families for sample in family.samples]


async def counted(client: httpx.AsyncClient) -> dict[str, float]:
    """Give every sample by its name and labels, but for the process."""
    text = (await client.get("/metrics")).text
    return {
        " ".join([name, *(v for k, v in labels.items() if k != "process")]): value
        for name, labels, value, *_ in samples(text)
    }


async def test_what_is_counted(backend: FakeBackend, client: httpx.AsyncClient) -> None:
    """Requests by route and status, answers, statements, and kept answers."""
    backend.reply, backend.waiting = FakeAnswer({"data": 1}, cost=7), 3
    for _ in range(3):
        await client.post("/graphql", json=QUERY)
    await client.get("/nothing")
    found = await counted(client)
    assert found["workatlas_requests_total /graphql 200"] == 3
    assert found["workatlas_requests_total other 404"] == 1
    assert found["workatlas_request_seconds_count /graphql"] == 3
    assert found["workatlas_request_seconds_count other"] == 1
    assert found["workatlas_refusals_total HTTP_404"] == 1
    assert found["workatlas_cost_sum"] == 7
    assert found["workatlas_answers_total plan"] == 1
    assert found["workatlas_statements_total"] == 1
    assert found["workatlas_kept_hits_total"] == 2
    assert found["workatlas_kept_misses_total"] == 1
    assert found["workatlas_kept_evictions_total"] == 0
    assert found["workatlas_kept_bytes"] > 0
    assert found["workatlas_heavy_waiting"] == 3
    assert found["workatlas_documents_misses_total"] == 1
    assert found["workatlas_documents_hits_total"] == 0
    assert found[f"workatlas_graph {Snapshot({ONET.id: ONET}).version}"] == 1


async def test_what_is_published(
    backend: FakeBackend, client: httpx.AsyncClient
) -> None:
    """The version is that of now; when nobody knows it there is none."""
    before = await counted(client)
    backend.graphs = {ONET.id: replace(ONET, build="b9")}
    after = await counted(client)
    backend.graphs = StoreError("away")
    away = await counted(client)
    versions = [
        [name for name in found if name.startswith("workatlas_graph")]
        for found in (before, after, away)
    ]
    assert [len(found) for found in versions] == [1, 1, 0]
    assert versions[0] != versions[1]


@pytest.mark.parametrize("accept", ["text/plain", "application/openmetrics-text"])
async def test_every_sample_names_its_process(
    client: httpx.AsyncClient, accept: str
) -> None:
    """What several processes tell is not mixed up, in either format."""
    told = await client.get("/metrics", headers={"Accept": accept})
    assert told.headers["Content-Type"].startswith(accept)
    assert told.headers["Cache-Control"] == "no-store"
    own = {sample.labels["process"] for sample in samples(told.text)}
    assert own == {str(os.getpid())}


async def test_every_metric_is_documented(client: httpx.AsyncClient) -> None:
    """docs/observing.md has each metric with what it counts, and no other."""
    await client.post("/graphql", json=QUERY)
    text = (await client.get("/metrics")).text
    page = DOCS.read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(workatlas_\w+)` \| (.*) \|$", page, re.MULTILINE))
    told = re.findall(r"^# HELP (workatlas_\w+) (.*)$", text, re.MULTILINE)
    named = {name: what for name, what in told if not name.endswith("_created")}
    assert rows.keys() == named.keys()
    assert all(rows[name].startswith(what) for name, what in named.items())


async def test_the_example_is_what_is_told(client: httpx.AsyncClient) -> None:
    """Three requests of two queries count as docs/observing.md shows."""
    for query in (QUERY, QUERY, {"query": "{ another }"}):
        await client.post("/graphql", json=query)
    found = await counted(client)
    shown = DOCS.read_text(encoding="utf-8").split("```text\n")[1].split("```")[0]
    example = samples(shown)
    assert len(example) == 4
    for name, labels, value, *_ in example:
        own = [v for k, v in labels.items() if k != "process"]
        assert found[" ".join([name, *own])] == value


async def test_metrics_can_be_off(
    backend: FakeBackend, client: httpx.AsyncClient
) -> None:
    """Where nobody is to see them there are none, and the way to have them is told."""
    backend.tells_metrics = False
    reply = await client.get("/metrics")
    assert reply.status_code == 404
    assert "WORKATLAS_METRICS" in error_of(reply)["extensions"]["todo"]


async def test_what_an_answer_took(
    monkeypatch: pytest.MonkeyPatch, sample_graph: Path, backend: FakeBackend
) -> None:
    """Steps, rows and the store's time are those of the plan that was carried out."""
    monkeypatch.setattr(FakeBackend, "service", serve_sample(sample_graph))
    query = "{ taskConnection(first: 5) { edges { node { statement } } } }"
    async with started(create_app(Settings())) as client:
        body = (await client.post("/graphql", json={"query": query})).json()
        await client.post("/graphql", json={"query": "{ nothing }"})
        await client.post("/graphql", json={"query": "{ __typename }"})
        await client.post("/graphql", json={"query": "{ __schema { description } }"})
        found = await counted(client)
    assert not backend.asked
    assert len(body["data"]["taskConnection"]["edges"]) == 5
    assert found["workatlas_plan_steps_sum"] == 5
    assert found["workatlas_plan_steps_count"] == 2
    assert found["workatlas_rows_total"] >= 5
    assert found["workatlas_store_seconds_count Release embedded"] == 1
    assert found["workatlas_refusals_total USAGE"] == 1
    assert found["workatlas_answers_total reference"] == 1


async def test_a_limit_is_a_reason(
    monkeypatch: pytest.MonkeyPatch, sample_graph: Path, backend: FakeBackend
) -> None:
    """A document that asks for too much is counted by the limit's name."""
    service = Service(open_reader(str(sample_graph)), limits=Limits(cost=10))
    monkeypatch.setattr(FakeBackend, "service", service)
    async with started(create_app(Settings())) as client:
        for query in (
            f"{{ {' '.join(f'a{n}: __typename' for n in range(31))} }}",
            "{ taskConnection(first: 100) { totalCount } }",
        ):
            await client.post("/graphql", json={"query": query})
        found = await counted(client)
    assert not backend.asked
    assert found["workatlas_refusals_total aliases"] == 1
    assert found["workatlas_refusals_total cost"] == 1


async def test_what_no_answer_was_made_for(
    backend: FakeBackend, client: httpx.AsyncClient
) -> None:
    """A store that is away and a defect are counted by their codes, from 0 on."""
    before = await counted(client)
    backend.reply = StoreError("away")
    await client.post("/graphql", json=QUERY)
    backend.reply = ValueError("defect")
    await client.post("/graphql", json=QUERY)
    after = await counted(client)
    for code in ("STORE", "INTERNAL"):
        assert before[f"workatlas_refusals_total {code}"] == 0
        assert after[f"workatlas_refusals_total {code}"] == 1


async def test_the_event_loop_is_looked_at() -> None:
    """What keeps the loop busy is found, as long as it took, until the end."""
    seen: list[float] = []
    looked = asyncio.Event()

    def note(seconds: float) -> None:
        seen.append(seconds)
        looked.set()

    async with lag_told(note, every=0.01):
        await looked.wait()
        looked.clear()
        time.sleep(0.1)  # noqa: ASYNC251 - it is what is to be found
        await looked.wait()
    assert max(seen) > 0.08
    assert min(seen) >= 0
    looked.clear()
    await asyncio.sleep(0.03)
    assert not looked.is_set()
