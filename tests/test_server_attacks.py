"""What is no request, or too much of one, against a real server over a socket."""

import json
from collections.abc import Generator
from pathlib import Path

import pytest

from .example_servers import environment_of
from .live_server import Running, server
from .raw_http import QUERY, connected, replies, request, sent

CLOSE = "Connection: close"
CHUNKED = "Transfer-Encoding: chunked"
LATIN = "X: \xe9"


@pytest.fixture(scope="module")
def running(sample_graph: Path) -> Generator[Running]:
    """Serve the sample with a short time to read."""
    environment = environment_of(sample_graph) | {"WORKATLAS_READ_TIMEOUT": "0.5"}
    with server(environment, "serve") as running:
        yield running
        told = running.stop()
        assert "Traceback" not in told
        assert "unexpected" not in told


def get(path: str, *headers: str) -> bytes:
    """Write a GET, after which the connection ends."""
    return request(CLOSE, *headers, method="GET", path=path, body=b"")


def asking(text: str) -> bytes:
    """Write a POST of this JSON, after which the connection ends."""
    return request(CLOSE, body=text.encode("utf-8", "surrogatepass"))


REFUSED: dict[str, tuple[bytes, int]] = {
    "no HTTP": (b"hello\r\n\r\n", 400),
    "another protocol": (b"\x16\x03\x01\x02\x00\x01\x00", 400),
    "zeros": (b"\0" * 1000, 400),
    "HTTP/0.9": (b"GET /\r\n\r\n", 505),
    "HTTP/2.0": (b"GET / HTTP/2.0\r\n\r\n", 505),
    "HTTP/2's preface": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    "a bare line feed": (b"GET / HTTP/1.1\nHost: a\n\n", 400),
    "zero in an address": (b"GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    "no ASCII in an address": (b"GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    "no address": (b"GET http:// HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    "zero in a header": (request("X: a\0b"), 400),
    "a folded header": (request("X: a\r\n b"), 400),
    "a header without a name": (request(": b"), 400),
    "a space before a colon": (request("X : b"), 400),
    "no host": (b"GET / HTTP/1.1\r\n\r\n", 400),
    "two hosts": (request("Host: a", "Host: b"), 400),
    "two hosts in 1.0": (b"GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    "a host that is none": (request('Host: a"<b>'), 400),
    "a host without an end": (request("Host: [::1"), 400),
    "an unknown method": (b"BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
    "a method in small letters": (b"get / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
    "CONNECT": (b"CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 405),
    "TRACE": (request(CLOSE, method="TRACE", body=b""), 405),
    "PUT": (request(CLOSE, method="PUT"), 405),
    "DELETE of a page": (request(CLOSE, method="DELETE", path="/task/1"), 405),
    "POST of a page": (request(CLOSE, path="/readyz"), 405),
    "OPTIONS of all": (request(CLOSE, method="OPTIONS", path="*", body=b""), 404),
    "length and chunks": (request(CHUNKED, "Content-Length: 3"), 400),
    "two lengths": (request("Content-Length: 3", "Content-Length: 4"), 400),
    "a length below 0": (request("Content-Length: -1"), 400),
    "a length of any size": (request(f"Content-Length: {10**30}"), 400),
    "chunks of another coding": (request("Transfer-Encoding: gzip, chunked"), 501),
    "another coding": (request("Transfer-Encoding: identity"), 501),
    "chunks in HTTP/1.0": (
        b"POST / HTTP/1.0\r\n" + CHUNKED.encode() + b"\r\n\r\n",
        400,
    ),
    "a chunk of no size": (request(CHUNKED, body=b"zz\r\n"), 400),
    "a chunk of any size": (request(CHUNKED, body=b"f" * 17 + b"\r\n"), 400),
    "a large body, declared": (request("Content-Length: 100001", body=b""), 413),
    "a large body, sent": (request(body=b"x" * 5_000_000), 413),
    "a large chunk": (request(CHUNKED, body=b"30d40\r\n" + b"x" * 200_000), 413),
    "tiny chunks": (request(CHUNKED, body=b"1\r\na\r\n" * 100_000), 413),
    "chunks of frame": (request(CHUNKED, body=b"1;" + b"a" * 300_000), 413),
    "a long address": (request(method="GET", path="/" + "a" * 8_192), 414),
    "an endless address": (request(method="GET", path="/" + "a" * 1_000_000), 414),
    "a long header": (request("X: " + "a" * 16_384), 431),
    "an endless header": (request("X: " + "a" * 1_000_000), 431),
    "many headers": (request(*["X: a"] * 101), 431),
    "endless headers": (request(*["X: a"] * 100_000), 431),
    "another expectation": (request("Expect: 200-ok"), 417),
    "a packed body": (request("Content-Encoding: gzip"), 415),
    "no JSON by its type": (request(CLOSE, "Content-Type: text/plain"), 415),
    "another charset": (
        request(CLOSE, "Content-Type: application/json; charset=utf-16"),
        415,
    ),
    "an endless type": (
        request(CLOSE, "Content-Type: application/json" + ';a="' * 3_000),
        415,
    ),
    "no type": (request(CLOSE, "Content-Type: "), 415),
    "Upgrade with a body": (request("Connection: Upgrade", "Upgrade: h2c"), 400),
    "nothing acceptable": (request(CLOSE, "Accept: image/png"), 406),
    "an endless Accept": (request(CLOSE, "Accept: " + "a/b;q=0.1," * 1_500), 406),
    "deep lists": (asking("[" * 40_000), 400),
    "deep objects": (asking('{"a":' * 40 + "1" + "}" * 40), 400),
    "deep variables": (
        asking('{"query": "{a}", "variables": ' + '{"a":' * 300 + "1" + "}" * 301),
        400,
    ),
    "a wide body": (asking("[%s1]" % ("1," * 49_000)), 400),
    "a large number": (asking('{"query": "{a}", "variables": {"a": 1e300}}'), 400),
    "a long number": (asking('{"variables": {"a": %s}}' % ("1" * 5_000)), 400),
    "a number that is none": (asking('{"variables": {"a": NaN}}'), 400),
    "a byte order mark": (asking("\ufeff{}"), 400),
    "half a surrogate pair": (asking('{"query": "\ud800"}'), 400),
    "half an escaped pair": (asking('{"query": "\\ud800"}'), 400),
    "no UTF-8": (request(CLOSE, body=b'{"query": "\xff"}'), 400),
    "nothing": (asking(" "), 400),
    "an address without UTF-8": (get("/graphql?query=%ff"), 400),
    "a parameter twice": (get("/graphql?query={a}&query={b}"), 400),
    "many parameters": (get("/graphql?query={a}" + "&a=" * 2_000), 400),
    "a write by GET": (get("/graphql?query=mutation{a}"), 405),
    "a path upwards": (get("/site/x/..%2f..%2fetc%2fpasswd"), 404),
    "a long name": (get("/ide/" + "a" * 5_000 + ".js"), 404),
    "zero in a name": (get("/ide/%00.js"), 404),
    "another host's address": (get("//example.org/%2e%2e"), 404),
    "a task that is none": (get("/task/%ff"), 404),
    "an occupation that is none": (get("/occupation/%ff%00"), 404),
    "a release that is none": (get("/task/1?release=%00"), 404),
    "a place that is none": (get("/activity/4.A?after=" + "a" * 5_000), 404),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused(running: Running, name: str) -> None:
    """It has its status, in words that tell nothing of us; others are answered."""
    data, status = REFUSED[name]
    port = running.client.base_url.port
    assert port is not None
    with connected(port) as wire:
        wire.sendall(data)
        (healthy,) = sent(port, request(), 1)
        (reply,) = replies(wire)
    assert healthy.status == 200
    assert reply.status == status, reply
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["x-request-id"]
    assert "server" not in reply.headers
    if status == 405:
        assert reply.headers["allow"]
    for word in (b"Traceback", b"uvicorn", b"httptools", b"starlette", b"orjson"):
        assert word not in reply.body
    if reply.headers["content-type"].startswith("application/json"):
        assert reply.error["message"]
        assert reply.error["extensions"]["todo"]


ANSWERED: dict[str, tuple[bytes, list[int]]] = {
    "HTTP/1.0": (b"GET /healthz HTTP/1.0\r\n\r\n", [200]),
    "line ends first": (b"\r\n\r\n" + get("/healthz"), [200]),
    "an address with a host": (get("http://b/healthz"), [200]),
    "letters that are no ASCII": (request(CLOSE, LATIN), [200]),
    "chunks": (
        request(CLOSE, CHUNKED, body=b"%x\r\n%b\r\n0\r\n\r\n" % (len(QUERY), QUERY)),
        [200],
    ),
    "headers after chunks": (
        request(
            CLOSE,
            CHUNKED,
            body=b"%x;a=b\r\n%b\r\n0\r\nContent-Type: text/plain\r\nHost: b\r\n\r\n"
            % (len(QUERY), QUERY),
        ),
        [200],
    ),
    "a part": (get("/schema.graphql", "Range: bytes=" + "0-1," * 1_000 + "0-1"), [200]),
    "Upgrade": (request("Connection: Upgrade", "Upgrade: h2c", method="GET",
                        path="/healthz", body=b"") + b"more", [200]),
    "a body that nobody reads": (get("/healthz", "Content-Length: 3") + b"abc", [200]),
    "one after the other": (request() * 3 + request(CLOSE), [200] * 4),
    "nonsense after a request": (request() + b"nonsense\r\n\r\n", [200, 400]),
    "a search of nonsense": (get("/search?q=%ff%00%F0%9F&q=2" + "&q=" * 2_000), [200]),
    "weights of Accept": (request(CLOSE, "Accept: */*;q=7, text/html;;q"), [406]),
    "two Accept": (request(CLOSE, "Accept: image/png", "Accept: */*"), [200]),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERED)
def test_what_is_odd_is_answered(running: Running, name: str) -> None:
    """What HTTP allows is answered, however odd, and one after the other."""
    data, statuses = ANSWERED[name]
    port = running.client.base_url.port
    assert port is not None
    assert [reply.status for reply in sent(port, data)] == statuses


def test_a_body_is_asked_for(running: Running) -> None:
    """Who waits with a body until it is asked for is asked for it."""
    port = running.client.base_url.port
    assert port is not None
    with connected(port) as wire:
        wire.sendall(request(CLOSE, "Expect: 100-continue")[: -len(QUERY)])
        assert wire.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        wire.sendall(QUERY)
        assert [reply.status for reply in replies(wire)] == [200]


@pytest.mark.parametrize(
    ("sent_first", "status"),
    [
        (b"", None),
        (b"\r\n\r\n", None),
        (b"POST /graphql HTTP/1.1\r\nHo", 408),
        (request()[:-1], 408),
    ],
)
def test_who_does_not_send_is_left(
    running: Running, sent_first: bytes, status: int | None
) -> None:
    """A request has its time; who has begun none hears nothing."""
    port = running.client.base_url.port
    assert port is not None
    found = sent(port, sent_first)
    assert [reply.status for reply in found] == ([status] if status else [])


def test_many_requests_at_once(running: Running) -> None:
    """So many may wait behind one, and are answered; then it is said that it ends."""
    port = running.client.base_url.port
    assert port is not None
    found = [reply.status for reply in sent(port, request() * 100)]
    assert found == [200] * 17 + [503]


def test_the_counters_know_of_refusals(running: Running) -> None:
    """Requests that were none are counted like those that were."""
    port = running.client.base_url.port
    assert port is not None
    assert sent(port, b"hello\r\n\r\n")[0].status == 400
    told = running.client.get("/metrics").text
    assert json.dumps("400") in told
