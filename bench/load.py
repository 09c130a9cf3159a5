"""From a zip of a full-scale invented release to a published graph.

    python bench/load.py                       # embedded
    python bench/load.py --store bolt://...    # Neo4j; WORKATLAS_NEO4J_USER, _PASSWORD

Prints a line a stage with seconds, and the peak memory of the process in MiB.
"""

import argparse
import os
import resource
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from workatlas.loaders.generate import generate
from workatlas.loaders.gpts_are_gpts import read_gpts_are_gpts
from workatlas.loaders.join import join_all
from workatlas.loaders.onet import read_release
from workatlas.loaders.source import open_source
from workatlas.stores import open_writer

NOW = "2026-01-01T00:00:00Z"


@contextmanager
def stage(name: str) -> Generator[None]:
    """Print how long a stage took, and the peak memory after it."""
    begun = time.perf_counter()
    yield
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    mebibytes = peak / (2**20 if sys.platform == "darwin" else 2**10)
    print(f"{name:28} {seconds:8.2f} s {mebibytes:8.0f} MiB")


def measure(folder: Path, store: str | None, occupations: int, tasks: int) -> None:
    """Load a release, then labels, into an empty store."""
    zipped, archive = folder / "release.zip", folder / "archive"
    # Written by a process of its own, whose memory does not count here.
    if os.fork() == 0:
        generate(zipped, occupations=occupations, tasks=tasks, seed=1)
        os._exit(0)
    os.wait()
    writer = open_writer(
        store or str(folder / "graph"),
        user=os.environ.get("WORKATLAS_NEO4J_USER"),
        password=os.environ.get("WORKATLAS_NEO4J_PASSWORD"),
    )
    with stage("release: zip to published"):
        with stage("  open"):
            source = open_source(str(zipped), archive=archive, now=NOW)
        with stage("  read and check"):
            release = read_release(source, "99.1")
        with stage("  write and publish"), writer.lock():
            writer.publish([release], now=NOW)
    labels = folder / "release-exposure.zip"
    with stage("labels: zip to published"):
        source = open_source(str(labels), archive=archive, now=NOW)
        study = read_gpts_are_gpts(source)
        with stage("  join"):
            joined = join_all(release, [study])
        with stage("  write and publish"), writer.lock():
            writer.publish([study, joined], now=NOW)
    with stage("read back"):
        writer.read(joined.id)
    writer.close()


def main() -> None:
    """Measure with the arguments of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store")
    parser.add_argument("--occupations", type=int, default=1016)
    parser.add_argument("--tasks", type=int, default=18800)
    given = parser.parse_args()
    with TemporaryDirectory(prefix="workatlas-bench-") as folder:
        measure(Path(folder), given.store, given.occupations, given.tasks)


if __name__ == "__main__":
    main()
