"""What of a schema documents ask for: fields, arguments, enum values, types."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from graphql import (
    EnumValueNode,
    FieldNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    ObjectFieldNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    parse,
    visit,
)


def all_of(schema: GraphQLSchema) -> set[str]:
    """Name everything that can be asked for: ``Task.related(first)``, ``Unit``, ...

    What introspection gives is the same for every schema, and left out.
    """
    names: set[str] = set()
    for name, of in schema.type_map.items():
        if name.startswith("__"):
            continue
        if isinstance(of, GraphQLObjectType | GraphQLInterfaceType):
            names.add(name)
            for field, known in of.fields.items():
                names |= {f"{name}.{field}", *_arguments(name, field, known.args)}
        if isinstance(of, GraphQLInputObjectType):
            names |= {f"{name}.{field}" for field in of.fields}
    return names | _given_values(schema)


def _arguments(of: str, field: str, arguments: Any) -> set[str]:
    return {f"{of}.{field}({argument})" for argument in arguments}


def _given_values(schema: GraphQLSchema) -> set[str]:
    """Name the values of the enums that arguments take."""
    fields: list[Any] = []
    for of in schema.type_map.values():
        if isinstance(of, GraphQLObjectType | GraphQLInterfaceType):
            fields += [a for f in of.fields.values() for a in f.args.values()]
        if isinstance(of, GraphQLInputObjectType):
            fields += of.fields.values()
    named: list[Any] = [get_named_type(each.type) for each in fields]
    enums = [each for each in named if isinstance(each, GraphQLEnumType)]
    return {f"{enum.name}.{value}" for enum in enums for value in enum.values}


def asked_by(schema: GraphQLSchema, document: str) -> set[str]:
    """Name what a valid document asks for."""
    reach = _Reach(TypeInfo(schema))
    visit(parse(document), TypeInfoVisitor(reach.types, reach))
    return reach.names


class _Reach(Visitor):
    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self.types = types
        self.names: set[str] = set()

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        of: Any = self.types.get_parent_type()
        given = [argument.name.value for argument in node.arguments or ()]
        field = node.name.value
        self.names |= {of.name, f"{of.name}.{field}"}
        self.names |= _arguments(of.name, field, given)

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> None:
        of: Any = get_named_type(self.types.get_parent_input_type())  # type: ignore[arg-type]
        self.names.add(f"{of.name}.{node.name.value}")

    def enter_enum_value(self, node: EnumValueNode, *_: Any) -> None:
        of: Any = get_named_type(self.types.get_input_type())  # type: ignore[arg-type]
        self.names.add(f"{of.name}.{node.value}")


class Way(NamedTuple):
    """How to come to what no document asked for yet.

    ``fields`` name the fields to be asked for, ``Task.related``; ``steps`` has the
    number of fields from a type to the next of them.
    """

    fields: frozenset[str] = frozenset()
    steps: Mapping[str, int] = MappingProxyType({})

    def often(self, of: str, fields: Mapping[str, Any]) -> list[str]:
        """Give the fields of a type that lead there, as often as they are drawn."""
        here = self.steps.get(of)
        if here is None:
            return []
        there = [name for name in fields if f"{of}.{name}" in self.fields]
        nearer = [
            name
            for name, field in fields.items()
            if self.steps.get(_named(field), here) < here
        ]
        return there * 40 + nearer * 20


NOWHERE = Way()
"""What leads nowhere: documents are drawn as they come."""


def way_to(schema: GraphQLSchema, left: Collection[str]) -> Way:
    """Find the way to what is left; values and inputs are given to arguments."""
    fields: set[str] = set()
    objects: dict[str, Any] = {
        name: of
        for name, of in schema.type_map.items()
        if isinstance(of, GraphQLObjectType | GraphQLInterfaceType)
    }
    for name, of in objects.items():
        for field, known in of.fields.items():
            given = {f"{name}.{field}", *_arguments(name, field, known.args), name}
            taken = {each for a in known.args.values() for each in _taken(a)}
            if given & {*left} or {one.partition(".")[0] for one in left} & taken:
                fields.add(f"{name}.{field}")
    ends = {one.partition(".")[0] for one in fields}
    # No field need be of an interface: a fragment leads there from its types.
    for name in list(ends):
        if isinstance(of := objects[name], GraphQLInterfaceType):
            ends |= {each.name for each in schema.get_possible_types(of)}
    steps = dict.fromkeys(ends, 0)
    for distance in range(1, len(objects)):
        reached = {
            name: distance
            for name, of in objects.items()
            if name not in steps and any(_named(f) in steps for f in of.fields.values())
        }
        steps |= reached
    return Way(frozenset(fields), steps)


def _named(field: Any) -> str:
    named = cast("Any", get_named_type)(field.type)
    return str(named.name)


def _taken(argument: Any, known: frozenset[str] = frozenset()) -> set[str]:
    """Name the inputs and enums that an argument takes, one in another too."""
    named = cast("Any", get_named_type)(argument.type)
    name: str = named.name
    if name in known or not isinstance(named, GraphQLInputObjectType):
        return {name}
    more = known | {name}
    held: list[Any] = list(cast("Any", named).fields.values())
    return set(more).union(*(_taken(each, more) for each in held))
