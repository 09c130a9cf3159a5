"""What is written down: one structured line a request, all of a process in one form."""

import logging
import random
import re
import sys
import time
from typing import Any, TextIO

import orjson
import structlog
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars, merge_contextvars
from structlog.processors import ExceptionRenderer
from structlog.stdlib import ProcessorFormatter
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, Processor

from .settings import Settings

REQUEST_ID = "X-Request-Id"
_REQUEST_ID = REQUEST_ID.lower().encode()

_SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_log = structlog.stdlib.get_logger("workatlas.request")
_level = logging.getLogger("workatlas.request")


def configure_logs(settings: Settings, stream: TextIO | None = None) -> None:
    """Send this program's and its libraries' lines to ``stream`` (standard error)."""
    shared: list[Processor] = [
        merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[ProcessorFormatter.remove_processors_meta, *_render(settings)],
        )
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # Libraries tell at INFO how they start and stop, which nobody has to act on.
    for library in ("uvicorn", "neo4j", "httpx"):
        logging.getLogger(library).setLevel(max(level, logging.WARNING))


def _render(settings: Settings) -> list[Processor]:
    # Tracebacks are without local variables: these may be passwords, or what was asked.
    if settings.log_format == "console":
        return [
            _on_one_line,
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(),
                exception_formatter=structlog.dev.plain_traceback,
            ),
        ]
    return [
        ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
        structlog.processors.JSONRenderer(serializer=_as_json),
    ]


def _on_one_line(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Write what a terminal would act on as escapes: it may be what a client sent."""
    for name, value in event.items():
        if isinstance(value, str) and not value.isprintable():
            event[name] = value.encode("unicode_escape").decode()
    return event


def _as_json(event: Any, **_: Any) -> str:
    return orjson.dumps(event, default=repr).decode()


class RequestLog:
    """Gives each request an id and a line: method, path, status, ms, operation.

    A sane ``X-Request-Id`` that comes in is kept. The id goes back in the same header,
    and to ``request.state.request_id``.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["request_id"] = id_of(Headers(scope=scope).get(REQUEST_ID))
        own = state["request_id"].encode()
        status = 500

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (_REQUEST_ID, own)]
            await send(message)

        started = time.perf_counter()
        try:
            await self.app(scope, receive, send_with_id)
        finally:
            seconds = time.perf_counter() - started
            scope["app"].state.metrics.request(scope["path"], status, seconds)
            # Asked here: to put a line together costs as much as a kept answer.
            if _level.isEnabledFor(logging.INFO):
                _log.info(
                    "request",
                    request_id=state["request_id"],
                    method=scope["method"],
                    path=_path(scope),
                    status=status,
                    ms=round(seconds * 1000, 2),
                    operation=state.get("operation"),
                    # Who was refused, for somebody may have to act on it.
                    **({"client": state["client"]} if "client" in state else {}),
                )


class BoundId:
    """Puts a request's id into every line logged while it is answered."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request_id = scope.get("state", {}).get("request_id")
        with bound_contextvars(request_id=request_id):
            await self.app(scope, receive, send)


def id_of(given: str | None) -> str:
    """Give the id of a request: the one that came with it, if it is sane."""
    if given is not None and _SANE_ID.fullmatch(given):
        return given
    # Unique is enough: nobody gains by guessing one.
    return f"{random.getrandbits(128):032x}"


def _path(scope: Scope) -> str:
    # As sent, still percent-encoded: a decoded path could hold a line break.
    return bytes(scope["raw_path"]).decode("ascii", "backslashreplace")
