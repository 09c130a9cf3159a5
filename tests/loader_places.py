"""Where tests of loaders put their sources, and how they open them."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from workatlas.errors import SourceError, WorkAtlasError
from workatlas.loaders.known import open_known
from workatlas.loaders.manifest import KnownSource
from workatlas.loaders.source import Source, SourcedFile, open_source

NOW = "2026-01-02T03:04:05Z"
TABLE = b"a\tb\r\n1\t2\r\n"


def sha(content: bytes) -> str:
    """Give the sha256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def entries(folder: Path) -> list[str]:
    """List all files and folders below a folder, but for the lock."""
    found = (path.relative_to(folder) for path in folder.rglob("*"))
    return sorted(str(path) for path in found if path.name != ".lock")


def make_zip(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> str:
    """Write a zip of these members in their order, twice the same name included."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return str(path)


def zipped(**members: bytes) -> bytes:
    """Make a zip of files in a folder, as the publisher does."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(f"nested/{name}.txt", content)
    return out.getvalue()


class Place:
    """A folder of a test: sources go into it, the archive is beside."""

    def __init__(self, folder: Path) -> None:
        """Use an empty folder."""
        self.folder = folder / "in"
        self.archive = folder / "archive"
        self.folder.mkdir()

    def put(self, name: str, content: bytes = TABLE) -> str:
        """Write a file, and give its path."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return str(path)

    def zip(self, *members: tuple[str | zipfile.ZipInfo, bytes]) -> str:
        """Write a zip, and give its path."""
        return make_zip(self.folder / "db.zip", *members)

    def open(self, location: str, **more: Any) -> Source:
        """Open a source into the archive."""
        return open_source(location, archive=self.archive, now=NOW, **more)

    def known(self, known: KnownSource, location: str | None = None) -> Source:
        """Open a known source, or a copy of it, into the archive."""
        return open_known(known, archive=self.archive, now=NOW, location=location)

    def files_or_none(self, location: str) -> Mapping[str, SourcedFile]:
        """Open a source; one that is refused gives no files."""
        try:
            return self.open(location).files
        except WorkAtlasError:
            return {}

    def refused(self, location: str, **more: Any) -> SourceError:
        """Give the error of opening; nothing is left behind, and a step is named."""
        with pytest.raises(SourceError) as caught:
            self.open(location, **more)
        assert entries(self.archive) == []
        assert caught.value.todo
        return caught.value
