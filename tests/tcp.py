"""Servers that are not Neo4j, and a wire to one that can be cut; loopback only."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


@asynccontextmanager
async def serving(
    words: bytes | None, *, silent: bool = False, reached: asyncio.Event | None = None
) -> AsyncGenerator[int]:
    """Give a port where somebody says ``words`` and hangs up, or, if None, nobody.

    Once somebody has asked, ``reached`` is set.
    """
    asked = reached or asyncio.Event()
    wires: list[asyncio.StreamWriter] = []

    async def answer(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        wires.append(writer)
        await reader.read(100)
        asked.set()
        writer.write(words or b"")
        if silent:
            await reader.read()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    if words is None:
        server.close()
    try:
        yield port
    finally:
        server.close()
        await _close(wires)


async def _close(wires: list[asyncio.StreamWriter]) -> None:
    for wire in wires:
        wire.close()
        with suppress(ConnectionError):
            await wire.wait_closed()


class Relay:
    """Hands on what comes to ``address`` to another address, until it is cut."""

    def __init__(self, address: str) -> None:
        """Hand on to the Bolt address."""
        parts = urlsplit(address)
        self.to = (parts.hostname, parts.port)
        self._wires: list[asyncio.StreamWriter] = []
        self.address = ""
        self.heard = bytearray()
        """What came, in the order in which it came."""

    async def __aenter__(self) -> Self:
        """Begin to listen."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.address = f"bolt://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening."""
        self._server.close()
        await self.cut()

    async def cut(self) -> None:
        """Break every connection that is open; new ones can be made."""
        wires, self._wires = self._wires, []
        await _close(wires)

    async def _accept(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        other, to = await asyncio.open_connection(*self.to)
        self._wires += [writer, to]
        with suppress(ConnectionError):
            await asyncio.gather(self._hear(reader, to), _hand_on(other, writer))

    async def _hear(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter
    ) -> None:
        while words := await source.read(65536):
            self.heard += words
            target.write(words)
        target.close()


async def _hand_on(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while words := await source.read(65536):
        target.write(words)
    target.close()
