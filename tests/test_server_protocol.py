"""Connections: who has to go when there are too many, who is slow, and how it ends."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack

import pytest

from workatlas.server import connection, crowd
from workatlas.server.limits import ConnectionLimits

from .bounded_server import Bounded, Wire, bounded, until
from .raw_http import request
from .server_fakes import FakeAnswer, FakeBackend

CLOSE = "Connection: close"


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> FakeBackend:
    """Stand in for the store and the service."""
    return FakeBackend.instead_of_the_real_one(monkeypatch)


@pytest.fixture
async def small(backend: FakeBackend) -> AsyncGenerator[Bounded]:
    """Serve with room for two, who have a second to read and to send."""
    assert not backend.asked
    async with bounded(ConnectionLimits(2, read=1, write=0.3)) as server:
        yield server


async def asked(backend: FakeBackend, times: int = 1) -> None:
    """Wait until the service is being asked."""
    await until(lambda: len(backend.asked) >= times)


async def test_who_was_waited_for_longest_goes(small: Bounded) -> None:
    """A new client takes the place of the one that has long sent nothing."""
    async with small.connected() as idle, small.connected() as begun:
        await small.count(2)
        begun.send(b"POST /graphql HTTP/1.1\r\n")
        async with small.connected() as third:
            third.send(request(CLOSE))
            assert await idle.all() == b""
            assert b" 200 OK" in await third.all()
        async with small.connected() as fourth, small.connected() as fifth:
            for wire in (fourth, fifth):
                wire.send(request())
                assert b" 200 OK" in await wire.until(b"\r\n\r\n")
            assert b" 503 Service Unavailable" in await begun.all()


async def test_those_who_are_answered_stay(
    backend: FakeBackend, small: Bounded
) -> None:
    """Where all are being answered a new client is told to come again."""
    backend.is_endless = True
    async with small.connected() as one, small.connected() as two:
        for wire in (one, two):
            wire.send(request())
        await asked(backend, 2)
        async with small.connected() as third:
            told = await third.all()
        assert b" 503 Service Unavailable" in told
        assert b"retry-after: 1" in told
    await until(lambda: backend.given_up == 2)


async def test_what_is_sent_in_pieces_is_one_request(small: Bounded) -> None:
    """However it is cut, a request is the same; pieces may be large."""
    async with small.connected() as wire:
        for byte in request("X: " + "a" * 100):
            wire.send(bytes([byte]))
            await asyncio.sleep(0)
        assert b" 200 OK" in await wire.until(b"\r\n\r\n")
        wire.send(request(CLOSE, body=b'{"query": "{ a }"%s}' % (b" " * 90_000)))
        assert b" 200 OK" in await wire.all()


async def test_a_request_is_cut_off(small: Bounded) -> None:
    """Who stops sending in the middle is told so."""
    async with small.connected() as wire:
        wire.send(request()[:-1])
        wire.writer.write_eof()
        assert b" 400 Bad Request" in await wire.all()


async def test_idle_connections_end(backend: FakeBackend) -> None:
    """After an answer a connection is kept for a time; line ends do not prolong it."""
    async with (
        bounded(ConnectionLimits(read=1), timeout_keep_alive=1) as server,
        server.connected() as wire,
    ):
        wire.send(request())
        await wire.until(b"}}}")
        wire.send(b"\r\n\r\n")
        assert await wire.all() == b""
    assert len(backend.asked) == 1


async def test_an_answer_that_nobody_takes_is_given_up(
    backend: FakeBackend, small: Bounded
) -> None:
    """Who does not read an answer in time loses it, and nothing is held for them."""
    backend.reply = FakeAnswer({"data": "x" * 20_000_000})
    async with small.connected(receive_buffer=4096) as wire:
        wire.send(request())
        await asked(backend)
        await small.count(0)


async def test_an_answer_that_is_taken_slowly_is_whole(backend: FakeBackend) -> None:
    """Who reads in time gets all, though the server had to wait."""
    backend.reply = FakeAnswer({"data": "x" * 10_000_000})
    async with (
        bounded(ConnectionLimits(write=10)) as server,
        server.connected() as wire,
    ):
        wire.send(request(CLOSE))
        await asked(backend)
        await asyncio.sleep(0.1)
        assert len(await wire.all()) > 10_000_000


async def test_a_closed_connection_is_not_waited_for(
    backend: FakeBackend, small: Bounded
) -> None:
    """What is closed ends though its last bytes are never read."""
    backend.reply = FakeAnswer({"data": "x" * 5_000_000})
    async with small.connected(receive_buffer=4096) as wire:
        wire.send(request(CLOSE))
        await asked(backend)
        await small.count(0)


async def test_those_who_hold_most_go(
    monkeypatch: pytest.MonkeyPatch, small: Bounded
) -> None:
    """Where too much is held of requests without an end, the longest held one ends."""
    monkeypatch.setattr(crowd, "HELD", 100_000)
    head = request("Content-Length: 99000", body=b"")
    async with small.connected() as first, small.connected() as second:
        for wire in (first, second):
            wire.send(head + b"x" * 30_000)
            await asyncio.sleep(0.1)
            wire.send(b"x" * 50_000)
            await asyncio.sleep(0.1)
        assert b" 503 Service Unavailable" in await first.all()
        assert b" 408 Request Timeout" in await second.all()


async def test_a_refused_client_may_send_on(
    monkeypatch: pytest.MonkeyPatch, small: Bounded
) -> None:
    """It is read for a while what a refused client sends; not for ever."""
    monkeypatch.setattr(connection, "LINGER", 0.2)
    async with small.connected() as wire:
        wire.send(b"nonsense\r\n\r\n")
        told = await wire.until(b"}")
        assert b" 400 Bad Request" in told
        await small.count(0)


async def test_requests_of_a_client_that_left_are_not_answered(
    backend: FakeBackend, small: Bounded
) -> None:
    """Who sent several requests and leaves is not answered to the last."""
    backend.is_endless = True
    async with small.connected() as wire:
        wire.send(request() * 5)
        await asked(backend)
    await small.count(0)
    await asyncio.sleep(0.05)
    assert (len(backend.asked), backend.given_up) == (1, 1)


async def test_several_who_send_many_at_once(small: Bounded) -> None:
    """Requests that wait for others of their connection are all answered, in turns."""
    async with small.connected() as one, small.connected() as two:
        for wire in (one, two):
            wire.send(request() * 9 + request(CLOSE))
        for wire in (one, two):
            assert (await wire.all()).count(b" 200 OK") == 10


async def test_a_refusal_waits_for_answers(
    backend: FakeBackend, small: Bounded
) -> None:
    """What is wrong with a later request is said after the earlier ones' answers."""
    async with small.connected() as wire:
        wire.send(request() * 3 + b"GET / HTTP/1.1\r\n")
        told = await wire.all()
    assert told.count(b" 200 OK") == 3
    assert told.index(b" 408 Request Timeout") > told.rindex(b" 200 OK")
    assert len(backend.asked) == 1


