"""What is kept of the nodes that describe a build as a whole.

Its release, files, scales, studies: nearly every figure points to some of them, they
are few, and a build never changes. What is made of them alone is kept with them.
"""

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from workatlas.stores.keys import prefix_of

from .steps import Step

if TYPE_CHECKING:
    from .compiled import Compiled, Function


class Kept:
    """Rows by the entry that found them and the key that it started from.

    What belongs to a plan goes with the plan. Rows that are gathered over a whole build
    may be many, as those that ranks are found among: those of a few builds stay.
    """

    def __init__(self, version: str) -> None:
        """Keep nothing yet; what will be kept is of builds of this version's graph."""
        self.version = version
        self.rows: dict[tuple[str, str], list[Any]] = {}
        # The builds of which rows were gathered, the one used last at the end.
        self._gathered: dict[str, None] = {}
        self._values: WeakKeyDictionary[Step, dict[str, dict[Any, Any]]] = (
            WeakKeyDictionary()
        )
        self._functions: WeakKeyDictionary[Compiled, dict[str, Function]] = (
            WeakKeyDictionary()
        )

    def gathers(self, prefix: str) -> None:
        """Note that rows gathered over a build are kept, and used now."""
        self._gathered.pop(prefix, None)
        self._gathered[prefix] = None

    def within(self, builds: int) -> "Kept":
        """Give what is kept on, where rows gathered over more builds are kept.

        It is this itself while they are not more. Else nothing stays of the builds
        used longest ago; answers under way go on with what they began with.
        """
        if len(self._gathered) <= builds:
            return self
        after = Kept(self.version)
        after._gathered = dict.fromkeys([*self._gathered][-builds:])
        gone = self._gathered.keys() - after._gathered.keys()
        after.rows.update(
            (at, rows) for at, rows in self.rows.items() if prefix_of(at[1]) not in gone
        )
        return after

    def values_of(self, step: Step, prefix: str) -> dict[Any, Any]:
        """Give a step's values of kept rows of a build, to be read and added to."""
        return self._values.setdefault(step, {}).setdefault(prefix, {})

    def function(self, compiled: "Compiled", prefix: str) -> "Function":
        """Give a selection's function for the objects of a build.

        Raises KeyError while some of the rows that it is made over are not kept yet.
        """
        if prefix in self._gathered:
            self.gathers(prefix)
        functions = self._functions.setdefault(compiled, {})
        if prefix not in functions:
            functions[prefix] = compiled.make(self, prefix)
        return functions[prefix]
