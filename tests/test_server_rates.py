"""Rate limits: what is counted, refused and told, in memory and in a real Redis."""

import asyncio
import io
import re
import time
from typing import Any

import httpx
import pytest

from workatlas.errors import UsageError
from workatlas.server import counters as counting
from workatlas.server.app import create_app
from workatlas.server.clients import Clients
from workatlas.server.counters import LocalCounters, SharedCounters, open_counters
from workatlas.server.limited import Limited
from workatlas.server.quota import Quota
from workatlas.server.rates import Rates
from workatlas.server.settings import Settings, load_settings

from .redis_server import RedisServer, redis_server
from .server_fakes import (
    QUERY,
    FakeAnswer,
    FakeBackend,
    error_of,
    lines,
    logs,
    started,
)
from .tcp import serving

__all__ = ["logs", "redis_server"]


class Clock:
    """A clock that stands still until it is set."""

    now = 0.0

    def __call__(self) -> float:
        """Give the time."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Let applications measure windows with a clock of the test's."""
    clock = Clock()

    def rates(counters: Any) -> Rates:
        return Rates(counters, clock)

    monkeypatch.setattr("workatlas.server.app.Rates", rates)
    return clock


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> FakeBackend:
    """Stand in for the store and the service."""
    assert clock.now == 0
    return FakeBackend.instead_of_the_real_one(monkeypatch)


def left(reply: httpx.Response) -> dict[str, int]:
    """Give what is left of each quota, as the header tells it."""
    items = [item.split(";") for item in reply.headers["RateLimit"].split(", ")]
    return {name.strip('"'): int(r.removeprefix("r=")) for name, r, _ in items}


async def test_requests_are_counted_and_refused(
    backend: FakeBackend, clock: Clock, logs: io.StringIO
) -> None:
    """The third of two is refused, kept answers count as well, and it ends in time."""
    async with started(create_app(Settings(rate_limit="2/minute"))) as client:
        first = await client.post("/graphql", json=QUERY)
        second = await client.post("/graphql", json=QUERY)
        third = await client.post("/graphql", json=QUERY)
        wait = int(third.headers["Retry-After"])
        clock.now += wait
        later = await client.post("/graphql", json=QUERY)
        told = (await client.get("/metrics")).text
    assert len(backend.asked) == 1
    assert [left(each) for each in (first, second, third, later)] == [
        {"requests": number} for number in (1, 0, 0, 1)
    ]
    assert first.headers["RateLimit-Policy"] == '"requests";q=2;w=60'
    assert third.headers["RateLimit"].endswith(f";t={wait}")
    assert 1 <= wait <= 60
    assert third.status_code == 429
    error = error_of(third)
    assert error["extensions"]["code"] == "RATE_LIMITED"
    assert str(wait) in error["extensions"]["todo"]
    assert 'workatlas_refusals_total{process="' in told
    assert 'reason="rate_limit"} 1.0' in told
    refused = [line for line in lines(logs) if line.get("status") == 429]
    assert [line["client"] for line in refused] == ["127.0.0.1"]


async def test_what_is_not_counted(backend: FakeBackend) -> None:
    """Probes and files in memory are answered whatever else is asked."""
    async with started(create_app(Settings(rate_limit="1/minute"))) as client:
        assert (await client.post("/graphql", json=QUERY)).status_code == 200
        for path in ("/healthz", "/readyz", "/metrics", "/site/x/y"):
            reply = await client.get(path)
            assert reply.status_code != 429
            assert "RateLimit" not in reply.headers
        for path in ("/", "/nothing", "/search?q=a"):
            assert (await client.get(path)).status_code == 429
    assert len(backend.asked) == 1


async def test_cost_is_charged_when_it_is_known(
    backend: FakeBackend, clock: Clock
) -> None:
    """Who has used up more than there is waits; a kept answer costs nothing."""
    settings = Settings(rate_limit="100/minute", cost_limit="1000/hour")
    backend.reply = FakeAnswer({"data": 1}, cost=700)
    async with started(create_app(settings)) as client:
        first = await client.post("/graphql", json=QUERY)
        kept = await client.post("/graphql", json=QUERY)
        second = await client.post("/graphql", json={"query": "{ another }"})
        third = await client.post("/graphql", json=QUERY)
        clock.now += 3600
        later = await client.post("/graphql", json=QUERY)
    assert [left(each)["cost"] for each in (first, kept, second, third, later)] == [
        300,
        300,
        0,
        0,
        1000,
    ]
    policy = '"requests";q=100;w=60, "cost";q=1000;w=3600'
    assert first.headers["RateLimit-Policy"] == policy
    assert [each.status_code for each in (second, third, later)] == [200, 429, 200]
    assert len(backend.asked) == 2


async def test_a_document_that_is_refused_costs_little(backend: FakeBackend) -> None:
    """A slip does not use up what there is for an hour."""
    backend.reply = FakeAnswer({}, is_request_error=True, cost=90_000)
    async with started(create_app(Settings(cost_limit="1000/hour"))) as client:
        reply = await client.post("/graphql", json=QUERY)
    assert left(reply) == {"cost": 999}


async def test_clients_are_told_apart(backend: FakeBackend) -> None:
    """What one client uses up is there for another, which a trusted proxy names."""
    settings = load_settings(rate_limit="1/minute", trusted_proxies="127.0.0.0/8, ::1")
    by = [{"X-Forwarded-For": address} for address in ("192.0.2.1", "192.0.2.2")]
    async with started(create_app(settings)) as client:
        replies = [
            await client.post("/graphql", json=QUERY, headers=headers)
            for headers in (by[0], by[1], by[0])
        ]
    assert [reply.status_code for reply in replies] == [200, 200, 429]
    assert backend.asked


