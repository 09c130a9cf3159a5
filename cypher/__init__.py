"""How the graph is asked and written: its model and one statement a file."""

from .catalogue import Catalogue, keyed_labels, load_catalogue
from .entry import Entry
from .model import EDGES, NODES, REFERENCE, EdgeKind, PropertyType
from .page import FIRST, Choice, Combined, Condition, Page, Passes

__all__ = [
    "EDGES",
    "FIRST",
    "NODES",
    "REFERENCE",
    "Catalogue",
    "Choice",
    "Combined",
    "Condition",
    "EdgeKind",
    "Entry",
    "Page",
    "Passes",
    "PropertyType",
    "keyed_labels",
    "load_catalogue",
]
