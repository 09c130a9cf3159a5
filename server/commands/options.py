"""Options that several commands have."""

from typing import Annotated

import typer

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="STORE",
        help="The graph: a folder, neo4j://HOST or bolt://HOST. "
        "Else WORKATLAS_STORE, else the platform's folder for data.",
    ),
]
JsonOption = Annotated[
    bool,
    typer.Option("--json", help="Report (or tell the error) as one JSON document."),
]
HostOption = Annotated[
    str | None,
    typer.Option("--host", metavar="HOST", help="The address to listen on."),
]
PortOption = Annotated[
    int | None,
    typer.Option("--port", metavar="PORT", help="The port; 0 takes any free one."),
]
WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", help="How many processes answer."),
]
