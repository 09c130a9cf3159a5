"""How the graph is asked and written: its model and one statement a file."""

from .catalogue import Catalogue, Entry, load_catalogue
from .model import EDGES, NODES, EdgeKind, PropertyType

__all__ = [
    "EDGES",
    "NODES",
    "Catalogue",
    "EdgeKind",
    "Entry",
    "PropertyType",
    "load_catalogue",
]
