"""The plan gives the same bytes as the reference, whatever is asked of whatever graph.

Documents are generated (``queries``), the same ones in every run of the tests;
SAMENESS_EXAMPLES asks for more or fewer of them. Answers must be equal whole,
extensions included; only the plan itself, where it is asked for, has no equal. A
failing example is made as small as it gets before it is shown.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import orjson
import pytest
from graphql import parse, validate
from hypothesis import HealthCheck, Phase, find, given, seed, settings
from hypothesis.errors import NoSuchExample

from workatlas.resolvers import Service
from workatlas.resolvers.answer import Answer
from workatlas.schema import executable_schema
from workatlas.stores import Reader

from .any_store import Store
from .queries.case import Case, Run
from .queries.deep import DEEP, identifiers
from .queries.documents import cases
from .queries.found import FOUND
from .queries.reach import all_of, asked_by, way_to
from .queries.world import World, make_world

SCHEMA = executable_schema()
EXAMPLES = int(os.environ.get("SAMENESS_EXAMPLES", "1200"))
PARTS = 4
"""The examples come in parts, so that several processes can share them."""
ON_NEO4J = EXAMPLES // 20
"""Neo4j takes up to a second to plan a text that it has not seen, and nearly every
generated document makes new ones; so there are fewer, each with several variables."""
AT_RANDOM, ON_THE_WAY = EXAMPLES // 2, EXAMPLES // 12
ROUNDS = 60
"""How many documents look for what no document asked for yet: some at random, then a
few a round."""
Ask = Callable[..., Coroutine[Any, Any, Answer]]
PLANNED = 0.99
"""The share of what is asked, introspection apart, that the plan must take."""


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Give the graphs, made once."""
    return make_world(tmp_path_factory.mktemp("world"))


def effort(examples: int, *phases: Phase) -> settings:
    """Give how much is tried, however slow it is; nothing is kept for another run."""
    return settings(
        max_examples=examples,
        phases=phases,
        derandomize=False,  # seeds make them the same every time
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def for_cases(
    world: World, examples: int, check: Callable[[Case], None], part: int = 0
) -> None:
    """Check many generated cases, others in each part; one that fails is made small."""

    @seed(part)
    @effort(examples, Phase.generate, Phase.shrink)
    @given(cases(SCHEMA, world))
    def checked(case: Case) -> None:
        check(case)

    checked()


class Compared:
    """Services over one reader that must agree; ``executors`` counts who answered."""

    def __init__(self, runner: asyncio.Runner, reader: Reader) -> None:
        """Run what is asked in the runner's loop."""
        self.executors: Counter[str] = Counter()
        self._runner = runner
        self._service = Service(reader)
        self._forgetful = Service(reader, caches=False)

    def check(self, case: Case) -> None:
        """Answer all runs of a case in every way; there and back.

        What one run leaves behind must not change the next one, whichever it is. Only
        the service that forgets need not be asked again.
        """
        wanted = [self._run(self._service.reference, case, run) for run in case.runs]
        pairs = list(zip(case.runs, wanted, strict=True))
        for run, answer in pairs:
            self._check(case, run, answer)
            forgetful = self._run(self._forgetful.answer, case, run)
            assert forgetful.body == answer.body
        for run, answer in reversed(pairs):
            self._check(case, run, answer)
            explain = partial(self._service.answer, explain=True)
            assert _without_plan(self._run(explain, case, run)) == answer.body

    def _check(self, case: Case, run: Run, wanted: Answer) -> None:
        found = self._run(self._service.answer, case, run)
        assert found.body == wanted.body
        assert _causes(found) == _causes(wanted)
        if found.is_request_error:
            assert validate(SCHEMA, parse(case.document)) == [], case.document
        elif not case.introspects:
            self.executors[found.executor] += 1

    def _run(self, ask: Ask, case: Case, run: Run) -> Answer:
        return self._runner.run(ask(case.document, run.variables, run.operation))


def _causes(answer: Answer) -> list[str]:
    """Give what is behind the errors; clients are not shown what defects say."""
    return sorted(map(repr, answer.unexpected))


def _without_plan(answer: Answer) -> bytes:
    body = answer.as_dict()
    body["extensions"].pop("plan", None)
    return orjson.dumps(body)


@contextmanager
def served(store: Store, world: World) -> Generator[Compared]:
    """Publish the world in a store, and serve it in every way."""
    store.publish(*world.graphs)
    with asyncio.Runner() as runner:
        opened = store.reader(60.0)
        reader = runner.run(opened.__aenter__())
        try:
            yield Compared(runner, reader)
        finally:
            runner.run(opened.__aexit__(None, None, None))


# As many lines are reached by one part as by all, and counting them takes as long as
# all the rest does.
MEASURED, *OTHERS = range(PARTS)


@pytest.mark.parametrize(
    "part",
    [MEASURED, *(pytest.param(other, marks=pytest.mark.no_cover) for other in OTHERS)],
)
def test_the_plan_answers_as_the_reference(
    tmp_path: Path, world: World, part: int
) -> None:
    """Any valid query has the same bytes either way, and the plan takes nearly all."""
    with served(Store(str(tmp_path / "graph")), world) as compared:
        for_cases(world, EXAMPLES // PARTS, compared.check, part)
    executors = compared.executors
    assert executors["plan"] >= PLANNED * executors.total()


def test_neo4j_gives_the_bytes_of_the_reference(
    neo4j_store: Store, world: World
) -> None:
    """It is so on Neo4j; of few documents one that is not planned would be too many."""
    with served(neo4j_store, world) as compared:
        for_cases(world, ON_NEO4J, compared.check, PARTS)


def test_what_is_odd_has_the_bytes_of_the_reference(store: Store, world: World) -> None:
    """Queries that once had other bytes, and deep ones, have the same everywhere."""
    with served(store, world) as compared:
        for case in (*FOUND, *DEEP, identifiers(world)):
            compared.check(case)


@pytest.mark.no_cover
def test_documents_are_valid_and_reach_all_of_the_schema(world: World) -> None:
    """No type, field or argument is left out, nor a value of an argument's enum."""
    left = all_of(SCHEMA)
    for case in (*DEEP, identifiers(world)):
        left.difference_update(asked_by(SCHEMA, case.document))

    def is_all_reached(case: Case) -> bool:
        assert validate(SCHEMA, parse(case.document)) == [], case.document
        left.difference_update(asked_by(SCHEMA, case.document))
        return not left

    # At random first; then, in rounds, on the way to what is left.
    for number in range(ROUNDS):
        way = way_to(SCHEMA, left) if number else None
        some = effort(ON_THE_WAY if number else AT_RANDOM, Phase.generate)
        with suppress(NoSuchExample):
            find(
                cases(SCHEMA, world, way),
                is_all_reached,
                settings=some,
                random=Random(number),  # noqa: S311 - no secret
            )
        if not left:
            break
    assert left == set()
