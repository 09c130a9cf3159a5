"""How the graph is asked and written: its model and one statement a file."""

from .catalogue import Catalogue, Entry, load_catalogue
from .model import EDGES, NODES, REFERENCE, EdgeKind, PropertyType

__all__ = [
    "EDGES",
    "NODES",
    "REFERENCE",
    "Catalogue",
    "EdgeKind",
    "Entry",
    "PropertyType",
    "load_catalogue",
]
