"""The copy of a graph's tables beside its file: read back at once, column by column.

Out of the graph itself every value comes as an object of Python, which takes forty
times as long. A copy is one file: a zip with a member for each table, in Parquet.
"""

import hashlib
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import polars as pl

from workatlas.cypher import EDGES, NODES, EdgeKind

from .subgraph import EDGE_SCHEMA, Subgraph, node_schema

Tables = tuple[dict[str, pl.DataFrame], dict[EdgeKind, pl.DataFrame]]
"""The nodes and the relationships of a graph, as ``Subgraph`` has them."""

_MEMBERS: Mapping[str, str | EdgeKind] = {
    **{label: label for label in NODES},
    **{"-".join(kind): kind for kind in sorted(EDGES)},
}


def write_tables(subgraph: Subgraph, path: Path) -> None:
    """Write what a graph gives back of its tables: sorted by key, none that is empty.

    Raises:
        OSError: the file cannot be written.

    """
    with zipfile.ZipFile(path, "w") as copy:  # not packed: Parquet is
        for name, kind in _MEMBERS.items():
            if isinstance(kind, EdgeKind):
                table, keys = subgraph.edges.get(kind), [*EDGE_SCHEMA]
            else:
                table, keys = subgraph.nodes.get(kind), ["key"]
            if table is not None and table.height:
                member = BytesIO()
                table.sort(keys).write_parquet(member, compression_level=1)
                copy.writestr(zipfile.ZipInfo(name), member.getvalue())


def read_tables(path: Path, sha256: str) -> Tables | None:
    """Read a copy back; None if it is not there, or not the one that was written.

    None as well of one that another version of this program wrote, if its model had
    other labels, relationships or columns.
    """
    try:
        whole = path.read_bytes()
    except OSError:
        return None
    if hashlib.sha256(whole).hexdigest() != sha256:
        return None
    nodes: dict[str, pl.DataFrame] = {}
    edges: dict[EdgeKind, pl.DataFrame] = {}
    with zipfile.ZipFile(BytesIO(whole)) as copy:
        for name in copy.namelist():
            table, kind = pl.read_parquet(BytesIO(copy.read(name))), _MEMBERS.get(name)
            if isinstance(kind, EdgeKind):
                edges[kind] = table
            elif kind is not None and dict(table.schema) == node_schema(kind):
                nodes[kind] = table
            else:
                return None
    return nodes, edges
