"""HTTP/1.1 as it is read here: bounded in bytes and seconds, before a request exists.

A request is handed on when it is there whole: what asks the store never waits for a
client.
"""

import httptools
from typing_extensions import override

from . import refused
from .connection import Connection
from .head import Head, Stop, reason_of
from .limits import BODY, HEAD, PIPELINED, URL

_SLICE = 16_384
"""Bytes that are read at once: what cannot be meant is noticed after as many."""
_QUEUED = 6_000
"""Bytes that a request takes, beside its body, that waits for those before it."""
_PASSED_OVER = {b"range", b"if-range"}
"""Answers are sent whole, whatever part is asked for."""


class BoundedProtocol(Connection):
    """A connection whose requests are held to their limits."""

    @override
    def data_received(self, data: bytes) -> None:
        if len(data) <= _SLICE:
            self._feed(data)
            return
        for start in range(0, len(data), _SLICE):
            self._feed(data[start : start + _SLICE])

    def _feed(self, data: bytes) -> None:
        if self._deaf:
            return
        has_begun = self._reading
        try:
            self.parser.feed_data(data)  # pyright: ignore[reportOptionalMemberAccess]
        except httptools.HttpParserUpgrade:
            self._deaf = True
        except httptools.HttpParserError as error:
            # After other requests nobody can tell where this one began.
            self._refuse(reason_of(error, b"" if self._is_answering else data))
        if self._reading and not self._deaf:
            self._count(len(data) if has_begun else 0)

    def _count(self, size: int) -> None:
        """Hold a request that is not there whole to its bounds."""
        self._raw += size
        # What the parser has not told yet counts too: a header without an end, chunks
        # that are all frame.
        if self._in_head and self._raw > URL + HEAD:
            self._refuse(refused.HEAD_SIZE)
        elif self._raw > 2 * BODY:
            self._refuse(refused.BODY_SIZE)
        else:
            if self._timer is None:
                self._wait()
            self._crowd.hold(self, self._raw + self._queued)

    @override
    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._unset_keepalive_if_required()
        self._reading = self._in_head = True
        self._raw = 0
        self._head = Head()
        self._body = bytearray()

    @override
    def on_url(self, url: bytes) -> None:
        self.url += url
        if len(self.url) > URL:
            raise Stop(refused.URL_SIZE)

    @override
    def on_header(self, name: bytes, value: bytes) -> None:
        self._head.count(name, value, len(self.headers))
        # Those after a body are passed over: what is known of a request stays so.
        if self._in_head:
            name = name.lower()
            self._head.check(name, value)
            if name not in _PASSED_OVER:
                self.headers.append((name, value))

    @override
    def on_headers_complete(self) -> None:
        self._in_head = False
        self._head.end(self.parser)  # pyright: ignore[reportArgumentType]
        # A body has as much time again.
        self._stop_waiting()
        if self._head.expects and self._head.has_body and not self._is_answering:
            self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    @override
    def on_body(self, body: bytes) -> None:
        self._body += body
        if len(self._body) > BODY:
            raise Stop(refused.BODY_SIZE)

    @override
    def on_message_complete(self) -> None:
        self._reading = False
        self._stop_waiting()
        if len(self.pipeline) >= PIPELINED:
            raise Stop(refused.PIPELINED)
        self._crowd.answer(self)
        # It is handed on now, with all of its body, and not before.
        super().on_headers_complete()
        self.cycle.body, self.cycle.more_body = self._body, False
        self.cycle.message_event.set()
        if self._ending or self.parser.should_upgrade():  # pyright: ignore[reportOptionalMemberAccess]
            self._deaf, self.cycle.keep_alive = True, False
        if self.pipeline:
            self._queued += _QUEUED + len(self._body)
            self._crowd.hold(self, self._queued)
        elif self._raw:
            self._crowd.release(self)
