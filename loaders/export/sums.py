"""The file ``SHA256SUMS``: the checksum of every file, as ``sha256sum -c`` reads it."""

import re
from collections.abc import Iterable
from pathlib import Path

from workatlas.errors import DataError
from workatlas.stores.checksum import file_sha256

SUMS = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_TODO = "Copy all of it again; or write it anew where it was written."


def write_sums(folder: Path) -> None:
    """Write the checksums of all files that are there."""
    paths = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
    )
    lines = [f"{file_sha256(folder / path)}  {path}\n" for path in paths]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def check_sums(folder: Path, needed: Iterable[str]) -> dict[str, str]:
    """Compare every listed file with its checksum; ``needed`` ones must be listed.

    Gives the checksums by path.

    Raises:
        DataError: a file is missing, damaged, or not listed, or a line is no checksum;
            says which.

    """
    listed: dict[str, str] = {}
    for at, line in enumerate(_lines(folder), start=1):
        found = _LINE.fullmatch(line)
        if found is None:
            raise DataError("It is no checksum.", file=SUMS, line=at, todo=_TODO)
        listed[found[2]] = found[1]
        _check(folder, found[2], found[1], at)
    for path in sorted({*needed} - listed.keys()):
        raise DataError(f"It is not in {SUMS}.", file=path, todo=_TODO)
    return listed


def _lines(folder: Path) -> list[str]:
    text = (folder / SUMS).read_text(encoding="utf-8", errors="replace")
    return text.splitlines()


def _check(folder: Path, path: str, wanted: str, at: int) -> None:
    try:
        found = file_sha256(folder / path)
    except OSError as error:
        raise DataError(
            f"It cannot be read ({error.strerror}).", file=path, todo=_TODO
        ) from error
    except ValueError as error:
        text = f"Line {at} of {SUMS} names what can be no file."
        raise DataError(text, file=SUMS, line=at, todo=_TODO) from error
    if found != wanted:
        raise DataError(
            f"It is not what was written: its sha256 is {found}, and {wanted} in line "
            f"{at} of {SUMS}.",
            file=path,
            todo=_TODO,
        )
