"""Refusals of what is no request that could be handed on, as bytes of HTTP/1.1."""

from dataclasses import dataclass
from http import HTTPStatus

import orjson

from workatlas.errors import LimitError, OverloadError, UsageError, WorkAtlasError

from .limits import BODY, HEAD, HEADERS, URL
from .replies import JSON, told

_METHODS = b"GET, HEAD, POST"


@dataclass(frozen=True)
class Refused:
    """Why a connection is refused: the status, the error, and headers of its own."""

    status: HTTPStatus
    error: WorkAtlasError
    headers: tuple[tuple[bytes, bytes], ...] = ()

    def reply(self, headers: list[tuple[bytes, bytes]]) -> bytes:
        """Give the whole reply, after which nothing more is answered."""
        body = orjson.dumps(told(self.error))
        own = (
            (b"content-type", f"{JSON}; charset=utf-8".encode()),
            (b"content-length", b"%d" % len(body)),
            (b"cache-control", b"no-store"),
            (b"connection", b"close"),
        )
        lines = [b"%s: %s" % each for each in (*headers, *own, *self.headers)]
        status = b"HTTP/1.1 %d %s" % (self.status, self.status.phrase.encode())
        return b"\r\n".join([status, *lines, b"", body])


def _wrong(status: HTTPStatus, what: str, todo: str) -> Refused:
    return Refused(status, UsageError(what, todo=todo))


def _large(status: HTTPStatus, name: str, what: str, most: int, todo: str) -> Refused:
    return Refused(status, LimitError(name, what, most=most, todo=todo))


def _busy(what: str) -> Refused:
    error = OverloadError(what, todo="Ask again in a second.")
    return Refused(HTTPStatus.SERVICE_UNAVAILABLE, error, ((b"retry-after", b"1"),))


_HTTP = "Send HTTP/1.1 as RFC 9112 has it."
_LESS = "Ask for less at once, or move values into fewer variables."

MALFORMED = _wrong(HTTPStatus.BAD_REQUEST, "This is no HTTP request.", _HTTP)
HOST = _wrong(HTTPStatus.BAD_REQUEST, "A request names one host in Host.", _HTTP)
CUT = _wrong(HTTPStatus.BAD_REQUEST, "The request ends before its end.", _HTTP)
FRAMED = _wrong(
    HTTPStatus.BAD_REQUEST, "The body's end cannot be told.", "Send Content-Length."
)
UPGRADE = _wrong(
    HTTPStatus.BAD_REQUEST, "A body cannot come with Upgrade.", "Leave Upgrade out."
)
VERSION = _wrong(
    HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "HTTP/1.0 and 1.1 are spoken here.", _HTTP
)
CODING = _wrong(
    HTTPStatus.NOT_IMPLEMENTED,
    "A body may be chunked, and nothing else.",
    "Send Transfer-Encoding: chunked, or Content-Length.",
)
PACKED = _wrong(
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "The body must not be compressed.",
    "Leave Content-Encoding out.",
)
EXPECTATION = _wrong(
    HTTPStatus.EXPECTATION_FAILED,
    "Only 100-continue can be expected.",
    "Leave Expect out.",
)
METHOD = Refused(
    HTTPStatus.METHOD_NOT_ALLOWED,
    UsageError("There is no such method.", todo="Ask by GET or POST."),
    ((b"allow", _METHODS),),
)
SLOW = _wrong(
    HTTPStatus.REQUEST_TIMEOUT,
    "The request did not come in time.",
    "Send it at once; make it smaller if the line is slow.",
)
BODY_SIZE = _large(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "body",
    f"The body is larger than {BODY:,} bytes.",
    BODY,
    _LESS,
)
URL_SIZE = _large(
    HTTPStatus.REQUEST_URI_TOO_LONG,
    "url",
    f"The address is longer than {URL:,} bytes.",
    URL,
    "Ask by POST, with the query in the body.",
)
HEAD_SIZE = _large(
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    "headers",
    f"The headers are larger than {HEAD:,} bytes, or more than {HEADERS}.",
    HEAD,
    "Send fewer headers, and shorter ones.",
)
CROWDED = _busy("Too many requests are being answered.")
HELD_SIZE = _busy("Too many requests are being sent.")
PIPELINED = _busy("Too many requests wait on one connection.")
