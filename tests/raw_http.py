"""HTTP as bytes over a socket: requests that no client library would send."""

import json
import socket
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

QUERY = json.dumps({"query": "{ __typename }"}).encode()


@dataclass(frozen=True)
class Reply:
    """What came back: the status, the headers in lower case, and the body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def error(self) -> dict[str, Any]:
        """Give the one error that a refusal has."""
        (error,) = json.loads(self.body)["errors"]
        return dict(error)


def request(
    *headers: str, method: str = "POST", path: str = "/graphql", body: bytes = QUERY
) -> bytes:
    """Write a request with these headers, and with those that it needs."""
    names = {header.split(":")[0].lower() for header in headers}
    needed = [
        "Host: a",
        *(["Content-Type: application/json"] if body else []),
        *([f"Content-Length: {len(body)}"] if body else []),
    ]
    if "transfer-encoding" in names:
        names.add("content-length")
    lines = [
        f"{method} {path} HTTP/1.1",
        *(line for line in needed if line.split(":")[0].lower() not in names),
        *headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


@contextmanager
def connected(port: int) -> Generator[socket.socket]:
    """Open a connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        yield wire


def replies(wire: socket.socket, count: int = 1000) -> list[Reply]:
    """Read so many replies, or as many as come until the server hangs up."""
    found: list[Reply] = []
    held = b""
    while len(found) < count:
        while b"\r\n\r\n" not in held:
            more = wire.recv(65536)
            if not more:
                assert held == b"", held
                return found
            held += more
        head, _, held = held.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines)
        length = int(headers.get("content-length", "0"))
        while len(held) < length:
            held += wire.recv(65536)
        status = int(first.split(" ")[1])
        if status != 100:
            found.append(Reply(status, headers, held[:length]))
        held = held[length:]
    return found


def sent(port: int, data: bytes, count: int = 1000) -> list[Reply]:
    """Send bytes, and read what comes."""
    with connected(port) as wire:
        wire.sendall(data)
        return replies(wire, count)


def seconds_of_a_query(port: int) -> float:
    """Ask something small on a new connection, and give how long it took."""
    begun = time.perf_counter()
    (reply,) = sent(port, request(), 1)
    assert reply.status == 200, reply
    return time.perf_counter() - begun
