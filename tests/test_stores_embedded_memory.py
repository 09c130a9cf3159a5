"""What an embedded store's statements let go of is given back."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SETTING = "MIMALLOC_PURGE_DELAY"
STATUS = Path("/proc/self/status")
SCRIPT = """
from pathlib import Path
from concurrent.futures import ThreadPoolExecutor
import polars as pl
from workatlas.stores.embedded_frame import frame
from workatlas.stores.embedded_memory import kglite

def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon"))

graph = kglite.KnowledgeGraph()
table = pl.DataFrame({"nid": range(100_000)}).with_columns(
    text=pl.format("a text of some length that is number {} of many", "nid"))
types = {"nid": "uniqueid", "text": "string"}
graph.add_nodes(frame(table), "Node", "nid", column_types=types)

def ask(_):
    graph.cypher("MATCH (n:Node) WITH n.text + '.' AS t RETURN count(DISTINCT t)")

ask(0)
before = resident()
pools = [ThreadPoolExecutor(1) for _ in range(8)]
for pool in pools:  # threads one after the other, which stay
    pool.submit(ask, 0).result()
print((resident() - before) // 1024)
"""


def run(script: str, **setting: str) -> str:
    """Run a script as a process of its own, with this setting alone."""
    # This process has the setting since it imported the store.
    inherited = {k: v for k, v in os.environ.items() if k != SETTING}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**inherited, **setting},
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout.strip()


@pytest.mark.skipif(not STATUS.exists(), reason="tells memory as Linux does")
def test_statements_in_threads_leave_no_memory_behind() -> None:
    """Eight threads that each ran a large one keep little, in MiB; 95 otherwise."""
    assert int(run(SCRIPT)) < 40


def test_a_setting_of_ones_own_stays() -> None:
    """Who sets how KGLite gives memory back is not overruled."""
    told = f"import os, workatlas.stores; print(os.environ['{SETTING}'])"
    assert run(told) == "0"
    assert run(told, **{SETTING: "7"}) == "7"
