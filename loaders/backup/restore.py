"""The path of a restoration: all is checked, then archived, then published."""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from workatlas.errors import DataError, SourceError
from workatlas.stores import Writer

from ..archive import Staged, keep, staging, writing
from ..export import import_graph
from ..export.manifest import MANIFEST
from ..export.sums import SUMS, check_sums
from ..report import LoadReport
from .times import ARCHIVE, BACKUP, GRAPH, read_times

_ENTRY = re.compile(rf"{ARCHIVE}/([0-9a-f]{{64}})/([^/]+)")


def restore(writer: Writer, archive: Path, folder: Path, *, now: str) -> LoadReport:
    """Publish what a backup holds, as it was, with its files in the archive.

    The graph has the version and the dates of the one that was backed up, so answers
    are the same, in a store of either kind. What is damaged is refused before anything
    is changed.

    Args:
        writer: the store; what it holds already must be in the backup too.
        archive: the folder of source files, which is made if it is not there.
        folder: what ``backup`` wrote.
        now: the time, ISO 8601 in UTC.

    Raises:
        SourceError: the folder is no backup, or the archive cannot be written.
        DataError: it was damaged or changed; says in which file.
        UsageError: the store holds what the backup does not, or something real that
            would be replaced by something invented.
        BusyError: a load is running.
        StoreError: the store is away, damaged or full.

    """
    if not all((folder / name).is_file() for name in (BACKUP, SUMS)):
        raise SourceError(
            f"This is no backup: {BACKUP} and {SUMS} are not both in it.",
            where=str(folder),
            todo="Give the folder that `workatlas backup` wrote.",
        )
    needed = [BACKUP, *(f"{GRAPH}/{name}" for name in (MANIFEST, SUMS))]
    listed = check_sums(folder, needed)
    built_at = read_times(folder)
    entries = list(_entries(listed))
    with staging(archive) as aside:
        for number, (path, sha256) in enumerate(entries):
            keep(archive, _staged(folder / path, sha256, aside / str(number)))
    return import_graph(writer, folder / GRAPH, now=now, built_at=built_at)


def _entries(listed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give path and checksum of each archived file, whose folder is named by it.

    Raises:
        DataError: a file lies in a folder of another name; nothing would find it.

    """
    for path, sha256 in listed.items():
        found = _ENTRY.fullmatch(path)
        if found is None:
            continue
        if found[1] != sha256:
            raise DataError(
                "It lies in a folder that is not named by its checksum.",
                file=path,
                todo="Copy the backup again, or use another one.",
            )
        yield path, sha256


def _staged(path: Path, sha256: str, aside: Path) -> Staged:
    """Copy a file into a new folder of its own."""
    with writing(aside):
        aside.mkdir()
        copy = aside / path.name
        with path.open("rb") as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target)
            target.flush()
            os.fsync(target.fileno())
    return Staged(copy, sha256, copy.stat().st_size)
