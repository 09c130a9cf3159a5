"""From a published graph of full scale to an export, and back to a graph.

    python bench/export.py                     # embedded
    python bench/export.py --store bolt://...  # Neo4j; WORKATLAS_NEO4J_USER, _PASSWORD

Fills the store with an invented release and its labels first, exports it in all
formats and in each, and imports each into an embedded store. Prints a line a stage with
seconds, those of the processor, and the peak memory of the process of its own that did
it, in MiB.
"""

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from workatlas.loaders.export import FORMATS, export_graph, import_graph
from workatlas.loaders.generate import generate
from workatlas.loaders.load import load
from workatlas.stores import Writer, open_writer

NOW = "2026-01-01T00:00:00Z"


def stage(name: str, work: Callable[..., None], *arguments: object) -> None:
    """Do something in a process of its own, whose memory is not that of others."""
    process = get_context("spawn").Process(target=timed, args=(name, work, *arguments))
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(f"{name} failed")


def timed(name: str, work: Callable[..., None], *arguments: object) -> None:
    """Do something, and print what it took."""
    begun, spent = time.perf_counter(), time.process_time()
    work(*arguments)
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    mebibytes = peak / (2**20 if sys.platform == "darwin" else 2**10)
    print(
        f"{name:16} {seconds:8.2f} s {time.process_time() - spent:8.2f} s of the "
        f"processor {mebibytes:8.0f} MiB"
    )


def opened(store: str) -> Writer:
    """Open a store with the credentials of the environment."""
    return open_writer(
        store,
        user=os.environ.get("WORKATLAS_NEO4J_USER"),
        password=os.environ.get("WORKATLAS_NEO4J_PASSWORD"),
    )


def fill(store: str, folder: Path, occupations: int, tasks: int) -> None:
    """Load an invented release with its labels."""
    release = folder / "release"
    generate(release, occupations=occupations, tasks=tasks)
    for source, origin in (
        ("onet@99.1", release),
        ("gpts-are-gpts", release / "exposure"),
    ):
        archive = folder / "archive"
        load(opened(store), source, archive=archive, now=NOW, origin=str(origin))


def take(store: str, out: Path, formats: list[str]) -> None:
    """Export in some formats, and print how large that is."""
    export_graph(opened(store), out, formats=formats)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    print(f"{size / 2**20:.1f} MiB of files:")


def give(store: str, folder: Path) -> None:
    """Import an export."""
    import_graph(opened(store), folder, now=NOW)


def measure(folder: Path, store: str, occupations: int, tasks: int) -> None:
    """Do all of it."""
    stage("fill the store", fill, store, folder, occupations, tasks)
    stage("export all", take, store, folder / "all", [*FORMATS])
    for name in FORMATS:
        stage(f"export {name}", take, store, folder / name, [name])
    for name in FORMATS:
        stage(f"import {name}", give, str(folder / f"graph-{name}"), folder / name)


def main() -> None:
    """Measure with the arguments of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store")
    for size, usual in (("--occupations", 1016), ("--tasks", 18800)):
        parser.add_argument(size, type=int, default=usual)
    given = parser.parse_args()
    with TemporaryDirectory(prefix="workatlas-bench-") as name:
        folder = Path(name)
        store = given.store or str(folder / "graph")
        measure(folder, store, given.occupations, given.tasks)


if __name__ == "__main__":
    main()
