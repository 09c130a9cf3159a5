"""What commands have in common that ask a query."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import orjson
import typer

from workatlas.errors import NotFoundError, StoreError, UsageError, WorkAtlasError

if TYPE_CHECKING:
    from workatlas.resolvers import Answer
    from workatlas.server.settings import Settings
    from workatlas.stores import Snapshot

_KINDS: Mapping[str, type[WorkAtlasError]] = {
    kind.code: kind for kind in (UsageError, NotFoundError, StoreError)
}
"""The errors that answers have."""
QueryArgument = Annotated[
    str, typer.Argument(metavar="FILE", help="The query; - reads standard input.")
]
VariablesOption = Annotated[
    str | None,
    typer.Option("--variables", metavar="JSON", help="Its variables, an object."),
]
OperationOption = Annotated[
    str | None,
    typer.Option("--operation", metavar="NAME", help="Which of its operations."),
]


async def ask(
    settings: "Settings",
    document: str,
    variables: dict[str, Any] | None = None,
    operation: str | None = None,
    *,
    explain: bool = False,
) -> "Answer":
    """Open the store, answer one query, and close it; explain its second answer."""
    from workatlas.server.backend import open_backend

    backend = open_backend(settings)
    try:
        # Who runs a command may ask for anything.
        ask_it = partial(
            backend.service.answer, document, variables, operation, trusted=True
        )
        answer = await ask_it()
        return await ask_it(explain=True) if explain else answer
    finally:
        await backend.reader.close()


async def ask_stored(
    settings: "Settings", document: str
) -> "tuple[Snapshot, Mapping[str, Any]]":
    """Give what is published in the store, and the data of an answer about it.

    Raises:
        StoreError: the store is away.
        WorkAtlasError: the answer has errors.

    """
    from workatlas.server.backend import open_backend

    backend = open_backend(settings)
    try:
        snapshot = await backend.reader.snapshot()
        answer = await backend.service.answer(document)
    finally:
        await backend.reader.close()
    return snapshot, data_of(answer, settings.store)


def data_of(answer: "Answer", where: str = "") -> Mapping[str, Any]:
    """Give the data of an answer.

    Raises:
        WorkAtlasError: the answer has errors; the first is raised as what it was.

    """
    told = answer.as_dict()
    for error in told.get("errors", ()):
        facts = error["extensions"]
        kind = _KINDS.get(facts["code"], WorkAtlasError)
        raise kind(error["message"], where=where, todo=str(facts.get("todo") or ""))
    data: Mapping[str, Any] = told["data"]
    return data


def read_query(file: str) -> str:
    """Read a query from a file, or from standard input.

    Raises:
        UsageError: it cannot be read.

    """
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


def read_object(text: str | None) -> dict[str, Any] | None:
    """Read variables.

    Raises:
        UsageError: they are no JSON object.

    """
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
