"""The tables of a graph in an export: their names, columns and keys, from the model.

Rows are in the order of their keys; a relationship's, of its start, then its end. Keys
are those that clients know, ``onet-29.2/task/392``: the graph's name is put before the
keys that a store has, and taken off again when the export is read.
"""

from collections.abc import Iterator, Mapping

import polars as pl

from workatlas.cypher import EDGES, NODES, EdgeKind
from workatlas.errors import DataError
from workatlas.stores import EDGE_SCHEMA, Subgraph, node_schema

_NODES, _EDGES = "nodes", "relationships"


def place_of(table: str | EdgeKind) -> str:
    """Name a table: ``nodes/Task``, ``relationships/Task-RATED-Rating``."""
    if isinstance(table, EdgeKind):
        return f"{_EDGES}/{'-'.join(table)}"
    return f"{_NODES}/{table}"


PLACES: Mapping[str, str | EdgeKind] = {
    **{place_of(label): label for label in NODES},
    **{place_of(kind): kind for kind in sorted(EDGES)},
}
"""Every table that there may be, by its name."""


def schema_of(place: str) -> dict[str, pl.DataType]:
    """Give the columns of a table with their types."""
    table = PLACES[place]
    return EDGE_SCHEMA if isinstance(table, EdgeKind) else node_schema(table)


def keys_of(place: str) -> list[str]:
    """Give the columns that hold keys, by which the rows are in order."""
    return [*EDGE_SCHEMA] if isinstance(PLACES[place], EdgeKind) else ["key"]


def tables_of(graph: Subgraph) -> Iterator[tuple[str, pl.DataFrame]]:
    """Give the tables of a graph as they are exported, by name; empty ones are none."""
    tables = {place_of(label): table for label, table in graph.nodes.items()}
    tables |= {place_of(kind): table for kind, table in graph.edges.items()}
    for place in PLACES:
        table = tables.get(place)
        if table is not None and table.height:
            keys = keys_of(place)
            known = ((pl.lit(f"{graph.id}/") + pl.col(key)).alias(key) for key in keys)
            ordered = table.select(*schema_of(place)).sort(keys)
            yield place, ordered.with_columns(known)


def local(table: pl.DataFrame, place: str, graph: str, name: str) -> pl.DataFrame:
    """Give an exported table with the keys that a store has.

    Raises:
        DataError: a key is none of the graph; ``name`` is the file's.

    """
    prefix, keys = f"{graph}/", keys_of(place)
    for column in keys:
        known = table[column].str.starts_with(prefix).fill_null(value=False)
        other = (~known).arg_true()
        if len(other):
            row = int(other[0])
            raise DataError(
                f"{table[column][row]!r} in row {row + 1} is no key of {graph}.",
                file=name,
                column=column,
            )
    return table.with_columns(pl.col(keys).str.strip_prefix(prefix))
