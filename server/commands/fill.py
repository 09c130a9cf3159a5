"""`workatlas fill`: something to serve, if there is nothing yet."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

import typer

from .load import opened
from .options import StoreOption
from .up import fill as fill_store
from .up import served

EXAMPLE = "workatlas fill --store neo4j://localhost"


def fill(store: StoreOption = None) -> None:
    """Load the current release and its labels, unless a release is loaded already.

    When the publishers cannot be reached a small invented sample is loaded, as `up`
    does. It is what runs before a service whose graph outlives it.
    """
    from workatlas.server.settings import load_settings

    settings = load_settings(store=store)
    with opened(settings) as writer:
        fill_store(writer, settings)
        typer.echo(served(writer.snapshot()))
