"""Documents that ask for too much are refused, soon, whatever they look like."""

import re
import time
from dataclasses import fields, replace
from pathlib import Path

import pytest

from workatlas.cypher import load_catalogue
from workatlas.errors import LimitError
from workatlas.limits import Limits
from workatlas.resolvers.limits import check
from workatlas.resolvers.operation import Document, Operations
from workatlas.resolvers.reading import parsed
from workatlas.schema import executable_schema

from .answers import serve
from .mini import release

LIMITS = Limits()


def doubled(levels: int, last: str) -> str:
    """Write fragments each of which spreads the next one twice."""
    spreads = (
        f"fragment F{level} on Task {{ ...F{level + 1} ...F{level + 1} }}"
        for level in range(levels)
    )
    return f"{{ task(taskId: 1) {{ ...F0 }} }} {' '.join(spreads)} {last}"


def nested(levels: int) -> str:
    """Write fields that stand within each other."""
    within, end = "{ occupation { tasks " * levels, "} }" * levels
    return f"{{ task(taskId: 1) {within}{{ id }}{end} }}"


def many(count: int, text: str) -> str:
    """Write a part again and again, numbered."""
    return " ".join(text.replace("#", str(number)) for number in range(count))


REFUSED = {
    "document_bytes": [f"{{ graph {{ version }} }} # {'é' * 10_000}"],
    "tokens": [
        f"{{ {'id ' * 2000} }}",
        "#\n" * 1500 + "{ graph { version } }",
        f"{{ tasks(taskIds: [{'1 ' * 2000}]) {{ id }} }}",
    ],
    "depth": [
        nested(6),
        f"{{ tasks(taskIds: {'[' * 900}{']' * 900}) {{ id }} }}",
        f"{{ task(taskId: 1) {'{ ... ' * 150}{{ id }}{'}' * 150} }}",
        f"{{ task(taskId: 1) {'{ occupation ' * 400}{{ id }}{'}' * 400} }}",
        "{ task(taskId: 1) { ...A } } "
        "fragment A on Task { occupation { tasks { occupation { tasks { ...B } } } } } "
        "fragment B on Task { occupation { tasks { occupation { tasks { ...C } } } } } "
        "fragment C on Task { occupation { tasks { occupation { id } } } }",
    ],
    "aliases": [
        f"{{ {many(31, 'a#: graph { version }')} }}",
        "{ task(taskId: 1) { ...A ...A ...A ...A } } "
        f"fragment A on Task {{ {many(8, 'a#: id')} }}",
    ],
    "directives": [
        f"{{ graph {{ version {'@include(if: true) ' * 51} }} }}",
        f"{{ graph {{ version }} {'...@skip(if: true) { __typename } ' * 51} }}",
    ],
    "fields": [
        f"{{ graph {{ {'version ' * 500} }} }}",
        doubled(40, "fragment F40 on Task { id }"),
        doubled(40, ""),
    ],
    "repeats": [
        f"{{ {'graph { version } ' * 31} }}",
        f"{{ {'study(id: null) { id } ' * 31} }}",
        "{ ...A ...B } fragment A on Query { task(taskId: 1) { occupation { id } "
        f"{'occupation { id } ' * 15} }} }} fragment B on Query {{ task(taskId: 1) {{ "
        f"... on Task {{ {'occupation { id } ' * 15} }} }} }}",
    ],
    "definitions": [many(51, "query Q# { graph { version } }")],
    "variables": [
        f"query Q({many(51, '$v#: Int')}) {{ graph {{ version }} }}",
    ],
}
CASES = [(name, text) for name, texts in REFUSED.items() for text in texts]


@pytest.fixture(scope="module")
def operations() -> Operations:
    """Read documents within the usual limits."""
    return Operations(executable_schema(), load_catalogue(), limits=LIMITS)


@pytest.mark.parametrize(("name", "text"), CASES)
def test_what_asks_for_too_much_is_refused(
    operations: Operations, name: str, text: str
) -> None:
    """By the limit that it passes, with its number, as a single error."""
    errors = operations.document(text)
    assert isinstance(errors, list)
    (error,) = errors
    cause = error.original_error
    assert isinstance(cause, LimitError)
    assert (cause.limit, cause.most) == (name, getattr(LIMITS, name))
    assert cause.todo


