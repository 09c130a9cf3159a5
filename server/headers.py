"""Headers that every reply has, whoever makes it."""

from collections.abc import Mapping

ALWAYS: Mapping[bytes, bytes] = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
    b"content-security-policy": b"frame-ancestors 'none'",
}
"""What is said where a reply does not say it itself: pages have a policy of their own.

Cross-origin resources are those that a page embeds without asking by CORS, which nobody
does with answers; what CORS allows is read all the same.
"""
_YEAR = 31_536_000
_SECURE = (b"strict-transport-security", b"max-age=%d" % _YEAR)


def headers_of(public_url: str | None) -> tuple[tuple[bytes, bytes], ...]:
    """Give the headers; browsers are told to stay with HTTPS where readers use it."""
    secure = public_url is not None and public_url.startswith("https://")
    return (*ALWAYS.items(), *([_SECURE] if secure else []))


def completed(
    given: list[tuple[bytes, bytes]], standard: tuple[tuple[bytes, bytes], ...]
) -> list[tuple[bytes, bytes]]:
    """Add those headers that a reply lacks."""
    names = {name.lower() for name, _ in given}
    return [*given, *(each for each in standard if each[0] not in names)]
