"""From zips of a full-scale invented release and its studies to published graphs.

    python bench/load.py                       # embedded
    python bench/load.py --store bolt://...    # Neo4j; WORKATLAS_NEO4J_USER, _PASSWORD

Prints a line a stage with seconds, seconds of the processor, and the peak memory of
the process in MiB. Each study is loaded by a command of its own, its start included,
and joined to the release beside those before it; then the first is loaded once more.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from workatlas.loaders.generate import FOLDERS, generate
from workatlas.loaders.onet import read_release
from workatlas.loaders.source import open_source
from workatlas.stores import open_writer

NOW = "2026-01-01T00:00:00Z"


@contextmanager
def stage(name: str) -> Generator[None]:
    """Print how long a stage of this process took, and the peak memory after it."""
    begun, worked = time.perf_counter(), time.process_time()
    yield
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tell(name, time.perf_counter() - begun, time.process_time() - worked, peak)


def tell(name: str, seconds: float, own: float, peak: int) -> None:
    """Print a line."""
    mebibytes = peak / (2**20 if sys.platform == "darwin" else 2**10)
    print(f"{name:28} {seconds:8.2f} s {own:8.2f} s {mebibytes:8.0f} MiB", flush=True)


def by_command(
    source: str, origin: Path, store: str, archive: Path
) -> tuple[float, float, float]:
    """Load a source by the command; give seconds, own seconds and peak memory."""
    begun = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  # ours
        [sys.executable, "-m", "workatlas", "load", source, "--from", origin],
        env={**os.environ, "WORKATLAS_STORE": store, "WORKATLAS_ARCHIVE": str(archive)},
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(process.returncode)
    own = used.ru_utime + used.ru_stime
    return time.perf_counter() - begun, own, used.ru_maxrss


def measure(folder: Path, store: str | None, occupations: int, tasks: int) -> None:
    """Load a release, then its studies, into an empty store."""
    zipped, archive = folder / "release.zip", folder / "archive"
    # Written by a process of its own, whose memory does not count here.
    if os.fork() == 0:
        generate(zipped, occupations=occupations, tasks=tasks, seed=1)
        os._exit(0)
    os.wait()
    address = store or str(folder / "graph")
    writer = open_writer(
        address,
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
    for study in (*FOLDERS, next(iter(FOLDERS))):
        zipped = folder / f"release-{FOLDERS[study]}.zip"
        tell(study, *by_command(study, zipped, address, archive))
    with stage("read back"):
        writer.read(release.id)
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
