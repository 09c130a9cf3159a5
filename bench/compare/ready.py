"""The limit of a Python server: one answer, ready as bytes, from a raw ASGI app.

READY_BODY=answer.json uvicorn --factory --app-dir bench/compare ready:app
"""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


def app() -> Callable[[dict[str, Any], Receive, Send], Awaitable[None]]:
    """Serve the file that READY_BODY names, whatever is asked."""
    body = Path(os.environ["READY_BODY"]).read_bytes()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    start = {"type": "http.response.start", "status": 200, "headers": headers}
    rest = {"type": "http.response.body", "body": body}

    async def answer(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await receive()
            await send(start)
            await send(rest)

    return answer
