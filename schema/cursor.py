"""Cursors: where in the order of a list a page ended.

A cursor holds the place itself, the value that the list is ordered by and what breaks
ties, and no number of rows; so it stays good when the data change. It names its list
and order, and a checksum tells a damaged one.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import NamedTuple
from zlib import crc32

import orjson

from workatlas.errors import UsageError

_BOUND = 2**53
_CHECK = 4
"""How many bytes of a cursor are its checksum."""


class Cursor(NamedTuple):
    """A place: after ``value`` and, among equal ones, after ``tie``."""

    listed: str
    value: float | str
    tie: int | str


def write_cursor(cursor: Cursor) -> str:
    """Give the text that clients get."""
    body = orjson.dumps([*cursor])
    return urlsafe_b64encode(_check(body) + body).decode().rstrip("=")


def read_cursor(text: str, listed: str) -> Cursor:
    """Read a cursor of a list.

    Raises:
        UsageError: it is damaged, or of another list or order.

    """
    todo = "Give the cursor that this list gave, with the same order."
    cursor = _read(text)
    if cursor is None:
        message = "The cursor cannot be read: it was cut or changed."
        raise UsageError(message, todo=todo)
    if cursor.listed != listed:
        raise UsageError(
            f"The cursor is of {cursor.listed}, and not of {listed}.", todo=todo
        )
    return cursor


def _read(text: str) -> Cursor | None:
    """Give a cursor, unless it is none of ours: anyone can compute a checksum."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        check, body = raw[:_CHECK], raw[_CHECK:]
        held = orjson.loads(body) if _check(body) == check else None
    except ValueError:
        return None
    match held:
        case [str(listed), int() | float() | str() as value, int() | str() as tie]:
            return Cursor(listed, value, tie) if _fits(value) and _fits(tie) else None
        case _:
            return None


def _fits(value: float | str) -> bool:
    """Tell whether a store can compare with it."""
    return isinstance(value, str) or abs(value) < _BOUND


def _check(body: bytes) -> bytes:
    return crc32(body).to_bytes(_CHECK)
