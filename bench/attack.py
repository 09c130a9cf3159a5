"""Attack a server of its own, and see how somebody else's query fares beside it.

    python bench/attack.py                          # an invented release of full scale
    python bench/attack.py --store FOLDER           # or what is published there
    python bench/attack.py --only cycle --seconds 10

Each body of an attack is sent alone first, then all again and again for some seconds.
Prints for each attack: how many requests had which status; the slowest refusal of one
that was sent alone, and the slowest of those that were answered, in ms; the slowest
healthy query while the attack went on and right after it, in ms; and by how many MiB
the server's memory is larger than after the warm-up. A line ends with ``!`` and what
was missed. The command fails if a request got no reply, or one with status 500.
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from hostile import Attack, Places, attacks, body, heavy
from load import by_command

from workatlas.loaders.generate import generate, generate_next

DURING, AFTER, REFUSAL, GROWTH = 250.0, 100.0, 50.0, 50.0
"""What is to be held: ms of a healthy query, ms of a refusal, MiB of memory."""
RELEASES = "{ releases { id } }"
TASKS = """query($after: String) { taskConnection(first: 100, after: $after) {
  pageInfo { endCursor } nodes { taskId occupation { code } } } }"""
PAGES = 50
"""How many pages of tasks are read, to know what can be asked for."""
HEALTHY = """query($id: Int!) { task(taskId: $id) { statement
  occupation { code title } workActivities { title } } }"""
PAGE, JSON = {"Accept": "text/html"}, {"Content-Type": "application/json"}
OPENING = 20
"""How often a server that has just started is asked until it has opened its files."""
WAIT = 60.0
"""Seconds until a request counts as lost."""
LOST, DEFECT = 0, 500
"""The status of a request that got no reply, and of one that found a defect."""


class Reply(NamedTuple):
    """How a request went: status, whether data came, and how long it took in ms."""

    status: int
    has_data: bool
    ms: float


class Client:
    """A connection that is opened anew when the server closes it."""

    def __init__(self, address: str) -> None:
        """Speak to the server at the address."""
        self._place = urlsplit(address)
        self._wire: http.client.HTTPConnection | None = None
        self.body = b""

    def send(self, body: bytes | None, path: str = "/graphql") -> Reply:
        """Post a body, or get a page without one; give how it went."""
        was_open = self._wire is not None
        begun = time.perf_counter()
        status = self._sent(body, path)
        if (
            status == LOST and was_open
        ):  # closed by the server, as nothing came for long
            begun = time.perf_counter()
            status = self._sent(body, path)
        spent = (time.perf_counter() - begun) * 1000
        return Reply(status, self.body.startswith(b'{"data":{'), spent)

    def _sent(self, body: bytes | None, path: str) -> int:
        try:
            if self._wire is None:
                host, port = self._place.hostname, self._place.port
                self._wire = http.client.HTTPConnection(host or "", port, timeout=WAIT)
            method, headers = ("GET", PAGE) if body is None else ("POST", JSON)
            self._wire.request(method, path, body, headers)
            reply = self._wire.getresponse()
            self.body = reply.read()
        except (OSError, http.client.HTTPException):
            self._wire, self.body = None, b""
            return LOST
        return reply.status


@dataclass
class Found:
    """What an attack did, and what a healthy client saw of it."""

    statuses: Counter[int] = field(default_factory=Counter[int])
    refused: float = 0.0
    answered: float = 0.0
    during: float = 0.0
    after: float = 0.0
    growth: float = 0.0

    def note(self, replies: Sequence[Reply]) -> None:
        """Note replies to bodies that were sent alone."""
        self.statuses.update(reply.status for reply in replies)
        took = {True: [0.0], False: [0.0]}
        for reply in replies:
            took[reply.has_data].append(reply.ms)
        self.refused, self.answered = max(took[False]), max(took[True])

    @property
    def failed(self) -> int:
        """How many requests got no reply, or found a defect."""
        return self.statuses[LOST] + self.statuses[DEFECT]

    @property
    def missed(self) -> list[str]:
        """What was to be held and was not."""
        held = {
            f"{self.failed} failed": not self.failed,
            "refusal": self.refused <= REFUSAL,
            "during": self.during <= DURING,
            "after": self.after <= AFTER,
            "memory": self.growth <= GROWTH,
        }
        return [name for name, is_held in held.items() if not is_held]


class Target:
    """The server that is attacked."""

    def __init__(self, address: str, process: "subprocess.Popen[str]") -> None:
        """Watch a server's process."""
        self.address = address
        self.process = process
        self._healthy = Client(address)
        self._tasks: Iterator[int] = iter(())
        self._calm = 0.0

    def resident(self) -> float:
        """Give the memory of the process, in MiB."""
        text = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii")
        return int(text.split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20

    def places(self) -> Places:
        """Ask what can be asked for."""
        releases = [each["id"] for each in self._data(RELEASES)["releases"]]
        tasks: dict[int, str] = {}
        after: str | None = None
        for _ in range(PAGES):
            page = self._data(TASKS, after=after)["taskConnection"]
            after = page["pageInfo"]["endCursor"]
            for node in page["nodes"]:
                tasks[node["taskId"]] = node["occupation"]["code"]
        self._tasks = cycle(tasks)
        return Places(releases, [*tasks], sorted({*tasks.values()}))

    def _data(self, document: str, **variables: Any) -> Any:
        # A server that has just started opens its files first.
        assert any(
            self._healthy.send(body(document, **variables)).has_data for _ in "123"
        )
        return json.loads(self._healthy.body)["data"]

    def warm(self, places: Places) -> None:
        """Ask for each heavy thing once: what is kept for it is no leak."""
        for name, documents in heavy(places).items():
            for each in documents:
                reply = self._healthy.send(body(each))
                if not reply.has_data:
                    print(f"  {name}: {reply.status} {self._healthy.body[:200]!r}")
        for _ in range(100):
            self.probe()
        self._calm = self.resident()

    def probe(self) -> float:
        """Ask a healthy query that was not asked before; give its ms."""
        reply = self._healthy.send(body(HEALTHY, id=next(self._tasks)))
        if reply.has_data:
            return reply.ms
        print(f"  healthy: {reply.status} {self._healthy.body[:200]!r}")
        return WAIT * 1000

    def watch(self, work: "Future[list[Reply]]", found: Found) -> list[Reply]:
        """Be a healthy client while an attack goes on, and right after."""
        while not work.done():
            found.during = max(found.during, self.probe())
            found.growth = max(found.growth, self.resident() - self._calm)
            time.sleep(0.01)
        found.after = max(self.probe() for _ in range(10))
        return work.result()


def alone(address: str, bodies: Sequence[bytes]) -> list[Reply]:
    """Send each body once, one after the other."""
    client = Client(address)
    return [client.send(body) for body in bodies]


def crowd(
    address: str, bodies: Sequence[bytes], at_once: int, seconds: float
) -> list[Reply]:
    """Send bodies for some seconds, so many of them at once."""
    left = cycle(bodies)
    end = time.monotonic() + seconds

    def one(_: int) -> list[Reply]:
        client, replies = Client(address), list[Reply]()
        while time.monotonic() < end:
            replies.append(client.send(next(left)))
        return replies

    with ThreadPoolExecutor(at_once) as pool:
        return [reply for some in pool.map(one, range(at_once)) for reply in some]


def run(target: Target, attack: Attack, seconds: float) -> Found:
    """Attack, from a process of its own, and watch."""
    found = Found()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        pool.submit(int).result()  # started before anything is measured
        few = attack.bodies[:20]
        found.note(target.watch(pool.submit(alone, target.address, few), found))
        asked = target.address, attack.bodies, attack.at_once, seconds
        replies = target.watch(pool.submit(crowd, *asked), found)
    found.statuses.update(reply.status for reply in replies)
    return found


def tell(name: str, found: Found) -> None:
    """Print a line."""
    statuses = " ".join(f"{n}x{code}" for code, n in sorted(found.statuses.items()))
    figures = (found.refused, found.answered, found.during, found.after, found.growth)
    line = " ".join(f"{each:8.0f}" for each in figures)
    missed = f"  ! {', '.join(found.missed)}" if found.missed else ""
    print(f"{name:26} {line}  {statuses}{missed}", flush=True)


@contextmanager
def served(store: str, log: Path) -> Generator[Target]:
    """Start a server as it is by default."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "WORKATLAS_STORE": store}
    command = [sys.executable, "-m", "workatlas", "serve", "--port", "0"]
    with (
        log.open("w") as lines,
        subprocess.Popen(  # noqa: S603 - the command is our own
            command, env=environment, stdout=subprocess.PIPE, stderr=lines, text=True
        ) as process,
    ):
        try:
            assert process.stdout is not None
            address = process.stdout.readline().split()[-1].removesuffix("/graphql")
            yield Target(address, process)
        finally:
            process.terminate()


def fill(folder: Path, occupations: int, tasks: int) -> str:
    """Load an invented release, the edition after it, and labels."""
    store, archive = str(folder / "graph"), folder / "archive"
    first, second = folder / "first", folder / "second"
    generate(first, occupations=occupations, tasks=tasks, seed=1)
    generate_next(second, after=first)
    for source, origin in (
        ("onet@51.0", first),
        ("onet@52.0", second),
        ("gpts-are-gpts", first / "exposure"),
    ):
        by_command(source, origin, store, archive)
    return store


def parser_of(description: str | None) -> argparse.ArgumentParser:
    """Read which store a server is to have, and where its log goes."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--store", help="a store that is filled; else one is, for now")
    parser.add_argument("--occupations", type=int, default=1016)
    parser.add_argument("--tasks", type=int, default=18800)
    parser.add_argument("--log", type=Path, help="a file for the server's log")
    return parser


