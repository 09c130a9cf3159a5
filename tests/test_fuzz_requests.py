"""Whatever is sent, the answer is GraphQL, in a second, and its errors are known ones.

FUZZ_EXAMPLES asks for more of each kind than CI tries.
"""

import asyncio
import json
import os
import time
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from starlette.applications import Starlette

from .faulty import Reply, ask, query, started
from .fuzz.hostile import VALUES, bodies, cursors, documents
from .fuzz.replies import assert_graphql
from .mini import release
from .two_tasks import publish

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "300"))
SECONDS = 1.0
"""What an answer may take of the processor."""
TYPED = {
    "Int!": "task(taskId: $v) { id }",
    "[Int!]!": "tasks(taskIds: $v) { id }",
    "[String!]!": "occupations(codes: $v) { id }",
    "[ID!]!": "cite(nodes: $v) { text }",
    "ID!": "node(id: $v) { id }",
    "TaskFilter": "taskConnection(filter: $v) { totalCount }",
    "OccupationFilter": "occupationConnection(filter: $v) { totalCount }",
    "TaskOrder": "taskConnection(orderBy: $v) { totalCount }",
    "RatingsOf!": "rankCorrelation(first: $v, second: $v) { over }",
    "String!": "search(query: $v) { text }",
    "Date": 'cite(nodes: ["onet-1.0/task/1"], accessed: $v) { text }',
}
"""A field for each type of variables."""
Ask = Callable[[Coroutine[Any, Any, Reply]], None]
some = settings(max_examples=EXAMPLES, derandomize=True, database=None, deadline=None)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Starlette, Ask]]:
    """Serve a small release, and give what checks a reply."""
    folder = tmp_path_factory.mktemp("fuzz")
    publish(folder, release())
    with asyncio.Runner() as runner:
        entered = started(store=str(folder), answer_cache_bytes=2**20)
        serving = runner.run(entered.__aenter__())

        def check(asked: Coroutine[Any, Any, Reply]) -> None:
            begun = time.process_time()
            assert_graphql(runner.run(asked))
            assert time.process_time() - begun < SECONDS

        yield serving, check
        runner.run(entered.__aexit__(None, None, None))


@some
@given(documents())
def test_any_document(app: tuple[Starlette, Ask], document: str) -> None:
    """Random text, tokens in any order, damaged and deep documents."""
    serving, check = app
    check(query(serving, document))


@pytest.mark.parametrize("kind", TYPED)
def test_any_value_of_a_variable(app: tuple[Starlette, Ask], kind: str) -> None:
    """Values of any type for variables of each type."""
    serving, check = app
    document = f"query($v: {kind}) {{ {TYPED[kind]} }}"

    @settings(some, max_examples=EXAMPLES // 4)
    @given(VALUES)
    def any_value(value: object) -> None:
        check(query(serving, document, v=value))

    any_value()


@some
@given(cursors())
def test_any_cursor(app: tuple[Starlette, Ask], cursor: str) -> None:
    """Cursors that were cut, changed, or made by hand with the right checksum."""
    serving, check = app
    for order in ("TASK_ID", "IMPORTANCE", "STATEMENT"):
        document = f"""query($after: String) {{ taskConnection(after: $after,
          orderBy: {{by: {order}}}) {{ totalCount nodes {{ id }} }} }}"""
        check(query(serving, document, after=cursor))


@some
@given(bodies())
def test_any_body(app: tuple[Starlette, Ask], body: bytes) -> None:
    """Bytes that are no JSON, and JSON that is no request."""
    serving, check = app
    check(ask(serving, "POST", "/graphql", body))


@pytest.mark.parametrize("levels", [5, 50, 130, 500, 20_000])
@pytest.mark.parametrize("way", [("[", "]"), ('{"not": ', "}"), ('{"all": [', "]}")])
def test_values_in_each_other(
    app: tuple[Starlette, Ask], levels: int, way: tuple[str, str]
) -> None:
    """Lists and objects in a variable, however deep they lie in each other."""
    serving, check = app
    value = way[0] * levels + "{}" + way[1] * levels
    document = f"query($v: TaskFilter) {{ {TYPED['TaskFilter']} }}"
    asked = f'{{"query": {json.dumps(document)}, "variables": {{"v": {value}}}}}'
    check(ask(serving, "POST", "/graphql", asked.encode()))
