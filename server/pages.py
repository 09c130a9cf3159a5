"""The few pages beside the endpoint: what is here, and the schema."""

import html
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from workatlas import __version__
from workatlas.schema import sdl

from .replies import as_json, wants_page

_PLACES = {
    "/graphql": "the GraphQL endpoint",
    "/schema.graphql": "the schema",
    "/healthz": "whether the process is up",
    "/readyz": "whether queries can be answered",
    "/metrics": "what the process counts, for Prometheus",
}
_EXAMPLE = "{ graph { version builtAt } }"

_PAGE = Template("""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>WorkAtlas</title>
<h1>WorkAtlas $version</h1>
<p>A GraphQL service about work in which every figure says where it comes from.</p>
<p>The GraphiQL IDE is not part of this build. Ask from a terminal:</p>
<pre>$example</pre>
<ul>$places</ul>
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
            "places": _PLACES,
            "example": _curl(request),
        }
    )


def browser_page(request: Request) -> Response:
    """Make the page that a browser gets; it loads nothing from anywhere."""
    places = "".join(
        f'<li><a href="{path}">{path}</a>: {text}</li>'
        for path, text in _PLACES.items()
    )
    return HTMLResponse(
        _PAGE.substitute(
            version=html.escape(__version__),
            example=html.escape(_curl(request)),
            places=places,
        ),
        headers={
            "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
            "Vary": "Accept",
            "X-Content-Type-Options": "nosniff",
        },
    )


async def schema(_request: Request) -> Response:
    """Give the schema in GraphQL's own language."""
    return PlainTextResponse(sdl())


def _curl(request: Request) -> str:
    return (
        f"curl {request.base_url}graphql -H 'Content-Type: application/json' "
        f'-d \'{{"query": "{_EXAMPLE}"}}\''
    )
