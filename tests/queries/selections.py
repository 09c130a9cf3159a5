"""Selection sets: fields, fragments, the same again; bounded in every direction."""

from functools import cache
from typing import Any, cast

from graphql import (
    GraphQLCompositeType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_object_type,
)
from hypothesis import strategies as st

from .arguments import arguments, directives
from .draft import Asked, Draft, Draw, Fragment, Room, Written, pick

_INTROSPECTED = 20
_LONG = (
    "tasks",
    "siblings",
    "related",
    "exposureRatings",
    "releases",
    "occupations",
    "search",
    "joinCounts",
    "counts",
    "emergingTasks",
    "promoted",
)
_OFTEN = {"task", "tasks", "occupation", "occupations", "workActivity", "node"} | {
    *("siblings", "related", "children", "parent", "activity", "sharedActivities"),
    *("search", "disagreements", "rankCorrelation"),
    *("studies", "joinReport", "joinCounts", "counts", "rowConnection"),
    *("exposureMissing", "workActivities"),
    *("emergingTasks", "emergingTaskConnection", "promoted", "revises"),
}
"""Fields below which there is most to ask for."""
_ALIASES = (None, None, None, "a", "b", "key", "statement", "id", "_")
_META = ("__schema", "__type")
_OBJECT_KINDS = ("field",) * 9 + ("inline", "spread", "again")
_ABSTRACT_KINDS = ("field",) * 4 + ("inline", "inline", "spread", "again")


@st.composite
def selection_set(draw: Draw, draft: Draft, of: Any, room: Room) -> Written:
    """Draw what is selected of a type, as much as there is room for."""
    one = selection(draft, of, room)
    parts = draw(st.lists(one, min_size=1, max_size=6 if draft.fuel > 0 else 2))
    return Written.together(f"{{ {' '.join(p.text for p in parts)} }}", parts)


@st.composite
def selection(draw: Draw, draft: Draft, of: Any, room: Room) -> Written:
    """Draw one field, inline fragment or fragment spread."""
    kinds = _ABSTRACT_KINDS if is_abstract_type(of) else _OBJECT_KINDS
    draft.fuel -= 1
    kind = pick(draw, kinds) if draft.fuel > 0 else "field"
    if kind == "inline":
        return _inline(draft, of, room)
    if kind == "spread":
        return _spread(draft, of, room)
    if kind == "again":
        return _again(draft, of, room)
    name = pick(draw, _fields(draft, of, room))
    return _field(draft, of, name, draft.one_of(_ALIASES), room)


def _fields(draft: Draft, of: Any, room: Room) -> list[str]:
    """Give the names of the fields that there is room for, leaves first."""
    known: dict[str, Any] = of.fields
    deep = room.depth > 0 and draft.fuel > 0
    leaves = [n for n, f in known.items() if not is_composite_type(_named(f))]
    nodes = [
        n for n, f in known.items() if n not in leaves and _width(n, f) <= room.width
    ]
    meta = _META * 4 if draft.introspects and of.name == "Query" else ()
    if not deep:
        return ["__typename", *leaves, *draft.way.often(of.name, _some(known, leaves))]
    often = [n for n in nodes if n in _OFTEN]
    # An interface is come to seldom; then there has to be something below it.
    own = [*leaves, *nodes * (6 if is_abstract_type(of) else 1), *often * 4, *meta]
    own += draft.way.often(of.name, _some(known, [*leaves, *nodes]))
    return [*own, "__typename"] if own else ["__typename"]


def _some(known: dict[str, Any], names: list[str]) -> dict[str, Any]:
    return {name: known[name] for name in names}


def _named(field: Any) -> Any:
    return cast("Any", get_named_type)(field.type)


def _width(name: str, field: Any) -> int:
    if "[" not in str(field.type):
        return 1
    # Lists of the schema nest once at most: graphql-core refuses more.
    meta = _named(field).name.startswith("__")
    return _INTROSPECTED if meta else 6 if name in _LONG else 3


