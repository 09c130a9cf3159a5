"""The file that says which graph files are published; switching it is publishing.

It holds its own checksum: with a letter of a build's name changed, a release would be
there and nothing in it be found.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from workatlas.errors import StoreError

from .published import PublishedGraph, Snapshot
from .subgraph import GraphKind

FORMAT = 4
MANIFEST = "published.json"
_SIDES = ("files", "previous")


@dataclass(frozen=True)
class GraphFile:
    """A published graph and the file that holds it (name, sha256, size in bytes).

    ``tables`` is the copy of its tables beside it.
    """

    graph: PublishedGraph
    fingerprint: str
    file: str
    sha256: str
    bytes: int
    tables: str
    tables_sha256: str


@dataclass(frozen=True)
class Manifest:
    """The files published now, and those of the moment before (still being read)."""

    files: Mapping[str, GraphFile]
    previous: Mapping[str, GraphFile]

    @cached_property
    def snapshot(self) -> Snapshot:
        """What a request may read."""
        return Snapshot({name: entry.graph for name, entry in self.files.items()})

    def by_prefix(self, prefix: str) -> GraphFile:
        """Find the file of a build, published now or a moment ago.

        Raises:
            StoreError: the build was retired longer ago.

        """
        for entry in (*self.files.values(), *self.previous.values()):
            if entry.graph.prefix == prefix:
                return entry
        raise StoreError(
            f"The build {prefix} is no longer in the store.",
            todo="Ask again: a newer graph has been published meanwhile.",
        )


def _decode(raw: Mapping[str, Any]) -> GraphFile:
    kind = GraphKind(raw["graph"]["kind"])
    graph: dict[str, Any] = {**raw["graph"], "kind": kind}
    facts: dict[str, Any] = {**raw, "graph": PublishedGraph(**graph)}
    return GraphFile(**facts)


def read_manifest(folder: Path) -> Manifest:
    """Read what is published; a folder without a manifest has nothing published.

    Raises:
        StoreError: the manifest is damaged or of another version of this program.

    """
    path = folder / MANIFEST
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["format"] != FORMAT:
            raise StoreError(
                f"The graph has format {raw['format']}, this version reads {FORMAT}.",
                where=str(path),
                todo="Load the sources again into a new folder.",
            )
        listed = _undamaged(raw)
        sides = ({k: _decode(v) for k, v in listed[side].items()} for side in _SIDES)
        return Manifest(*sides)
    except FileNotFoundError:
        return Manifest({}, {})
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise StoreError(
            "The list of published graphs cannot be read: it is damaged.",
            where=str(path),
            todo="Remove the folder and load the sources again.",
        ) from error


def _undamaged(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give both sides of a list. Raises ValueError if something in them changed."""
    listed = {side: raw[side] for side in _SIDES}
    if raw["sha256"] != _checksum(listed):
        raise ValueError(raw["sha256"])
    return listed


def _checksum(listed: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(listed, sort_keys=True).encode()).hexdigest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Switch to another list of published graphs, atomically and durably."""
    listed = asdict(manifest)
    whole = {"format": FORMAT, "sha256": _checksum(listed), **listed}
    text = json.dumps(whole, indent=1, sort_keys=True)
    aside = folder / f"{MANIFEST}.tmp"
    with aside.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    aside.replace(folder / MANIFEST)
    # Without this a power cut could bring the old list back.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
