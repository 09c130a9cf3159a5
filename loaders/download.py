"""Fetching one file over HTTP: with patience for a server, but not without end."""

from pathlib import Path
from typing import Protocol

import httpx
import stamina

from workatlas.errors import SourceError

from .archive import writing
from .limits import Budget, Limits

_LATER = "Check the network and try later, or load a copy you have with --from."
# Whoever cannot be reached at all is not asked again: the user waits for that answer.
_AWAY = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


class Progress(Protocol):
    """Is told how far a download is; a file begins, and begins again, at 0 bytes."""

    def __call__(self, so_far: int, total: int | None, /) -> None:
        """Take note of the bytes so far, and of all of them if the server said so."""
        ...


def silent(so_far: int, total: int | None) -> None:
    """Show no progress."""


def parse_address(location: str) -> httpx.URL | None:
    """Give the web address that a location is, or None if it is a path.

    Raises:
        SourceError: an address that is malformed or of another scheme than http(s).

    """
    if "://" not in location:
        return None
    try:
        address = httpx.URL(location)
    except httpx.InvalidURL as error:
        raise SourceError(
            f"This is not a web address ({error}).",
            where=location,
            todo="Give an http:// or https:// address, or a path.",
        ) from error
    if address.scheme not in {"http", "https"}:
        raise SourceError(
            f"Addresses of the kind {address.scheme}:// are not downloaded.",
            where=location,
            todo="Give an http:// or https:// address, or a path.",
        )
    return address


def public(address: httpx.URL) -> str:
    """Write an address without the user and password that it may hold."""
    return str(address.copy_with(username=None, password=None))


def download(
    address: httpx.URL, target: Path, *, limits: Limits, progress: Progress
) -> None:
    """Write what is at ``address`` to the file ``target``.

    Tried again when the server fails (5xx), stops answering or cuts off.

    Raises:
        SourceError: not reachable, refused, cut off, larger than allowed, or ``target``
            cannot be written.

    """
    try:
        for attempt in stamina.retry_context(
            on=_is_transient, attempts=limits.attempts, timeout=None, wait_max=2.0
        ):
            with attempt:
                _transfer(address, target, limits, progress)
    except httpx.HTTPError as error:
        raise SourceError(_what(error), where=public(address), todo=_LATER) from error


def _transfer(
    address: httpx.URL, target: Path, limits: Limits, progress: Progress
) -> None:
    timeout = httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds)
    # Not compressed on the way, so that the length announced is the file's.
    headers = {"Accept-Encoding": "identity", "User-Agent": "workatlas"}
    budget, so_far = Budget(limits.download_bytes), 0
    with httpx.stream(
        "GET", address, headers=headers, timeout=timeout, follow_redirects=True
    ) as response:
        response.raise_for_status()
        total = _length(response)
        progress(so_far, total)
        with writing(target), target.open("wb") as out:
            for chunk in response.iter_bytes():
                so_far += len(chunk)
                budget.spend(len(chunk), public(address))
                out.write(chunk)
                progress(so_far, total)


def _length(response: httpx.Response) -> int | None:
    if "Content-Encoding" in response.headers:
        return None
    announced = response.headers.get("Content-Length")
    return int(announced) if announced else None


def _is_transient(error: Exception) -> bool:
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.is_server_error
    return isinstance(error, httpx.TransportError) and not isinstance(error, _AWAY)


def _what(error: httpx.HTTPError) -> str:
    match error:
        case httpx.HTTPStatusError():
            answer = error.response
            return f"The server answered {answer.status_code} {answer.reason_phrase}."
        case httpx.UnsupportedProtocol():
            return f"The server redirects to something not on the web ({error})."
        case httpx.ConnectError() | httpx.ConnectTimeout():
            return f"The server cannot be reached ({error})."
        case httpx.TimeoutException():
            return "The server stopped answering."
        case httpx.NetworkError() | httpx.ProtocolError():
            return f"The download was cut off ({error})."
        case _:
            return f"The download failed ({error})."
