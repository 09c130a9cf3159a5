"""The client: wrk on cores of its own, in a closed loop, a different body each time."""

import os
import subprocess
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from shutil import which
from typing import NamedTuple

import orjson
from processes import Processes

from workatlas.errors import UsageError

LUA = Path(__file__).parent / "load.lua"
FEW, PATIENT = 30, (4, 40)
"""A run with fewer requests than that is done again for so many times as long."""
IDLE = 0.1
"""Which share of a core a side may use when it counts as quiet."""


class Load(NamedTuple):
    """How a side is asked."""

    concurrency: int
    seconds: float
    warm_up: float
    cores: Sequence[int]
    """The cores of the client."""


class Measured(NamedTuple):
    """What was seen of a side under a load."""

    requests: int
    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_ms: dict[str, float]
    """CPU time a request, of each process of the side."""
    memory_mib: dict[str, float]
    bytes: float
    """Mean size of an answer."""
    load: float
    """Processes of the machine that ran or waited to, its load average."""


def find_wrk() -> str:
    """Find the client. Raises UsageError when it is not installed."""
    if found := which("wrk"):
        return found
    raise UsageError(
        "There is no wrk, which asks the servers.",
        where="PATH",
        todo="Install it; Debian, Ubuntu and Homebrew have a package of that name.",
    )


def write_bodies(path: Path, bodies: Iterable[bytes]) -> int:
    """Write requests, one a line; give how many."""
    lines = list(bodies)
    path.write_bytes(b"\n".join(lines) + b"\n")
    return len(lines)


def measure(port: int, bodies: Path, load: Load, side: Processes) -> Measured:
    """Ask a side for a while after a warm-up with other requests.

    Raises:
        RuntimeError: an answer was not 200, had errors, or did not come.

    """
    skip = int(_run(port, bodies, load, load.warm_up, 0)["requests"])
    before = side.cpu_seconds()
    done = _run(port, bodies, load, load.seconds, skip)
    for times in PATIENT:
        if done["requests"] < FEW:
            wait_for_quiet(side)
            before = side.cpu_seconds()
            done = _run(port, bodies, load, load.seconds * times, skip)
    spent = side.cpu_seconds()
    count = int(done["requests"])
    return Measured(
        count,
        count / done["seconds"],
        done["p50"],
        done["p99"],
        {name: (spent[name] - before[name]) * 1000 / count for name in spent},
        side.memory_mib(),
        done["bytes"] / count,
        os.getloadavg()[0],
    )


def wait_for_quiet(side: Processes) -> None:
    """Wait until a side has nothing left to do of what it was asked.

    Who asks goes away when the time is up; who answers may not notice.
    """
    while True:
        before = sum(side.cpu_seconds().values())
        time.sleep(1)
        if sum(side.cpu_seconds().values()) - before < IDLE:
            return


def _run(
    port: int, bodies: Path, load: Load, seconds: float, skip: int
) -> dict[str, float]:
    """Run wrk for whole seconds, which is all it knows."""
    told = {"BENCH_BODIES": str(bodies), "BENCH_SKIP": str(skip)}
    address = f"http://127.0.0.1:{port}/graphql"
    ran = subprocess.run(  # noqa: S603 - the words are all here
        [
            *("taskset", "-c", ",".join(map(str, load.cores)), find_wrk()),
            *("-t1", f"-c{load.concurrency}", f"-d{max(1, round(seconds))}s"),
            *("--timeout", "200s", "-s", str(LUA), address),
        ],
        env={**os.environ, **told},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = orjson.loads(ran.stdout.splitlines()[-1])
    if found["wrong"]:
        raise RuntimeError(f"{found['wrong']:.0f} answers were wrong: {ran.stderr}")
    return found
