"""What is kept of the nodes that describe a build as a whole.

Its release, files, scales, studies: nearly every figure points to some of them, they
are few, and a build never changes. What is made of them alone is kept with them.
"""

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from workatlas.stores import Snapshot

from .steps import Step

if TYPE_CHECKING:
    from .compiled import Compiled, Function


class Kept:
    """Rows by the entry that found them and the key that it started from.

    What belongs to a plan goes with the plan.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        """Keep nothing yet; what will be kept is of this snapshot's builds."""
        self.version = snapshot.version
        self.rows: dict[tuple[str, str], list[Any]] = {}
        self._values: WeakKeyDictionary[Step, dict[str, dict[Any, Any]]] = (
            WeakKeyDictionary()
        )
        self._functions: WeakKeyDictionary[Compiled, dict[str, Function]] = (
            WeakKeyDictionary()
        )

    def values_of(self, step: Step, prefix: str) -> dict[Any, Any]:
        """Give a step's values of kept rows of a build, to be read and added to."""
        return self._values.setdefault(step, {}).setdefault(prefix, {})

    def function(self, compiled: "Compiled", prefix: str) -> "Function":
        """Give a selection's function for the objects of a build.

        Raises KeyError while some of the rows that it is made over are not kept yet.
        """
        functions = self._functions.setdefault(compiled, {})
        if prefix not in functions:
            functions[prefix] = compiled.make(self, prefix)
        return functions[prefix]
