"""How a field says what it needs: a catalogue entry and a pure function of its rows.

``follows`` is the one declaration of a relationship. An executor fetches the rows of
the entries named in it, for many parents at once, and hands them to the function; the
function does no I/O, so every executor gives the same answer.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Protocol

import strawberry
from strawberry.types import Info

from workatlas.stores import Snapshot

METADATA = "workatlas.follows"


class Context(Protocol):
    """What a request gives its fields."""

    @property
    def snapshot(self) -> Snapshot:
        """The published graphs that this request reads from."""
        ...

    async def fetch(
        self,
        entry: str,
        row: type[tuple[Any, ...]],
        keys: Sequence[str],
        parameters: Mapping[str, Any],
    ) -> list[Any]:
        """Give the rows of an entry for some keys, one list in the order of keys."""
        ...


def _own_key(parent: Any, _: Mapping[str, Any]) -> Sequence[str]:
    return (parent.key,)


def _nothing(_: Any, __: Mapping[str, Any]) -> Mapping[str, Any]:
    return {}


def _always(_: Any, __: Mapping[str, Any]) -> bool:
    return True


@dataclass(frozen=True)
class Follow:
    """One catalogue entry that a field needs.

    ``keys`` and ``given`` make the start keys and the entry's parameters from the
    parent object and the field's arguments; ``when`` says for which of them the entry
    is needed at all (without it, its rows are an empty list).
    """

    entry: str
    row: type[tuple[Any, ...]]
    keys: Callable[[Any, Mapping[str, Any]], Sequence[str]] = field(default=_own_key)
    given: Callable[[Any, Mapping[str, Any]], Mapping[str, Any]] = field(
        default=_nothing
    )
    when: Callable[[Any, Mapping[str, Any]], bool] = field(default=_always)


def follows(*needs: Follow) -> Callable[[Callable[..., Any]], Any]:
    """Make a field of a pure function ``(self, rows, …, *, arguments)``.

    The function's first parameters after ``self`` take the rows of ``needs``, in
    order; its keyword-only parameters are the field's GraphQL arguments.
    """

    def declare(function: Callable[..., Any]) -> Any:
        async def resolve(root: Any, info: Info[Any, Any], **arguments: Any) -> Any:
            context: Context = info.context
            found = [
                await context.fetch(
                    need.entry,
                    need.row,
                    need.keys(root, arguments),
                    need.given(root, arguments),
                )
                if need.when(root, arguments)
                else []
                for need in needs
            ]
            return function(root, *found, **arguments)

        _look_like(resolve, function)
        return strawberry.field(
            resolver=resolve,
            description=inspect.getdoc(function),
            metadata={METADATA: (needs, function)},
        )

    return declare


def _look_like(resolve: Callable[..., Any], function: Callable[..., Any]) -> None:
    """Give the resolver the function's arguments, which Strawberry reads."""
    signature = inspect.signature(function)
    arguments = [p for p in signature.parameters.values() if p.kind is p.KEYWORD_ONLY]
    own = list(inspect.signature(resolve).parameters.values())[:2]
    resolve.__signature__ = signature.replace(parameters=[*own, *arguments])  # type: ignore[attr-defined]
    kept = {"return", *(p.name for p in arguments)}
    annotations = {k: v for k, v in function.__annotations__.items() if k in kept}
    resolve.__annotations__ = {**annotations, "info": Info}
    resolve.__name__ = function.__name__
    resolve.__module__ = function.__module__


def column(name: str, description: str) -> Any:
    """Make a field of one column of the parent's row."""

    def read(root: Any) -> Any:
        return getattr(root.row, name)

    return strawberry.field(
        resolver=read, description=description, metadata={METADATA: name}
    )


def computed(description: str) -> Callable[[Callable[..., Any]], Any]:
    """Make a field of a function of the parent object alone."""

    def declare(function: Callable[..., Any]) -> Any:
        return strawberry.field(resolver=function, description=description)

    return declare


def late(module: str, name: str) -> Callable[..., Any]:
    """Give the constructor of a type whose module needs the caller's module.

    Nodes point at each other in circles; Strawberry's ``lazy`` breaks the circle for
    the types, and this breaks it for the objects.
    """

    def make(*values: Any, **fields: Any) -> Any:
        return getattr(import_module(module, __package__), name)(*values, **fields)

    return make


def only(rows: Iterable[Any]) -> Any:
    """Give the one row of a relationship that always has exactly one."""
    (row,) = rows
    return row
