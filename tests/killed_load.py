"""A process that loads a graph and is killed: python killed_load.py ADDRESS [USER].

It reads a kill point a line, ``touch NUMBER`` or ``after SECONDS``, and the ``shift``
of the graph to load, or ``retire``; forks a child that does so, kills that at the point
with signal 9, and says ``killed``, or ``loaded`` and the touches when the child came to
its end. A touch is a statement that is sent to a Neo4j (NEO4J_PASSWORD is the
password), or a file that is opened, renamed or removed in the folder of an embedded
store.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import neo4j

# A script has only its own folder to import from.
sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.odd_graph import narrow_graph

from workatlas.stores import neo4j_build, open_writer

ADDRESS, USER = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
FILE_EVENTS = {"open", "os.rename", "os.remove", "os.mkdir"}


class Countdown:
    """Counts touches of the store and kills this process at one of them."""

    def __init__(self, last: int) -> None:
        """Let all touches before the last one pass."""
        self.last, self.touches = last, 0

    def touch(self) -> None:
        """Count, and end everything when it is time."""
        self.touches += 1
        if self.touches == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch_files(self) -> None:
        """Count what is done to files in the store's folder."""

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            if event in FILE_EVENTS and str(arguments[0]).startswith(ADDRESS):
                self.touch()

        sys.addaudithook(hook)

    def watch_statements(self) -> None:
        """Count the statements that are sent to a server."""
        for kind, name in (
            (neo4j.Session, "run"),
            (neo4j.Session, "execute_write"),
            (neo4j.Transaction, "run"),
        ):
            setattr(kind, name, self._counted(getattr(kind, name)))

    def _counted(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            self.touch()
            return method(*arguments, **named)

        return counted


def load(shift: str) -> None:
    """Publish a graph, as a load does, or retire it."""
    neo4j_build.BATCH = 2
    writer = open_writer(ADDRESS, user=USER, password=os.environ.get("NEO4J_PASSWORD"))
    with writer.lock():
        changed = [] if shift == "retire" else [narrow_graph(int(shift))]
        removed = () if changed else ("onet-1.0",)
        writer.publish(changed, removed=removed, now="2026-01-02T03:04:05Z")


def child(kind: str, point: str, shift: str, told: int) -> None:
    """Load, be killed at the point if it is a touch, or tell the touches."""
    countdown = Countdown(int(point) if kind == "touch" else 0)
    countdown.watch_files()
    countdown.watch_statements()
    load(shift)
    os.write(told, str(countdown.touches).encode())
    os._exit(0)


def main() -> None:
    """Answer every line of standard input."""
    for line in sys.stdin:
        kind, point, shift = line.split()
        touches, told = os.pipe()
        pid = os.fork()
        if pid == 0:
            child(kind, point, shift, told)
        os.close(told)
        if kind == "after":
            time.sleep(float(point))
            os.kill(pid, signal.SIGKILL)
        # A child can be killed after its last word, before its end: one answer a line.
        killed = os.waitpid(pid, 0)[1] == signal.SIGKILL
        with os.fdopen(touches, encoding="utf-8") as pipe:
            said = pipe.read()
        print("killed" if killed else f"loaded {said}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
