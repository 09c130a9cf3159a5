"""The style sheet, in parts, and the icon of the pages: they need no build."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from ..replies import Refusal

FOLDER = Path(__file__).parent / "static"
FILES = {
    "icon.svg": ("icon.svg",),
    # One after the other: what comes later goes before what is as specific.
    "style.css": ("base.css", "figures.css", "lists.css", "graph.css", "print.css"),
}
"""What is served, and the files that it is put together from."""
_TYPES = {".css": "text/css", ".svg": "image/svg+xml"}


def address(name: str) -> str:
    """Give the address of a file, relative to where the service stands.

    It changes with the file's content.
    """
    return f"site/{_tag(name)}/{name}"


async def file(request: Request) -> Response:
    """Give a file by an address of ``address``; it may be kept for good.

    Raises:
        Refusal: there is no such file.

    """
    name: str = request.path_params["name"]
    if name not in FILES or request.path_params["tag"] != _tag(name):
        raise Refusal(404, "The pages have no such file.", "Load the page anew.")
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(_content(name), 200, headers, _TYPES[Path(name).suffix])


@cache
def _content(name: str) -> bytes:
    return b"\n".join((FOLDER / part).read_bytes() for part in FILES[name])


@cache
def _tag(name: str) -> str:
    return blake2b(_content(name), digest_size=8).hexdigest()
