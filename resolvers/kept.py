"""What is kept of the nodes that describe a build as a whole.

Its release, files, scales, studies: nearly every figure points to some of them, they
are few, and a build never changes. What is made of them alone is kept with them.
"""

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from workatlas.stores import Snapshot
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
        """Keep nothing yet; ``version`` is that of the graph whose builds it is of."""
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

    def within(self, snapshot: Snapshot, most: int) -> "Kept":
        """Give what is kept on for a snapshot, with rows gathered over ``most`` builds.

        It is this itself while nothing has to go. Else nothing stays of what is not
        published any more, nor of the builds used longest ago; answers under way go on
        with what they began with.
        """
        if self.version == snapshot.version and len(self._gathered) <= most:
            return self
        gathered = [prefix for prefix in self._gathered if prefix in snapshot.builds]
        after = Kept(snapshot.version)
        for prefix in gathered[-most:]:
            after.gathers(prefix)
        stay = snapshot.builds.keys() - set(gathered[:-most])
        after.rows.update(
            (at, rows) for at, rows in self.rows.items() if prefix_of(at[1]) in stay
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
