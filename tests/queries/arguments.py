"""Arguments, as literals, variables, literals with variables in them, or left out."""

from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    Undefined,
)

from .draft import Draft
from .values import holds_more, is_required, literal, must_be_given, of_type

_IF = GraphQLArgument(GraphQLNonNull(GraphQLBoolean))
_EITHER = (True, False)
_SELDOM = (False,) * 7 + (True,)
_LEFT_OUT = {"release": (True, *(False,) * 5)}
"""What else is asked for is nearly always of a release of its own."""
_NAMED = ("compareReleases", "continues", "continuedBy")
"""Fields whose arguments are not what others of the same name are."""
_DIRECTIVES = ((),) * 30 + (("include",), ("skip",), ("include",), ("skip", "include"))


@dataclass(frozen=True)
class _Item:
    """A place in a list; there is no default for it."""

    type: Any
    default_value: Any = Undefined


def arguments(draft: Draft, field: Any, name: str) -> str:
    """Write the arguments of a field of that name."""
    given: list[str] = []
    for argument, place in field.args.items():
        if not must_be_given(place) and draft.one_of(_LEFT_OUT.get(argument, _EITHER)):
            continue
        is_own = argument in ("id", "name") or name in _NAMED
        domain = f"{name}.{argument}" if is_own else argument
        given.append(f"{argument}: {_value(draft, place, domain)}")
    return f"({', '.join(given)})" if given else ""


def directives(draft: Draft) -> str:
    """Write @skip and @include, mostly neither."""
    names = draft.one_of(_DIRECTIVES)
    return "".join(f" @{name}(if: {_value(draft, _IF, 'if')})" for name in names)


def _value(draft: Draft, place: Any, name: str) -> str:
    if draft.one_of((False, False, True)):
        return draft.variable(place, name)
    of = place.type
    if not is_required(of):
        if draft.one_of((True,) * 5 + (False,)):
            return _value(draft, _Item(GraphQLNonNull(of)), name)
        return "null"
    inner = of_type(of)
    if isinstance(inner, GraphQLList):
        return _list(draft, _Item(of_type(inner)), name)
    if isinstance(inner, GraphQLInputObjectType):
        return _object(draft, inner)
    return literal(draft.draw(draft.values.of(of, name)), inner)


def _list(draft: Draft, item: _Item, name: str) -> str:
    items = [_value(draft, item, name) for _ in range(draft.one_of((1, 2, 0, 3)))]
    is_bare = len(items) == 1 and "$" not in items[0] and items[0] != "null"
    if is_bare and draft.one_of((False, True)):
        return items[0]
    return f"[{', '.join(items)}]"


def _object(draft: Draft, of: GraphQLInputObjectType) -> str:
    given: list[str] = []
    for name, place in of.fields.items():
        # What holds itself again is hardly ever given, or there would be no end to it.
        chances = _SELDOM if holds_more(place.type) else _EITHER
        if must_be_given(place) or draft.one_of(chances):
            given.append(f"{name}: {_value(draft, place, name)}")
    return f"{{{', '.join(given)}}}"
