"""A disk that is full: whatever cannot be written, what is published stays whole."""

import signal
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from workatlas.errors import (
    SourceError,
    StoreError,
    UsageError,
    WorkAtlasError,
)
from workatlas.loaders.export.write import export_graph
from workatlas.loaders.generate import generate, generate_next
from workatlas.loaders.load import load
from workatlas.stores import Writer, open_writer

if sys.platform == "win32":
    pytest.skip("needs limits of what a process may write", allow_module_level=True)

import resource

NOW = "2026-01-02T03:04:05Z"
STEP = 3
"""Each disk has so many times the room of the one before."""


@contextmanager
def room_for(size: int) -> Generator[None]:
    """Let no file grow larger than ``size`` bytes: the system refuses to write more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Write an invented release, and the edition after it."""
    first, second = tmp_path / "first", tmp_path / "second"
    generate(first, occupations=4, tasks=40, seed=1)
    generate_next(second, after=first)
    return first, second


def sizes_until(work: Callable[[], object]) -> list[WorkAtlasError]:
    """Do work with more and more room until it ends; give what it failed with."""
    failed: list[WorkAtlasError] = []
    size = 1
    while True:
        try:
            with room_for(size):
                work()
        except (SourceError, StoreError, UsageError) as error:
            failed.append(error)
        else:
            return failed
        size *= STEP


def assert_archived(archive: Path) -> None:
    """Expect that each file that was kept has the bytes that it is known by."""
    for path in archive.glob("*/*"):
        if not path.parent.name.startswith("."):
            assert sha256(path.read_bytes()).hexdigest() == path.parent.name, path


def test_a_load_onto_a_full_disk(tmp_path: Path, files: tuple[Path, Path]) -> None:
    """Whatever has no room, the graph before stays, and the load ends once there is."""
    archive = tmp_path / "archive"
    writer: Writer = open_writer(str(tmp_path / "graph"))
    first, second = map(str, files)
    load(writer, "onet@1.1", archive=archive, now=NOW, origin=first)
    before, whole = writer.snapshot(), writer.read("onet-1.1")

    def attempt() -> None:
        assert writer.snapshot() == before
        assert writer.read("onet-1.1").fingerprint == whole.fingerprint
        assert_archived(archive)
        load(writer, "onet@1.2", archive=archive, now=NOW, origin=second)

    failed = sizes_until(attempt)
    assert {type(error) for error in failed} == {SourceError, StoreError}
    assert all(error.todo for error in failed)
    assert set(writer.snapshot().graphs) == {"onet-1.1", "onet-1.2"}
    left = {path.suffix for path in (tmp_path / "graph" / "graphs").iterdir()}
    assert left == {".kgl", ".tables"}


def test_an_export_onto_a_full_disk(tmp_path: Path, files: tuple[Path, Path]) -> None:
    """No half of an export is left, and the next one is whole."""
    writer: Writer = open_writer(str(tmp_path / "graph"))
    archive, first = tmp_path / "archive", str(files[0])
    load(writer, "onet@1.1", archive=archive, now=NOW, origin=first)

    def attempt() -> None:
        assert not (tmp_path / "out").exists()
        export_graph(writer, tmp_path / "out")

    failed = sizes_until(attempt)
    assert {type(error) for error in failed} == {UsageError}
    assert (tmp_path / "out").is_dir()
