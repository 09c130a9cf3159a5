"""`workatlas schema`: what may be asked."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

import typer

EXAMPLE = "workatlas schema > schema.graphql"


def schema() -> None:
    """Print the schema in GraphQL's own language (SDL)."""
    from workatlas.schema import sdl

    typer.echo(sdl().rstrip("\n"))
