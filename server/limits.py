"""What a request may take, in bytes and seconds; what takes more is refused."""

from dataclasses import dataclass

BODY = 100_000
"""Bytes of a body."""
URL = 8_192
"""Bytes of an address, query included."""
HEAD = 16_384
"""Bytes of all headers; as many as that again are read before it is noticed."""
HEADERS = 100
"""How many headers there may be."""
PIPELINED = 16
"""Requests that may wait behind one that is being answered, on one connection."""
HELD = 12 * 2**20
"""Bytes that a process holds of requests without an end, and of answers not taken."""
JSON_DEPTH = 32
"""How deep lists and objects of a body may be nested."""
JSON_NUMBER = 2**53 - 1
"""The largest number of a body, which every program that reads JSON gets exactly."""
LINGER = 2.0
"""Seconds in which it is read what a refused client still sends: it can read why."""


@dataclass(frozen=True)
class ConnectionLimits:
    """The limits of connections that can be set, each in seconds but the first."""

    connections: int = 1000
    read: float = 5.0
    write: float = 30.0