async def test_an_end_waits_for_requests(backend: FakeBackend) -> None:
    """A server that stops answers what is being sent, and ends the rest."""
    async with bounded(ConnectionLimits(read=1)) as server, AsyncExitStack() as stack:
        idle, sending, refused = [
            await stack.enter_async_context(server.connected()) for _ in range(3)
        ]
        sending.send(request()[:-1])
        refused.send(b"nonsense\r\n\r\n")
        assert b" 400 " in await refused.until(b"}")
        await server.stop()
        assert await idle.all() == b""
        sending.send(request()[-1:])
        assert b"connection: close" in await sending.all()
        await ended(refused)
    assert len(backend.asked) == 1


async def ended(wire: Wire) -> None:
    """Wait until a connection has ended, however."""
    try:
        await wire.all()
    except ConnectionError:
        return


async def test_an_end_does_not_wait_for_ever(backend: FakeBackend) -> None:
    """What is never answered is given up when the server has to end, and told so."""
    backend.is_endless = True
    async with bounded(ConnectionLimits()) as server, server.connected() as wire:
        wire.send(request())
        await asked(backend)
        server.server.should_exit = True
        told = await wire.all()
    assert b" 503 Service Unavailable" in told
    assert b"The server is ending." in told
    assert backend.given_up == 1
