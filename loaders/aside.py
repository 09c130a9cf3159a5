"""What is written aside, and put in its place when all of it is there."""

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from workatlas.errors import UsageError


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


def put(folder: Path, out: Path) -> None:
    """Put a folder written aside in its place, which may be an empty folder."""
    if out.exists():
        out.rmdir()
    folder.rename(out)