def _field(draft: Draft, of: Any, name: str, alias: str | None, room: Room) -> Written:
    field: Any = draft.schema.get_field(of, name)
    response = _response(draft, name, field, alias)
    asked = draft.names[response]
    draft.used |= asked.variables
    draft.before[of.name].append((response, name))
    shown = name if response == name else f"{response}: {name}"
    start = f"{shown}{asked.arguments}{directives(draft)}"
    named = _named(field)
    if not is_composite_type(named):
        return Written(start, size=1)
    own = _width(name, field)
    below = draft.draw(selection_set(draft, named, room.below(own)))
    text = f"{start} {below.text}"
    return Written(text, below.depth + 1, below.width * own, below.size + 1)


def _response(draft: Draft, name: str, field: Any, alias: str | None) -> str:
    """Give the field's name in the answer, and note what it stands for."""
    asked = (name, f"{field.type} {sorted(field.args)}")
    names = [n for n in (alias, name) if n and draft.stands_for(n, asked)]
    is_new = not names or (field.args and draft.one_of((False, True)))
    response = f"{name}{next(draft.numbers)}" if is_new else names[0]
    if response not in draft.names:
        outer, draft.used = draft.used, set()
        given = arguments(draft, field, name)
        draft.names[response] = Asked(asked, given, frozenset(draft.used))
        draft.used = outer
    return response


def _again(draft: Draft, of: Any, room: Room) -> Written:
    """Ask for the same field once more, with a selection of its own."""
    known = _fields(draft, of, room)
    before = [(r, n) for r, n in draft.before[of.name] if n in known]
    if not before:
        return Written("__typename", size=1)
    response, name = draft.one_of(before)
    return _field(draft, of, name, response, room)


def _inline(draft: Draft, of: Any, room: Room) -> Written:
    types = _overlapping(draft.schema, of)
    on = draft.one_of([*types, *types[1:], None])
    condition = f" on {on.name}" if on else ""
    start = f"...{condition}{directives(draft)}"
    below = draft.draw(selection_set(draft, on or of, room))
    return Written.together(f"{start} {below.text}", [below])


def _spread(draft: Draft, of: Any, room: Room) -> Written:
    types = _overlapping(draft.schema, of)
    names = [each.name for each in types]
    fitting: list[Fragment | None] = [
        f
        for f in draft.fragments
        if f.on in names
        and f.written.depth <= room.depth
        and f.written.width <= room.width
        and f.written.size <= max(draft.fuel, 3)
    ]
    fragment = draft.one_of([*fitting, *fitting, None])
    if fragment is None:
        fragment = _fragment(draft, draft.one_of(types), room)
    else:
        draft.fuel -= fragment.written.size
    draft.used |= fragment.variables
    text = f"...{fragment.name}{directives(draft)}"
    return Written.together(text, [fragment.written])


def _fragment(draft: Draft, on: Any, room: Room) -> Fragment:
    outer, draft.used = draft.used, set()
    written = draft.draw(selection_set(draft, on, room))
    name = f"F{len(draft.fragments)}"
    fragment = Fragment(name, on.name, written, frozenset(draft.used))
    draft.fragments.append(fragment)
    draft.used = outer
    return fragment


@cache
def _overlapping(schema: GraphQLSchema, of: GraphQLCompositeType) -> list[Any]:
    """Give the types that an object of a type may be of, itself first."""
    own = _possible(schema, of)
    every: list[Any] = [t for t in schema.type_map.values() if is_composite_type(t)]
    return sorted(
        (t for t in every if _possible(schema, t) & own),
        key=lambda t: (t is not of, t.name),
    )


def _possible(schema: GraphQLSchema, of: Any) -> set[str]:
    if is_object_type(of):
        return {of.name}
    return {each.name for each in schema.get_possible_types(of)}
