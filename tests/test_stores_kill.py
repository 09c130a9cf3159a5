"""Killing a load: whatever the moment, a whole graph is served, and then the next."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from workatlas.stores.embedded_manifest import MANIFEST

from .any_store import Store
from .neo4j_server.fixtures import ask
from .neo4j_server.server import Neo4jServer
from .odd_graph import assert_same, narrow_graph

SCRIPT = Path(__file__).with_name("killed_load.py")
NEVER = 0
WARM = 3
PREFIXES = (
    "MATCH (n) WHERE n.key CONTAINS '@' RETURN DISTINCT split(n.key, '/')[0] AS prefix"
)

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="needs fork and SIGKILL"
)


class Victim:
    """The process whose children load and are killed."""

    def __init__(self, store: Store) -> None:
        """Start it for a store."""
        self.process = subprocess.Popen(
            [sys.executable, SCRIPT, store.address, *filter(None, [store.user])],
            env={**os.environ, "NEO4J_PASSWORD": store.password or ""},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def load(self, shift: int | str, kind: str = "touch", point: float = NEVER) -> str:
        """Load a graph up to a kill point, or retire it; give what became of it."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{kind} {point} {shift}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


@pytest.fixture
def victim(store: Store) -> Iterator[Victim]:
    """Give the process, and end it."""
    victim = Victim(store)
    yield victim
    victim.process.communicate()


def assert_served(store: Store, *shifts: int) -> str:
    """Expect that one of the graphs is served, all of it; give its prefix."""
    with store.writer() as writer:
        served, again = writer.read("onet-1.0"), writer.tables("onet-1.0")
        prefix = writer.snapshot().graphs["onet-1.0"].prefix
    possible = {graph.fingerprint: graph for graph in map(narrow_graph, shifts)}
    for found in (served, again):
        assert_same(found, possible[served.fingerprint])
    return prefix


def assert_kept(store: Store, prefixes: list[str]) -> None:
    """Expect that the store holds these builds and nothing else."""
    if store.user:
        server = Neo4jServer(store.address, store.user, store.password or "")
        assert sorted(row[0] for row in ask(server, PREFIXES)) == sorted(prefixes)
        return
    folder = Path(store.address)
    names = {path.name for path in folder.iterdir()}
    assert names <= {MANIFEST, "graphs", "load.lock"}
    files = [path.name.rsplit("-", 1) for path in (folder / "graphs").iterdir()]
    for kind in (".kgl", ".tables"):
        held = [prefix for prefix, end in files if end.endswith(kind)]
        assert sorted(held) == sorted(prefixes)
    assert len(files) == 2 * len(prefixes)


def survive(store: Store, victim: Victim, kind: str, points: Iterable[float]) -> None:
    """Kill a load at each point; what was published stays, and the next one ends.

    What was published now and before that stays, and what was before these goes.
    """
    shift = WARM
    history = [assert_served(store, shift)]
    for point in points:
        result = victim.load(shift + 1, kind, point)
        assert result == "killed" or kind == "after"
        served = assert_served(store, shift, shift + 1)
        history += [served] if served != history[-1] else []
        shift += 2
        assert victim.load(shift) != "killed"
        history.append(assert_served(store, shift))
        # A Neo4j keeps what the next load clears away; files go at the end of each.
        if len(history) > 2:
            assert_kept(store, history[-3:] if store.user else history[-2:])


def test_kill_at_any_touch(store: Store, victim: Victim) -> None:
    """After a kill at a touch of the store, the graph before is served, then the next.

    An embedded store is killed at every touch, a Neo4j at every fifth and, around the
    moment of publishing, at every one.
    """
    results = [victim.load(shift) for shift in range(WARM + 1)]
    total, step = int(results[-1].removeprefix("loaded ")), 5 if store.user else 1
    last = range(max(1, total - 7), total + 1)
    survive(store, victim, "touch", sorted({*range(1, total, step), *last}))


def test_kill_at_any_time(store: Store, victim: Victim) -> None:
    """After a kill at a moment that nobody chose it is the same."""
    for shift in range(WARM):
        victim.load(shift)
    began = time.monotonic()
    victim.load(WARM)
    seconds = time.monotonic() - began
    survive(store, victim, "after", [seconds * part / 8 for part in range(1, 9)])


@pytest.mark.parametrize("point", [2, 6])
def test_kill_of_the_first_load(store: Store, victim: Victim, point: int) -> None:
    """After a kill of the first load nothing is published, and the next one ends."""
    assert victim.load(0, "touch", point) == "killed"
    with store.writer() as writer:
        assert writer.snapshot().graphs == {}
    assert victim.load(1) != "killed"
    assert_kept(store, [assert_served(store, 1)])


def test_kill_of_a_retirement(store: Store, victim: Victim) -> None:
    """After a kill at any touch the graph is served as it was, or is retired."""
    outcomes: list[bool] = []
    result = "killed"
    while result == "killed":
        victim.load(0)
        result = victim.load("retire", "touch", len(outcomes) + 1)
        with store.writer() as writer:
            outcomes.append(writer.snapshot().graphs == {})
        if not outcomes[-1]:
            assert_served(store, 0)
    assert outcomes[-1]
    # Once a kill comes too late to keep the graph, no later one does.
    assert outcomes == sorted(outcomes)
    assert not outcomes[0]
