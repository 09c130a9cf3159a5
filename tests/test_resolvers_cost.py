"""What an operation costs is known before it is executed, and bounds it."""

from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_introspection_query

from workatlas.cypher import load_catalogue
from workatlas.errors import LimitError
from workatlas.limits import Limits
from workatlas.resolvers import Service
from workatlas.resolvers.field_costs import FieldCosts
from workatlas.resolvers.operation import Document, Operation, Operations
from workatlas.schema import executable_schema
from workatlas.stores import open_reader

from .answers import serve
from .mini import release

OPERATIONS = Operations(
    executable_schema(), load_catalogue(), limits=Limits(cost=10**9)
)

SHORT = {
    *("Provenance.inputs", "AggregateInput.provenance", "Source.publications"),
    *("Release.sources", "Study.sources", "SharedStatement.sources"),
    *("EmergingTask.sources", "Crosswalk.sources", "Bibliography.sources"),
    *("JoinReport.counts", "Aggregate.excluded", "Aggregate.otherWeights"),
    *("Trend.points", "ExposureTrend.points", "Crosswalk.files", "WordingChange.parts"),
    *("RelatedTask.sharedActivities", "RelatedTask.sharedStatements"),
    *("SharingOccupation.sharedActivities", "SharingOccupation.sharedStatements"),
    *("ChangedTask.labelsOutdated", "Query.studies", "Query.crosswalks"),
    *("Disagreements.matrix", "ComparedRatings.bases", "SearchHit.highlights"),
    *("ComparedPopulation.notCompared", "ChangeCounts.combinations"),
    "ChangeCounts.notTold",
}


def cost_of(text: str, name: str | None = None, **variables: Any) -> int:
    """Give the cost of an operation, which is a whole number of objects."""
    document = OPERATIONS.document(text)
    assert isinstance(document, Document), document
    operation = OPERATIONS.operation(document, variables, name)
    assert isinstance(operation, Operation), operation
    return operation.cost


@pytest.mark.parametrize(
    ("text", "variables", "cost"),
    [
        # An object and ten scalars; what is not shown costs nothing.
        (f"{{ task(taskId: 1) {{ {'id ' * 10} }} }}", {}, 2),
        ("{ task(taskId: 1) { id } }", {}, 2),
        ("{ __typename }", {}, 1),
        # Lists are as long as the relationship is, about.
        ("{ task(taskId: 1) { siblings { occupation { __typename } } } }", {}, 54),
        # Or as long as is asked for, in a literal, a variable or a default.
        ("{ tasks(taskIds: [1, 2, 3]) { occupation { tier: id } } }", {}, 37),
        ("{ tasks(taskIds: 5) { id } }", {}, 12),
        ("query($t: [Int!]!) { tasks(taskIds: $t) { id } }", {"t": [1] * 100}, 1110),
        ("query($t: [Int!]!) { tasks(taskIds: $t) { id } }", {"t": [1]}, 12),
        ("{ occupationConnection(first: 7) { nodes { id } } }", {}, 59),
        ("{ occupationConnection { nodes { id } } }", {}, 73),
        ("{ occupationConnection(first: 7) { edges { node { id } } } }", {}, 66),
        ("{ occupationConnection(first: 7) { totalCount } }", {}, 52),
        ("query($n: Int!) { occupationConnection(first: $n) { nodes { id } } }",
         {"n": 100}, 161),
        ("query($n: Int = 9) { occupationConnection(first: $n) { nodes { id } } }",
         {}, 61),
        # Or as the relationship is where that is less.
        ('{ occupation(code: "a") { taskConnection(first: 90) { nodes { id } } } }',
         {}, 50),
        # More than can be asked for is the field's own error, and gives nothing.
        ("{ occupationConnection(first: 99999) { nodes { id } } }", {}, 161),
        ("{ occupationConnection(first: -5) { nodes { id } } }", {}, 51),
        # What is left out costs nothing.
        ("query($b: Boolean!) { task(taskId: 1) { siblings @include(if: $b) { id } } }",
         {"b": False}, 1),
        ("query($b: Boolean!) { task(taskId: 1) { siblings @include(if: $b) { id } } }",
         {"b": True}, 29),
        ("query($b: Boolean!) { task(taskId: 1) { ... @skip(if: $b) { id } } }",
         {"b": True}, 1),
        # Conditions cost, wherever they are written, and those that are not given not.
        ("{ occupationConnection(first: 1, filter: {jobZone: 4}) { totalCount } }",
         {}, 102),
        ("query($f: OccupationFilter) { occupationConnection(first: 1, filter: $f) "
         "{ totalCount } }", {"f": {"any": [{"jobZone": 4}, {"minJobZone": None}]}},
         102),
        ("query($z: Int) { occupationConnection(first: 1, filter: {jobZone: $z}) "
         "{ totalCount } }", {"z": None}, 52),
        ("{ taskConnection(first: 1, filter: {relatedTask: 1}) { totalCount } }",
         {}, 5052),
        # Fragments count wherever they are spread.
        ("{ task(taskId: 1) { ...T } } fragment T on Task { occupation { ...O } } "
         "fragment O on Occupation { tasks { ...I } } "
         "fragment I on Task { id }", {}, 30),
        ('{ node(id: "x") { ... on Task { siblings { id } } id } }', {}, 29),
        # What is made once of all rows is not counted for each object.
        ('{ occupations(codes: ["a", "b"]) { exposure(study: "s", rater: "r", '
         'measure: "m") { rank { position } } } }', {}, 4627),
    ],
)  # fmt: skip
def test_costs(text: str, variables: dict[str, Any], cost: int) -> None:
    """Each is worked out by hand from the declarations."""
    assert cost_of(text, **variables) == cost


