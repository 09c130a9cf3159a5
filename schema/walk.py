"""How a field says that it walks: what it asks for next depends on what it found.

``walks`` is for what no fixed list of catalogue entries can find, a shortest path for
one. The field's function is a generator: it yields what it asks for, gets the rows, and
returns the field's value. It does no I/O, so every executor gives the same answer.
A walk that leaves its release goes ``across``: it is told what is published.
"""

import asyncio
import inspect
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar, get_args

import strawberry
from strawberry.types import Info

from workatlas.cypher import Page
from workatlas.stores import Snapshot

from .follow import DECLARED, Context, look_like


class Ask(NamedTuple):
    """The rows of an entry for some keys; with a page, what it asks for of each key."""

    entry: str
    row: type[tuple[Any, ...]]
    keys: Sequence[str]
    page: Page | None = None


Asks = Sequence[Ask]
Rows = Mapping[str, list[Any]]
"""The rows of an ask by its keys."""
Found = Sequence[Rows]
"""What was found, in the order of what was asked for."""
_T = TypeVar("_T")
Walk = Generator[Asks, Found, _T]
"""A walk that ends with a value; a field is of that value's type."""


@dataclass(frozen=True)
class Walked:
    """A field that walks; ``function`` takes its object and its arguments.

    One that goes ``across`` takes what is published before its arguments.
    """

    function: Callable[..., Walk[Any]]
    across: bool = False

    def begin(
        self, parent: Any, snapshot: Snapshot, arguments: Mapping[str, Any]
    ) -> Walk[Any]:
        """Begin the walk of one object."""
        if self.across:
            return self.function(parent, snapshot, **arguments)
        return self.function(parent, **arguments)

    async def carry_out(
        self, parent: Any, context: Context, arguments: Mapping[str, Any]
    ) -> Any:
        """Carry the walk of one object to its end, step by step; give what it gives."""
        walk = self.begin(parent, context.snapshot, arguments)
        try:
            asks = next(walk)
            while True:
                each = await asyncio.gather(*(_rows(context, a) for a in asks))
                asks = walk.send(each)
        except StopIteration as end:
            return end.value


def walks(function: Callable[..., Walk[Any]]) -> Any:
    """Make a field of a generator ``(self, *, arguments)``; see the module."""
    walked = Walked(function)

    async def resolve(root: Any, info: Info[Any, Any], **arguments: Any) -> Any:
        return await walked.carry_out(root, info.context, arguments)

    *_, returned = get_args(function.__annotations__["return"])
    look_like(resolve, function, returned)
    return strawberry.field(
        resolver=resolve,
        description=inspect.getdoc(function),
        metadata={DECLARED: walked},
    )


async def _rows(context: Context, ask: Ask) -> Rows:
    found = await asyncio.gather(
        *(context.fetch(ask.entry, ask.row, [key], ask.page) for key in ask.keys)
    )
    return dict(zip(ask.keys, found, strict=True))
