"""`workatlas releases`: which releases there are, and which are in the graph."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .asking import ask_stored
from .options import JsonOption, StoreOption
from .output import tell_json, tell_table

if TYPE_CHECKING:
    from workatlas.loaders.manifest import KnownSource
    from workatlas.stores import PublishedGraph

EXAMPLE = "workatlas releases --json"

_FILES = "{ releases { id files { name bytes sha256 } } }"
_COLUMNS = (
    *("release", "known", "download", "published", "loaded", "invented"),
    *("size", "checksum"),
)
_MEBIBYTE = 2**20


def releases(
    *,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the releases that are known, and those that are in the graph.

    Published is the publisher's month. Size is that of the files that were loaded, and
    the checksum is the build that was made of them. --json has the checksum of each
    file: of a release that is not loaded, of those that are known.
    """
    from workatlas.server.settings import load_settings

    listed = asyncio.run(_listed(load_settings(store=store)))
    if as_json:
        tell_json({"releases": listed})
    else:
        tell_table(_COLUMNS, map(_cells, listed))


async def _listed(settings: Any) -> list[dict[str, Any]]:
    from workatlas.loaders.manifest import known_releases
    from workatlas.stores import GraphKind

    snapshot, data = await ask_stored(settings, _FILES)
    files = {release["id"]: release["files"] for release in data["releases"]}
    loaded = {graph.id: graph for graph in snapshot.of(GraphKind.RELEASE)}
    known = {source.id: source for source in known_releases()}
    listed = [
        _told(name, known.get(name), loaded.get(name), files.get(name, []))
        for name in loaded.keys() | known.keys()
    ]
    return sorted(listed, key=_newness, reverse=True)


def _newness(release: Mapping[str, Any]) -> tuple[bool, list[int], str]:
    from workatlas.stores import release_number

    return not release["synthetic"], release_number(release["id"]), release["id"]


def _told(
    name: str,
    known: "KnownSource | None",
    loaded: "PublishedGraph | None",
    files: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Tell of one release; of one that is invented the manifest says nothing."""
    if loaded is not None and loaded.synthetic:
        known = None
    size = sum(file["bytes"] or 0 for file in files)
    if loaded is None and known is not None:
        files = [
            {"name": file, "bytes": whole.bytes, "sha256": whole.sha256}
            for file, whole in known.whole().items()
        ]
    month = loaded.published if loaded is not None else known and known.published
    return {
        "id": name,
        "known": known is not None,
        "downloadable": known is not None and bool(known.files),
        "layout": known and known.layout,
        "layoutVerified": known is not None and known.layout_verified,
        "published": month or None,
        "loaded": loaded is not None,
        "build": loaded and loaded.build,
        "builtAt": loaded and loaded.built_at,
        "synthetic": loaded is not None and loaded.synthetic,
        "bytes": size or None,
        "files": list(files),
    }


def _cells(release: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        release["id"],
        _mark(release["known"]),
        _mark(release["downloadable"]),
        release["published"] or "",
        (release["builtAt"] or "")[:10],
        _mark(release["synthetic"]),
        f"{release['bytes'] / _MEBIBYTE:.1f} MiB" if release["bytes"] else "",
        release["build"] or "",
    )


def _mark(holds: bool) -> str:  # noqa: FBT001 - it is what is told
    return "yes" if holds else ""
