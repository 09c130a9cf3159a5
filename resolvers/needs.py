"""What the steps of a selection need, and the rows that they get.

For all objects of a selection together: first everything that has to be fetched is
named, then, when it is there, each step takes its rows by key.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from graphql.execution.values import VariableValues

from workatlas.schema.follow import Apart, Sought
from workatlas.schema.walk import Walked
from workatlas.stores import Row, Snapshot
from workatlas.stores.keys import by_build, prefix_of

from .compiled import Compiled
from .failed import Failed
from .kept import Kept
from .notices import OF_STUDIES, Read
from .plan import Plan
from .rows import Fetch, Table, take
from .searches import Lookup
from .statement import entry_statement
from .steps import Need, Selection, Slot, Source, Step

Keys = Sequence[str]
key_of = attrgetter("key")


@dataclass
class Asked:
    """What a step asks for: its arguments, and for each need every object's keys.

    ``sought`` is what each object looks for in texts, if the step does. ``failed`` has
    what keeps the step from being asked of an object, by its place.
    """

    arguments: Mapping[str, Any]
    keys: list[list[Keys]] = field(default_factory=list[list[Keys]])
    failed: dict[int, Failed] = field(default_factory=dict[int, Failed])
    sought: list[Lookup | None] | None = None


class Needs:
    """The rows of one answer, a table a slot, and the ``builds`` that they are of."""

    def __init__(
        self, plan: Plan, variables: VariableValues, kept: Kept, snapshot: Snapshot
    ) -> None:
        """Start without any rows."""
        self.snapshot = snapshot
        self.builds: set[str] = set()
        self._taken: set[Slot] = set()
        self._variables = variables
        self._kept = kept
        self._statements = plan.statements
        self.tables: list[Table] = [{} for _ in range(plan.slots)]
        self._arguments: dict[Step, Mapping[str, Any] | Exception] = {}
        self._broken: dict[int, Exception] = {}
        self._hits: dict[Lookup, Sequence[Any] | Exception] = {}

    def arguments(self, step: Step) -> Mapping[str, Any] | Exception:
        """Give a step's arguments, or why they cannot be had or used."""
        if step not in self._arguments:
            try:
                arguments = step.arguments.of(self._variables)
                for need in step.needs:
                    need.check(arguments)
                self._arguments[step] = arguments
            except Exception as error:  # noqa: BLE001 - an error of the answer
                self._arguments[step] = error
        return self._arguments[step]

    def made(self, function: Compiled, objects: Sequence[Any]) -> list[Any]:
        """Give what a selection's function makes of objects of one build.

        Raises whatever the function does not know.
        """
        (prefix,) = {prefix_of(each.key) for each in objects}
        make = self._kept.function(function, prefix)
        self._taken.update(function.slots)
        given: dict[Step, Mapping[str, Any]] = {}
        for step in function.steps:
            arguments = self.arguments(step)
            if isinstance(arguments, Exception):
                raise arguments
            given[step] = arguments
        return [make(each, self.tables, given) for each in objects]

    def read(self) -> Read:
        """Tell of which builds and studies the steps got rows."""
        read = Read()
        read.builds = self.builds
        for slot in self._taken:
            if slot.row in OF_STUDIES:
                for key, rows in self.tables[slot.number].items():
                    read.note(key, rows)
        return read

    def asked(self, step: Step, objects: Sequence[Any]) -> Asked:
        """Find out what a step asks for."""
        arguments = self.arguments(step)
        if isinstance(arguments, Exception):
            failed = Failed(arguments, step.nodes)
            return Asked({}, failed=dict.fromkeys(range(len(objects)), failed))
        asked = Asked(arguments)
        if step.sought is not None:
            asked.sought = _lookups(step.sought, step, objects, asked)
        for need in step.needs:
            asked.keys.append(self._keys(need, step, objects, asked))
        for place in asked.failed:
            # Nothing is read for what has failed already.
            for keys in asked.keys:
                keys[place] = ()
            if asked.sought is not None:
                asked.sought[place] = None
        return asked

    def missing(
        self, selection: Selection, objects: Sequence[Any], asked: Mapping[Step, Asked]
    ) -> list[Fetch | Lookup]:
        """Name what has to be fetched before the steps can be carried out."""
        fetches: list[Fetch | Lookup] = []
        if selection.own is not None:
            fetches += self._fetches(selection.own, map(key_of, objects))
        for step, one in asked.items():
            fetches += self._lookups(one)
            for need, keys in zip(step.needs, one.keys, strict=False):
                if need.source is Source.KEYS:
                    fetches += self._fetches(need.above, _flat(keys))
                elif need.source is Source.KEPT:
                    fetches += self._kept_fetches(need.slot, _flat(keys))
        return fetches

    def otherwise(
        self, need: Need, number: int, place: int, asked: Asked
    ) -> Walked | None:
        """Give the walk to other keys, where an object's keys have no rows.

        ``number`` is the need's place among those of its step, ``place`` the object's.
        """
        # Where the arguments failed there are no keys at all.
        keys = asked.keys[number][place] if asked.keys else ()
        is_broken = need.slot.number in self._broken
        if not keys or is_broken or any(self.rows(need, [keys])):
            return None
        return need.follow.otherwise

    def fetches(self, need: Need, keys: Keys) -> list[Fetch]:
        """Name what has to be fetched for a need to start from some keys."""
        return list(self._fetches(need.above, keys))

    def take(
        self,
        fetches: Sequence[Fetch | Lookup],
        found: Sequence[Sequence[Row] | Exception],
    ) -> None:
        """Take what was fetched; what could not be is noted for each of its slots."""
        for fetch, rows in zip(fetches, found, strict=True):
            if isinstance(fetch, Lookup):
                self._hits[fetch] = rows
            elif isinstance(rows, Exception):
                root = fetch.keep or fetch.statement.root
                self._broken.update((slot.number, rows) for slot in root.tree())
            else:
                take(fetch, rows, self.tables, self._kept)

    def hits(self, sought: Sequence[Lookup | None]) -> list[Any]:
        """Give what was found in texts for each object.

        Raises whatever kept it from being looked for.
        """
        found: list[Any] = []
        for one in sought:
            hits = () if one is None else self._hits[one]
            if isinstance(hits, Exception):
                raise hits
            found.append(hits)
        return found

    def rows(
        self, need: Need, keys: Sequence[Keys]
    ) -> Sequence[list[Any] | Apart[Any]]:
        """Give the rows of a need for each object, by the object's keys.

        Those of several builds come apart. Raises whatever kept the store from giving
        them.
        """
        if need.slot.number in self._broken:
            raise self._broken[need.slot.number]
        if need.follow.across is None:
            return self._rows(need, keys)
        builds = list(map(by_build, keys))
        return [
            dict(zip(some, self._rows(need, list(some.values())), strict=True))
            for some in builds
        ]

    def _rows(self, need: Need, keys: Sequence[Keys]) -> list[list[Any]]:
        if need.source is Source.KEPT:
            name, kept = need.slot.kept_as, self._kept.rows
            return [[r for key in some for r in kept[name, key]] for some in keys]
        table = self.tables[need.slot.number]
        self._taken.add(need.slot)
        return [
            table[some[0]]
            if len(some) == 1
            else [r for key in some for r in table[key]]
            for some in keys
        ]

    def _keys(
        self, need: Need, step: Step, objects: Sequence[Any], asked: Asked
    ) -> list[Keys]:
        if need.source is Source.NONE or not need.follow.when(asked.arguments):
            return [()] * len(objects)
        keys: list[Keys] = []
        for place, each in enumerate(objects):
            try:
                keys.append(need.follow.starts(self.snapshot, each, asked.arguments))
            except Exception as error:  # noqa: BLE001 - an error of the answer
                asked.failed.setdefault(place, Failed(error, step.nodes))
                keys.append(())
        return keys

    def _lookups(self, asked: Asked) -> Iterator[Lookup]:
        for lookup in dict.fromkeys(asked.sought or ()):
            if lookup is not None:
                self.builds.add(lookup.prefix)
                yield lookup

    def _fetches(self, root: Slot, keys: Iterable[str]) -> Iterator[Fetch]:
        for prefix, own in by_build(keys).items():
            statement, parameters = self._statements.of(root, self.arguments)
            self.builds.add(prefix)
            yield Fetch(prefix, statement, own, parameters)

    def _kept_fetches(self, slot: Slot, keys: Iterable[str]) -> Iterator[Fetch]:
        builds = by_build(keys)
        self.builds.update(builds)
        for prefix, own in builds.items():
            if slot.gathers:
                self._kept.gathers(prefix)
            new = [key for key in own if (slot.kept_as, key) not in self._kept.rows]
            if new:
                yield Fetch(prefix, entry_statement(slot), new, {}, keep=slot)


def _lookups(
    sought: Sought, step: Step, objects: Sequence[Any], asked: Asked
) -> list[Lookup | None]:
    lookups: list[Lookup | None] = []
    for place, each in enumerate(objects):
        try:
            prefix = prefix_of(sought.release(each, asked.arguments))
            lookups.append(Lookup(prefix, sought.asked(asked.arguments)))
        except Exception as error:  # noqa: BLE001 - an error of the answer
            asked.failed.setdefault(place, Failed(error, step.nodes))
            lookups.append(None)
    return lookups


def _flat(keys: Iterable[Keys]) -> Iterator[str]:
    return (key for some in keys for key in some)
