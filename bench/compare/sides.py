"""The sides of the comparison: how each is started on loopback and what it is asked."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import orjson
from processes import Processes
from queries import Question, our_variables, plain_document, their_variables

HERE = Path(__file__).parent
LIBRARY = HERE / "neo4j_graphql"
PATIENCE = 60.0
US, ON_NEO4J, KEEPING = "WorkAtlas embedded", "WorkAtlas on Neo4j", ", keeping answers"
PLAIN, LIBRARY_NAME, READY = "plain Strawberry", "@neo4j/graphql", "ready bytes"
NO_ANSWERS = "1"
"""Bytes of answers that are kept: too few for any. With 0 nothing at all would be,
parsed documents neither, which every other side keeps."""

Ask = Callable[[Question, Any], bytes]
"""Makes the body of a request, of a question and what was chosen for it."""


class Database(NamedTuple):
    """A Neo4j that runs: its process, unless it was started elsewhere."""

    address: str
    user: str
    password: str
    pid: int | None


class Side(NamedTuple):
    """A server that runs."""

    name: str
    port: int
    processes: Processes
    ask: Ask


class Command(NamedTuple):
    """How a side is started; ``{port}`` is filled in."""

    name: str
    words: Sequence[str]
    settings: Mapping[str, str]
    ask: Ask
    database: Database | None = None


def workatlas(
    name: str, store: Path | Database, *, answers: bool = False, workers: int = 1
) -> Command:
    """Serve WorkAtlas on a folder or a Neo4j; with ``answers`` as it is shipped."""
    settings = {
        "WORKATLAS_LOG_LEVEL": "warning",
        # Some questions are larger than a service allows that anybody may ask.
        "WORKATLAS_LIMIT_COST": "1000000",
        "WORKATLAS_LIMIT_HEAVY_COST": "1000000",
    }
    if not answers:
        settings["WORKATLAS_ANSWER_CACHE_BYTES"] = NO_ANSWERS
    if isinstance(store, Database):
        settings["WORKATLAS_STORE"] = store.address
        settings["WORKATLAS_NEO4J_USER"] = store.user
        settings["WORKATLAS_NEO4J_PASSWORD"] = store.password
    else:
        settings["WORKATLAS_STORE"] = str(store)
    words = [sys.executable, "-m", "workatlas", "serve", "--port", "{port}"]
    database = store if isinstance(store, Database) else None
    words += ["--workers", str(workers)]
    return Command(name, words, settings, ask_ours, database)


def plain(store: Path) -> Command:
    """Serve plain Strawberry with data loaders on the same folder."""
    return Command(
        PLAIN,
        _uvicorn("plain:app"),
        {"WORKATLAS_STORE": str(store)},
        _ask_plain,
    )


def ready(answer: Path) -> Command:
    """Serve a file."""
    words = _uvicorn("ready:app")
    return Command(READY, words, {"READY_BODY": str(answer)}, ask_ours)


def library(database: Database, prefix: str) -> Command:
    """Serve @neo4j/graphql with Yoga on the Neo4j; it asks for a build's keys."""

    def ask(question: Question, chosen: Any) -> bytes:
        variables = their_variables(question.about, chosen, prefix)
        return _body(question.theirs, variables)

    settings = {
        "NODE_ENV": "production",
        "PORT": "{port}",
        "NEO4J_URI": database.address,
        "NEO4J_USER": database.user,
        "NEO4J_PASSWORD": database.password,
    }
    words = ["node", str(LIBRARY / "server.mjs")]
    return Command(LIBRARY_NAME, words, settings, ask, database)


def _uvicorn(app: str) -> list[str]:
    options = ["--port", "{port}", "--log-level", "warning", "--no-access-log"]
    faster = ["--loop", "uvloop", "--http", "httptools"]
    where = ["--factory", "--app-dir", str(HERE), app]
    return [sys.executable, "-m", "uvicorn", *options, *faster, *where]


def ask_ours(question: Question, chosen: Any) -> bytes:
    """Ask WorkAtlas, or what takes the same documents."""
    return _body(question.ours, our_variables(question.about, chosen))


def _ask_plain(question: Question, chosen: Any) -> bytes:
    variables = our_variables(question.about, chosen)
    return _body(plain_document(question.ours), variables)


def _body(document: str, variables: Mapping[str, Any]) -> bytes:
    return orjson.dumps({"query": document, "variables": variables})


@contextmanager
def running(command: Command, cores: Sequence[int]) -> Generator[Side]:
    """Run a side on some cores while the block runs.

    Raises:
        RuntimeError: it ended, or did not listen within a minute.

    """
    port = _free_port()
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("WORKATLAS_")}
    told = {k: v.format(port=port) for k, v in command.settings.items()}
    words = [
        "taskset",
        "-c",
        ",".join(map(str, cores)),
        *(word.format(port=port) for word in command.words),
    ]
    process = subprocess.Popen(  # noqa: S603 - the words are those above
        words, env={**inherited, **told}, stdout=subprocess.DEVNULL
    )
    try:
        _wait(command.name, process, port)
        pids = {command.name: process.pid}
        if command.database is not None and command.database.pid is not None:
            pids["Neo4j"] = command.database.pid
        processes = Processes(pids)
        processes.pin(cores)
        yield Side(command.name, port, processes, command.ask)
    finally:
        process.terminate()
        process.wait()


def _wait(name: str, process: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"{name} ended with {process.returncode}")
        try:
            post(port, b'{"query":"{ __typename }"}')
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{name} did not listen")


def post(port: int, body: bytes) -> dict[str, Any]:
    """Ask once and give the answer."""
    kind = {"content-type": "application/json"}
    found = httpx.post(
        f"http://127.0.0.1:{port}/graphql", content=body, headers=kind, timeout=60
    )
    answer: dict[str, Any] = found.raise_for_status().json()
    return answer


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
