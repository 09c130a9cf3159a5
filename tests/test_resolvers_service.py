"""The service as a whole, where one request follows another."""

import gc
from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from workatlas.limits import Limits
from workatlas.resolvers import Service
from workatlas.server.front import _again  # pyright: ignore[reportPrivateUsage]
from workatlas.stores import Reader

from .any_store import Store
from .mini import release

CHOICES = """query Q($a: Boolean!, $b: Boolean!, $c: Boolean!, $d: Boolean!,
  $e: Boolean!) { task(taskId: 1) { id taskId @include(if: $a)
  statement @include(if: $b)
  type @skip(if: $c) surveyed @include(if: $d) domainSource @skip(if: $e) } }"""
ORDERED = """query Q($d: Direction = ASCENDING) { occupation(code: "11-1.00") {
  tasks(orderBy: {by: TASK_ID, direction: $d}) { taskId } } }"""


@pytest.fixture
async def reader(tmp_path: Path) -> AsyncIterator[Reader]:
    """Read a small release."""
    store = Store(str(tmp_path / "graph"))
    store.publish(release())
    async with store.reader() as reader:
        yield reader


@pytest.fixture
def service(reader: Reader) -> Service:
    """Serve it."""
    return Service(reader)


@contextmanager
def leaving(*, fewer_than: int = 1) -> Generator[None]:
    """Expect that so few objects are left to Python's search for garbage, or none."""
    gc.collect()
    gc.disable()
    try:
        yield
        assert gc.collect() < fewer_than
    finally:
        gc.enable()


async def test_every_choice_has_a_plan_of_its_own(service: Service) -> None:
    """More choices than plans are remembered: each has the reference's answer."""
    for number in range(32):
        bits = [bool(number >> place & 1) for place in range(5)]
        variables = dict(zip("abcde", bits, strict=True))
        found = await service.answer(CHOICES, variables)
        assert found.executor == "plan"
        assert found.body == (await service.reference(CHOICES, variables)).body


async def test_an_answer_leaves_no_garbage(service: Service) -> None:
    """Its rows go when it does; nothing keeps them until Python looks for cycles."""
    variables = {"d": "DESCENDING"}
    for _ in range(3):  # what is made once is made then
        assert (await service.answer(ORDERED, variables)).executor == "plan"
    with leaving():
        for _ in range(3):
            await service.answer(ORDERED, variables)


NEW = [
    "{ graph { version } }",
    "{ graph { version } releases { nothing } }",
    "{ ...A } fragment A on Query { ...A }",
    "{ graph { version } %",
    "{ graph { " + " ".join(f"field{n}" for n in range(600)) + " } }",
    "{ graph { " + " ".join(f"field{n}" for n in range(2500)) + " } }",
    "{" * 300,
]


@pytest.mark.parametrize("text", NEW)
async def test_a_new_document_leaves_no_garbage(reader: Reader, text: str) -> None:
    """Neither when it is read, executed or refused, nor when it is forgotten."""
    service = Service(reader, limits=Limits())
    await service.answer(text)
    # What the last plan was made with goes with the next document.
    with leaving(fewer_than=100):
        for number in range(30):  # documents, of which 23 are remembered
            await service.answer(f"{text} #{number:0>8000}")
        await service.answer(text)


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("{ task(taskId: 404) { id } }", {}),
        ("{ taskConnection(first: 1000) { nodes { id } } }", {}),
        (
            "query($v: String) { taskConnection(after: $v) { nodes { id } } }",
            {"v": "é"},
        ),
        ("query($v: Int!) { task(taskId: $v) { id } }", {"v": "x"}),
        ("query A { graph { version } } query B { graph { version } }", {}),
    ],
)
async def test_an_error_keeps_nothing(
    reader: Reader, text: str, variables: dict[str, str]
) -> None:
    """What was raised lets go of its request, whose values may be large."""
    service = Service(reader, limits=Limits())
    for _ in range(3):
        assert (await service.answer(text, variables)).has_errors
    with leaving():
        for _ in range(3):
            await service.answer(text, variables)


async def test_a_wrong_argument_spoils_nothing(service: Service) -> None:
    """It is an error of its own request, before and after right ones."""
    wrong: dict[str, Any] = {"d": None}
    for variables in ({}, {}, wrong, {}, wrong):
        found = await service.answer(ORDERED, variables)
        assert found.body == (await service.reference(ORDERED, variables)).body
        assert bool(found.result.errors) == bool(variables)


@pytest.mark.parametrize(
    "document", ["{", "{ nothing }", f"{{ nothing }}{' ' * 200_000}"]
)
async def test_what_cannot_be_executed_is_the_same_for_both(
    service: Service, document: str
) -> None:
    """A document that is none gets the same refusal, remembered or not."""
    found = await service.answer(document)
    assert found.is_request_error
    assert found.body == (await service.reference(document)).body


async def test_documents_are_known_when_they_come_again(reader: Reader) -> None:
    """One that is too long is read each time, and so is every one without caches."""
    short, long = "{ graph { version } }", f"{{ graph {{ version }} }}{' ' * 200_000}"
    for caches, wanted in ((True, (1, 3)), (False, (0, 4))):
        service = Service(reader, caches=caches)
        for document in (short, short, long, long):
            await service.answer(document)
        assert (service.documents.hits, service.documents.misses) == wanted


async def test_a_request_is_received_once_more() -> None:
    """What was read to look for an answer is there for who makes it."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    again = _again([{"type": "http.request", "body": b"{}"}], receive)
    assert await again() == {"type": "http.request", "body": b"{}"}
    assert (await again())["type"] == "http.disconnect"
