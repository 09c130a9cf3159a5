"""Where the graph lives: embedded (KGLite) or Neo4j, the same to everyone else."""

from .address import open_reader, open_writer
from .base import Reader, Row, Writer
from .published import PublishedGraph, Snapshot, release_number
from .subgraph import EDGE_SCHEMA, GraphKind, Subgraph, node_schema

__all__ = [
    "EDGE_SCHEMA",
    "GraphKind",
    "PublishedGraph",
    "Reader",
    "Row",
    "Snapshot",
    "Subgraph",
    "Writer",
    "node_schema",
    "open_reader",
    "open_writer",
    "release_number",
]
