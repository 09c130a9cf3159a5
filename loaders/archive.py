"""The archive: a copy of every file that was loaded, under the sha256 of its bytes.

``workatlas verify`` reads the copies again later, whatever became of the originals.
Files are written aside and renamed into place, so an entry is whole or not there.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Generator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from workatlas.errors import BusyError, SourceError
from workatlas.stores.checksum import file_sha256

from .limits import Budget

_CHUNK = 1 << 20
# Comments and an XML declaration may stand before a page's first element. Each is
# matched once and for all: to try other ends of them would take for ever.
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?><!--.*?-->\s*|<\?xml\b[^>]*>\s*)*+"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Piece:
    """A file of a source before it is kept: its bare name, and its bytes in chunks.

    ``where`` names it in messages; ``url`` is the publisher's address or None.
    """

    name: str
    where: str
    url: str | None
    chunks: Generator[bytes]


@dataclass(frozen=True)
class Staged:
    """A file that lies aside, alone in a folder, with its sha256 and size in bytes."""

    path: Path
    sha256: str
    bytes: int


@contextmanager
def staging(archive: Path) -> Generator[Path]:
    """Give an empty folder inside the archive to write to; it is gone afterwards.

    The archive itself, if it was not there, and its lock file stay.

    Raises:
        BusyError: another load is writing to the archive.
        SourceError: the archive cannot be written.

    """
    aside = archive / ".aside"
    with _acquired(archive):
        # Under the lock, what is already there was left by a load that was killed.
        shutil.rmtree(aside, ignore_errors=True)
        with writing(archive):
            aside.mkdir()
        try:
            yield aside
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _acquired(archive: Path) -> AbstractContextManager[object]:
    """Acquire the archive's lock; leaving the context lets go of it."""
    with writing(archive):
        archive.mkdir(parents=True, exist_ok=True)
        try:
            return FileLock(archive / ".lock", timeout=0).acquire()
        except Timeout as error:  # which is an OSError
            raise BusyError(
                "Another load is writing to the archive of source files.",
                where=str(archive),
                todo="Wait until it has ended, then load again.",
            ) from error


@contextmanager
def writing(where: Path) -> Generator[None]:
    """Turn the system's refusal to write inside the archive into a SourceError."""
    try:
        yield
    except OSError as error:
        raise SourceError(
            f"The archive of source files cannot be written ({error.strerror}).",
            where=str(where),
            todo="Check the rights and the free space of the archive's folder.",
        ) from error


@contextmanager
def reading(where: str) -> Generator[None]:
    """Turn the system's refusal to read a file or folder into a SourceError."""
    try:
        yield
    except OSError as error:
        raise SourceError(
            f"It cannot be read ({error.strerror}).",
            where=where,
            todo="Check the name and the rights of the file or folder.",
        ) from error


def file_chunks(path: Path, where: str) -> Generator[bytes]:
    """Read a file in chunks. Raises SourceError where the system refuses."""
    with reading(where), path.open("rb") as stream:
        yield from iter(partial(stream.read, _CHUNK), b"")


def refuse_page(head: bytes, name: str, where: str) -> None:
    """Look at the first bytes of a file that is not named as a web page.

    Servers answer with a page, and status 200, where a file has moved or a login is
    wanted; saved under the file's name it looks like the file.

    Raises:
        SourceError: the bytes are those of a web page.

    """
    if _PAGE.match(head) and Path(name).suffix.lower() not in {".html", ".htm"}:
        raise SourceError(
            "This is a web page (HTML), not a file of data.",
            where=where,
            todo="Open the address in a browser, download the file itself, and load "
            "that with --from.",
        )


def stage(piece: Piece, folder: Path, budget: Budget) -> Staged:
    """Write a piece into a new folder of its own.

    Raises:
        SourceError: it cannot be read or written, is a web page, or exceeds the budget.

    """
    path = folder / piece.name
    digest, size = hashlib.sha256(), 0
    with closing(piece.chunks) as chunks, writing(folder):
        folder.mkdir()
        with path.open("wb") as out:
            for chunk in chunks:
                if not size:
                    refuse_page(chunk, piece.name, piece.where)
                size += len(chunk)
                budget.spend(len(chunk), piece.where)
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
    return Staged(path, digest.hexdigest(), size)


def keep(archive: Path, staged: Staged) -> Path:
    """Move a staged file to ``archive/<sha256>/<name>``, and give that path.

    A copy that is there already stays if it is whole, and is replaced if it is not.

    Raises:
        SourceError: the archive cannot be written.

    """
    home = archive / staged.sha256
    path = home / staged.path.name
    if _holds(path, staged):
        return path
    try:
        staged.path.parent.rename(home)
    except OSError:  # the folder is there: the same bytes under another name, or damage
        with writing(home):
            staged.path.replace(path)
    return path


def _holds(path: Path, staged: Staged) -> bool:
    try:
        same_size = path.stat().st_size == staged.bytes
        return same_size and file_sha256(path) == staged.sha256
    except OSError:  # not there, or damaged so that it cannot be read
        return False
