"""The files of a zip, read without trusting it.

Only bare names are used, so nothing can be written elsewhere; a zip that tries is
refused all the same, because it is not what a publisher makes.
"""

import re
import stat
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from workatlas.errors import SourceError

from .archive import Piece
from .limits import Limits

_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_UNSAFE = re.compile(r"\A/|(?:\A|/)\.\.(?:/|\Z)|[:\\\x00-\x1f\x7f]")
# What zipfile raises on damage; OSError is a jump to before the start of the file.
_DAMAGE = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
    zlib.error,
)
_AGAIN = "Download the zip again; if it stays so, unpack it and load the folder."


def is_unsafe(path: str) -> bool:
    """Say whether a path that came from outside climbs out or hides what it is.

    Absolute paths, ``..``, drive letters, backslashes and control characters do.
    """
    return _UNSAFE.search(path) is not None


def is_zip(name: str, head: bytes) -> bool:
    """Say whether a file is a zip, by its name or first bytes; a workbook is not."""
    suffix = Path(name).suffix.lower()
    return suffix == ".zip" or (head.startswith(b"PK\x03\x04") and suffix != ".xlsx")


@contextmanager
def zip_pieces(
    path: Path, where: str, url: str | None, limits: Limits
) -> Generator[list[Piece]]:
    """Open a zip and give its files, folders stripped, in the order of the zip.

    Folders, hidden files and what macOS adds are left out. A piece's url is the zip's
    with ``#`` and the path inside.

    Raises:
        SourceError: cut off, damaged, encrypted, unsafe, or too many members. What is
            wrong inside a member is raised when it is read.

    """
    with _decoding(where):
        opened = ZipFile(path)
    with opened:
        members = opened.infolist()
        if len(members) > limits.files:
            raise SourceError(
                f"The zip has {len(members):,} members; {limits.files:,} are allowed.",
                where=where,
                todo="Check that this is the zip meant.",
            )
        for member in members:
            _check(member, where)
        yield [_piece(opened, m, where, url) for m in members if _is_wanted(m)]


def _check(member: ZipInfo, where: str) -> None:
    # zipfile cuts a name at its first NUL; the original still has it.
    name, kind = member.orig_filename, stat.S_IFMT(member.external_attr >> 16)
    problems = {
        "has a path that leads out of the zip": is_unsafe(name),
        "is a link or a device": kind not in {0, stat.S_IFREG, stat.S_IFDIR},
        "is encrypted": bool(member.flag_bits & _ENCRYPTED),
        "is packed by a method other than deflate": member.compress_type
        not in {ZIP_STORED, ZIP_DEFLATED},
    }
    for problem, found in problems.items():
        if found:
            raise SourceError(
                f"A member of the zip {problem}.",
                where=f"{where}#{name!a}",
                todo="Take the zip from its publisher, or unpack it yourself if you "
                "trust it, and load the folder.",
            )


def _is_wanted(member: ZipInfo) -> bool:
    folders, _, name = member.filename.rpartition("/")
    hidden = not name or name.startswith(".")
    return not hidden and "__MACOSX" not in folders.split("/")


def _piece(opened: ZipFile, member: ZipInfo, where: str, url: str | None) -> Piece:
    path = member.filename
    inside = f"{where}#{path}"
    return Piece(
        name=path.rpartition("/")[2],
        where=inside,
        url=f"{url}#{path}" if url else None,
        chunks=_chunks(opened, member, inside),
    )


def _chunks(opened: ZipFile, member: ZipInfo, where: str) -> Generator[bytes]:
    with _decoding(where), opened.open(member) as stream:
        yield from iter(partial(stream.read, _CHUNK), b"")


@contextmanager
def _decoding(where: str) -> Generator[None]:
    try:
        yield
    except _DAMAGE as error:
        reason = str(error) or "it ends too early"
        raise SourceError(
            f"The zip is cut off or damaged ({reason}).", where=where, todo=_AGAIN
        ) from error
