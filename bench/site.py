"""Open pages of a full-scale invented release over HTTP, each kind in a new server.

    python bench/site.py

Prints for each kind of page, in ms: the first one after the start, the median of others
that are made, and the median of the same ones again, which are kept; then bytes as they
are and as they are sent, compressed. Last, how long a server takes to start.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

TEXTS = """{ release { occupations { code
  tasks { taskId statement workActivities { elementId } } } } }"""
BROWSER = {"Accept": "text/html", "Accept-Encoding": "gzip"}


def workatlas(store: Path, *arguments: str | Path) -> None:
    """Run a command over the store."""
    command = [sys.executable, "-m", "workatlas", *arguments]
    subprocess.run(  # noqa: S603 - the command is our own
        command, env=environment(store), stdout=subprocess.PIPE, check=True
    )


def environment(store: Path) -> dict[str, str]:
    """Give what a process has to know."""
    return {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "WORKATLAS_ARCHIVE": str(store.parent / "archive"),
        # All occupations are asked for at once, to choose pages from.
        "WORKATLAS_LIMIT_COST": "1000000",
        "WORKATLAS_LOG_LEVEL": "warning",
        "WORKATLAS_STORE": str(store),
    }


@contextmanager
def served(store: Path, started: list[float]) -> Generator[httpx.Client]:
    """Give a client of a new server that is ready."""
    command = [sys.executable, "-m", "workatlas", "serve", "--port", "0"]
    begun = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - the command is our own
        command, env=environment(store), stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().split()[-1].removesuffix("/graphql")
            with httpx.Client(base_url=address, headers=BROWSER, timeout=60) as client:
                client.get("/readyz").raise_for_status()
                started.append(time.perf_counter() - begun)
                yield client
        finally:
            process.terminate()


def addresses(client: httpx.Client, count: int) -> dict[str, list[str]]:
    """Give pages of each kind, spread over the release."""
    reply = client.post(
        "/graphql", json={"query": TEXTS}, headers={"Accept": "application/json"}
    ).raise_for_status()
    occupations = reply.json()["data"]["release"]["occupations"]
    tasks = [task for one in occupations for task in one["tasks"]]
    found = {each["elementId"] for task in tasks for each in task["workActivities"]}
    words = {task["statement"].split()[0] for task in tasks}
    kinds = {
        "task": [str(task["taskId"]) for task in tasks],
        "occupation": [one["code"] for one in occupations],
        "activity": sorted(found),
        "search?q=": sorted(words),
    }
    return {
        kind: [
            f"/{kind}{name}" if "?" in kind else f"/{kind}/{name}"
            for name in names[:: max(1, len(names) // count)][:count]
        ]
        for kind, names in kinds.items()
    }


def opened(client: httpx.Client, places: Sequence[str]) -> list[tuple[float, int, int]]:
    """Give the milliseconds of each page, its bytes, and those that were sent."""
    found: list[tuple[float, int, int]] = []
    for place in places:
        begun = time.perf_counter()
        reply = client.get(place).raise_for_status()
        spent = (time.perf_counter() - begun) * 1000
        found.append((spent, len(reply.content), reply.num_bytes_downloaded))
    return found


def measure(store: Path, count: int) -> None:
    """Open pages and print what they take."""
    started: list[float] = []
    with served(store, started) as client:
        kinds = addresses(client, count)
    print(f"{'':10} {'first':>8} {'made':>8} {'kept':>8} {'bytes':>8} {'sent':>8}")
    for kind, places in kinds.items():
        with served(store, started) as client:
            made, kept = opened(client, places), opened(client, places)
        others = [one[0] for one in made[1:] or made]
        sizes = [statistics.median(one[place] for one in made) for place in (1, 2)]
        print(
            f"{kind.removesuffix('?q='):10} {made[0][0]:8.1f} "
            f"{statistics.median(others):8.1f} "
            f"{statistics.median(one[0] for one in kept):8.1f} "
            f"{sizes[0]:8.0f} {sizes[1]:8.0f}"
        )
    print(f"started in {statistics.median(started):.2f} s")


def main() -> None:
    """Measure with the arguments of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--occupations", default="1016")
    parser.add_argument("--tasks", default="18800")
    parser.add_argument("--pages", type=int, default=50)
    given = parser.parse_args()
    with TemporaryDirectory(prefix="workatlas-bench-") as folder:
        store, out = Path(folder) / "graph", Path(folder) / "release"
        size = ("--occupations", given.occupations, "--tasks", given.tasks)
        workatlas(store, "generate", *size, out)
        workatlas(store, "load", "onet@99.1", "--from", out)
        workatlas(store, "load", "gpts-are-gpts", "--from", out / "exposure")
        measure(store, given.pages)


if __name__ == "__main__":
    main()
