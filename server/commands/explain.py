"""`workatlas explain`: how a query is answered."""
# ruff: noqa: PLC0415 - what is heavy to import waits until the command runs

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any

import typer

from workatlas.errors import UsageError

from .asking import (
    OperationOption,
    QueryArgument,
    VariablesOption,
    ask,
    read_object,
    read_query,
)
from .options import JsonOption, StoreOption
from .output import tell_json

EXAMPLE = """workatlas explain task_page.graphql --variables '{"taskId": 392}'"""


def explain(
    file: QueryArgument,
    variables: VariablesOption = None,
    operation: OperationOption = None,
    store: StoreOption = None,
    *,
    json: JsonOption = False,
) -> None:
    """Show the plan of a query: its steps, statements, rows, and the time of each.

    The query is answered twice, and the second time is shown: by then the store knows
    the statements, as it does in a server.
    """
    from workatlas.server.settings import load_settings

    document, values = read_query(file), read_object(variables)
    settings = load_settings(store=store)
    answer = asyncio.run(ask(settings, document, values, operation, explain=True))
    plan = answer.plan
    if plan is None:
        raise UsageError(
            "The query has no plan: it cannot be executed, or asks for introspection.",
            where=file,
            todo="`workatlas query` shows what is wrong with it.",
        )
    if json:
        tell_json(plan)
        return
    for line in lines(plan):
        typer.echo(line)


def lines(plan: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """Give a plan as lines of text, a step a line and what it needs below it."""
    if "fields" in plan:
        yield f"{indent}{', '.join(plan['fields'])}"
    for step in plan.get("steps", ()):
        took = f"{step['objects']} objects, {step['ms']} ms"
        yield f"{indent}{step['name']}  ({step['field']}; {took})"
        for need in step["needs"]:
            rows = f", {need['rows']} rows" if "rows" in need else ""
            yield f"{indent}  < {need['entry']}: {need['from']}{rows}"
        for kind, below in step.get("types", {}).items():
            yield f"{indent}  ... {kind}"
            yield from lines(below, f"{indent}    ")
        yield from lines(step, f"{indent}  ")
    for number, one in enumerate(plan.get("statements", ()), 1):
        cost = f"{one['keys']} keys, {one['ms']} ms"
        yield f"statement {number} in {one['build']}: {cost}"
        yield f"  {one['text']}"
