"""Schemathesis reads the schema of a running service, and asks what that allows.

FUZZ_EXAMPLES asks for more of each field than CI tries.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from .faulty import Reply
from .fuzz.replies import assert_graphql
from .live_server import Running, server
from .mini import release
from .two_tasks import publish

SLOW = (
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
)
"""What making a query of a large schema is."""
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "5"))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Serve a small release."""
    folder = tmp_path_factory.mktemp("schema")
    publish(folder, release())
    environment = {**os.environ, "WORKATLAS_STORE": str(folder)}
    with server({**environment, "PYTHONUNBUFFERED": "1"}, "serve") as started:
        yield started


def test_what_the_schema_allows_is_answered(running: Running) -> None:
    """Every field of a query, with arguments that its types allow, gives GraphQL."""
    schema: Any = schemathesis.graphql.from_url(f"{running.client.base_url}/graphql")
    operations = [each.ok() for each in schema.get_all_operations()]
    assert len(operations) > 20
    for operation in operations:

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=[
                HealthCheck.too_slow,
                HealthCheck.data_too_large,
                HealthCheck.filter_too_much,
            ],
        )
        @given(operation.as_strategy())
        def any_query(case: Any) -> None:
            sent = running.client.post("/graphql", json={"query": case.body})
            assert_graphql(Reply(sent.status_code, sent.content, 0.0))

        any_query()
    assert running.process.poll() is None
