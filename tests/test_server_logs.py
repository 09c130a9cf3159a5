"""What is in the log: slow operations with their plans, and nothing that may not be."""

import io
import json
import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import structlog
from neo4j.exceptions import ClientError

from workatlas.errors import StoreError
from workatlas.limits import Limits
from workatlas.resolvers import Service
from workatlas.server.app import create_app
from workatlas.server.logs import configure_logs
from workatlas.server.settings import Settings, load_settings
from workatlas.stores import open_reader

from .server_fakes import QUERY, FakeAnswer, FakeBackend, lines, logs, started
from .tcp import serving

__all__ = ["logs"]
SECRET = "hunter2-of-the-store"  # noqa: S105 - it is what is looked for
ASKED = {
    "query": """query Tasks($text: String!) { search(query: $text) { score }
      taskConnection(first: 2) { edges { node { statement } } } }""",
    "variables": {"text": SECRET},
    "operationName": "Tasks",
}


@pytest.fixture
def console(logs: io.StringIO) -> io.StringIO:
    """Catch log lines as a person reads them."""
    assert not logs.getvalue()
    stream = io.StringIO()
    configure_logs(Settings(log_format="console"), stream)
    return stream


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> FakeBackend:
    """Stand in for the store and the service."""
    return FakeBackend.instead_of_the_real_one(monkeypatch)


async def test_a_slow_operation_is_logged_with_its_plan(
    monkeypatch: pytest.MonkeyPatch,
    sample_graph: Path,
    backend: FakeBackend,
    logs: io.StringIO,
) -> None:
    """Name, document, cost, statements with times, steps; no value of a variable."""
    service = Service(open_reader(str(sample_graph)), limits=Limits())
    monkeypatch.setattr(FakeBackend, "service", service)
    backend.slow_seconds = 0
    async with started(create_app(Settings())) as client:
        reply = await client.post("/graphql", json=ASKED)
        told = (await client.get("/metrics")).text
    assert "plan" not in reply.json()["extensions"]
    slow, request = lines(logs)[:2]
    assert (slow["event"], slow["level"], slow["operation"]) == (
        "slow",
        "warning",
        "Tasks",
    )
    assert slow["request_id"] == request["request_id"]
    assert re.fullmatch(r"[0-9a-f]{16}", slow["document"])
    assert slow["ms"] > 0
    assert slow["is_answered"] is True
    assert slow["cost"] >= 1
    plan = slow["plan"]
    assert [step["name"] for step in plan["steps"]] == ["search", "taskConnection"]
    assert "ms" not in plan["steps"][0]
    assert {"text", "build", "keys", "ms"} == set(plan["statements"][0])
    assert SECRET not in logs.getvalue()
    assert re.search(r"^workatlas_slow_operations_total\S* 1.0$", told, re.MULTILINE)


async def test_what_is_quick_is_not_logged_as_slow(
    backend: FakeBackend, logs: io.StringIO
) -> None:
    """There is the request's line alone."""
    async with started(create_app(Settings())) as client:
        await client.post("/graphql", json=QUERY)
    assert backend.asked
    assert [line["event"] for line in lines(logs)] == ["request"]


@pytest.mark.parametrize("reply", [StoreError("away"), FakeAnswer({"data": 1})])
async def test_a_slow_operation_without_a_plan(
    backend: FakeBackend, logs: io.StringIO, reply: Exception | FakeAnswer
) -> None:
    """It is logged all the same, also when it was not answered in the end."""
    backend.slow_seconds, backend.reply = 0, reply
    async with started(create_app(Settings())) as client:
        await client.post("/graphql", json=QUERY)
    slow = lines(logs)[0]
    assert slow["event"] == "slow"
    assert slow["is_answered"] == isinstance(reply, FakeAnswer)
    assert slow["plan"] is None


ODD = "Pa\nge\r\x1b[31m\u2028{}"


async def served_odd(backend: FakeBackend) -> None:
    """Send what could be a line of its own, or act on a terminal, in every place."""
    backend.reply = StoreError("away", where=ODD)
    async with started(create_app(Settings())) as client:
        for name in ("a\nb", ODD):
            body = {**QUERY, "operationName": name, "variables": {name: name}}
            headers = {"X-Request-Id": "x%0Ay", "User-Agent": "a%0Ab"}
            await client.post("/graphql", json=body, headers=headers)
        for path in ("/no%0Awhere%1B[31m", "/search?q=%0A", "/%E2%80%A8", "/?a=%0D"):
            await client.get(path)


async def test_no_request_writes_a_line_of_its_own(
    backend: FakeBackend, logs: io.StringIO
) -> None:
    """JSON has an object a line, whatever a request holds."""
    await served_odd(backend)
    written = logs.getvalue().split("\n")[:-1]
    assert all(json.loads(line)["event"] for line in written)
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", logs.getvalue())


async def test_no_request_acts_on_a_terminal(
    backend: FakeBackend, console: io.StringIO
) -> None:
    """Console lines hold what was sent as escapes, and each begins with its time."""
    await served_odd(backend)
    text = console.getvalue()
    assert "Pa\\nge" in text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u2028]", text)
    assert all(re.match(r"\d{4}-\d\d-\d\dT", line) for line in text.splitlines())


def failing(say: Callable[[Exception], None]) -> None:
    """Fail where a local variable is a password, and log it."""
    password = SECRET
    try:
        int(f"{len(password)} letters")
    except ValueError as error:
        say(error)


def test_tracebacks_have_no_local_variables(
    logs: io.StringIO, console: io.StringIO
) -> None:
    """Where a defect happened is told, and what was in hand there is not."""
    log = structlog.stdlib.get_logger("workatlas.test")
    for stream in (console, logs):
        if stream is logs:
            configure_logs(Settings(log_format="json"), logs)
        failing(lambda error: log.error("unexpected", exc_info=error))
        failing(lambda error: logging.getLogger("other").error("x", exc_info=error))
        assert stream.getvalue().count("'20 letters'") >= 2
        assert "failing" in stream.getvalue()
        assert SECRET not in stream.getvalue()


async def test_credentials_are_not_logged(logs: io.StringIO) -> None:
    """A Neo4j that refuses or is none, and a Redis that is away, tell no password."""
    async with serving(b"HTTP/1.1 400 no\r\n\r\n") as port:
        settings = load_settings(
            store=f"bolt://127.0.0.1:{port}",
            neo4j_password=SECRET,
            rate_store=f"redis://:{SECRET}@127.0.0.1:1",
            rate_limit="100/minute",
        )
        assert SECRET not in repr(settings) + settings.model_dump_json()
        async with started(create_app(settings)) as client:
            reply = await client.post("/graphql", json=QUERY)
            ready = await client.get("/readyz")
    assert (reply.status_code, ready.status_code) == (503, 503)
    events = {line["event"] for line in lines(logs)}
    assert {"refused", "the store of rate limits is away", "request"} <= events
    assert SECRET not in logs.getvalue() + reply.text + ready.text


async def test_words_of_the_driver_are_not_logged(
    backend: FakeBackend, logs: io.StringIO
) -> None:
    """An error of the store is told in our words, not with what it was caused by."""
    backend.reply = StoreError("Neo4j refuses the user.", where="bolt://127.0.0.1")
    backend.reply.__cause__ = ClientError(f"no {SECRET}")
    async with started(create_app(Settings())) as client:
        await client.post("/graphql", json=QUERY)
    assert "Neo4j refuses the user." in logs.getvalue()
    assert SECRET not in logs.getvalue()
