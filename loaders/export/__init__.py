"""Exports: every node and relationship of a published graph as files, and back."""

from .formats import FORMATS
from .restore import import_graph
from .write import ExportReport, export_graph

__all__ = ["FORMATS", "ExportReport", "export_graph", "import_graph"]
