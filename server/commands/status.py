"""`workatlas status`: what is in the graph."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

import asyncio
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from .asking import ask_stored
from .options import JsonOption, StoreOption
from .output import tell

if TYPE_CHECKING:
    from workatlas.server.settings import Settings
    from workatlas.stores import PublishedGraph

EXAMPLE = "workatlas status --json"

_FILES = """{
  releases { id files { name coverage } }
  studies { id files { name coverage } }
  crosswalks { id files { name coverage } }
}"""

_SIDES = {"releases": "RELEASE", "studies": "STUDY", "crosswalks": "CROSSWALK"}


def status(
    *,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell what is published, with builds, and which files are not whole."""
    from workatlas.server.settings import load_settings

    report = asyncio.run(_report(load_settings(store=store)))
    tell(report, _lines(report), as_json=as_json)


async def _report(settings: "Settings") -> dict[str, Any]:
    from workatlas.stores import GraphKind

    snapshot, data = await ask_stored(settings, _FILES)
    files = {graph["id"]: graph["files"] for side in _SIDES for graph in data[side]}
    return {
        "store": settings.store,
        "version": snapshot.version,
        "builtAt": snapshot.built_at or None,
        **{
            side: [_told(g, files) for g in snapshot.of(GraphKind(kind))]
            for side, kind in _SIDES.items()
        },
    }


def _told(
    graph: "PublishedGraph", files: Mapping[str, list[dict[str, str]]]
) -> dict[str, Any]:
    return {
        "id": graph.id,
        "published": graph.published or None,
        "build": graph.build,
        "builtAt": graph.built_at,
        "synthetic": graph.synthetic,
        "notWhole": {
            file["name"]: file["coverage"]
            for file in files.get(graph.id, [])
            if file["coverage"] != "WHOLE"
        },
    }


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    yield f"store    {report['store']}"
    yield f"version  {report['version']}"
    graphs = [graph for side in _SIDES for graph in report[side]]
    if not graphs:
        yield "nothing is loaded: `workatlas load` loads a release"
    for graph in graphs:
        invented = ", invented" if graph["synthetic"] else ""
        published = f", published {graph['published']}" if graph["published"] else ""
        yield f"{graph['id']}: build {graph['build']}{published}{invented}"
        for name, coverage in graph["notWhole"].items():
            text = "loaded in part" if coverage == "PART" else "not loaded"
            yield f"  {name}: {text}"
