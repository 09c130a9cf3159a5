"""Turn tables into nodes and relationships of a Neo4j, and back.

All builds of all graphs live in one database. The key of every node starts with its
build's prefix, so the unique index on ``key`` finds a build's nodes, and a build that
is not published is never met. A ``GraphBuild`` node stands for each build: made before
its first node, ``complete`` after its last one, gone after all of them are.
"""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

import polars as pl

from workatlas.cypher import EDGES, NODES, EdgeKind
from workatlas.errors import StoreError

from .neo4j_connection import Connection
from .subgraph import EDGE_SCHEMA, Subgraph, node_schema

Batch = tuple[str, pl.DataFrame]
"""A statement that takes ``$rows``, and the rows."""

BATCH = 10_000
_SESSIONS = 2
_OWN = ("LoadLock", "PublishedPointer", "PublishedGraph", "GraphBuild")
_PAGE = (
    "WHERE n.key STARTS WITH $start AND n.key > $after "
    "WITH n ORDER BY n.key LIMIT $batch"
)
_MARK = "MERGE (b:GraphBuild {key: $prefix}) SET b.complete = $complete"


def make_constraints(server: Connection) -> None:
    """Make keys unique for every label, and wait for the indexes of that."""
    existing = {row[0] for row in server.run("SHOW CONSTRAINTS YIELD name")}
    for label in (*_OWN, *NODES):
        name = f"workatlas_{label.lower()}_key"
        if name not in existing:
            text = f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) "
            server.write(f"{text} REQUIRE n.key IS UNIQUE")
    server.run("CALL db.awaitIndexes(60)")


def complete_builds(server: Connection) -> dict[str, bool]:
    """Give the prefix of each build that is there, and whether all of it is."""
    rows = server.run("MATCH (b:GraphBuild) RETURN b.key, b.complete")
    return dict(map(tuple, rows))


def write_build(server: Connection, subgraph: Subgraph, prefix: str) -> None:
    """Write the tables as a new build.

    Raises:
        StoreError: the server does not hold exactly the nodes and relationships given.

    """
    server.write(_MARK, prefix=prefix, complete=False)
    _write_batches(server, _node_batches(subgraph, prefix))
    _write_batches(server, _edge_batches(subgraph, prefix))
    _assert_whole(server, subgraph, prefix)
    server.write(_MARK, prefix=prefix, complete=True)


def _node_batches(subgraph: Subgraph, prefix: str) -> Iterator[Batch]:
    for label, table in subgraph.nodes.items():
        keyed = table.with_columns(_in_build(prefix, "key"))
        text = _create_nodes(label, table.columns)
        yield from ((text, batch) for batch in keyed.iter_slices(BATCH))


def _edge_batches(subgraph: Subgraph, prefix: str) -> Iterator[Batch]:
    for kind, table in subgraph.edges.items():
        keyed = table.select(_in_build(prefix, end) for end in EDGE_SCHEMA)
        text = _create_edges(kind)
        yield from ((text, batch) for batch in keyed.iter_slices(BATCH))


def _in_build(prefix: str, column: str) -> pl.Expr:
    return (pl.lit(f"{prefix}/") + pl.col(column)).alias(column)


def _create_nodes(label: str, columns: list[str]) -> str:
    properties = ", ".join(f"{column}: r[{i}]" for i, column in enumerate(columns))
    return f"UNWIND $rows AS r CREATE (:{label} {{{properties}}})"


def _create_edges(kind: EdgeKind) -> str:
    return (
        f"UNWIND $rows AS r MATCH (a:{kind.start} {{key: r[0]}}) "
        f"MATCH (b:{kind.end} {{key: r[1]}}) CREATE (a)-[:{kind.name}]->(b)"
    )


def _write_batches(server: Connection, batches: Iterable[Batch]) -> None:
    """Write in a few sessions at once; a batch becomes Python objects only there."""

    def write_one(text: str, batch: pl.DataFrame) -> None:
        server.write(text, rows=batch.rows())

    with ThreadPoolExecutor(_SESSIONS) as threads:
        jobs = [threads.submit(write_one, *batch) for batch in batches]
        try:
            for job in jobs:
                job.result()
        finally:  # a failure, or Ctrl-C: do not begin the others
            threads.shutdown(cancel_futures=True)


def _assert_whole(server: Connection, subgraph: Subgraph, prefix: str) -> None:
    for label, table in subgraph.nodes.items():
        text = f"MATCH (n:{label}) WHERE n.key STARTS WITH $start RETURN count(n)"
        _assert_count(server, text, prefix, label, table.height)
    for kind, table in subgraph.edges.items():
        text = f"{_match_edges(kind)} RETURN count(b)"
        _assert_count(server, text, prefix, " ".join(kind), table.height)


def _assert_count(
    server: Connection, text: str, prefix: str, thing: str, wanted: int
) -> None:
    [[found]] = server.run(text, start=f"{prefix}/")
    if found != wanted:
        raise StoreError(
            f"Neo4j holds {found} of {wanted} {thing} that were written.",
            where=prefix,
            todo="This is a defect: report it with the command used.",
        )


def _match_edges(kind: EdgeKind) -> str:
    return (
        f"MATCH (a:{kind.start})-[:{kind.name}]->(b:{kind.end}) "
        "WHERE a.key STARTS WITH $start"
    )


def delete_build(server: Connection, prefix: str) -> None:
    """Delete a build in portions; what is left half way never passes for whole."""
    server.write(_MARK, prefix=prefix, complete=False)
    for label in NODES:
        server.run(
            f"MATCH (n:{label}) WHERE n.key STARTS WITH $start "
            f"CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF {BATCH} ROWS",
            start=f"{prefix}/",
        )
    server.write("MATCH (b:GraphBuild {key: $prefix}) DELETE b", prefix=prefix)


def read_nodes(server: Connection, prefix: str) -> Iterator[tuple[str, pl.DataFrame]]:
    """Give the tables of all labels that the build holds, in order of key."""
    for label in NODES:
        schema = node_schema(label)
        columns = ", ".join(f"n.{column}" for column in schema)
        text = f"MATCH (n:{label}) {_PAGE} RETURN max(n.key), collect([{columns}])"
        table = _read(server, text, prefix, schema)
        if table.height:
            local = pl.col("key").str.strip_prefix(f"{prefix}/")
            yield label, table.with_columns(local).sort("key")


def read_edges(
    server: Connection, prefix: str
) -> Iterator[tuple[EdgeKind, pl.DataFrame]]:
    """Give the tables of all relationships that the build holds, in order of keys."""
    for kind in sorted(EDGES):
        text = (
            f"MATCH (n:{kind.start}) {_PAGE} "
            f"OPTIONAL MATCH (n)-[:{kind.name}]->(end:{kind.end}) "
            "RETURN max(n.key), collect([n.key, end.key])"
        )
        table = _read(server, text, prefix, EDGE_SCHEMA).drop_nulls()
        if table.height:
            local = pl.all().str.strip_prefix(f"{prefix}/")
            yield kind, table.with_columns(local).sort("start", "end")


def _read(
    server: Connection, text: str, prefix: str, schema: Mapping[str, pl.DataType]
) -> pl.DataFrame:
    """Read a table a page of keys at a time: as Python objects, all of it is large."""
    parts, after = [pl.DataFrame(schema=schema)], f"{prefix}/"
    while True:
        page = {"start": f"{prefix}/", "after": after, "batch": BATCH}
        [[last, rows]] = server.run(text, **page)
        if last is None:
            return pl.concat(parts)
        parts.append(pl.DataFrame(rows, schema=schema, orient="row"))
        after = last
