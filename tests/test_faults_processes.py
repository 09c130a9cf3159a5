"""Real servers whose clients vanish, and whose workers are killed."""

import http.client
import json
import os
import signal
import socket
import struct
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import pytest

from .live_server import Running, server
from .mini import release
from .two_tasks import publish

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/fd").exists(), reason="needs to look into processes"
)

DOCUMENT = "query($n: Int!) { task(taskId: $n) { statement siblings { statement } } }"
SLOW = """{ occupationConnection(first: 5) { nodes { tasks {
  related(first: 5) { task { siblings { statement } } } } } } }"""
GONE = 250
"""How many clients vanish at once."""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Publish a small release, and give the environment of a server over it."""
    publish(tmp_path / "graph", release())
    return {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "WORKATLAS_STORE": str(tmp_path / "graph"),
        "WORKATLAS_ANSWER_CACHE_BYTES": "0",
    }


def request_of(document: str, number: int) -> bytes:
    """Write a request as it goes over the wire."""
    body = json.dumps({"query": document, "variables": {"n": number}}).encode()
    lines = (
        "POST /graphql HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join([*lines, "", ""]).encode() + body


def vanish(address: str, number: int) -> socket.socket:
    """Be a client up to some stage of a request."""
    place = urlsplit(address)
    wire = socket.create_connection((place.hostname, place.port), timeout=10)
    whole = request_of(SLOW.replace("{", "{ a: __typename ", 1), number)
    parts = [b"", whole[:40], whole[:-20], whole, whole]
    stage = number % len(parts)
    wire.sendall(parts[stage])
    if stage == len(parts) - 1 and number % 2:
        wire.recv(1)
    # Half of them say goodbye; the others reset the connection.
    if number % 3:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return wire


def open_files(process: int) -> int:
    """Count what a process has open."""
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def test_hundreds_of_clients_vanish(environment: dict[str, str]) -> None:
    """Whatever the stage, nothing of them stays, and who stays is answered."""
    with server(environment, "serve") as running:
        ask = {"query": DOCUMENT, "variables": {"n": 1}}
        wanted = running.client.post("/graphql", json=ask).content
        before = open_files(running.process.pid)
        address = str(running.client.base_url)
        wires = [vanish(address, number) for number in range(GONE)]
        for wire in wires:
            wire.close()
        assert running.client.post("/graphql", json=ask).content == wanted
        deadline = time.monotonic() + 20
        while open_files(running.process.pid) > before + 2:
            assert time.monotonic() < deadline, open_files(running.process.pid)
            time.sleep(0.1)
        assert running.client.post("/graphql", json=ask).content == wanted
        told = running.stop()
    assert "unexpected" not in told
    assert "Traceback" not in told
    assert "never awaited" not in told


def workers_of(running: Running) -> set[int]:
    """Give the processes that answer requests."""
    parent = running.process.pid
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text(
        encoding="ascii"
    )
    return {
        int(child)
        for child in children.split()
        if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text(encoding="utf-8")
    }


class Crowd:
    """Clients that ask again and again, each time over a new connection."""

    def __init__(self, address: str, size: int) -> None:
        """Be so many clients of a server."""
        self._place = urlsplit(address)
        self.seen: Counter[bytes] = Counter()
        self.broken = 0
        self.is_over = threading.Event()
        self.clients = [threading.Thread(target=self._ask) for _ in range(size)]

    def _ask(self) -> None:
        while not self.is_over.is_set():
            wire = http.client.HTTPConnection(
                self._place.hostname or "", self._place.port, timeout=30
            )
            asked = json.dumps({"query": DOCUMENT, "variables": {"n": 1}})
            try:
                kind = {"Content-Type": "application/json"}
                wire.request("POST", "/graphql", asked, kind)
                reply = wire.getresponse()
                self.seen[b"%d " % reply.status + reply.read()] += 1
            except (OSError, http.client.HTTPException):
                self.broken += 1
            wire.close()

    def __enter__(self) -> Self:
        """Begin to ask."""
        for client in self.clients:
            client.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop asking."""
        self.is_over.set()
        for client in self.clients:
            client.join()


def waits(seconds: float) -> Iterator[None]:
    """Give turns of waiting; fail when they have taken too long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        yield
        time.sleep(0.05)
    pytest.fail("it took too long")


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_workers_are_killed_under_load(environment: dict[str, str]) -> None:
    """Only requests that a worker was answering fail; another one takes its place."""
    clients = 4
    with server(environment, "serve", "--workers", "2") as running:
        ask = {"query": DOCUMENT, "variables": {"n": 1}}
        wanted = b"200 " + running.client.post("/graphql", json=ask).content
        with Crowd(str(running.client.base_url), clients) as crowd:
            for _ in range(2):
                workers = workers_of(running)
                assert len(workers) == 2
                victim = min(workers)
                os.kill(victim, signal.SIGKILL)
                for _ in waits(30):
                    now = workers_of(running)
                    if victim not in now and len(now) == 2:
                        break
                answered = crowd.seen.total()
                for _ in waits(30):
                    if crowd.seen.total() > answered + 10:
                        break
        running.stop()
    assert set(crowd.seen) == {wanted}
    assert crowd.broken <= 2 * clients
