"""The second step of an answer: what an operation asks for becomes a tree of steps.

Only the schema's own declarations are read (``schema/follow.py``): a field that is
added there is planned without a change here. What is not planned is introspection; the
reference executor answers it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, cast

from graphql import (
    GraphQLAbstractType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    is_leaf_type,
)
from graphql.execution.collect_fields import FieldDetails, collect_fields
from graphql.execution.executor import Executor

from workatlas.cypher import REFERENCE, Catalogue, Entry
from workatlas.schema.follow import DECLARED, Follow, Followed
from workatlas.schema.walk import Walked

from .arguments import Arguments
from .compiled import Compiled, ask_for_keys, compiled
from .leaf import Leaf
from .pace import Pace
from .statement import Statements
from .steps import Attribute, Need, Selection, Shape, Slot, Source, Step, Typename

Selected = Executor[Any]
"""An operation with its fragments and the values of its variables."""
_TYPENAME = "__typename"


@dataclass(eq=False)
class Plan:
    """A whole operation: where it starts, how many slots there are, its statements.

    A plan that is new has not been carried out yet. The first time the columns do it,
    and find out what is to be kept; functions are not worth it before. ``steps`` is how
    many it has, once somebody has counted them.
    """

    root: Selection
    slots: int
    catalogue: Catalogue
    statements: Statements = field(default_factory=Statements)
    asking: Pace = field(default_factory=Pace)
    making: Pace = field(default_factory=Pace)
    is_new: bool = True
    steps: int | None = None
    functions: dict[Selection, Compiled | None] = field(
        default_factory=dict[Selection, Compiled | None]
    )

    def function(self, selection: Selection) -> Compiled | None:
        """Give one of its selections as a function, if it can be one."""
        if selection not in self.functions:
            self.functions[selection] = compiled(selection)
        return self.functions[selection]


class NotPlannedError(Exception):
    """The operation asks for something that only the reference executor gives."""


@dataclass(frozen=True)
class _Anchor:
    """Where the node of a label that a step is about comes from.

    ``is_shared``: many objects may stand for one node there, so what hangs below it is
    asked for once a node by a statement of its own.
    """

    slot: Slot
    is_shared: bool = False


_Anchors = Mapping[str, _Anchor]
_Details = list[FieldDetails]


def plan(operation: Selected, catalogue: Catalogue) -> Plan:
    """Plan an operation.

    Raises:
        NotPlannedError: it asks for something that is not planned.

    """
    return _Planner(operation, catalogue).plan()


class _Planner:
    def __init__(self, operation: Selected, catalogue: Catalogue) -> None:
        self._operation = operation
        self._schema = operation.schema
        self._catalogue = catalogue
        self._numbers = count()

    def plan(self) -> Plan:
        query = self._schema.query_type
        assert query is not None  # noqa: S101 - the schema has one
        collected = collect_fields(
            self._schema,
            self._operation.fragments,
            self._operation.variable_values,
            query,
            self._operation.operation,
        )
        root = self._selection(query, collected.grouped_field_set, {}, is_many=False)
        ask_for_keys(root)
        return Plan(root, next(self._numbers), self._catalogue)

    def _selection(
        self,
        of: GraphQLObjectType,
        asked: Mapping[str, _Details],
        anchors: _Anchors,
        *,
        is_many: bool,
    ) -> Selection:
        selection = Selection(of.name, kind=_class_of(of))
        level = _Level(selection, dict(anchors), is_many)
        for name, details in asked.items():
            selection.steps.append(self._step(of, name, details, level))
        return selection

    def _step(
        self, of: GraphQLObjectType, name: str, details: _Details, level: "_Level"
    ) -> Step:
        node = details[0].node
        asked = node.name.value
        known = self._schema.get_field(of, asked)
        assert known is not None  # noqa: S101 - the document is valid
        if asked.startswith("__") and asked != _TYPENAME:
            raise NotPlannedError(asked)
        step = Step(
            name=name,
            parent=of.name,
            asked=asked,
            nodes=[each.node for each in details],
            declared=_declared(known, of, asked),
            arguments=Arguments(known, node),
        )
        below = self._needs(step, level)
        step.shape = self._shape(cast("Any", known).type, details, below)
        self._read(step)
        return step

    def _read(self, step: Step) -> None:
        """Ask for the columns that a step reads, and leave out what it can spare."""
        reads = step.shape.reads()
        if reads is not None:
            spared = [n for n in step.needs if n.follow.can_be_spared(reads)]
            # One need stays, whatever it is: an answer names the builds that it is of.
            for need in spared[: len(step.needs) - 1]:
                step.spare(need)
        for need in step.needs:
            if need.source is not Source.NONE:
                own = need.follow.reads
                need.slot.read(None if own is None or reads is None else {*own, *reads})

    def _needs(self, step: Step, level: "_Level") -> "_Level":
        """Bind what a step needs to slots, and say what its objects hang below."""
        below = _Level(level.selection, dict(level.anchors), level.is_many)
        if isinstance(step.declared, Walked):
            return _Level(level.selection, {}, level.is_many)
        if not isinstance(step.declared, Followed):
            return below
        found: dict[str, set[_Anchor | None]] = {}
        for follow in step.declared.needs:
            entry = self._catalogue[follow.entry]
            need, anchor = self._need(follow, entry, level)
            need.slot.users.append((step, follow))
            step.needs.append(need)
            if "key" in follow.fields:
                found.setdefault(entry.child.label, set()).add(anchor)
        for label, anchors in found.items():
            # Objects that may be of several slots can only be found by their own keys.
            anchor = anchors.pop()
            below.anchors.pop(label, None)
            if anchor is not None and not anchors:
                below.anchors[label] = anchor
        return below

    def _need(
        self, follow: Follow, entry: Entry, level: "_Level"
    ) -> tuple[Need, _Anchor | None]:
        parent = entry.parent
        is_of_build = entry.child.label in REFERENCE and (
            parent is None or parent.label in REFERENCE
        )
        if is_of_build or follow.gathers is not None:
            slot = self._slot(entry.child.label, follow, entry)
            return Need(follow, Source.KEPT, slot, slot), None
        if parent is None or not follow.is_own:
            root = None if parent is None else self._root(parent.label)
            slot = self._below(root, follow, entry)
            return Need(follow, Source.KEYS, slot, root or slot), _Anchor(slot)
        above = self._above(parent.label, entry, level)
        if follow.page is not None and not above.holds_pages:
            above = self._own(parent.label, level)
        slot = self._below(above, follow, entry)
        is_shared = entry.is_one and (level.is_many or above.is_many)
        return Need(follow, Source.ABOVE, slot, above), _Anchor(slot, is_shared)

    def _above(self, label: str, entry: Entry, level: "_Level") -> Slot:
        """Give the slot of the node that an entry starts at."""
        anchor = level.anchors.get(label)
        if anchor is not None and (entry.is_one or not anchor.is_shared):
            return anchor.slot
        own = self._own(label, level)
        level.anchors[label] = _Anchor(own)
        return own

    def _own(self, label: str, level: "_Level") -> Slot:
        """Give the root of a statement that starts at the objects of the selection."""
        own = level.selection.own or self._root(label)
        level.selection.own = own
        return own

    def _root(self, label: str) -> Slot:
        return Slot(next(self._numbers), label, None, None, is_many=True)

    def _slot(self, label: str, follow: Follow, entry: Entry) -> Slot:
        return Slot(
            next(self._numbers),
            label,
            entry,
            follow.row,
            is_many=not entry.is_one,
            is_page=follow.page is not None,
            follow=follow,
        )

    def _below(self, above: Slot | None, follow: Follow, entry: Entry) -> Slot:
        """Give the slot of an entry below another; the one that is there, if it may."""
        beside = [] if above is None else above.below
        same = (s for s in beside if s.entry is entry and not s.is_page)
        known = None if follow.page is not None else next(same, None)
        if known is not None:
            return known
        slot = self._slot(entry.child.label, follow, entry)
        beside.append(slot)
        return slot

    def _shape(self, of: Any, details: _Details, level: "_Level") -> Shape:
        # graphql-core leaves the types of wrapped types open.
        if isinstance(of, GraphQLNonNull):
            shape = self._shape(cast("Any", of).of_type, details, level)
            return replace(shape, is_non_null=True)
        if isinstance(of, GraphQLList):
            many = _Level(level.selection, level.anchors, is_many=True)
            item = self._shape(cast("Any", of).of_type, details, many)
            return Shape(item=item)
        if is_leaf_type(of):
            return Shape(leaf=Leaf(of))
        named = cast("GraphQLObjectType | GraphQLAbstractType", of)
        possible = (
            [named]
            if isinstance(named, GraphQLObjectType)
            else self._schema.get_possible_types(named)
        )
        return Shape(
            selections={
                _class_of(each): self._selection(
                    each,
                    self._operation.collect_subfields(each, details).grouped_field_set,
                    level.anchors,
                    is_many=level.is_many,
                )
                for each in possible
            },
        )


@dataclass
class _Level:
    """What is known where a selection is planned."""

    selection: Selection
    anchors: dict[str, _Anchor]
    is_many: bool


def _declared(known: GraphQLField, of: GraphQLObjectType, asked: str) -> Any:
    if asked == _TYPENAME:
        return Typename(of.name)
    definition = known.extensions["strawberry-definition"]
    return definition.metadata.get(DECLARED) or Attribute(definition.python_name)


def _class_of(of: GraphQLObjectType) -> type[Any]:
    definition = of.extensions["strawberry-definition"]
    # Strawberry makes a class for each use of a generic one; objects are of that one.
    origin: type[Any] = (definition.concrete_of or definition).origin
    return origin
