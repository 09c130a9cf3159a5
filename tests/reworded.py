"""Editions of a small release that differ in every statement, and what is answered."""

import dataclasses
import hashlib
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from workatlas.stores import Subgraph

from .faulty import query, started
from .mini import release
from .two_tasks import publish

STATEMENTS = """query($ids: [Int!]!) { graph { version }
  tasks(taskIds: $ids) { taskId statement siblings { statement } } }"""
ASKED: Sequence[Sequence[int]] = [[1, 2], [2, 3], [3, 1], [1, 2, 3], [2], [3, 2, 1]]


def edition(number: int) -> Subgraph:
    """Make the release with a number at the end of each statement."""
    made = release()
    reworded = pl.col("statement") + pl.lit(f" ({number})")
    tasks = made.nodes["Task"].with_columns(reworded.alias("statement"))
    mark = f"{made.fingerprint} {number}".encode()
    return dataclasses.replace(
        made,
        fingerprint=hashlib.sha256(mark).hexdigest(),
        nodes={**made.nodes, "Task": tasks},
    )


async def answers_of(folder: Path, editions: Sequence[Subgraph]) -> set[bytes]:
    """Give every answer that is right of any one edition, none of which is of two."""
    found: set[bytes] = set()
    for number, each in enumerate(editions):
        publish(folder / str(number), each)
        async with started(store=str(folder / str(number))) as app:
            for ids in ASKED:
                reply = await query(app, STATEMENTS, ids=ids)
                assert (reply.status, reply.codes) == (200, set())
                found.add(reply.body)
    assert len(found) == len(editions) * len(ASKED)
    return found