def test_every_limit_of_a_document_is_tried() -> None:
    """No limit of what a document looks like is without a case above."""
    of_operations = {"cost", "seconds", "heavy_cost", "heavy_waiting", "heavy_patience"}
    assert REFUSED.keys() == {each.name for each in fields(Limits)} - of_operations


def test_a_refusal_costs_little(operations: Operations) -> None:
    """The processor's time of each is far below 50 ms, doubled fragments included."""
    operations.document("{ graph { version } }")
    for name, text in CASES:
        best = min(spent(operations, text) for _ in range(3))
        assert best < 0.05, name


def spent(operations: Operations, text: str) -> float:
    """Measure the processor's time that a document takes."""
    begun = time.thread_time()
    operations.document(text)
    return time.thread_time() - begun


def test_what_is_just_allowed_is_allowed() -> None:
    """A limit is the most that may be asked for, not one less."""
    text = f"query Q {{ {many(3, 'a#: graph { version version @skip(if: false) }')} }}"
    exact = replace(
        LIMITS,
        document_bytes=len(text),
        tokens=46,
        depth=2,
        aliases=3,
        directives=3,
        fields=9,
        definitions=1,
        variables=0,
        repeats=1,
    )
    assert not check(parsed(text, exact), exact)
    for name in (
        "document_bytes",
        "tokens",
        "depth",
        "aliases",
        "directives",
        "fields",
    ):
        less = replace(exact, **{name: getattr(exact, name) - 1})
        operations = Operations(executable_schema(), load_catalogue(), limits=less)
        assert not isinstance(operations.document(text), Document), name


@pytest.mark.parametrize(
    "text",
    [
        "{ task(taskId: 1) { ...A } } fragment A on Task { id ...A }",
        "{ task(taskId: 1) { ...A } } fragment A on Task { ...B } "
        "fragment B on Task { ...A }",
        "{ ...Unknown }",
        "{ graph { ...A ...A } } fragment A on Task { id }",
        "{ task(taskId: 1) { } }",
        "fragment A on Task { id }",
        "{",
        "type A { a: Int }",
    ],
)
def test_what_is_not_valid_is_left_to_validation(
    operations: Operations, text: str
) -> None:
    """Circles, unknown names and texts that are no document are no limit's errors."""
    errors = operations.document(text)
    assert isinstance(errors, list)
    assert errors
    assert not any(isinstance(e.original_error, LimitError) for e in errors)


def test_no_suggestions_and_few_errors(operations: Operations) -> None:
    """What is not known is not guessed at: names of the schema are not for guessing."""
    errors = operations.document("{ grap { versio } tas }")
    assert isinstance(errors, list)
    assert "Did you mean" not in "".join(error.message for error in errors)
    many_wrong = operations.document(f"{{ {many(400, 'wrong#')} }}")
    assert isinstance(many_wrong, list)
    assert len(many_wrong) == 11


async def test_long_messages_are_cut(tmp_path: Path) -> None:
    """What is quoted of a request does not come back whole."""
    service = serve(tmp_path, release())
    text = f'{{ task(taskId: "{"a" * 5000}") {{ id }} }}'
    (error,) = (await service.answer(text)).as_dict()["errors"]
    assert error["message"].endswith(" ...")
    assert len(error["message"]) < 510


async def test_without_limits_anything_goes(tmp_path: Path) -> None:
    """A service for callers that are trusted refuses nothing for its size."""
    service = serve(tmp_path, release())
    answer = await service.answer(f"{{ {many(600, 'a#: graph { version }')} }}")
    assert not answer.result.errors
    assert answer.cost == 0


def test_each_limit_has_its_number_in_the_docs() -> None:
    """docs/limits.md names each, with what is allowed unless it is set otherwise."""
    page = Path(__file__).parent.parent / "docs" / "limits.md"
    rows = re.findall(
        r"^\| `(\w+)` \| ([\d,.]+)", page.read_text("utf-8"), re.MULTILINE
    )
    documented = {name: float(number.replace(",", "")) for name, number in rows}
    assert documented == {
        each.name: getattr(LIMITS, each.name) for each in fields(Limits)
    }
