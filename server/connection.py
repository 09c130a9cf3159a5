"""A connection: how it begins and ends, who has to go, and what is written to it.

Built on uvicorn's protocol, which has no limits of time or room.
"""

import asyncio
from functools import partial
from typing import Any, cast

import structlog
from typing_extensions import override
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import (
    HttpToolsProtocol,
    RequestResponseCycle,
)
from uvicorn.server import ServerState

from . import refused
from .crowd import Crowd
from .headers import headers_of
from .limits import LINGER, ConnectionLimits
from .logs import REQUEST_ID, id_of
from .refused import Refused

_REQUEST_ID = REQUEST_ID.lower().encode()

_log = structlog.stdlib.get_logger("workatlas.request")


class BoundedConfig(Config):
    """How uvicorn is set up, and what connections are held to."""

    def __init__(
        self,
        app: Any,
        http: type["Connection"],
        limits: ConnectionLimits,
        public_url: str | None,
        **more: Any,
    ) -> None:
        """Serve an application or one of that name; ``more`` is uvicorn's own."""
        super().__init__(app, http=http, ws="none", **more)
        self.limits = limits
        self.crowd = Crowd(limits.connections)
        self.standard = headers_of(public_url)


class Connection(HttpToolsProtocol):
    """One connection, whatever is read from it."""

    config: BoundedConfig

    def __init__(
        self,
        config: BoundedConfig,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        """Be ready for a client."""
        super().__init__(config, server_state, app_state, _loop)
        self._limits = config.limits
        self._crowd = config.crowd
        self._timer: asyncio.TimerHandle | None = None
        self._abort_timer: asyncio.TimerHandle | None = None
        self._reading = False
        """Whether a request has begun to come, and not ended."""
        self._deaf = False
        """Whether what still comes is thrown away."""
        self._ending = False
        """Whether the request that is coming is the last one."""
        self._last_word: Refused | None = None
        """What is said when all requests before have been answered."""
        self._queued: int = 0
        self._started: tuple[RequestResponseCycle, ...] = ()
        """The request that is being answered."""
        self._is_next = False
        """Whether the next request of the connection is being started."""

    # The connection: it begins, ends, and is ended.

    # Uvicorn too takes the kind of transport that a server has, and says so less wide.
    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self._crowd.has_room(len(self.connections)):
            self._crowd.wait(self)
            self._wait()
        else:
            self._refuse(refused.CROWDED)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._crowd.answer(self)
        self._crowd.release(self)
        self._unset_keepalive_if_required()
        self._stop_waiting()
        self._stop_aborting()
        self._forget()
        super().connection_lost(exc)

    @override
    def eof_received(self) -> None:
        if self._reading and not self._deaf:
            self._refuse(refused.CUT)

    @override
    def shutdown(self) -> None:
        """End, when the request has been answered that is coming or being answered."""
        if self._deaf and not self._is_answering:
            self._close()
        elif self._reading and not self._deaf:
            self._ending = True
        else:
            super().shutdown()
            self._watch_closing()

    @override
    def timeout_keep_alive_handler(self) -> None:
        self._close()

    def make_room(self) -> None:
        """End now: somebody else needs the room."""
        if self._reading and not self._deaf and not self._is_answering:
            self._refuse(refused.HELD_SIZE)
        self._close()

    def _forget(self) -> None:
        """Let nothing more be written: uvicorn tells it to the newest request alone."""
        for cycle in (*self._started, *(waiting for waiting, _ in self.pipeline)):
            cycle.disconnected = True
            cycle.message_event.set()
        self._started = ()

    def _abort(self) -> None:
        self._forget()
        self.transport.abort()

    def _close(self) -> None:
        self._deaf = True
        self._forget()
        self._stop_waiting()
        self.transport.close()
        self._abort_after(LINGER)

    def _watch_closing(self) -> None:
        # What is closed stays until all was taken, which a client may never do.
        if self.transport.is_closing():
            self._abort_after(self._limits.write)

    def _abort_after(self, seconds: float) -> None:
        self._stop_aborting()
        self._abort_timer = self.loop.call_later(seconds, self._abort)

    def _stop_aborting(self) -> None:
        if self._abort_timer is not None:
            self._abort_timer.cancel()
            self._abort_timer = None

    def _wait(self) -> None:
        self._timer = self.loop.call_later(self._limits.read, self._too_slow)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _too_slow(self) -> None:
        if self._reading:
            self._refuse(refused.SLOW)
        else:
            self._close()

    # What is written.

    @override
    def pause_writing(self) -> None:
        super().pause_writing()
        self._abort_after(self._limits.write)
        self._crowd.hold(self, self.transport.get_write_buffer_size())

    @override
    def resume_writing(self) -> None:
        super().resume_writing()
        self._stop_aborting()
        self._watch_closing()
        self._crowd.release(self)

    @property
    def _is_answering(self) -> bool:
        # There is none before the first request, which uvicorn's types do not say.
        cycle = cast("RequestResponseCycle | None", self.cycle)
        return cycle is not None and not cycle.response_complete

    @override
    def on_response_complete(self) -> None:
        self._is_next = True
        super().on_response_complete()
        self._is_next = False
        if self.transport.is_closing():
            self._watch_closing()
        elif not self._is_answering:
            self._answered()

    @override
    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._started = (cycle,)
        if self._is_next:
            self._crowd.later(partial(super()._start_asgi_task, cycle, app))
        else:
            super()._start_asgi_task(cycle, app)

    def _answered(self) -> None:
        if self._queued:
            self._queued = 0
            self._crowd.release(self)
        if self._last_word is not None:
            self._refuse(self._last_word)
        else:
            self._crowd.wait(self)

    def _refuse(self, reason: Refused) -> None:
        """Say why nothing more is answered, and read on for a while.

        To close at once would take the reply away from a client that is still sending.
        """
        self._deaf = True
        self._stop_waiting()
        if self._is_answering:
            self._last_word = reason
            return
        self._unset_keepalive_if_required()
        self._crowd.release(self)
        self._crowd.wait(self)
        own = id_of(None)
        _log.info(
            "refused", request_id=own, status=int(reason.status), what=reason.error.what
        )
        metrics = self.app_state["metrics"]
        metrics.request("", int(reason.status), 0.0)
        metrics.refused(f"HTTP_{int(reason.status)}")
        headers = [*self.server_state.default_headers, *self.config.standard]
        self.transport.write(reason.reply([*headers, (_REQUEST_ID, own.encode())]))
        self.flow.resume_reading()
        self.transport.write_eof()
        self._timer = self.loop.call_later(LINGER, self._abort)
