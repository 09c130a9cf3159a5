"""Stand-ins for the store and the service, and what tests of the server share."""

import asyncio
import io
import json
import logging
from collections.abc import AsyncGenerator, Generator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from starlette.applications import Starlette

from workatlas.resolvers import AnswerCache, Counts
from workatlas.server.documents import Documents
from workatlas.server.logs import configure_logs
from workatlas.server.settings import Settings
from workatlas.stores import GraphKind, PublishedGraph, Snapshot

GRAPHQL = "application/graphql-response+json"
QUERY = {"query": "{ graph { version } }"}
ONET = PublishedGraph(
    id="onet-1.0",
    kind=GraphKind.RELEASE,
    build="b1",
    published="2025-01",
    synthetic=True,
    built_at="2026-01-01T00:00:00Z",
)
STUDY = PublishedGraph(
    id="gpts-are-gpts",
    kind=GraphKind.STUDY,
    build="b2",
    published="",
    synthetic=False,
    built_at="2026-01-02T00:00:00Z",
)


@dataclass
class FakeAnswer:
    """An answer with what it says of itself."""

    told: dict[str, Any]
    is_request_error: bool = False
    is_syntax_error: bool = False
    unexpected: list[BaseException] = field(default_factory=list[BaseException])
    is_lasting: bool = True
    executor: str = "plan"
    statements: tuple[tuple[str, int], ...] = (("task", 1),)
    version: str = Snapshot({ONET.id: ONET}).version
    cost: int = 1
    reasons: tuple[str, ...] = ()
    made: Any = None

    @property
    def has_errors(self) -> bool:
        """Tell whether there are any in what is told."""
        return "errors" in self.told

    @property
    def body(self) -> bytes:
        """Give what is told as it is sent."""
        return json.dumps(self.told).encode()

    def as_dict(self) -> dict[str, Any]:
        """Give what is told."""
        return self.told


@dataclass
class FakeBackend:
    """A store and service that do as they are told, and remember what was asked."""

    reply: FakeAnswer | Exception = field(
        default_factory=lambda: FakeAnswer({"data": {"graph": {"version": "v"}}})
    )
    graphs: Mapping[str, PublishedGraph] | Exception = field(
        default_factory=lambda: {ONET.id: ONET}
    )
    answers: AnswerCache = field(default_factory=lambda: AnswerCache(2**20))
    cache_control: str = "no-cache"
    tells_metrics: bool = True
    may_explain: bool = False
    public_url: str | None = None
    draft: bool = False
    persisted: Documents = field(default_factory=Documents)
    slow_seconds: float = 1.0
    asked: list[tuple[Any, ...]] = field(default_factory=list[tuple[Any, ...]])
    explained: list[bool] = field(default_factory=list[bool])
    traced: list[bool] = field(default_factory=list[bool])
    is_endless: bool = False
    trusted: bool = False
    given_up: int = 0
    waiting: int = 0
    closed: bool = False

    @classmethod
    def instead_of_the_real_one(cls, monkeypatch: pytest.MonkeyPatch) -> "FakeBackend":
        """Let applications open a stand-in."""
        fake = cls()

        def open_fake(_settings: Settings) -> FakeBackend:
            return fake

        for module in ("app", "backend"):
            monkeypatch.setattr(f"workatlas.server.{module}.open_backend", open_fake)
        return fake

    @property
    def reader(self) -> "FakeBackend":
        """Be the store as well."""
        return self

    @property
    def service(self) -> "FakeBackend":
        """Be the service as well."""
        return self

    @property
    def gate(self) -> "FakeBackend":
        """Be where costly requests wait as well."""
        return self

    @property
    def documents(self) -> Counts:
        """Tell how often it was asked, as if each document were new."""
        return Counts(misses=len(self.asked))

    def prepare(self, *_: Any) -> None:
        """Have nothing to make ready."""

    async def answer(
        self,
        *asked: Any,
        explain: bool = False,
        traced: bool = False,
        trusted: bool = False,
    ) -> FakeAnswer:
        """Give the reply, or fail with it."""
        self.trusted = trusted
        self.asked.append(asked)
        self.explained.append(explain)
        self.traced.append(traced)
        if self.is_endless:
            try:
                await asyncio.Event().wait()
            finally:
                self.given_up += 1
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    async def snapshot(self) -> Snapshot:
        """Give the graphs, or fail with them."""
        if isinstance(self.graphs, Exception):
            raise self.graphs
        return Snapshot(self.graphs)

    async def close(self) -> None:
        """Remember it."""
        self.closed = True


@contextmanager
def json_logs() -> Generator[io.StringIO]:
    """Catch log lines as JSON, and put logging back as it was."""
    stream, root = io.StringIO(), logging.getLogger()
    before, level = root.handlers, root.level
    configure_logs(Settings(log_format="json", log_level="info"), stream)
    yield stream
    root.handlers = before
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def logs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[io.StringIO]:
    """Catch log lines as JSON, where no settings lie about."""
    monkeypatch.chdir(tmp_path)
    with json_logs() as stream:
        yield stream


@asynccontextmanager
async def started(app: Starlette) -> AsyncGenerator[httpx.AsyncClient]:
    """Start an application and give a client of it."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
    ):
        yield client


def lines(logs: io.StringIO) -> list[dict[str, Any]]:
    """Give the log lines so far."""
    return [json.loads(line) for line in logs.getvalue().splitlines()]


def error_of(response: httpx.Response) -> dict[str, Any]:
    """Give the one error of a reply that has to be JSON."""
    assert response.headers["Content-Type"].split(";")[0] in {
        "application/json",
        GRAPHQL,
    }
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"]
    return error
