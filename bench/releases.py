"""Fill a graph with full-scale releases, and see what does not stay as it was.

    python bench/releases.py                       # embedded
    python bench/releases.py --store bolt://...    # an empty Neo4j

WORKATLAS_NEO4J_USER and WORKATLAS_NEO4J_PASSWORD open the latter. The releases are an
invented one and the editions after it. Each is loaded by a command of its own: prints
its seconds, seconds of the processor, peak memory in MiB, and how much the store grew.
Then a process answers pages about tasks, with one release and with all of them: prints
median and 99th percentile of a page in ms by the clock, the same of the processor, and
the memory of that process. Another one compares the two newest releases: the counts,
asked for the first time and again, and a page of tasks whose figures changed. A last
one searches every release, which takes most memory.
"""

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from engine import PAGE, WARM_UP
from load import by_command, tell

from workatlas.loaders.generate import generate, generate_next
from workatlas.resolvers import Service
from workatlas.server.settings import load_settings
from workatlas.stores import GraphKind, Reader, open_reader

IN_RELEASE = PAGE.replace("($taskId: Int!", "($release: String!, $taskId: Int!", 1)
IN_RELEASE = IN_RELEASE.replace("task(taskId: ", "task(release: $release, taskId: ", 1)
TASKS = """query($release: String!) {
  release(id: $release) { occupations { tasks { taskId } } } }"""
SEARCH = """query($release: String!) {
  search(query: "plan", release: $release, first: 10) { text } }"""
COUNTS = """query($from: String!, $to: String!) {
  compareReleases(from: $from, to: $to) { counts {
    added removed reworded moved typeChanged reRated linksGained labelsOutdated } } }"""
CHANGED = """query($from: String!, $to: String!) {
  compareReleases(from: $from, to: $to) { changes(change: RE_RATED, first: 20) {
    nodes { ... on ChangedTask { taskId after { statement }
      figures { before { value } after { value } boundsOverlap } } } } } }"""
_Made = TypeVar("_Made")


