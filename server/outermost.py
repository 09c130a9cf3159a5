"""Around everything else: nothing of a defect gets out, and no reply lacks a header."""

import asyncio
from collections.abc import Sequence

import orjson
import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workatlas.errors import OverloadError, WorkAtlasError

from .headers import completed
from .logs import REQUEST_ID, id_of
from .replies import JSON, defect, told

_log = structlog.stdlib.get_logger("workatlas.error")


class Outermost:
    """Completes replies; says in our words what nobody inside has caught."""

    def __init__(
        self, app: ASGIApp, standard: Sequence[tuple[bytes, bytes]] = ()
    ) -> None:
        """Wrap an application; each reply has the standard headers."""
        self.app = app
        self._standard = tuple(standard)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_begun = False

        async def send_completed(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                message["headers"] = completed(message["headers"], self._standard)
            await send(message)

        try:
            await self.app(scope, receive, send_completed)
        except asyncio.CancelledError:
            ending = OverloadError("The server is ending.", todo="Ask again.")
            if not has_begun:
                await _say(ending, 503, _id(scope), send_completed)
            raise
        except Exception as error:
            own = _id(scope)
            _log.exception("unexpected", request_id=own, exc_info=error)
            # Whoever has half a reply must not take it for a whole one.
            if has_begun:
                raise
            await _say(defect(own), 500, own, send_completed, requestId=own)


def _id(scope: Scope) -> str:
    return id_of(scope.get("state", {}).get("request_id"))


async def _say(
    error: WorkAtlasError, status: int, own: str, send: Send, **more: str
) -> None:
    body = orjson.dumps(told(error, **more))
    headers = [
        (b"content-type", f"{JSON}; charset=utf-8".encode()),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
        (REQUEST_ID.lower().encode(), own.encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
