"""What is kept of the nodes that describe a build as a whole.

Its release, files, scales, studies: nearly every figure points to some of them, they
are few, and a build never changes.
"""

from typing import Any

from workatlas.stores import Snapshot
from workatlas.stores.keys import prefix_of

from .steps import Step


class Kept:
    """Rows by the entry that found them and the key that it started from."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self.rows: dict[tuple[str, str], list[Any]] = {}
        self._values: dict[tuple[Step, str], dict[Any, Any]] = {}
        self._version = ""

    def values_of(self, step: Step, prefix: str) -> dict[Any, Any]:
        """Give a step's values of kept rows of a build, to be read and added to."""
        return self._values.setdefault((step, prefix), {})

    def only(self, snapshot: Snapshot) -> None:
        """Forget the rows of builds that are not published."""
        if snapshot.version == self._version:
            return
        published = {graph.prefix for graph in snapshot.graphs.values()}
        self.rows = {
            place: rows
            for place, rows in self.rows.items()
            if prefix_of(place[1]) in published
        }
        self._values = {}
        self._version = snapshot.version
