"""`workatlas query`: an answer without a server."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

import asyncio
import traceback

from workatlas.errors import UsageError

from .asking import (
    OperationOption,
    QueryArgument,
    VariablesOption,
    ask,
    read_object,
    read_query,
)
from .options import StoreOption
from .output import tell_json

EXAMPLE = """workatlas query task_page.graphql --variables '{"taskId": 392}'"""
ANSWER_HAS_ERRORS = 1


def query(
    file: QueryArgument,
    variables: VariablesOption = None,
    operation: OperationOption = None,
    store: StoreOption = None,
) -> int:
    """Answer a query on standard output, as JSON, without a server.

    The exit code is 1 when the answer has errors in it, and 2 when the query is
    none that the schema allows.
    """
    from workatlas.server.settings import load_settings

    document, values = read_query(file), read_object(variables)
    answer = asyncio.run(ask(load_settings(store=store), document, values, operation))
    for defect in answer.unexpected:
        traceback.print_exception(defect)
    told = answer.as_dict()
    tell_json(told)
    if answer.is_request_error:
        return UsageError.exit_code
    return ANSWER_HAS_ERRORS if told.get("errors") else 0
