"""`workatlas load`: a release or study goes into the graph."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from .options import JsonOption, StoreOption
from .output import now, progress_bar, tell

if TYPE_CHECKING:
    from workatlas.server.settings import Settings
    from workatlas.stores import Writer

EXAMPLE = "workatlas load onet@29.2 --from db_29_2_text.zip"


def load(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="A dataset, as in onet@29.2 or gpts-are-gpts, or a study of your own.",
        ),
    ],
    *,
    origin: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FOLDER|ZIP|URL",
            help="Where its files are; else they are downloaded from the publisher.",
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", metavar="FILE", help="Load without this file."),
    ] = None,
    partial: Annotated[
        list[str] | None,
        typer.Option(
            "--partial", metavar="FILE", help="Load this file though rows lack in it."
        ),
    ] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load a release or a study: all of it is published at the end, or nothing.

    Where a file was left out or loaded in part, answers that it touches say so.
    """
    from workatlas.loaders.limits import Limits
    from workatlas.loaders.load import load as load_source
    from workatlas.server.settings import load_settings

    settings = load_settings(store=store)
    with opened(settings) as writer, progress_bar() as progress:
        report = load_source(
            writer,
            source,
            archive=settings.archive,
            origin=origin,
            without=without or (),
            partial=partial or (),
            now=now(),
            progress=progress,
            limits=Limits(connect_seconds=settings.download_timeout),
        )
    tell(report.as_dict(), report.lines(), as_json=as_json)


@contextmanager
def opened(settings: "Settings") -> "Generator[Writer]":
    """Open the loading face of the store, and close it at the end."""
    from workatlas.stores.address import open_writer

    writer = open_writer(
        settings.store,
        user=settings.neo4j_user,
        password=settings.password(),
        ca_file=settings.neo4j_ca_file,
    )
    try:
        yield writer
    finally:
        writer.close()
