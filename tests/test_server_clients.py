"""Whom a request is counted for, whatever it says of itself."""

from ipaddress import ip_network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workatlas.server.clients import (
    NOBODY,
    Clients,
    ForwardedHeader,
    counted_as,
    read_address,
)

PROXIES = tuple(map(ip_network, ("10.0.0.0/8", "2001:db8:aa::/48")))
XFF, FORWARDED = "X-Forwarded-For", "Forwarded"


def client(peer: str | None, *headers: tuple[str, str], **given: Any) -> str:
    """Give whom a request of a peer is counted for."""
    clients = Clients(given.pop("trusted", PROXIES), **given)
    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
    return clients.of({"client": peer and (peer, 4000), "headers": raw})


@pytest.mark.parametrize(
    ("peer", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("/run/socket", NOBODY),
        (None, NOBODY),
    ],
)
def test_peers(peer: str | None, counted: str) -> None:
    """An IPv4 address is a client, and so is a network of 64 bits."""
    assert client(peer) == counted


def test_nobody_is_believed_by_default() -> None:
    """What a header says is passed over unless the peer is trusted."""
    said = [(XFF, "192.0.2.1"), (FORWARDED, "for=192.0.2.1")]
    assert client("192.0.2.7", *said) == "192.0.2.7"
    assert client("10.0.0.1", *said, trusted=()) == "10.0.0.1"


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.1:4711", "192.0.2.1"),
        ("[2001:db8:1:2::9]:4711", "2001:db8:1:2::/64"),
        ("198.51.100.9, 192.0.2.1", "192.0.2.1"),
        ("198.51.100.9, 192.0.2.1 , 10.0.0.2, 2001:db8:aa::1", "192.0.2.1"),
        ("10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("192.0.2.1, nonsense, 10.0.0.2", "10.0.0.2"),
        ("192.0.2.1, 999.1.1.1", "10.0.0.1"),
        ("192.0.2.1,", "10.0.0.1"),
        ("[[[", "10.0.0.1"),
        ("[]:1", "10.0.0.1"),
        ("\xff\xfe", "10.0.0.1"),
        ("", "10.0.0.1"),
    ],
)
def test_who_a_trusted_proxy_asks_for(said: str, counted: str) -> None:
    """It is the right-most address that is not trusted; damage ends the search."""
    assert client("10.0.0.1", (XFF, said)) == counted


def test_a_header_in_several_lines_is_one_list() -> None:
    """What was added last stands in the last line."""
    assert client("10.0.0.1", (XFF, "1.1.1.1"), (XFF, "192.0.2.1")) == "192.0.2.1"


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ("for=192.0.2.1", "192.0.2.1"),
        ('for="[2001:db8:1:2::9]:4711";proto=https', "2001:db8:1:2::/64"),
        ('by=10.0.0.9; FOR = "192.0.2.1:80"', "192.0.2.1"),
        ("for=198.51.100.9, for=192.0.2.1, for=10.0.0.2", "192.0.2.1"),
        ("for=10.0.0.2", "10.0.0.2"),
        ("for=192.0.2.1, for=unknown", "10.0.0.1"),
        ("for=192.0.2.1, for=_hidden", "10.0.0.1"),
        ("for=192.0.2.1, proto=https", "10.0.0.1"),
        ('for="', "10.0.0.1"),
    ],
)
def test_forwarded(said: str, counted: str) -> None:
    """The same of the standard header, where the setting names that one."""
    name: ForwardedHeader = "forwarded"
    assert client("10.0.0.1", (FORWARDED, said), header=name) == counted


def test_one_header_is_read() -> None:
    """The other one may be what a client wrote, handed on by the proxy."""
    said = [(XFF, "192.0.2.1"), (FORWARDED, "for=198.51.100.9")]
    assert client("10.0.0.1", *said) == "192.0.2.1"
    assert client("10.0.0.1", *said, header="forwarded") == "198.51.100.9"


@given(
    st.binary(max_size=300) | st.from_regex(rb"[][,;:=\"0-9a-f. for]*", fullmatch=True)
)
def test_no_header_is_an_error(said: bytes) -> None:
    """Whatever a client sends through a trusted proxy, it is counted as somebody."""
    for header in (XFF, FORWARDED):
        name: ForwardedHeader = (
            "forwarded" if header is FORWARDED else "x-forwarded-for"
        )
        found = client("10.0.0.1", (header, said.decode("latin-1")), header=name)
        assert found == counted_as(found.removesuffix("/64"))


def test_no_long_text_is_remembered() -> None:
    """A hop of any length is looked at no further than an address goes."""
    client("10.0.0.1", (XFF, "fe80::1%" + "a" * 7_000))
    assert read_address.cache_info().currsize
    before = read_address.cache_info().misses
    client("10.0.0.1", (XFF, "fe80::1%" + "a" * 6_000))
    assert read_address.cache_info().misses == before
