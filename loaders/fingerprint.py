"""What a build is named by: its content, all of it."""

import hashlib
import json

from .build import Edges, Nodes

NOT_CONTENT = ("retrieved",)
"""When a file was retrieved: loading the same files again is to change nothing."""


def fingerprint(nodes: Nodes, edges: Edges) -> str:
    """Hash every value of every row, but for the time of retrieval; in hexadecimal.

    Columns count in the order of their names, rows in that of their values, and tables
    without rows not at all: the tables that a store gives back have the same hash.
    """
    tables = {**nodes, **{" ".join(kind): table for kind, table in edges.items()}}
    digest = hashlib.sha256()
    for name in sorted(name for name, table in tables.items() if table.height):
        rows = tables[name].drop(NOT_CONTENT, strict=False)
        columns = sorted(rows.columns)
        for column in rows.select(columns).sort(columns):
            values = json.dumps([name, column.name, column.to_list()])
            digest.update(values.encode())
    return digest.hexdigest()
