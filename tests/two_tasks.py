"""A release of two tasks and one rating, in an embedded store."""

import hashlib
from pathlib import Path

import polars as pl

from workatlas.cypher import EdgeKind
from workatlas.stores import GraphKind, Snapshot, Subgraph, node_schema
from workatlas.stores.embedded_reader import EmbeddedReader
from workatlas.stores.embedded_writer import EmbeddedWriter

NOW = "2026-01-02T03:04:05Z"
RATED = EdgeKind("Task", "RATED", "Rating")
RATINGS = (
    "UNWIND $keys AS key MATCH (t:Task {key: key}) "
    "RETURN key, [(t)-[:RATED]->(r:Rating) | [r.value, r.n]]"
)


def table(label: str, *rows: dict[str, object]) -> pl.DataFrame:
    """Make a table of a label; columns that are not given are null."""
    schema = node_schema(label)
    filled = [{column: row.get(column) for column in schema} for row in rows]
    return pl.DataFrame(filled, schema=schema)


def release(version: str = "1.0", value: float = 0.1) -> Subgraph:
    """Make a release of two tasks and one rating."""
    return Subgraph(
        id=f"onet-{version}",
        kind=GraphKind.RELEASE,
        published=f"2025-0{version[0]}",
        synthetic=True,
        fingerprint=hashlib.sha256(f"{version} {value}".encode()).hexdigest(),
        nodes={
            "Task": table(
                "Task",
                {"key": "task/1", "taskId": 1, "statement": 'Say "ü" aloud.'},
                {"key": "task/2", "taskId": 2},
            ),
            "Rating": table("Rating", {"key": "r/1", "value": value, "n": 2**40}),
        },
        edges={RATED: pl.DataFrame({"start": ["task/1"], "end": ["r/1"]})},
    )


def publish(
    folder: Path, *changed: Subgraph, removed: tuple[str, ...] = ()
) -> Snapshot:
    """Publish under the lock, as a load does."""
    writer = EmbeddedWriter(folder)
    with writer.lock():
        return writer.publish(changed, removed=removed, now=NOW)


async def values(reader: EmbeddedReader, snapshot: Snapshot, name: str) -> list[object]:
    """Read the ratings of task 1 of a release."""
    graph = snapshot.graphs[name]
    keys = {"keys": [graph.key("task", 1), graph.key("task", 9)]}
    rows = await reader.fetch(graph.prefix, RATINGS, keys)
    return [found for _, found in rows]
