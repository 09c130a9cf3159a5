"""The style sheet and the icon of the pages: they need no build."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from ..replies import Refusal

_FOLDER = Path(__file__).parent / "static"
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
    known = {path.name for path in _FOLDER.iterdir()}
    if name not in known or request.path_params["tag"] != _tag(name):
        raise Refusal(404, "The pages have no such file.", "Load the page anew.")
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(_content(name), 200, headers, _TYPES[Path(name).suffix])


@cache
def _content(name: str) -> bytes:
    return (_FOLDER / name).read_bytes()


@cache
def _tag(name: str) -> str:
    return blake2b(_content(name), digest_size=8).hexdigest()
