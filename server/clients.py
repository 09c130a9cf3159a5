"""Who asks: the address that a request is counted for.

It is the peer's, unless the peer is a proxy that the settings name: then it is what
proxies say, from the nearest one on, for as long as the one that says it is trusted.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Literal

from starlette.types import Scope

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
ForwardedHeader = Literal["x-forwarded-for", "forwarded"]

NOBODY = "unknown"
"""Who has no address, as over a Unix socket: all of these are counted as one."""
_HOME = 64
"""Bits of an IPv6 address that are one client's: it has all the addresses below."""
_KNOWN = 20_000
_LONGEST = 100
"""Characters of a hop that are looked at; an address with its port has 53 at most."""
_WITH_PORT = re.compile(r"(?:\[(?P<six>[^\]]*)\]|(?P<four>[0-9.]+))(?::[0-9]{1,5})?")
_FOR = re.compile(r'(?:^|;)\s*for\s*=\s*(?:"([^"]*)"|([^;\s]*))', re.IGNORECASE)


class Clients:
    """Tells clients apart."""

    def __init__(
        self, trusted: Sequence[Network], header: ForwardedHeader = "x-forwarded-for"
    ) -> None:
        """Believe what proxies in ``trusted`` networks say in ``header``, nobody else.

        One header only: a proxy adds to the one that it knows, and hands on what a
        client wrote into another.
        """
        self._trusted = tuple(trusted)
        self._header = header.encode()
        self._hops = _named if header == "forwarded" else _listed

    def of(self, scope: Scope) -> str:
        """Give the client of a request: an IPv4 address, an IPv6 network of 64 bits.

        A hop that cannot be read ends the search: the last one that can be is counted.
        """
        peer = scope.get("client")
        if not peer:
            return NOBODY
        if not self._trusted:
            return counted_as(peer[0])
        address = peer[0]
        hops = self._hops(scope, self._header)
        while self._trusts(address):
            before = next(hops, None)
            # What is read is remembered: nobody may have long texts remembered.
            if before is None or read_address(before[:_LONGEST]) is None:
                break
            address = before[:_LONGEST]
        return counted_as(address)

    def _trusts(self, text: str) -> bool:
        address = read_address(text)
        return address is not None and any(address in each for each in self._trusted)


@lru_cache(maxsize=_KNOWN)
def counted_as(text: str) -> str:
    """Give the client that an address is counted as."""
    address = read_address(text)
    if isinstance(address, IPv6Address):
        return str(ip_network((int(address), _HOME), strict=False))
    return NOBODY if address is None else str(address)


@lru_cache(maxsize=_KNOWN)
def read_address(text: str) -> Address | None:
    """Read an address, with a port or without; None when it is none."""
    try:
        address = ip_address(text)
    except ValueError:
        found = _WITH_PORT.fullmatch(text)
        inner = found and (found["six"] or found["four"])
        return read_address(inner) if inner and inner != text else None
    # The same client may come over a socket of either kind.
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _listed(scope: Scope, header: bytes) -> Iterator[str]:
    """Give the hops of X-Forwarded-For, the nearest first."""
    for name, value in reversed(scope["headers"]):
        if name == header:
            for hop in reversed(value.decode("latin-1").split(",")):
                yield hop.strip()


def _named(scope: Scope, header: bytes) -> Iterator[str]:
    """Give the hops of Forwarded (RFC 7239), the nearest first."""
    for element in _listed(scope, header):
        found = _FOR.search(element)
        yield (found[1] or found[2] or "") if found else ""
