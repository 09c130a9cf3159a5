"""The files of a generated release as a folder or a zip."""

import stat
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


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