@pytest.mark.parametrize("path", ["*", "", "//", "/\udcff"])
async def test_odd_paths_are_counted(path: str) -> None:
    """A path that no client should send is counted like any other."""
    quota = Quota("requests", 10, 60)

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 400, "headers": []})

    async def nothing() -> Any:
        return {"type": "http.disconnect"}

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    limited = Limited(app, Clients(()), Rates(LocalCounters()), requests=quota)
    scope: dict[str, Any] = {
        "type": "http",
        "path": path,
        "client": None,
        "headers": [],
        "state": {},
    }
    await limited(scope, nothing, send)
    assert dict(sent[0]["headers"])[b"ratelimit"].startswith(b'"requests";r=9;t=')


async def test_the_table_of_clients_is_bounded() -> None:
    """Many addresses make room for each other, those used longest ago first."""
    counters = LocalCounters(most=100)
    for number in range(1_000):
        await counters.add(f"client {number}", 1, 60)
        await counters.add("faithful", 1, 60)
    assert len(counters) == 100
    assert await counters.add("faithful", 0, 60) == 1_000
    assert await counters.add("client 1", 1, 60) == 1


async def test_windows_begin_at_another_moment_for_each_client() -> None:
    """Those who wait do not all come back at once, and none waits longer than it is."""
    rates, quota = Rates(LocalCounters(), Clock()), Quota("requests", 1, 60)
    waits = [(await rates.use(f"192.0.2.{n}", quota, 1)).wait for n in range(50)]
    assert len(set(waits)) > 10
    assert min(waits) >= 1
    assert max(waits) <= 60


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rate_limit", "many"),
        ("rate_limit", "0/minute"),
        ("cost_limit", "5/fortnight"),
        ("rate_store", "memcached://127.0.0.1"),
        ("trusted_proxies", "127.0.0.1/8"),
        ("trusted_proxies", "proxy.example.org"),
        ("forwarded_header", "x-real-ip"),
    ],
)
def test_settings_that_cannot_be_meant(name: str, value: str) -> None:
    """They are refused by name."""
    with pytest.raises(UsageError, match=name):
        load_settings(**{name: value})


def test_an_address_that_is_none_keeps_its_password() -> None:
    """A store of rate limits is refused without a word of what was given."""
    with pytest.raises(UsageError) as caught:
        open_counters("redis://:secret@127.0.0.1:x", lambda: None)
    assert "secret" not in str(caught.value)
    with pytest.raises(UsageError) as caught:
        load_settings(rate_store="amqp://:secret@127.0.0.1")
    assert "secret" not in str(caught.value)


async def test_processes_count_together(redis_server: RedisServer) -> None:
    """Two that share a Redis count one client once; what is counted is forgotten."""
    quota = Quota("cost", 100, 1)
    each = [SharedCounters(redis_server.address, lambda: None) for _ in range(2)]
    rates = [Rates(counters, Clock()) for counters in each]
    amounts = [(await rates[n % 2].use("192.0.2.1", quota, 10)).used for n in range(4)]
    assert amounts == [10, 20, 30, 40]
    assert (await rates[1].use("192.0.2.2", quota, 0)).used == 0
    for _ in range(100):
        await asyncio.sleep(0.05)
        if (await rates[0].use("192.0.2.1", quota, 0)).used == 0:
            break
    else:
        pytest.fail("it is counted for ever")
    for one in rates:
        await one.close()


async def test_a_redis_that_is_away(
    redis_server: RedisServer, logs: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Meanwhile each process counts for itself; it says so, and finds it again."""
    monkeypatch.setattr(counting, "AWAY_SECONDS", 0.2)
    failures: list[None] = []
    counters = SharedCounters(redis_server.address, lambda: failures.append(None))
    assert await counters.add("a", 5, 60) == 5
    redis_server.stop()
    assert [await counters.add("a", 1, 60) for _ in range(3)] == [1, 2, 3]
    assert len(failures) == 1
    (line,) = lines(logs)
    assert line["level"] == "warning"
    assert redis_server.password not in logs.getvalue()
    redis_server.start()
    await asyncio.sleep(0.25)
    assert await counters.add("a", 1, 60) == 1
    assert await counters.add("a", 1, 60) == 2
    assert len(failures) == 1
    await counters.close()


async def test_an_application_counts_in_redis(
    backend: FakeBackend, redis_server: RedisServer
) -> None:
    """The setting is all that it takes."""
    settings = load_settings(rate_limit="1/minute", rate_store=redis_server.address)
    async with (
        started(create_app(settings)) as one,
        started(create_app(settings)) as other,
    ):
        assert (await one.post("/graphql", json=QUERY)).status_code == 200
        assert (await other.post("/graphql", json=QUERY)).status_code == 429
    assert backend.asked


async def test_a_failing_store_of_limits_is_a_metric(backend: FakeBackend) -> None:
    """A Redis that was never there refuses nobody, and is counted."""
    settings = load_settings(rate_limit="5/minute", rate_store="redis://127.0.0.1:1")
    async with started(create_app(settings)) as client:
        assert (await client.post("/graphql", json=QUERY)).status_code == 200
        told = (await client.get("/metrics")).text
    (line,) = re.findall(
        r"^workatlas_rate_store_failures_total.* (\S+)$", told, re.MULTILINE
    )
    assert line == "1.0"
    assert backend.asked


async def test_a_redis_that_hangs() -> None:
    """It is waited for once, shortly, and not again at once."""
    async with serving(b"", silent=True) as port:
        counters = SharedCounters(f"redis://127.0.0.1:{port}", lambda: None)
        begun = time.monotonic()
        assert [await counters.add("a", 1, 60) for _ in range(50)][-1] == 50
        assert time.monotonic() - begun < 20 * counting.ANSWER_SECONDS
        await counters.close()
