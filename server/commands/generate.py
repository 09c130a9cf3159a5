"""`workatlas generate`: an invented release of any size, with studies."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

from pathlib import Path
from typing import Annotated

import typer

from .options import JsonOption
from .output import tell

LAYOUTS = ("onet-text-1", "onet-text-2", "onet-csv-1")
EXAMPLE = "workatlas generate --occupations 1016 --tasks 18800 --seed 1 invented"


def generate(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="A new or empty folder, or a new zip.")
    ],
    *,
    occupations: Annotated[
        int, typer.Option("--occupations", metavar="N", help="How many.")
    ] = 1016,
    tasks: Annotated[
        int, typer.Option("--tasks", metavar="N", help="How many.")
    ] = 18800,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", help="Equal seeds, equal files.")
    ] = 1,
    layout: Annotated[
        str,
        typer.Option("--layout", metavar="NAME", help=f"One of {', '.join(LAYOUTS)}."),
    ] = LAYOUTS[0],
    as_json: JsonOption = False,
) -> None:
    """Write a release and studies of it whose statements and figures are invented."""
    from workatlas.loaders.generate import generate as write_release

    report = write_release(
        out, occupations=occupations, tasks=tasks, seed=seed, layout=layout
    )
    tell(report.as_dict(), report.lines(), as_json=as_json)
