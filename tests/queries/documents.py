"""Whole documents with ways to run them."""

from typing import Any

from graphql import GraphQLSchema
from hypothesis import strategies as st

from .case import Case, Run
from .draft import Draft, Draw, Room, pick
from .reach import NOWHERE, Way
from .selections import selection_set
from .values import Strategy, Values
from .world import World

_MOST = 200
"""How many objects a row of nested lists may give, about."""
_DEPTHS = (3, 4, 5, 6, 7)
_COUNTS = (1,) * 8 + (2, 3)
_RARELY = (False,) * 24 + (True,)


def cases(schema: GraphQLSchema, world: World, way: Way | None = None) -> Strategy:
    """Give the strategy of valid documents over a world, each with some runs.

    With a ``way`` they go it more often than not.
    """
    first, *others = (Values(world, focus) for focus in world.focuses)
    return _cases(schema, [*[first] * len(others), *others], way or NOWHERE)


@st.composite
def _cases(draw: Draw, schema: GraphQLSchema, focuses: list[Values], way: Way) -> Case:
    values = pick(draw, focuses)
    draft = Draft(draw, schema, values, introspects=pick(draw, _RARELY), way=way)
    count = pick(draw, _COUNTS)
    texts: list[str] = []
    names: list[str | None] = []
    for number in range(count):
        draft.fuel += 60 // count
        name = f"Q{number}" if count > 1 or draft.one_of((False, True)) else None
        texts.append(_operation(draft, name))
        names.append(name)
    parts = [*texts, *(fragment.text for fragment in draft.fragments)]
    if draft.one_of((False, True)):
        parts.reverse()
    runs = draw(st.lists(_runs(draft, names), min_size=1, max_size=4))
    document = "\n".join(parts)
    return Case(
        document,
        tuple(runs),
        introspects="__schema" in document or "__type(" in document,
    )


def _operation(draft: Draft, name: str | None) -> str:
    draft.used = set()
    query: Any = draft.schema.query_type
    depth = _DEPTHS[-1] if draft.way.fields else draft.one_of(_DEPTHS)
    written = draft.draw(selection_set(draft, query, Room(depth, _MOST)))
    own = [v.definition for v in draft.variables.values() if v.name in draft.used]
    if name is None and not own:
        return written.text
    defined = f"({', '.join(own)})" if own else ""
    return f"query {name or ''}{defined} {written.text}"


@st.composite
def _runs(draw: Draw, draft: Draft, names: list[str | None]) -> Run:
    variables: dict[str, Any] = {}
    for variable in draft.variables.values():
        if variable.may_be_left_out and draw(st.booleans()):
            continue
        if pick(draw, _RARELY):
            if draw(st.booleans()):
                variables[variable.name] = draw(Values.wrong())
            continue
        variables[variable.name] = draw(variable.values)
    chosen = pick(draw, names)
    if pick(draw, _RARELY):
        chosen = pick(draw, ("nope", "", None))
    return Run(variables, chosen)
