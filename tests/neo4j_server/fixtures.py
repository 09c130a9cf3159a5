"""Fixtures that give tests a Neo4j: started here, or the one that NEO4J_URI names."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

import pytest
from neo4j import GraphDatabase

from ..switches import require
from .server import VERSIONS, Neo4jServer, can_start, running

ELSEWHERE = os.environ.get("NEO4J_URI", "")
PLACES = [ELSEWHERE] if ELSEWHERE else list(VERSIONS)
"""The Neo4j servers that tests run on: an address, or a version that is started."""

SWITCH = "WORKATLAS_REQUIRE_NEO4J"


def ask(server: Neo4jServer, text: str, **parameters: Any) -> list[list[Any]]:
    """Run any statement on a server, beside the stores, and give its rows."""
    credentials = (server.user, server.password)
    with (
        GraphDatabase.driver(server.address, auth=credentials) as driver,  # pyright: ignore[reportUnknownMemberType]
        driver.session() as session,  # pyright: ignore[reportUnknownMemberType]
    ):
        return session.run(text, parameters).values()  # pyright: ignore[reportArgumentType]


def clear(server: Neo4jServer) -> None:
    """Delete every node of a server."""
    ask(server, "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS")


@contextmanager
def _server(place: str) -> Generator[Neo4jServer]:
    if not ELSEWHERE:
        missing = can_start(place)
        require(met=missing is None, switch=SWITCH, reason=str(missing))
        with running(place) as server:
            yield server
        return
    user = os.environ.get("NEO4J_USER", "neo4j")
    server = Neo4jServer(place, user, os.environ.get("NEO4J_PASSWORD", ""))
    if ask(server, "MATCH (n) RETURN 1 LIMIT 1"):
        pytest.fail("NEO4J_URI names a server that holds data: tests delete it all")
    yield server


@pytest.fixture(scope="session")
def neo4j_servers() -> Iterator[Callable[[str], Neo4jServer]]:
    """Give a function from one of PLACES to its server, started when first asked for.

    With NEO4J_URI it is the empty server there; NEO4J_USER and NEO4J_PASSWORD are its
    credentials. Tests delete all that it holds, so one that holds something is refused.
    """
    with ExitStack() as servers:

        @cache
        def server(place: str) -> Neo4jServer:
            return servers.enter_context(_server(place))

        yield server


@pytest.fixture(scope="session", params=PLACES)
def neo4j_server(
    request: pytest.FixtureRequest, neo4j_servers: Callable[[str], Neo4jServer]
) -> Neo4jServer:
    """Give a server of each version that is tested."""
    return neo4j_servers(request.param)


@pytest.fixture
def empty_neo4j(neo4j_server: Neo4jServer) -> Iterator[Neo4jServer]:
    """Give a server without nodes, and leave it so."""
    clear(neo4j_server)
    yield neo4j_server
    clear(neo4j_server)
