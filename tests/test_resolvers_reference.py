"""The reference executor's errors depend on the document and the rows alone."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest
from graphql import (
    ExecutionResult,
    build_schema,
    execute,  # pyright: ignore[reportUnknownVariableType]
    parse,
)

from workatlas.resolvers.reference import Reference

SCHEMA = build_schema("""
    type Query { maybe: Thing, sure: Thing!, many: [Thing]!, all: [Thing!], one: Int }
    type Thing { a: Int!, b: Int!, maybe: Int, below: Thing!, lists: [[Int!]!] }
""")
_execute = cast("Callable[..., Awaitable[ExecutionResult] | ExecutionResult]", execute)
Turns = dict[str, float]


def _later(turns: Turns, name: str, value: Any) -> Callable[..., Any]:
    """Make a resolver that gives or raises a value when it is its turn."""

    async def resolve(*_: Any) -> Any:
        await asyncio.sleep(turns[name])
        if isinstance(value, Exception):
            raise value
        return value

    return resolve


def _thing(turns: Turns, **values: Any) -> dict[str, Any]:
    return {name: _later(turns, name, value) for name, value in values.items()}


async def _answer(document: str, root: Any) -> tuple[Any, list[tuple[str, Any]]]:
    result = await _executed(document, root)
    return result.data, [(e.message, e.path) for e in result.errors or ()]


async def _executed(
    document: str, root: Any, variables: dict[str, Any] | None = None
) -> ExecutionResult:
    result = _execute(
        SCHEMA,
        parse(document),
        root,
        variable_values=variables,
        executor_class=Reference,
    )
    return await result if isinstance(result, Awaitable) else result


ORDERS = pytest.mark.parametrize(
    "turns", [{"a": 0.0, "b": 0.01, "maybe": 0.02}, {"a": 0.02, "b": 0.01, "maybe": 0}]
)
NO_A, NO_B, NO_MAYBE = ValueError("no a"), ValueError("no b"), ValueError("no maybe")


@ORDERS
async def test_first_error_in_the_document_is_kept(turns: Turns) -> None:
    """Of two errors that null one object the first asked for stays, whoever is late."""
    root = {"maybe": _thing(turns, a=NO_A, b=NO_B)}
    for document, wanted in (
        ("{ maybe { a b } }", ("no a", ["maybe", "a"])),
        ("{ maybe { b a } }", ("no b", ["maybe", "b"])),
        ("{ maybe { ...F b } } fragment F on Thing { a }", ("no a", ["maybe", "a"])),
    ):
        assert await _answer(document, root) == ({"maybe": None}, [wanted])


@ORDERS
async def test_errors_below_a_null_are_left_out(turns: Turns) -> None:
    """An error of a field that may be null is not told if its object is null."""
    thing = _thing(turns, a=1, b=NO_B, maybe=NO_MAYBE)
    found = await _answer("{ maybe { maybe a b } one }", {"maybe": thing, "one": 1})
    assert found == ({"maybe": None, "one": 1}, [("no b", ["maybe", "b"])])
    found = await _answer("{ maybe { maybe a } one }", {"maybe": thing, "one": 1})
    data = {"maybe": {"maybe": None, "a": 1}, "one": 1}
    assert found == (data, [("no maybe", ["maybe", "maybe"])])


@ORDERS
async def test_errors_are_in_the_order_of_the_document(turns: Turns) -> None:
    """Items by index, fields as collected, and all below a field before the next."""
    broken, well = _thing(turns, a=NO_A, b=NO_B), _thing(turns, a=1, b=1)
    root = {
        "many": [well, broken, KeyError("no"), broken],
        "one": _later(turns, "b", NO_B),
    }
    assert await _answer("{ two: one many { b a } one }", root) == (
        {"two": None, "many": [{"b": 1, "a": 1}, None, None, None], "one": None},
        [
            ("no b", ["two"]),
            ("no b", ["many", 1, "b"]),
            ("'no'", ["many", 2]),
            ("no b", ["many", 3, "b"]),
            ("no b", ["one"]),
        ],
    )


@ORDERS
async def test_an_item_that_must_be_there_nulls_its_list(turns: Turns) -> None:
    """The first broken item of a list tells why there is none; lists may nest."""
    broken, well = _thing(turns, b=NO_B, maybe=1), _thing(turns, b=1, maybe=NO_MAYBE)
    found = await _answer("{ all { maybe b } }", {"all": [well, broken, broken]})
    assert found == ({"all": None}, [("no b", ["all", 1, "b"])])
    lists = {"maybe": {"lists": [[1], [2, None, ValueError("x")], None]}}
    missing = "Cannot return null for non-nullable field Thing.lists."
    found = await _answer("{ maybe { lists } }", lists)
    assert found == ({"maybe": {"lists": None}}, [(missing, ["maybe", "lists", 1, 1])])


@ORDERS
async def test_data_is_null_if_nothing_above_may_be(turns: Turns) -> None:
    """An error that nothing stops nulls the data as a whole, and is the only one."""
    root = {"sure": {"below": _thing(turns, a=NO_A, b=NO_B)}, "one": NO_MAYBE}
    found = await _answer("{ one sure { below { b a } } }", root)
    assert found == (None, [("no b", ["sure", "below", "b"])])


async def test_what_cannot_be_executed_is_told_as_ever() -> None:
    """An error that has no place in the answer is left as graphql-core gives it."""
    document = "query($x: Boolean = true) { one @include(if: $x) }"
    result = await _executed(document, {}, {"x": None})
    assert result.data is None
    assert [error.path for error in result.errors or ()] == [None]
