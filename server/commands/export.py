"""`workatlas export`: the graph as files for other programs, and to be imported."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

from pathlib import Path
from typing import Annotated

import typer

from .load import opened
from .options import JsonOption, StoreOption
from .output import tell

FORMATS = "parquet,csv,jsonl"
ALL = "all"
EXAMPLE = "workatlas export --release onet@29.2 --format parquet exported"


def export(
    out: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    *,
    release: Annotated[
        str,
        typer.Option(
            "--release",
            metavar="NAME",
            help="One release with its studies, as in onet@29.2; all is everything.",
        ),
    ] = ALL,
    formats: Annotated[
        str,
        typer.Option("--format", metavar="LIST", help="Of these, separated by commas."),
    ] = FORMATS,
    version: Annotated[
        str | None,
        typer.Option(
            "--version",
            metavar="HASH",
            help="The version of the graph to export; another one is an error.",
        ),
    ] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write every node and relationship as Parquet, CSV and JSON Lines.

    Beside them stand checksums, the attributions, and descriptions in Croissant and
    DCAT. It is all written at the end, or nothing; the same version of the graph gives
    the same bytes. `workatlas import` reads an export.
    """
    from workatlas.loaders.export import export_graph
    from workatlas.server.settings import load_settings

    with opened(load_settings(store=store)) as writer:
        report = export_graph(
            writer, out, release=release, version=version, formats=formats.split(",")
        )
    tell(report.as_dict(), report.lines(), as_json=as_json)
