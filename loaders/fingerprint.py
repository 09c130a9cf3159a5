"""What a build is named by: its content, all of it."""

import hashlib
import json

from .build import Edges, Nodes

_NOT_CONTENT = ("retrieved",)
"""When a file was retrieved: loading the same files again is to change nothing."""


def fingerprint(nodes: Nodes, edges: Edges) -> str:
    """Hash every value of every row, but for the time of retrieval; in hexadecimal.

    Rows count in the order of their values: how they came about makes no difference.
    """
    tables = {**nodes, **{" ".join(kind): table for kind, table in edges.items()}}
    digest = hashlib.sha256()
    for name in sorted(tables):
        rows = tables[name].drop(_NOT_CONTENT, strict=False)
        for column in rows.sort(rows.columns):
            values = json.dumps([name, column.name, column.to_list()])
            digest.update(values.encode())
    return digest.hexdigest()
