"""Whether the files that are published are those that were written."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from workatlas.errors import StoreError

from .checksum import file_sha256
from .embedded_manifest import GraphFile, read_manifest


def check_files(folder: Path) -> None:
    """Compare every published graph's file with its checksum: 0.5 s for 100 MB, about.

    Raises:
        StoreError: the list of published graphs is damaged, or a file is, or is gone.

    """
    damaged = list(_damaged(folder / "graphs", read_manifest(folder).files.values()))
    if damaged:
        raise StoreError(
            f"Graph files are damaged or gone: those of {', '.join(damaged)}.",
            where=str(folder),
            todo="Load each of them again with `workatlas load`, which builds its file "
            "anew, or take it out with `workatlas retire`.",
        )


def _damaged(folder: Path, entries: Iterable[GraphFile]) -> Iterator[str]:
    for entry in entries:
        try:
            is_same = file_sha256(folder / entry.file) == entry.sha256
        except OSError:
            is_same = False
        if not is_same:
            yield entry.graph.id
