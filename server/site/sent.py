"""How pages leave: their headers, what a browser has already, and pages of errors."""

from starlette.requests import Request
from starlette.responses import Response

from workatlas.errors import WorkAtlasError
from workatlas.resolvers import KeptAnswer

from ..backend import Backend
from ..replies import has_tag
from .frame import Frame
from .render import rendered

HTML = "text/html"
# No inline script or style, no other host. Data in script elements are no scripts.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def page_of(request: Request, kept: KeptAnswer, cache_control: str) -> Response:
    """Give a page, or 304 to a browser that has it as it still is."""
    headers = {
        **_HEADERS,
        # Weak: the same page is sent compressed and as it is.
        "ETag": f"W/{kept.etag}",
        "Cache-Control": cache_control,
    }
    if has_tag(request.headers.get("If-None-Match", ""), kept.etag):
        # What compresses a page says this as well, but leaves alone what is empty.
        headers["Vary"] = "Accept-Encoding"
        return Response(status_code=304, headers=headers)
    return Response(kept.body, kept.status, headers, HTML)


async def error_page(
    request: Request, status: int, what: str, todo: str | None
) -> Response:
    """Give the page of an error: what happened, and what to do next."""
    frame = Frame.of(request, "error", {}, await _pinned(request))
    told = {"status": status, "what": what, "todo": todo}
    headers = {**_HEADERS, "Cache-Control": "no-store", "Vary": "Accept"}
    return Response(rendered("error", frame, told), status, headers, HTML)


async def _pinned(request: Request) -> str | None:
    """Give the release that the reader chose, if it is there to stay with."""
    chosen = request.query_params.get("release") or None
    backend: Backend = request.app.state.backend
    try:
        (await backend.reader.snapshot()).release(chosen)
    except WorkAtlasError:
        return None
    return chosen