@contextmanager
def filled(given: argparse.Namespace) -> Generator[tuple[str, Path]]:
    """Give the store that is named, or fill one; and the place of the log."""
    with TemporaryDirectory(prefix="workatlas-bench-") as name:
        folder = Path(name)
        store = given.store or fill(folder, given.occupations, given.tasks)
        yield store, given.log or folder / "log"


def attack_all(store: str, given: argparse.Namespace, log: Path) -> int:
    """Run the attacks, or some; give how many requests failed."""
    failed = 0
    with served(store, log) as target:
        places = target.places()
        target.warm(places)
        print(f"warm: {target.resident():.0f} MiB")
        print(f"{'':26}  refused answered   during    after   growth  statuses")
        for attack in attacks(places, given.most):
            if given.only in attack.name:
                found = run(target, attack, given.seconds)
                tell(attack.name, found)
                failed += found.failed
    return failed


def main() -> int:
    """Fill a store if none is given, attack, and give the exit status."""
    parser = parser_of(__doc__)
    parser.add_argument("--only", default="", help="attacks whose names hold this")
    parser.add_argument("--seconds", type=float, default=5.0, help="of each attack")
    parser.add_argument("--most", type=int, default=20_000, help="different requests")
    given = parser.parse_args()
    with filled(given) as (store, log):
        return bool(attack_all(store, given, log))


if __name__ == "__main__":
    sys.exit(main())
