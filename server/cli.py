"""The command line: ``workatlas``."""

import sys
import traceback
from collections.abc import Callable, Sequence
from typing import Annotated, NoReturn

import typer

from workatlas import __version__, errors
from workatlas.errors import UsageError, WorkAtlasError

from .commands import (
    backup,
    diff,
    explain,
    export,
    fill,
    generate,
    load,
    query,
    releases,
    restore,
    retire,
    schema,
    serve,
    status,
    up,
    verify,
)
from .commands.output import tell_json

INTERRUPTED = 130

_COMMANDS: dict[str, tuple[Callable[..., int | None], str]] = {
    "up": (up.up, up.EXAMPLE),
    "fill": (fill.fill, fill.EXAMPLE),
    "load": (load.load, load.EXAMPLE),
    "retire": (retire.retire, retire.EXAMPLE),
    "export": (export.export, export.EXAMPLE),
    "import": (restore.restore, restore.EXAMPLE),
    "backup": (backup.backup, backup.EXAMPLE),
    "restore": (backup.restore, backup.RESTORE_EXAMPLE),
    "serve": (serve.serve, serve.EXAMPLE),
    "query": (query.query, query.EXAMPLE),
    "explain": (explain.explain, explain.EXAMPLE),
    "diff": (diff.diff, diff.EXAMPLE),
    "status": (status.status, status.EXAMPLE),
    "releases": (releases.releases, releases.EXAMPLE),
    "verify": (verify.verify, verify.EXAMPLE),
    "generate": (generate.generate, generate.EXAMPLE),
    "schema": (schema.schema, schema.EXAMPLE),
}


def exit_codes() -> dict[int, str]:
    """Give every exit code with what it means; those of errors are theirs."""
    kinds = (k for k in vars(errors).values() if isinstance(k, type))
    failures = {
        k.exit_code: _first_line(k) for k in kinds if issubclass(k, WorkAtlasError)
    }
    failures[WorkAtlasError.exit_code] = "A defect of this program."
    return {
        0: "Done.",
        query.ANSWER_HAS_ERRORS: "The answer of a query has errors in it.",
        **dict(sorted(failures.items())),
        INTERRUPTED: "Stopped with Ctrl-C; nothing is left half done.",
    }


def _first_line(kind: type) -> str:
    return (kind.__doc__ or "").splitlines()[0]


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - as Typer calls it
    if asked:
        typer.echo(f"workatlas {__version__}")
        raise typer.Exit


def _app() -> typer.Typer:
    codes = "; ".join(
        f"{code} {text.rstrip('.')}" for code, text in exit_codes().items()
    )
    app = typer.Typer(
        name="workatlas",
        help="A graph of work in which every figure says where it comes from.",
        epilog=f"Exit codes: {codes}.",
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_options)
    for name, (command, example) in _COMMANDS.items():
        app.command(name, epilog=f"Example: {example}")(command)
    return app


def _options(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Tell the version and leave.", callback=_tell_version
        ),
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and leave with its exit code."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run a command; every failure is told in one place, and becomes an exit code."""
    try:
        asked = list(arguments) or ["--help"]
        code = _app()(asked, prog_name="workatlas", standalone_mode=False)
    except typer.TyperException as error:
        failure: WorkAtlasError = UsageError(
            error.format_message(), todo="`workatlas COMMAND --help` has an example."
        )
    except WorkAtlasError as error:
        failure = error
    except Exception as error:  # noqa: BLE001 - a defect is told like everything else
        traceback.print_exc()
        failure = WorkAtlasError(
            f"Something went wrong inside WorkAtlas ({error}).",
            todo="Report it with the lines above and the command.",
        )
    else:
        if code == INTERRUPTED:
            typer.echo("Stopped; nothing is left half done.", err=True)
        return code or 0
    if "--json" in arguments:
        tell_json({"error": failure.as_json()})
    else:
        typer.echo(f"Error: {failure}\n  {failure.code}: {failure.help}", err=True)
    return failure.exit_code
