"""Open a source of data: a folder, a zip, a file, or the web address of one."""

import os
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from workatlas.errors import SourceError, UsageError
from workatlas.stores.checksum import file_sha256

from .archive import (
    Piece,
    file_chunks,
    keep,
    reading,
    refuse_page,
    stage,
    staging,
)
from .download import Progress, download, parse_address, public, silent
from .limits import DEFAULT, Budget, Limits
from .unzip import is_unsafe, is_zip, zip_pieces

_HEAD = 512


@dataclass(frozen=True)
class SourcedFile:
    """One file of a source, as it lies in the archive.

    ``name`` is the bare name as published, ``url`` the publisher's address if known
    (of a member of a zip: the zip's, ``#``, the path inside), ``sha256`` hexadecimal,
    ``bytes`` the size, ``retrieved`` ISO 8601 in UTC.
    """

    name: str
    path: Path
    url: str | None
    sha256: str
    bytes: int
    retrieved: str


@dataclass(frozen=True)
class Source:
    """All files of a source by bare name; ``location`` is what was opened."""

    location: str
    files: Mapping[str, SourcedFile]


@dataclass(frozen=True)
class _Found:
    """What a location leads to on this machine, and how messages call it."""

    path: Path
    name: str
    where: str
    url: str | None


def open_source(
    location: str,
    *,
    archive: Path,
    now: str,
    published_at: str | None = None,
    sha256: str | None = None,
    progress: Progress = silent,
    limits: Limits = DEFAULT,
) -> Source:
    """Copy every file of a source into the archive, and say what is there.

    A folder gives the files directly in it, a zip those at any depth; hidden files are
    left out. Nothing is kept before all of it was read, so an error adds no entry; what
    the archive holds already stays.

    Args:
        location: folder, zip, single file, or http(s) address of a zip or single file.
        archive: folder of the copies, ``<sha256>/<name>``; made if it is not there.
        now: the time, ISO 8601 in UTC, recorded as time of retrieval.
        published_at: the publisher's address, recorded as url; a local path never is.
        sha256: what the zip or single file must have.
        progress: is told how far a download is.
        limits: bounds of time and size.

    Raises:
        SourceError: absent, unreadable, unreachable, cut off, unsafe, another checksum.
        UsageError: a checksum for a folder.
        BusyError: another load is writing to the archive.

    """
    with staging(archive) as aside:
        found = _find(location, published_at, aside / "download", progress, limits)
        _check_sum(found, sha256)
        with _pieces(found, limits) as (pieces, budget):
            _check_names(pieces, found.where)
            staged = [
                stage(piece, aside / str(number), budget)
                for number, piece in enumerate(pieces)
            ]
        files = {
            piece.name: SourcedFile(
                piece.name, keep(archive, file), piece.url, file.sha256, file.bytes, now
            )
            for piece, file in zip(pieces, staged, strict=True)
        }
    return Source(found.where, files)


def _find(
    location: str,
    published_at: str | None,
    target: Path,
    progress: Progress,
    limits: Limits,
) -> _Found:
    address = parse_address(location)
    if address is None:
        path = Path(location)
        with reading(location):
            path.stat()
        return _Found(path, path.name, location, published_at)
    where = public(address)
    name = address.path.rpartition("/")[2]
    if not name or is_unsafe(name):
        raise SourceError(
            "The address does not end in the name of a file.",
            where=where,
            todo="Give the address of the zip or of the file itself.",
        )
    download(address, target, limits=limits, progress=progress)
    return _Found(target, name, where, published_at or where)


def _check_sum(found: _Found, wanted: str | None) -> None:
    if wanted is None:
        return
    if found.path.is_dir():
        raise UsageError(
            "A folder has no checksum.", where=found.where, todo="Leave it out."
        )
    with reading(found.where):
        actual = file_sha256(found.path)
    if actual != wanted:
        raise SourceError(
            f"The checksum differs: sha256 {actual}, expected {wanted}.",
            where=found.where,
            todo="The file was changed, by its publisher or on the way. Look into it, "
            "and load a copy that you trust with --from.",
        )


@contextmanager
def _pieces(found: _Found, limits: Limits) -> Generator[tuple[Sequence[Piece], Budget]]:
    if found.path.is_dir():
        yield _folder_pieces(found, limits), Budget(limits.total_bytes)
        return
    with reading(found.where), found.path.open("rb") as stream:
        head, size = stream.read(_HEAD), os.fstat(stream.fileno()).st_size
    refuse_page(head, found.name, found.where)
    if not is_zip(found.name, head):
        chunks = file_chunks(found.path, found.where)
        single = Piece(found.name, found.where, found.url, chunks)
        yield [single], Budget(limits.total_bytes)
        return
    budget = Budget(limits.inflated_bytes(size))
    with zip_pieces(found.path, found.where, found.url, limits) as pieces:
        yield pieces, budget


def _folder_pieces(found: _Found, limits: Limits) -> list[Piece]:
    with reading(found.where):
        files = sorted(
            path
            for path in found.path.iterdir()
            if path.is_file() and not path.name.startswith(".")
        )
    if len(files) > limits.files:
        raise SourceError(
            f"The folder has {len(files):,} files; {limits.files:,} are allowed.",
            where=found.where,
            todo="Check that this is the folder meant.",
        )
    return [
        Piece(path.name, str(path), found.url, file_chunks(path, str(path)))
        for path in files
    ]


def _check_names(pieces: Sequence[Piece], where: str) -> None:
    if not pieces:
        raise SourceError(
            "There are no files in it.",
            where=where,
            todo="Give the folder or zip that holds the files themselves.",
        )
    name, count = Counter(piece.name for piece in pieces).most_common(1)[0]
    if count > 1:
        raise SourceError(
            f"It holds {count} files named {name}.",
            where=where,
            todo="Make a folder with the one that is meant, and load that.",
        )
