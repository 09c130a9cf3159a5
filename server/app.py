"""The web application: routes, the order of what wraps them, and its lifetime."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from workatlas.stores.address import is_neo4j

from . import health, ide, pages
from .backend import open_backend
from .clients import Clients
from .counters import open_counters
from .failures import HANDLERS, on_unexpected
from .front import KeptFirst
from .garbage import settle
from .graphql_http import graphql
from .headers import headers_of
from .lag import lag_told
from .limited import RATE_HEADERS, Limited
from .logs import REQUEST_ID, BoundId, RequestLog, configure_logs
from .metrics import Metrics, metrics
from .outermost import Outermost
from .rates import Rates
from .settings import Settings, load_settings
from .site import pages as site
from .site import static
from .site.warm import warm
from .tracing import open_tracing

# Pages are for browsers, which are far away and take gzip; answers are for programs,
# which are near, and whose tags are strong.
PACKED = [Middleware(GZipMiddleware, compresslevel=4)]
ROUTES = [
    Route("/", pages.index),
    Route("/graphql", graphql, methods=["GET", "POST"]),
    Route("/ide", pages.ide_page),
    Route("/ide/{name}", ide.asset),
    Route("/schema.graphql", pages.schema),
    Route("/task/{name}", site.task, middleware=PACKED),
    Route("/occupation/{name}", site.occupation, middleware=PACKED),
    Route("/activity/{name}", site.activity, middleware=PACKED),
    Route("/search", site.search, middleware=PACKED),
    Route("/site/{tag}/{name}", static.file, middleware=PACKED),
    Route("/healthz", health.healthz),
    Route("/readyz", health.readyz),
    Route("/metrics", metrics),
]


def create_app(settings: Settings) -> Starlette:
    """Make the application; it opens the store when it starts and closes it at the end.

    A store that is away does not keep it from starting: `/readyz` and every answer say
    so until the store is back.
    """
    store = "neo4j" if is_neo4j(settings.store) else "embedded"
    counted = Metrics(store, {_first_part(route.path) for route in ROUTES})
    rates = Rates(open_counters(settings.rate_store_address, counted.rate_store_failed))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[dict[str, Metrics]]:
        backend = open_backend(settings)
        app.state.backend = backend
        app.state.tracing = tracing = open_tracing(settings, store)
        app.state.metrics.watch(backend)
        warm(backend.service)
        async with lag_told(app.state.metrics.lag):
            # Requests that are refused before they are any are counted too.
            yield {"metrics": app.state.metrics}
        if tracing is not None:
            await asyncio.to_thread(tracing.close)
        await rates.close()
        await backend.reader.close()

    app = Starlette(
        routes=ROUTES,
        middleware=_wrapped(settings, rates),
        exception_handlers=HANDLERS,
        lifespan=lifespan,
    )
    app.state.metrics = counted
    return app


def _first_part(path: str) -> str:
    return "/" + path.split("/")[1]


def _wrapped(settings: Settings, rates: Rates) -> list[Middleware]:
    # Outermost first. The masked reply to a defect is made inside CORS, so that a web
    # page may read it, and inside the log, so that it has a line and an id.
    cors = Middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "POST"],
        allow_headers=["Content-Type", "If-None-Match", REQUEST_ID],
        expose_headers=["ETag", REQUEST_ID, *RATE_HEADERS],
    )
    limited = Middleware(
        Limited,
        clients=Clients(settings.trusted_proxies, settings.forwarded_header),
        rates=rates,
        requests=settings.requests_quota,
        cost=settings.cost_quota,
    )
    is_limited = settings.requests_quota or settings.cost_quota
    return [
        Middleware(Outermost, standard=headers_of(settings.public_url)),
        Middleware(RequestLog),
        *([cors] if settings.cors_origins else []),
        *([limited] if is_limited else []),
        Middleware(KeptFirst),
        Middleware(BoundId),
        Middleware(ExceptionMiddleware, handlers={Exception: on_unexpected}),
    ]


def app_from_environment() -> Starlette:
    """Make the application of a server's process, from its environment alone."""
    settings = load_settings()
    configure_logs(settings)
    app = create_app(settings)
    settle()
    return app
