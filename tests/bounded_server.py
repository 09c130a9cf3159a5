"""A server in the test's own process, whose connections have limits of the test's."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import uvicorn

from workatlas.server.app import create_app
from workatlas.server.connection import BoundedConfig
from workatlas.server.limits import ConnectionLimits
from workatlas.server.protocol import BoundedProtocol
from workatlas.server.settings import Settings


async def until(condition: Callable[[], bool]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(10):
        for _ in count():
            if condition():
                return
            await asyncio.sleep(0.01)


@dataclass(frozen=True)
class Wire:
    """A connection to the server."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def send(self, data: bytes) -> None:
        """Send bytes."""
        self.writer.write(data)

    async def all(self) -> bytes:
        """Read until the server hangs up."""
        async with asyncio.timeout(10):
            return await self.reader.read()

    async def until(self, text: bytes) -> bytes:
        """Read until this has come."""
        async with asyncio.timeout(10):
            return await self.reader.readuntil(text)


@dataclass(frozen=True)
class Bounded:
    """The server, and where it listens."""

    server: uvicorn.Server
    port: int

    @asynccontextmanager
    async def connected(self, receive_buffer: int = 0) -> AsyncGenerator[Wire]:
        """Open a connection, whose system takes few bytes unasked if that is said."""
        wire = socket.socket()
        if receive_buffer:
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        wire.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(wire, ("127.0.0.1", self.port))
        reader, writer = await asyncio.open_connection(sock=wire, limit=1024)
        try:
            yield Wire(reader, writer)
        finally:
            writer.transport.abort()

    async def count(self, connections: int) -> None:
        """Wait until the server has so many connections."""
        held = self.server.server_state.connections
        await until(lambda: len(held) == connections)

    async def stop(self) -> None:
        """Tell it to stop, as a signal does."""
        self.server.should_exit = True
        await asyncio.sleep(0.2)


@asynccontextmanager
async def bounded(limits: ConnectionLimits, **config: Any) -> AsyncGenerator[Bounded]:
    """Serve the application until the end."""
    app = create_app(Settings())
    options = {"log_config": None, "timeout_graceful_shutdown": 1, **config}
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(
            BoundedConfig(app, BoundedProtocol, limits, None, **options)
        )
        # Not `serve`, which would take the signals of the tests' own process.
        running = asyncio.create_task(server._serve([listener]))  # pyright: ignore[reportPrivateUsage]
        await until(lambda: server.started)
        try:
            yield Bounded(server, listener.getsockname()[1])
        finally:
            server.should_exit = True
            await running
