"""An application under load, and what may be said of its answers while parts fail."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from starlette.applications import Starlette
from starlette.types import Message

from workatlas.server.app import create_app
from workatlas.server.settings import Settings

SOON = 1.0
"""Seconds in which what needs no store is answered, on however busy a machine."""
TASK = """query($id: Int!) { graph { version }
  task(taskId: $id) { taskId statement importance { value } occupation { title } } }"""


class Reply(NamedTuple):
    """A reply as it was sent, and the seconds it took."""

    status: int
    body: bytes
    seconds: float

    def json(self) -> Any:
        """Read it."""
        return json.loads(self.body)

    @property
    def codes(self) -> set[str]:
        """The codes of its errors."""
        errors = self.json().get("errors", ())
        return {error["extensions"]["code"] for error in errors}


async def ask(app: Starlette, method: str, path: str, body: bytes = b"") -> Reply:
    """Send a request to an application, with nothing between."""
    sent: list[Message] = []
    received: Iterator[Message] = iter([{"type": "http.request", "body": body}])

    async def receive() -> Message:
        for message in received:
            return message
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, Any] = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"host", b"127.0.0.1")],
        "client": ("127.0.0.1", 1),
    }
    clock = asyncio.get_running_loop().time
    begun = clock()
    await app(scope, receive, send)
    whole = b"".join(message.get("body", b"") for message in sent)
    return Reply(sent[0]["status"], whole, clock() - begun)


async def query(app: Starlette, document: str, **variables: Any) -> Reply:
    """Ask a query."""
    asked = json.dumps({"query": document, "variables": variables})
    return await ask(app, "POST", "/graphql", asked.encode())


@asynccontextmanager
async def started(**settings: Any) -> AsyncGenerator[Starlette]:
    """Start an application that forgets each answer, unless its settings differ."""
    given: dict[str, Any] = {"answer_cache_bytes": 0, **settings}
    app = create_app(Settings(**given))
    async with app.router.lifespan_context(app):
        yield app


@dataclass
class Load:
    """Clients that ask again and again; each reply is compared when it comes.

    A reply is right if it has the bytes that ``known`` has for its task, or, while a
    part fails, if each of its errors is one of the store.
    """

    app: Starlette
    known: Mapping[int, bytes]
    right: int = 0
    failed: int = 0
    slowest: float = 0.0
    wrong: list[Reply] = field(default_factory=list[Reply])

    async def until(self, done: Callable[[], bool], seconds: float = 120.0) -> None:
        """Wait until something can be said of the load; fail after some seconds."""
        async with asyncio.timeout(seconds):
            while not done():  # noqa: ASYNC110 - it is of what many do
                await asyncio.sleep(0.01)

    @asynccontextmanager
    async def running(self, clients: int) -> AsyncGenerator[None]:
        """Have clients ask while the block runs, and then stop."""
        is_over = asyncio.Event()

        async def client() -> None:
            while not is_over.is_set():
                for task in self.known:
                    self._note(task, await query(self.app, TASK, id=task))
                    await asyncio.sleep(0.02)

        async with asyncio.TaskGroup() as group:
            for _ in range(clients):
                group.create_task(client())
            try:
                yield
            finally:
                is_over.set()

    def _note(self, task: int, reply: Reply) -> None:
        self.slowest = max(self.slowest, reply.seconds)
        if reply.body == self.known[task]:
            self.right += 1
        elif reply.codes == {"STORE"} and reply.status in {200, 503}:
            self.failed += 1
        else:
            self.wrong.append(reply)


async def known_answers(app: Starlette, *tasks: int) -> dict[int, bytes]:
    """Ask for some tasks while all is well."""
    replies = {task: await query(app, TASK, id=task) for task in tasks}
    assert {reply.status for reply in replies.values()} == {200}
    assert not any(reply.codes for reply in replies.values())
    return {task: reply.body for task, reply in replies.items()}
