"""`workatlas query`: an answer without a server."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

import asyncio
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import orjson
import typer

from workatlas.errors import UsageError

from .options import StoreOption
from .output import tell_json

if TYPE_CHECKING:
    from workatlas.resolvers import Answer
    from workatlas.server.settings import Settings

EXAMPLE = """workatlas query task_page.graphql --variables '{"taskId": 392}'"""
ANSWER_HAS_ERRORS = 1


def query(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="The query; - reads standard input.")
    ],
    variables: Annotated[
        str | None,
        typer.Option("--variables", metavar="JSON", help="Its variables, an object."),
    ] = None,
    operation: Annotated[
        str | None,
        typer.Option("--operation", metavar="NAME", help="Which of its operations."),
    ] = None,
    store: StoreOption = None,
) -> int:
    """Answer a query on standard output, as JSON, without a server.

    The exit code is 1 when the answer has errors in it, and 2 when the query is
    none that the schema allows.
    """
    from workatlas.server.settings import load_settings

    document, values = _document(file), _object(variables)
    answer = asyncio.run(ask(load_settings(store=store), document, values, operation))
    for defect in answer.unexpected:
        traceback.print_exception(defect)
    told = answer.as_dict()
    tell_json(told)
    if answer.is_request_error:
        return UsageError.exit_code
    return ANSWER_HAS_ERRORS if told.get("errors") else 0


async def ask(
    settings: "Settings",
    document: str,
    variables: dict[str, Any] | None = None,
    operation: str | None = None,
) -> "Answer":
    """Open the store, answer one query, and close it."""
    from workatlas.server.backend import open_backend

    backend = open_backend(settings)
    try:
        return await backend.service.answer(document, variables, operation)
    finally:
        await backend.reader.close()


def _document(file: str) -> str:
    try:
        if file == "-":
            return sys.stdin.read()
        return Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"The query cannot be read ({error}).",
            where=file,
            todo="Give a file in UTF-8, or - for standard input.",
        ) from error


def _object(text: str | None) -> dict[str, Any] | None:
    if text is None:
        return None
    try:
        values = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise _no_variables(str(error)) from error
    if not isinstance(values, dict):
        raise _no_variables("it is no object")
    return cast("dict[str, Any]", values)


def _no_variables(reason: str) -> UsageError:
    return UsageError(
        f"The variables cannot be read as a JSON object: {reason}.",
        where="--variables",
        todo="""Write them as in --variables '{"taskId": 392}'.""",
    )
