"""The parts of the plan executor, with what real graphs hardly ever hold."""

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple, cast

import pytest
from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLFloat,
    GraphQLInt,
    GraphQLString,
    parse,
)
from typing_extensions import override

from workatlas.cypher import Choice, Page, Passes
from workatlas.cypher.catalogue import parse_entry
from workatlas.resolvers.columns import Completion
from workatlas.resolvers.compiled import compiled
from workatlas.resolvers.execution import Execution
from workatlas.resolvers.failed import Failed
from workatlas.resolvers.kept import Kept
from workatlas.resolvers.leaf import Leaf
from workatlas.resolvers.needs import Needs
from workatlas.resolvers.plan import Plan
from workatlas.resolvers.statement import Statements
from workatlas.resolvers.steps import (
    Attribute,
    Need,
    Selection,
    Shape,
    Slot,
    Source,
    Step,
)
from workatlas.resolvers.writer import UnusualError
from workatlas.schema import executable_schema
from workatlas.schema.enums import TaskType
from workatlas.schema.follow import Follow, Followed
from workatlas.stores import Snapshot

from .test_cypher_catalogue import PAGED


class Row(NamedTuple):
    """A row of ratings."""

    key: str
    value: float
    line: int


class Known:
    """Arguments that need no variables."""

    are_none = True
    known: ClassVar[dict[str, Any]] = {}

    def of(self, _: Any) -> dict[str, Any]:
        """Give none."""
        return {}


def node() -> FieldNode:
    """Give a field of a document."""
    operation: Any = parse("{ a }").definitions[0]
    return cast("FieldNode", operation.selection_set.selections[0])


def step(name: str, shape: Shape) -> Step:
    """Make a step of a plain attribute."""
    arguments: Any = Known()
    made = Step(name, "Thing", name, [node()], Attribute(name), arguments)
    made.shape = shape
    return made


TASK_TYPE = cast("GraphQLEnumType", executable_schema().type_map["TaskType"])


@pytest.mark.parametrize(
    ("leaf", "values", "expected"),
    [
        (GraphQLInt, [1, None], [1, None]),
        (GraphQLInt, [2**31], ["32-bit"]),
        (GraphQLInt, [True], [1]),
        (GraphQLFloat, [float("nan"), 1], ["non numeric", 1.0]),
        (GraphQLString, [3, None, ValueError("odd")], ["3", None, "odd"]),
        (TASK_TYPE, [TaskType.CORE, None], ["CORE", None]),
        (TASK_TYPE, [TaskType.CORE], ["CORE"]),
        (TASK_TYPE, ["OTHER", Failed(ValueError("no"))], ["OTHER", "no"]),
    ],
)
def test_leaves(leaf: Any, values: list[Any], expected: list[Any]) -> None:
    """A column is what the scalar makes of each value; what it refuses has failed."""
    found, is_odd = Leaf(leaf).column(values)
    assert is_odd == any(v is None or isinstance(v, Failed) for v in found) or is_odd
    for value, wanted in zip(found, expected, strict=True):
        if isinstance(value, Failed):
            assert wanted in str(value.cause)
        else:
            assert value == wanted


class OfNothing(Completion):
    """Completes what has no objects in it."""

    @override
    def objects(self, selection: Selection, objects: list[Any]) -> Any:
        """Give none, for none is asked for."""
        raise AssertionError


def ended(work: Any) -> Any:
    """Give what a generator gives that yields nothing."""
    with pytest.raises(StopIteration) as caught:
        next(work)
    return caught.value.value


@pytest.mark.parametrize(
    ("shape", "what"),
    [
        (Shape(item=Shape(leaf=Leaf(GraphQLString))), "Expected Iterable"),
        (Shape(selections={str: Selection("S")}), "Expected an object"),
    ],
)
def test_what_is_no_list_or_object_has_failed(shape: Shape, what: str) -> None:
    """A function that gives something else is a defect, told as an error."""
    completion = OfNothing()
    (found, *_), is_odd = ended(completion.completed(step("a", shape), [7]))
    assert is_odd
    assert completion.has_failed
    assert what in str(found.cause)


class One:
    """An object of one class."""

    key = "b@1/one/1"
    row = None
    a = "one"