def apart(work: Callable[[], _Made]) -> _Made:
    """Do something in a process of its own, whose memory counts for nothing else."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work).result()


def resident() -> float:
    """Give the memory of this process, in MiB."""
    text = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    found = dict(line.split()[:2] for line in text.splitlines()[1:])
    return int(found["Rss:"]) / 2**10


def size(folder: Path | None) -> float:
    """Give how much a folder holds, in MiB."""
    if folder is None:
        return 0.0
    return sum(each.stat().st_size for each in folder.rglob("*")) / 2**20


def write(out: Path, before: Path | None, given: argparse.Namespace) -> None:
    """Write an edition of the release."""
    if before is None:
        generate(out, occupations=given.occupations, tasks=given.tasks, seed=1)
    else:
        generate_next(out, after=before)


def opened(store: str) -> Reader:
    """Open a store as a server does by default, with time for a busy machine."""
    settings = load_settings(store=store)
    return open_reader(
        store,
        user=settings.neo4j_user,
        password=settings.password(),
        timeout=60.0,
        open_bytes=settings.open_graph_bytes,
    )


async def ask(service: Service, document: str, **variables: Any) -> Any:
    """Ask, and refuse an answer with errors."""
    answer = await service.answer(document, variables)
    size = len(answer.body)
    assert size > 0
    assert not answer.result.errors, answer.result.errors
    return answer


async def chosen(service: Service, releases: Sequence[str], count: int) -> list[int]:
    """Choose tasks that every one of these releases has."""
    common: set[int] | None = None
    for release in releases:
        data = (await ask(service, TASKS, release=release)).as_dict()["data"]
        found = data["release"]["occupations"]
        own = {task["taskId"] for each in found for task in each["tasks"]}
        common = own if common is None else common & own
    assert common
    choice = random.Random(1)  # noqa: S311 - the same ones in every run
    return choice.choices(sorted(common), k=count + WARM_UP)


async def pages(service: Service, some: Sequence[str], tasks: Sequence[int]) -> str:
    """Ask for pages about tasks in each of some releases in turn."""
    wall: list[float] = []
    own: list[float] = []
    for number, task in enumerate(tasks):
        begun, worked = time.perf_counter(), time.process_time()
        release = some[number % len(some)]
        asked = {"taskId": task, "accessed": "2026-01-01"}
        await ask(service, IN_RELEASE, release=release, **asked)
        own.append(time.process_time() - worked)
        wall.append(time.perf_counter() - begun)
    return "   ".join(_spread(each[WARM_UP:]) for each in (wall, own))


def _spread(seconds: list[float]) -> str:
    in_order = sorted(1000 * each for each in seconds)
    late = in_order[int(len(in_order) * 0.99)]
    return f"{statistics.median(in_order):8.2f} {late:8.2f}"


async def measure(store: str, count: int) -> list[str]:
    """Answer pages, of the newest release, of a few, and of all there are."""
    reader = opened(store)
    service = Service(reader)
    releases = [each.id for each in (await reader.snapshot()).of(GraphKind.RELEASE)]
    lines: list[str] = []
    for number in sorted({1, min(4, len(releases)), len(releases)}):
        some = releases[:number]
        tasks = await chosen(service, some, count)
        found = await pages(service, some, tasks)
        name = f"pages of {number} of {len(releases)}"
        lines.append(f"{name:18} {found} {resident():8.0f} MiB")
    await reader.close()
    return lines


async def compare(store: str) -> list[str]:
    """Compare the two newest releases, whose files are open already."""
    reader = opened(store)
    service = Service(reader)
    releases = [each.id for each in (await reader.snapshot()).of(GraphKind.RELEASE)]
    for release in releases[:2]:
        await ask(service, TASKS, release=release)
    sides = {"from": releases[1], "to": releases[0]}
    lines: list[str] = []
    for name, document in (
        ("counts for the first time", COUNTS),
        ("counts again", COUNTS),
        ("20 re-rated, first time", CHANGED),
        ("20 re-rated again", CHANGED),
    ):
        begun, worked = time.perf_counter(), time.process_time()
        await ask(service, document, **sides)
        own, wall = time.process_time() - worked, time.perf_counter() - begun
        lines.append(f"{name:28} {1000 * wall:8.1f} ms {1000 * own:8.1f} ms")
    await reader.close()
    return lines


async def fill(store: str) -> list[str]:
    """Search every release, and tell the memory that is taken as their number grows."""
    reader = opened(store)
    service = Service(reader)
    releases = [each.id for each in (await reader.snapshot()).of(GraphKind.RELEASE)]
    lines = [f"{'nothing read yet':28} {resident():8.0f} MiB"]
    for number, release in enumerate(releases, 1):
        begun = time.perf_counter()
        await ask(service, SEARCH, release=release)
        spent = time.perf_counter() - begun
        name = f"{number} searched"
        lines.append(f"{name:28} {resident():8.0f} MiB {spent:8.2f} s")
    begun = time.perf_counter()
    await ask(service, "{ releases { id published files { name } } }")
    spent = time.perf_counter() - begun
    lines.append(f"{'all listed':28} {resident():8.0f} MiB {spent:8.2f} s")
    await reader.close()
    return lines


def editions(folder: Path, given: argparse.Namespace) -> Iterator[Path]:
    """Write an edition after the other."""
    before: Path | None = None
    for number in range(given.releases):
        out = folder / f"edition-{number}"
        apart(partial(write, out, before, given))
        yield out
        before = out


def run(given: argparse.Namespace, folder: Path) -> None:
    """Load an edition after the other into an empty store, and measure."""
    store = given.store or str(folder / "graph")
    disk = given.disk or (None if given.store else folder / "graph" / "graphs")
    before = 0.0
    for number, out in enumerate(editions(folder, given), 1):
        name = f"onet@{50 + number}.0"
        tell(name, *by_command(name, out, store, folder / "archive"))
        now = size(disk)
        print(f"{'':28} {now - before:8.1f} MiB more", flush=True)
        before = now
        if number in {1, given.releases}:
            show(apart(partial(_measured, store, given.count)))
    show(apart(partial(_compared, store)))
    show(apart(partial(_filled, store)))


def show(lines: Sequence[str]) -> None:
    """Print lines at once."""
    print("\n".join(lines), flush=True)


def _measured(store: str, count: int) -> list[str]:
    return asyncio.run(measure(store, count))


def _compared(store: str) -> list[str]:
    return asyncio.run(compare(store))


def _filled(store: str) -> list[str]:
    return asyncio.run(fill(store))


def main() -> None:
    """Measure with the arguments of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", help="an empty Neo4j; else a folder for now")
    parser.add_argument("--disk", type=Path, help="the folder of that Neo4j's data")
    parser.add_argument("--releases", type=int, default=30)
    parser.add_argument("--occupations", type=int, default=1016)
    parser.add_argument("--tasks", type=int, default=18800)
    parser.add_argument("--count", type=int, default=1000, help="how many pages")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="workatlas-bench-") as folder:
        run(given, Path(folder))


if __name__ == "__main__":
    main()
