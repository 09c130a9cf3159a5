"""What an operation can cost at most, known before anything is fetched.

The cost of a field is the number of objects that it can give: one, or as many as its
list is long. That is how many are asked for (`first`, identifiers in an argument), or
what the field is known to have (``field_costs.py``) if that is less, or nothing was
asked. What is below counts for each. A scalar is a tenth of an object. Some fields and
filters take work of their own, which is added.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil
from typing import Any, cast

from cachetools import LRUCache
from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLArgument,
    GraphQLInputObjectType,
    GraphQLInt,
    InlineFragmentNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    Undefined,
    ValueNode,
    VariableNode,
    value_from_ast_untyped,
)

from workatlas.schema.paging import MOST

from .field_costs import FieldCost, FieldCosts, declared_cost, named_type, type_name
from .syntax import fragments

_SCALAR = 0.1
_FEW = 5
"""How long a list is taken to be of which nothing is known."""
_NAMED = 10
"""The cost of an identifier in a list: an error, if there is no such node, takes as
much as ten objects."""
_TEST = 50
"""The cost of a value in an input: each is a condition on what is listed."""
_KNOWN = 64
Values = Mapping[str, Any]
_Selected = Iterator[tuple[FieldCost, FieldNode]]


class OperationCost:
    """The cost of a valid operation, by the values of the variables that decide.

    The work grows with its fields, all fragments put in: bound those first.
    """

    def __init__(
        self,
        fields: FieldCosts,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        choices: Iterable[str],
    ) -> None:
        """Find out which variables decide: how many, which, or whether at all.

        The last are the ``choices`` of the document.
        """
        self._fields = fields
        self._operation = operation
        self._fragments = fragments(document)
        root = fields.schema.query_type
        deciding = set(self._with({}).variables(root, operation.selection_set))
        self._deciding = sorted(deciding.union(choices))
        self._known: LRUCache[str, int] = LRUCache(_KNOWN)

    def of(self, values: Values) -> int:
        """Give the cost with some values."""
        deciding = repr([values.get(name) for name in self._deciding])
        cost = self._known.get(deciding)
        if cost is None:
            one = self._with(values)
            root = self._fields.schema.query_type
            each = one.selected(root, self._operation.selection_set, None)
            cost = self._known[deciding] = ceil(round(each + one.once, 3))
        return cost

    def _with(self, values: Values) -> "_Costing":
        return _Costing(self._fields, self._fragments, dict(values))


class _Costing:
    """One operation with values; ``once`` is what is done once for all objects."""

    def __init__(
        self,
        fields: FieldCosts,
        fragments: Mapping[str, FragmentDefinitionNode],
        values: dict[str, Any],
    ) -> None:
        self._fields = fields
        self._fragments = fragments
        self._values = values
        self.once = 0

    def selected(
        self, parent: Any, selected: SelectionSetNode, page: int | None
    ) -> float:
        """Cost what is selected of an object; ``page``: how many its lists have."""
        return sum(
            self._cost(known, field, page)
            for known, field in self._each(parent, selected, skips=True)
        )

    def variables(self, parent: Any, selected: SelectionSetNode) -> Iterator[str]:
        """Give the variables that decide, below an object."""
        for known, field in self._each(parent, selected, skips=False):
            for argument in field.arguments or ():
                name = argument.name.value
                of = known.field.args[name]
                if _is_page(name, of) or _is_many(of) or _is_input(of):
                    yield from _named(argument.value)
            if field.selection_set is not None:
                yield from self.variables(known.below, field.selection_set)

    def _each(
        self, parent: Any, selected: SelectionSetNode, *, skips: bool
    ) -> _Selected:
        for each in selected.selections:
            if skips and self._is_skipped(each.directives or ()):
                continue
            if isinstance(each, FieldNode):
                yield self._fields.of(parent, each.name.value), each
                continue
            if isinstance(each, InlineFragmentNode):
                within, condition = each.selection_set, each.type_condition
            else:
                assert isinstance(each, FragmentSpreadNode)  # noqa: S101 - the third kind
                fragment = self._fragments[each.name.value]
                within, condition = fragment.selection_set, fragment.type_condition
            types = self._fields.schema.type_map
            on = types[condition.name.value] if condition else parent
            yield from self._each(on, within, skips=skips)

    def _is_skipped(self, directives: tuple[DirectiveNode, ...]) -> bool:
        wanted = {"skip": False, "include": True}
        return any(
            self._value(each.arguments[0].value) is (not wanted[each.name.value])
            for each in directives
            if each.name.value in wanted and each.arguments
        )

    def _value(self, node: ValueNode) -> Any:
        return value_from_ast_untyped(node, self._values)

    def _cost(self, known: FieldCost, field: FieldNode, page: int | None) -> float:
        self.once += known.once
        asked, weight = self._asked(known, field)
        if asked is not None and known.size is not None:
            asked = min(asked, ceil(known.size))
        times: float = 1
        if known.is_list:
            many = asked if asked is not None else known.size or page
            times = _FEW if many is None else many
        if field.selection_set is None:
            return known.weight + weight + times * _SCALAR
        # A page has lists of its own, of as many as it was asked for.
        inside = None if known.is_list else asked
        below = self.selected(known.below, field.selection_set, inside)
        return known.weight + weight + times * (1 + below)

    def _asked(self, known: FieldCost, field: FieldNode) -> tuple[int | None, int]:
        """Give how many are asked for, if that is said, and what conditions add."""
        given = {each.name.value: each.value for each in field.arguments or ()}
        many, weight = None, 0
        for name, of in known.field.args.items():
            node = given.get(name)
            value = of.default_value if node is None else self._value(node)
            if value is Undefined or value is None:
                continue
            if _is_page(name, of):
                # More than may be asked for is the field's error, and gives nothing.
                many = max(0, min(value, MOST))
            elif _is_many(of):
                many = len(cast("Values", value)) if isinstance(value, list) else 1
                weight += _NAMED * many
            elif _is_input(of):
                weight += _tests(named_type(of), value)
        return many, weight


def _tests(of: Any, value: Any) -> int:
    """Cost the conditions in an input."""
    if isinstance(value, list):
        return sum([_tests(of, each) for each in cast("Sequence[Any]", value)])
    if not isinstance(value, dict) or not isinstance(of, GraphQLInputObjectType):
        return 0 if value is None else _TEST
    given = {k: v for k, v in cast("Values", value).items() if v is not None}
    return sum([_test(of.fields[name], own) for name, own in given.items()])


def _test(field: Any, value: Any) -> int:
    return declared_cost(field).weight + _tests(named_type(field), value)


def _is_page(name: str, of: GraphQLArgument) -> bool:
    """Whether it says how many are on a page; another `first` is the first of two."""
    return name == "first" and named_type(of) is GraphQLInt


def _is_many(of: GraphQLArgument) -> bool:
    """Whether it names nodes, one by one: a list that has to be given."""
    name = type_name(of)
    return name.startswith("[") and name.endswith("!")


def _is_input(of: GraphQLArgument) -> bool:
    return isinstance(named_type(of), GraphQLInputObjectType)


def _named(node: ValueNode) -> Iterator[str]:
    if isinstance(node, VariableNode):
        yield node.name.value
    elif isinstance(node, ListValueNode):
        for each in node.values:
            yield from _named(each)
    elif isinstance(node, ObjectValueNode):
        for field in node.fields:
            yield from _named(field.value)
