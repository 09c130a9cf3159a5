"""A web server on this machine that does what a test wants, right or wrong."""

import threading
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Request(BaseHTTPRequestHandler):
    """Answers with what the test has put under the path; counts who asks."""

    @property
    def publisher(self) -> "Publisher":
        """The server, as what it is."""
        assert isinstance(self.server, Publisher)
        return self.server

    def do_GET(self) -> None:
        """Answer by the function of the path."""
        self.publisher.asked[self.path] += 1
        self.publisher.answers[self.path](self)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keep quiet."""

    def reply(self, content: bytes, status: int = 200, **headers: str) -> None:
        """Send a whole answer; a header's name is written with underscores."""
        self.send_response(status)
        for name, value in {"Content_Length": str(len(content)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)


class Publisher(ThreadingHTTPServer):
    """A server on this machine whose answers a test decides."""

    def __init__(self) -> None:
        """Take any free port."""
        super().__init__(("127.0.0.1", 0), Request)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.asked: Counter[str] = Counter()
        self.answers: dict[str, Callable[[Request], None]] = {}
        self.ended = threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep quiet when the client has gone away."""

    def put(self, path: str, answer: Callable[[Request], None] | bytes) -> str:
        """Give bytes, or an answer of any kind, an address."""
        given = answer
        if isinstance(given, bytes):
            self.answers[path] = lambda request: request.reply(given)
        else:
            self.answers[path] = given
        return self.url + path


@contextmanager
def running_publisher() -> Generator[Publisher]:
    """Run a server; answers that wait for its end are let go at the end."""
    with Publisher() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.ended.set()
            server.shutdown()
            thread.join()
