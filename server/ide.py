"""The built GraphiQL IDE: one page, and files that are named by their content."""

import gzip
import json
import re
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from .replies import Refusal

FILES = Path(__file__).parent / "ide_files"
"""Where the build leaves it; absent in a clone that has not built it."""

# Monaco writes its colours as style elements, which no hash can name beforehand, and
# shows its cursors and icons from data addresses.
_POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".md": "text/markdown",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}
_UNHASHED = {".md"}
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")


def is_built() -> bool:
    """Tell whether the IDE is part of this build."""
    return (FILES / "index.html").is_file()


def page() -> Response:
    """Give the page; it loads scripts, styles and answers from here alone."""
    return Response(
        (FILES / "index.html").read_bytes(),
        media_type="text/html",
        headers={
            "Cache-Control": "no-cache",
            "Content-Security-Policy": _POLICY,
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        },
    )


def asset(request: Request) -> Response:
    """Give a file of the IDE, compressed as it was built where the client takes it so.

    Raises:
        Refusal: there is no such file.

    """
    name: str = request.path_params["name"]
    suffix = Path(name).suffix
    packed = FILES / "ide" / f"{name}.gz"
    if not _NAME.fullmatch(name) or suffix not in _TYPES or not packed.is_file():
        raise Refusal(404, "The IDE has no such file.", "Load `/ide` anew.")
    media = _TYPES[suffix]
    headers = {
        "Cache-Control": "no-cache"
        if suffix in _UNHASHED
        else "public, max-age=31536000, immutable",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        packing = {"Content-Encoding": "gzip"}
        content = _content(packed, unpacked=False)
        return Response(content, headers={**headers, **packing}, media_type=media)
    return Response(_content(packed, unpacked=True), headers=headers, media_type=media)


@lru_cache(maxsize=64)
def _content(path: Path, *, unpacked: bool) -> bytes:
    """Give a file's content, one copy for all who load it: some have megabytes."""
    content = path.read_bytes()
    return gzip.decompress(content) if unpacked else content


def script(source: str = "src/pages/main.ts") -> str | None:
    """Give the address of what a script was built to, if it is part of this build."""
    try:
        built = json.loads((FILES / "manifest.json").read_bytes())
    except FileNotFoundError:
        return None
    address: str = built[source]["file"]
    return address
