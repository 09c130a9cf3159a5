"""The few pages beside the endpoint: what is here, the IDE, and the schema."""

import html
from base64 import b64encode
from functools import cache
from hashlib import sha256
from string import Template

from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)

from workatlas import __version__
from workatlas.schema import sdl

from . import ide
from .backend import Backend
from .replies import Refusal, as_json, has_tag, wants_page

_PLACES = {
    "/search": "tasks, occupations and work activities, each with a page",
    "/graphql": "the GraphQL endpoint",
    "/schema.graphql": "the schema",
    "/healthz": "whether the process is up",
    "/readyz": "whether queries can be answered",
    "/metrics": "what the process counts, for Prometheus",
}
_IDE = {"/ide": "GraphiQL, to ask in the browser"}
_EXAMPLE = "{ graph { version builtAt } }"
_WITH_IDE = '<p><a class="ide" href="ide">Open the GraphiQL IDE</a></p>'
_WITHOUT_IDE = """<p>The GraphiQL IDE is not part of this build. In a clone,
<code>make ide</code> builds it; packages of releases have it.</p>"""

_STYLE = """
:root { background: Canvas; color: CanvasText; color-scheme: light dark; }
body { font: 1rem/1.6 system-ui, sans-serif; margin: 10vh auto; max-width: 42rem;
  padding: 0 1.5rem; }
h1 { font-weight: 600; letter-spacing: -0.01em; }
h1 small { font-weight: 400; font-size: 1rem; }
pre { background: color-mix(in srgb, currentColor 7%, transparent);
  border-radius: 8px; padding: 1rem; white-space: pre-wrap; }
ul { list-style: none; padding: 0; }
a { color: light-dark(#17616a, #7fd0d8); }
a.ide { border: 1px solid; border-radius: 8px; display: inline-block;
  padding: 0.5rem 1rem; text-decoration: none; }
"""
_STYLE_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
_PAGE = Template("""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>WorkAtlas</title>
<style>$style</style>
<main>
<h1>WorkAtlas <small>$version</small></h1>
<p>A GraphQL service about work in which every figure says where it comes from.</p>
$ide
<p>From a terminal:</p>
<pre>$example</pre>
<ul>$places</ul>
</main>
</html>
""")


async def index(request: Request) -> Response:
    """Tell what is here and how to ask: a page for browsers, JSON for programs."""
    if wants_page(request):
        return browser_page(request)
    return as_json(
        {
            "name": "WorkAtlas",
            "version": __version__,
            "places": _places(),
            "example": _curl(request),
        }
    )


async def ide_page(request: Request) -> Response:
    """Give the GraphiQL IDE, or say how to get it."""
    if ide.is_built():
        return ide.page()
    if wants_page(request):
        return browser_page(request, 404)
    raise Refusal(404, "This build has no GraphiQL IDE.", "`make ide` builds it.")


def endpoint_in_a_browser(request: Request) -> Response:
    """Lead a browser that opens the endpoint to the IDE, or tell what is here."""
    if not ide.is_built():
        return browser_page(request)
    # Relative: the service may stand below a path of another one.
    return RedirectResponse("ide", 303, headers={"Vary": "Accept"})


def browser_page(request: Request, status: int = 200) -> Response:
    """Make the page that a browser gets; it loads nothing from anywhere."""
    places = "".join(
        f'<li><a href="{path[1:]}">{path}</a>: {text}</li>'
        for path, text in _places().items()
    )
    return HTMLResponse(
        _PAGE.substitute(
            version=html.escape(__version__),
            example=html.escape(_curl(request)),
            ide=_WITH_IDE if ide.is_built() else _WITHOUT_IDE,
            places=places,
            style=_STYLE,
        ),
        status,
        headers={
            "Content-Security-Policy": (
                f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; "
                "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
            ),
            "Vary": "Accept",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _places() -> dict[str, str]:
    return {**(_IDE if ide.is_built() else {}), **_PLACES}


async def schema(request: Request) -> Response:
    """Give the schema in GraphQL's own language; 304 to a client that has it."""
    text, tag = printed()
    backend: Backend = request.app.state.backend
    headers = {"ETag": tag, "Cache-Control": backend.cache_control}
    if has_tag(request.headers.get("If-None-Match", ""), tag):
        return Response(status_code=304, headers=headers)
    return PlainTextResponse(text, headers=headers)


@cache
def printed() -> tuple[str, str]:
    """Give the schema and its tag, printed once: that takes 50 ms."""
    text = sdl()
    return text, f'"{sha256(text.encode()).hexdigest()}"'


def _curl(request: Request) -> str:
    return (
        f"curl {request.base_url}graphql -H 'Content-Type: application/json' "
        f'-d \'{{"query": "{_EXAMPLE}"}}\''
    )