class Two(One):
    """An object of another class."""

    a = "two"


def test_functions_of_several_types_and_of_what_they_do_not_know() -> None:
    """Each object is made by its class; what is not known is refused."""
    text = Shape(leaf=Leaf(GraphQLString), is_non_null=True)
    inner = {
        One: Selection("One", [step("a", text)]),
        Two: Selection("Two", [step("a", text)]),
    }
    outer = Selection("Outer", [step("each", Shape(item=Shape(selections=inner)))])
    made = compiled(outer)
    assert made is not None
    function = made.make(Kept(""), "b@1")

    class Outer(One):
        def __init__(self, *each: Any) -> None:
            self.each = list(each)

    all_known = Outer(One(), Two(), None)
    assert function(all_known, [], {}) == {"each": [{"a": "one"}, {"a": "two"}, None]}
    with pytest.raises(UnusualError):
        function(Outer(7), [], {})


def test_an_object_whose_keys_cannot_be_told_fails_alone() -> None:
    """The others of its selection get their rows."""
    here, there = One(), One()

    def keys(parent: One, _: Any) -> tuple[str, ...]:
        if parent is there:
            message = "no such place"
            raise LookupError(message)
        return ()

    def count(_: One, rows: list[Row]) -> int:
        return len(rows)

    follow = Follow("any", Row, keys=keys)
    slot = Slot(0, "Thing", None, None, is_many=True)
    rows = step("rows", Shape(leaf=Leaf(GraphQLInt)))
    rows.declared = Followed((follow,), count, set(), shared=False)
    rows.needs.append(Need(follow, Source.KEYS, slot, slot))
    plan = Plan(Selection("Thing", [rows]), 1, {})
    variables: Any = None
    needs = Needs(plan, variables, Kept(""), Snapshot({}))
    execution = Execution(plan, needs)
    each = step("each", Shape(item=Shape(selections={One: plan.root})))
    root: Any = type("Root", (), {"each": [here, there]})
    plan.root = Selection("Root", [each])
    with pytest.raises(StopIteration) as stopped:
        next(execution.data(root))
    good, bad = stopped.value.value["each"]
    assert good == {"rows": 0}
    assert "no such place" in str(bad["rows"].cause)


def test_pages_and_their_parameters_are_named_by_their_slot() -> None:
    """Two pages of one entry do not share values, and one holds what is below it."""
    entry = parse_entry("task_ratings.cypher", PAGED)

    def page(arguments: Mapping[str, Any]) -> Page:
        choice = Choice("VALUE", condition=Passes("SCALE", "scale"))
        return Page(choice, {"scale": arguments["scale"], "first": 3})

    def count(arguments: Mapping[str, Any]) -> Page:
        return Page(Choice(condition=Passes("SCALE", "scale")), dict(arguments))

    root = Slot(0, "Task", None, None, is_many=True)
    for number, asked in ((1, page), (2, count)):
        follow = Follow("task_ratings", Row, page=asked)
        columns = {"value"}
        slot = Slot(number, "Rating", entry, Row, True, True, columns)
        slot.users.append((step(f"s{number}", Shape()), follow))
        root.below.append(slot)
    scales = {"s1": "IM", "s2": "RT"}
    statement, parameters = Statements().of(root, lambda s: {"scale": scales[s.name]})
    assert parameters == {"scale_1": "IM", "first_1": 3, "scale_2": "RT"}
    assert statement.text == (
        "UNWIND $keys AS key MATCH (n0:Task {key: key}) "
        "CALL (n0) { MATCH (n0)-[:RATED]->(rating_1:Rating)"
        " WHERE rating_1.scale = $scale_1"
        " WITH rating_1.key AS found_1, rating_1.line AS tie_1,"
        " rating_1.value AS value_1 ORDER BY value_1, tie_1 LIMIT $first_1"
        " MATCH (rating_1:Rating {key: found_1})"
        " RETURN collect([null, rating_1.value, null]) AS page_1 } "
        "CALL (n0) { MATCH (n0)-[:RATED]->(rating_2:Rating)"
        " WHERE rating_2.scale = $scale_2"
        " RETURN count(DISTINCT rating_2.key) AS page_2 } "
        "RETURN key, page_1, [[page_2]]"
    )
