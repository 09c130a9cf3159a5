"""`workatlas generate`: an invented release of any size, with studies."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

from pathlib import Path
from typing import Annotated

import typer

from workatlas.errors import UsageError

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
        int | None, typer.Option("--occupations", metavar="N", help="How many; 1016.")
    ] = None,
    tasks: Annotated[
        int | None, typer.Option("--tasks", metavar="N", help="How many; 18800.")
    ] = None,
    after: Annotated[
        Path | None,
        typer.Option(
            "--after",
            metavar="FOLDER",
            help="An invented release, to write the edition after it.",
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", help="Equal seeds, equal files.")
    ] = 1,
    layout: Annotated[
        str | None,
        typer.Option(
            "--layout",
            metavar="NAME",
            help=f"One of {', '.join(LAYOUTS)}; the first, or that of --after.",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write a release and studies of it whose statements and figures are invented.

    With --after it is the edition after another one, of which most is as it was. It
    has no studies: these rated the first one.
    """
    from workatlas.loaders.generate import generate as write_first
    from workatlas.loaders.generate import generate_next

    if after is None:
        report = write_first(
            out,
            occupations=1016 if occupations is None else occupations,
            tasks=18800 if tasks is None else tasks,
            seed=seed,
            layout=layout or LAYOUTS[0],
        )
    elif occupations is None and tasks is None:
        report = generate_next(out, after=after, seed=seed, layout=layout)
    else:
        raise UsageError(
            "The size of an edition is that of the one before it.",
            where="--after",
            todo="Leave out --occupations and --tasks.",
        )
    tell(report.as_dict(), report.lines(), as_json=as_json)
