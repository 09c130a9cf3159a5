"""Backups: the published graph with the files that it was made of, and back."""

from .restore import restore
from .write import backup

__all__ = ["backup", "restore"]
