"""`workatlas import`: an export becomes a graph again."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

from pathlib import Path
from typing import Annotated

import typer

from .load import opened
from .options import JsonOption, StoreOption
from .output import now, tell

EXAMPLE = "workatlas import --store graph exported"


def restore(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="What `workatlas export` wrote.")
    ],
    *,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Publish what an export holds; the graph has the version of the export then.

    Checksums are compared, hashes and joins made anew, and what was damaged or changed
    is refused. The store must be empty, or hold nothing that the export does not.
    """
    from workatlas.loaders.export import import_graph
    from workatlas.server.settings import load_settings

    with opened(load_settings(store=store)) as writer:
        report = import_graph(writer, folder, now=now())
    tell(report.as_dict(), report.lines(), as_json=as_json)
