"""A real Redis on loopback, for tests of what processes count together."""

import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from .switches import require


@dataclass
class RedisServer:
    """A server that can be ended and started again at the same port."""

    folder: Path
    port: int
    password: str
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Give where it is, with its password."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it can be reached."""
        options = {
            "port": str(self.port),
            "bind": "127.0.0.1",
            "requirepass": self.password,
            "dir": str(self.folder),
            "save": "",
            "daemonize": "no",
        }
        given = [text for k, v in options.items() for text in (f"--{k}", v)]
        log = (self.folder / "log").open("ab")
        with log:
            self.process = subprocess.Popen(
                ["redis-server", *given], stdout=log, stderr=log
            )
        until = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                assert time.monotonic() < until, (self.folder / "log").read_text()
                time.sleep(0.02)
            else:
                return

    def stop(self) -> None:
        """End it, whether it runs or not."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """Start a Redis with nothing in it."""
    require(
        met=shutil.which("redis-server") is not None,
        switch="WORKATLAS_REQUIRE_REDIS",
        reason="there is no redis-server",
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = RedisServer(tmp_path, port, secrets.token_hex(8))
    server.start()
    yield server
    server.stop()
