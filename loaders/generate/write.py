"""Files written aside, and put in their place when all of them are there."""

import stat
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from workatlas.errors import UsageError

_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def is_zip(out: Path) -> bool:
    """Say whether a name asks for a zip."""
    return out.suffix.lower() == ".zip"


def check_free(out: Path) -> None:
    """Make sure that nothing is overwritten.

    Raises:
        UsageError: there is something already, other than an empty folder.

    """
    empty = not is_zip(out) and out.is_dir() and not any(out.iterdir())
    if not empty and (out.exists() or out.is_symlink()):
        raise UsageError(
            "There is something already.",
            where=str(out),
            todo="Give a name that is not taken, or an empty folder.",
        )


@contextmanager
def aside(out: Path) -> Generator[Path]:
    """Give a new folder beside ``out``, gone afterwards, on the same disk.

    Raises:
        UsageError: nothing can be written there.

    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        # Not ignoring errors would hide the one that led here.
        with tempfile.TemporaryDirectory(
            prefix=f".{out.name}.", dir=out.parent, ignore_cleanup_errors=True
        ) as folder:
            yield Path(folder)
    except OSError as error:
        raise UsageError(
            f"It cannot be written ({error.strerror}).",
            where=str(out),
            todo="Check the rights and the free space of that folder.",
        ) from error


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a new folder."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def write_zip(path: Path, files: Mapping[str, bytes], *, inside: str = "") -> None:
    """Write files into a new zip, in a folder ``inside`` if one is named."""
    with ZipFile(path, "x") as out:
        for name, content in files.items():
            out.writestr(stored(f"{inside}/{name}" if inside else name), content)


def stored(name: str) -> ZipInfo:
    """Give the head of a zip's member, which is stored and not deflated.

    Versions of zlib pack the same bytes differently, and the same arguments are to
    give the same zip everywhere.
    """
    member = ZipInfo(name, _TIME)
    member.compress_type = ZIP_STORED
    member.create_system = _UNIX
    member.external_attr = (stat.S_IFREG | 0o644) << 16
    return member