def test_each_operation_has_its_own_cost() -> None:
    """The name chooses, as it does for the answer."""
    text = (
        "query A { task(taskId: 1) { id } } query B { tasks(taskIds: [1, 2]) { id } }"
    )
    assert (cost_of(text, "A"), cost_of(text, "B")) == (2, 23)


def test_only_what_decides_is_looked_at() -> None:
    """For each task a page costs the same, and that is worked out once."""
    document = OPERATIONS.document("query($t: Int!) { task(taskId: $t) { id } }")
    assert isinstance(document, Document)
    for task in range(5):
        OPERATIONS.operation(document, {"t": task}, None)
    (known,) = document.operations.values()
    assert len(known.cost._known) == 1  # pyright: ignore[reportPrivateUsage]


def test_introspection_is_allowed_once() -> None:
    """What the IDE asks for fits, and not twice in one request."""
    most = Limits().cost
    assert most / 2 < cost_of(get_introspection_query()) < most


def test_many_values_are_forgotten() -> None:
    """The costs of more values than are remembered are right still."""
    text = "query($t: [Int!]!) { tasks(taskIds: $t) { occupation { id } } }"
    for count in (*range(100), 3):
        wanted = -(-count * 121 // 10)
        assert cost_of(text, t=[1] * count) == wanted


def test_a_list_without_a_length_is_short() -> None:
    """Where nothing says how long a list is, it is one of these, which are short.

    To add one here is to say that its objects are few, about five.
    """
    schema = executable_schema()
    costs = FieldCosts(schema, load_catalogue())
    unknown = set[str]()
    for kind in schema.type_map.values():
        if not isinstance(kind, GraphQLObjectType) or kind.name.startswith("__"):
            continue
        for name in kind.fields:
            known = costs.of(kind, name)
            says = known.size or {"first", "taskIds", "codes"} & known.field.args.keys()
            if known.is_list and known.is_object and not says:
                unknown.add(f"{kind.name}.{name}")
    # As many as the page that they are on, or as were asked for.
    paged = {one for one in unknown if one.endswith((".nodes", ".edges", ".links"))}
    assert unknown - paged == SHORT


async def test_what_costs_too_much_is_refused(tmp_path: Path) -> None:
    """The error says how much it is; nothing is fetched, and there is no data."""
    serve(tmp_path, release())
    reader = open_reader(str(tmp_path))
    service = Service(reader, limits=Limits(cost=158))
    text = "query($t: [Int!]!) { tasks(taskIds: $t) { occupation { id } } }"
    allowed = await service.answer(text, {"t": [1] * 13})
    assert allowed.as_dict()["data"]
    assert allowed.cost == 158
    refused = await service.answer(text, {"t": [1] * 14})
    assert refused.is_request_error
    (error,) = refused.as_dict()["errors"]
    assert error["extensions"]["code"] == LimitError.code
    assert (error["extensions"]["limit"], error["extensions"]["most"]) == ("cost", 158)
    assert "170 objects" in error["message"]
    assert not refused.statements
    await reader.close()
