"""The Neo4j of a run: one that NEO4J_URI names, or one that is started here."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from processes import descendants
from sides import Database

ROOT = Path(__file__).parent.parent.parent
VERSION = "5.26.30"
SETTLED = "-XX:TieredStopAtLevel=4 -XX:+UseG1GC"
"""The tests stop Java's compiler early, to start sooner; a server that runs for days
does not."""


@contextmanager
def database() -> Generator[Database]:
    """Give the server while the block runs; one from elsewhere is not measured."""
    if address := os.environ.get("NEO4J_URI"):
        user = os.environ.get("NEO4J_USER", "neo4j")
        yield Database(address, user, os.environ.get("NEO4J_PASSWORD", ""), None)
        return
    sys.path.append(str(ROOT))
    from tests.neo4j_server.server import running  # noqa: PLC0415 - needs ROOT

    before = set(descendants(os.getpid()))
    os.environ["_JAVA_OPTIONS"] = SETTLED
    with running(VERSION) as server:
        [pid] = set(descendants(os.getpid())) - before
        yield Database(server.address, server.user, server.password, pid)
