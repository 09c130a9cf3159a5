"""ops/haproxy.cfg before real servers: spread, killed, published, and kept out."""

import json
import os
import socket
import threading
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from typing_extensions import override

from workatlas.stores import open_writer

from .any_store import NOW
from .live_server import Running, server
from .mini import release
from .proxied import Proxy, proxy

QUERY = {"query": "{ graph { version } }"}
PUBLICATIONS = 4


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Give an embedded store with a small graph."""
    publish(tmp_path / "graph", 0)
    return tmp_path / "graph"


def publish(store: Path, number: int) -> str:
    """Publish another build of the same release; give the version of the graph."""
    writer = open_writer(str(store))
    with writer.lock():
        graph = release("1.0", published=f"2025-{number + 1:02}")
        return writer.publish([graph], now=NOW).version


@contextmanager
def replicas(store: Path, folder: Path) -> Generator[tuple[Proxy, list[Running]]]:
    """Run two servers over a store, and the proxy before them, all ready."""
    environment = {**os.environ, "WORKATLAS_STORE": str(store), "PYTHONUNBUFFERED": "1"}
    with ExitStack() as stack:
        two = [stack.enter_context(server(environment, "serve")) for _ in range(2)]
        for each in two:
            assert each.client.get("/readyz").status_code == 200
        places = [urlsplit(str(each.client.base_url)).netloc for each in two]
        yield stack.enter_context(proxy(folder, *places)), two


def served_by(running: Proxy) -> list[str]:
    """Tell which replica answered each request for /graphql, in order."""
    lines = [line for line in running.logged().splitlines() if line.startswith("{")]
    told: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return [line["replica"] for line in told if line["path"] == "/graphql"]


def test_two_replicas(store: Path, tmp_path: Path) -> None:
    """No client goes back in time while graphs are published, and none sees a death."""
    with replicas(store, tmp_path) as (running, (one, _)):
        assert_graphs_come_in_order(running, store)
        assert_none_fails_when_killed(running, one)


def assert_graphs_come_in_order(running: Proxy, store: Path) -> None:
    """One client of both replicas sees each graph after those before it."""
    versions = [publish(store, 0)]
    done = threading.Event()

    def load() -> None:
        versions.extend(publish(store, number) for number in range(1, PUBLICATIONS))
        done.set()

    loading = threading.Thread(target=load)
    loading.start()
    seen: list[str] = []
    while not done.is_set() or len(seen) < 100:
        answer = running.client.post("/graphql", json=QUERY).json()
        seen.append(answer["extensions"]["graph"]["version"])
    loading.join()
    order = [versions.index(version) for version in seen]
    assert order == sorted(order)
    assert seen[-1] == versions[-1]
    by = served_by(running)
    assert min(by.count("one"), by.count("two")) > 20


def assert_none_fails_when_killed(running: Proxy, one: Running) -> None:
    """After `kill -9` of one replica under load the other answers all."""

    def ask(number: int) -> int:
        if number == 60:
            one.process.kill()
        return running.client.post("/graphql", json=QUERY).status_code

    before = len(served_by(running))
    with ThreadPoolExecutor(4) as threads:
        statuses = list(threads.map(ask, range(200)))
    assert statuses == [200] * 200
    by = served_by(running)[before:]
    assert len(by) == 200
    assert set(by[-50:]) == {"two"}


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers that came, and the length of the body."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer, also that it is ready."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        told = json.dumps({**dict(self.headers), "body": len(body)}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    do_POST = do_GET  # noqa: N815 - as http.server calls it

    @override
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def echo(tmp_path: Path) -> Iterator[Proxy]:
    """Give the proxy before a server that tells what reached it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as upstream:
        serving = threading.Thread(target=upstream.serve_forever)
        serving.start()
        place = f"127.0.0.1:{upstream.server_address[1]}"
        try:
            with proxy(tmp_path, place, place) as running:
                yield running
        finally:
            upstream.shutdown()
            serving.join()


def test_what_is_passed_on(echo: Proxy) -> None:
    """The client's address is the proxy's to tell; requests up to our limits pass."""
    claimed = {
        "X-Forwarded-For": "192.0.2.1",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Host": "elsewhere.example",
        "Forwarded": "for=192.0.2.1",
    }
    got = echo.client.get("/graphql", headers=claimed).json()
    seen = {name.lower(): value for name, value in got.items()}
    assert seen["x-forwarded-for"] == "127.0.0.1"
    assert seen["x-forwarded-proto"] == "https"
    assert not {"x-forwarded-host", "forwarded"} & seen.keys()
    large = echo.client.post("/graphql", content=b"x" * 110_000)
    assert large.json()["body"] == 110_000
    long = echo.client.get("/graphql", params={"query": "x" * 9_000})
    assert long.status_code == 200


def test_what_is_kept_out(echo: Proxy) -> None:
    """Plain HTTP is sent to TLS, and what is for operators is not there."""
    moved = httpx.get(f"{echo.plain}/search?query=a", follow_redirects=False)
    assert moved.status_code == 308
    assert moved.headers["Location"].startswith("https://")
    assert moved.headers["Location"].endswith("/search?query=a")
    for path in ("/metrics", "/readyz", "/healthz", "/metrics?x"):
        assert echo.client.get(path).status_code == 404
    assert echo.client.get("/").status_code == 200


def test_who_sends_slowly_reaches_no_replica(echo: Proxy) -> None:
    """A body that does not come is given up after 5 s, with a status that says so."""
    place = urlsplit(echo.tls)
    with (
        socket.create_connection((str(place.hostname), int(place.port or 0))) as raw,
        echo.trust.wrap_socket(raw, server_hostname=place.hostname) as wire,
    ):
        wire.settimeout(20)
        wire.sendall(b"POST /graphql HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n{")
        assert wire.recv(1000).startswith(b"HTTP/1.1 408")
    assert served_by(echo) in ([], ["<NOSRV>"])
