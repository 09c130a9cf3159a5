"""What a field costs whatever it is asked with, by its declarations.

How long its list is comes from the field itself (``schema/cost.py``), or from the
catalogue, which says of relationships how many there are of a node (``about``).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import ceil
from typing import Any, cast

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,  # pyright: ignore[reportUnknownVariableType]
)

from workatlas.cypher import Catalogue
from workatlas.schema.cost import COST, Cost
from workatlas.schema.follow import DECLARED, Follow, Followed

_GATHERED = 500
"""The cost of what is made of all rows of a release, for the first who asks."""
_SELDOM = 0.4
_USUAL = Cost()


@dataclass(frozen=True)
class FieldCost:
    """A field: what is below it, and what it costs; see ``schema/cost.py``."""

    field: GraphQLField
    below: Any
    is_object: bool
    is_list: bool
    weight: int
    once: int
    size: float | None


class FieldCosts:
    """The fields of one schema over one catalogue."""

    def __init__(self, schema: GraphQLSchema, catalogue: Catalogue) -> None:
        """Read what fields and entries declare, when a field is first asked for."""
        self.schema = schema
        self._catalogue = catalogue
        self._sizes = dict(_introspected(schema))
        self.of = cache(self._of)
        """Give the cost of a type's field; there are no more than the schema has."""

    def _of(self, parent: Any, name: str) -> FieldCost:
        field = self.schema.get_field(parent, name)
        assert field is not None, name  # noqa: S101 - the document is valid
        below = named_type(field)
        cost = declared_cost(field)
        declared = _metadata(field).get(DECLARED)
        needs = declared.needs if isinstance(declared, Followed) else ()
        gathers = any(need.gathers for need in needs)
        size = cost.size or self._sizes.get(f"{parent.name}.{name}")
        return FieldCost(
            field,
            below,
            is_composite_type(below),
            type_name(field).startswith("[") or size == _SELDOM,
            cost.weight,
            cost.once + gathers * _GATHERED,
            size or self._about(needs),
        )

    def _about(self, needs: tuple[Follow, ...]) -> float | None:
        """Give how long a list is, by the first relationship that says it."""
        sizes = (self._catalogue[need.entry].about for need in needs)
        return next((size for size in sizes if size is not None), None)


def _metadata(field: Any) -> Mapping[str, Any]:
    """Give what Strawberry keeps of a field; the schema's own have nothing."""
    definition = field.extensions.get("strawberry-definition")
    return definition.metadata if definition else {}


def declared_cost(field: Any) -> Cost:
    """Give the cost that a field, or an input's, declares."""
    cost: Cost = _metadata(field).get(COST, _USUAL)
    return cost


def named_type(field: Any) -> Any:
    """Give the type of a field or argument, without lists and what must not be null."""
    return cast("Any", get_named_type(field.type))


def type_name(field: Any) -> str:
    """Give the name of the type of a field or argument, as the schema prints it."""
    return str(field.type)


def _introspected(schema: GraphQLSchema) -> Iterator[tuple[str, float]]:
    """Give how long the lists are that the schema has of itself."""
    objects = [t for t in schema.type_map.values() if isinstance(t, GraphQLObjectType)]
    fields = [field for each in objects for field in each.fields.values()]
    count = len(schema.type_map)
    yield "__Schema.types", count
    yield "__Schema.directives", len(schema.directives)
    yield "__Type.fields", ceil(len(fields) / count)
    yield "__Field.args", ceil(sum(len(f.args) for f in fields) / len(fields))
    yield "__Directive.args", 1
    # A type is within a list, or may not be null, or neither: so it ends soon.
    yield "__Type.ofType", _SELDOM
    for name in ("interfaces", "possibleTypes", "enumValues", "inputFields"):
        yield f"__Type.{name}", 1
