"""`workatlas retire`: a release or study leaves the graph."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

from typing import Annotated

import typer

from .load import opened
from .options import JsonOption, StoreOption
from .output import now, tell

EXAMPLE = "workatlas retire onet@18.1"


def retire(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="What is loaded, as in onet@29.2 or gpts-are-gpts."
        ),
    ],
    *,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a release or study out of the graph; running servers follow at once.

    The ratings of a study leave every release that they were joined to. All of it is
    published in one step, or nothing. Copies of source files stay in the archive.
    """
    from workatlas.loaders.retire import retire as retire_graph
    from workatlas.server.settings import load_settings

    settings = load_settings(store=store)
    with opened(settings) as writer:
        report = retire_graph(writer, name, now=now())
    tell(report.as_dict(), report.lines(), as_json=as_json)
