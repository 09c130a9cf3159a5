"""The head of a request: what its headers say of how it is to be read."""

import re
from functools import lru_cache

import httptools

from . import refused
from .limits import BODY, HEAD, HEADERS
from .refused import Refused

_METHOD = re.compile(rb"[A-Za-z]{1,32} [^ \r\n]+ HTTP/1\.[01]\r\n")
_NAME = rb"[A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\]"
_HOST = re.compile(rb"(?:%b)(?::[0-9]{0,5})?" % _NAME)
_CHECKED = {
    b"host",
    b"content-length",
    b"transfer-encoding",
    b"content-encoding",
    b"expect",
}


class Stop(Exception):  # noqa: N818 - no error: it ends the parser's work
    """Nothing more of this connection is read."""

    def __init__(self, reason: Refused) -> None:
        """Say why."""
        super().__init__()
        self.reason = reason


class Head:
    """What is known of a request before its body; headers are checked as they come."""

    __slots__ = ("_hosts", "_is_chunked", "_size", "expects", "has_body")

    def __init__(self) -> None:
        """Begin without any header."""
        self._size = self._hosts = 0
        self._is_chunked = self.has_body = self.expects = False

    def count(self, name: bytes, value: bytes, before: int) -> None:
        """Count a header in, ``before`` which there were so many.

        Raises:
            Stop: they are too large, or too many.

        """
        self._size += len(name) + len(value) + 4
        if self._size > HEAD or before >= HEADERS:
            raise Stop(refused.HEAD_SIZE)

    def check(self, name: bytes, value: bytes) -> None:
        """Look at a header, by its name in small letters.

        Raises:
            Stop: no request can have it.

        """
        reason = self._reason(name, value) if name in _CHECKED else None
        if reason is not None:
            raise Stop(reason)

    def _reason(self, name: bytes, value: bytes) -> Refused | None:
        match name:
            case b"host":
                self._hosts += 1
                return None if _is_host(value) else refused.HOST
            case b"content-length":
                self.has_body = int(value) > 0
                return refused.BODY_SIZE if int(value) > BODY else None
            case b"transfer-encoding":
                self.has_body = self._is_chunked = True
                return None if value.lower() == b"chunked" else refused.CODING
            case b"content-encoding":
                return None if value.lower() == b"identity" else refused.PACKED
            case _:
                self.expects = value.lower() == b"100-continue"
                return None if self.expects else refused.EXPECTATION

    def end(self, parser: httptools.HttpRequestParser) -> None:
        """Look at all of them together.

        Raises:
            Stop: there is no request with such a head.

        """
        version = parser.get_http_version()
        if version not in {"1.0", "1.1"}:
            raise Stop(refused.VERSION)
        if parser.get_method() == b"CONNECT":
            raise Stop(refused.METHOD)
        if self._hosts != 1 and (self._hosts or version == "1.1"):
            raise Stop(refused.HOST)
        if self._is_chunked and version == "1.0":
            raise Stop(refused.FRAMED)
        if self.has_body and parser.should_upgrade():
            raise Stop(refused.UPGRADE)


@lru_cache(maxsize=256)
def _is_host(value: bytes) -> bool:
    return _HOST.fullmatch(value) is not None


def reason_of(error: httptools.HttpParserError, data: bytes) -> Refused:
    """Tell why the parser has stopped at ``data``; empty where it begins is unknown."""
    if isinstance(error.__context__, Stop):
        return error.__context__.reason
    if isinstance(error, httptools.HttpParserInvalidMethodError):
        return refused.METHOD if _METHOD.match(data) else refused.MALFORMED
    return refused.MALFORMED
