"""The fifth step of an answer: rows become columns, and columns the answer's data.

Each step is carried out once for all objects that it is asked of. What has to be
fetched is yielded; the rest neither waits nor does I/O, so it can run in any thread.
"""

import time
from collections.abc import Callable, Generator, Iterable, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

from typing_extensions import override

from workatlas.schema.follow import Column, Computed, Followed
from workatlas.schema.walk import Walked
from workatlas.stores import Row

from .columns import Completion, Values
from .explain import Trace
from .failed import Failed
from .needs import Asked, Needs
from .plan import Plan
from .rows import Fetch
from .searches import Lookup
from .steps import Attribute, Selection, Step, Typename
from .walking import walked

Found = list[Sequence[Row] | Exception]
Fetching = Generator[Sequence[Fetch | Lookup], Found, Values]
"""Yields statements to be run, and takes their rows."""
_row_of = attrgetter("row")


class Execution(Completion):
    """Makes the data of one answer by a plan."""

    def __init__(self, plan: Plan, needs: Needs, trace: Trace | None = None) -> None:
        """Make it of the rows that the needs get; note each step in ``trace``."""
        super().__init__()
        self._trace = trace
        self._plan = plan
        self._needs = needs

    def data(self, root: Any) -> Generator[Sequence[Fetch | Lookup], Found, Any]:
        """Give the data, with a Failed wherever something failed."""
        (data,), _ = yield from self.objects(self._plan.root, [root])
        self._plan.is_new = False
        return data

    @override
    def objects(self, selection: Selection, objects: list[Any]) -> Fetching:
        """Give for each object what is selected of it, or what failed."""
        usual = self._usual(selection, objects)
        if usual is not None:
            return usual, False
        asked = {s: self._needs.asked(s, objects) for s in selection.followed}
        fetches = self._needs.missing(selection, objects, asked)
        if fetches:
            found = yield fetches
            self._needs.take(fetches, found)
        for step, number in selection.elsewhere:
            yield from self._elsewhere(step, number, objects, asked[step])
        columns: list[Values] = []
        for step in selection.steps:
            if step in asked:
                column = yield from self._followed(step, objects, asked[step])
            elif isinstance(step.declared, Walked):
                column = yield from self._walked(step, step.declared, objects)
            else:
                values = self._values(step, objects)
                column = yield from self.completed(step, values)
            columns.append(column)
        return _assembled(selection, len(objects), columns)

    def _usual(self, selection: Selection, objects: list[Any]) -> list[Any] | None:
        """Give what is selected where nothing is fetched, and nothing is unusual."""
        if self._trace is not None or self._plan.is_new:
            return None
        function = self._plan.function(selection)
        if function is None:
            return None
        try:
            return self._needs.made(function, objects)
        except Exception:  # noqa: BLE001 - the columns find out what it is
            return None

    def _walked(self, step: Step, declared: Walked, objects: list[Any]) -> Fetching:
        """Carry out a step that walks, for each object on its own."""
        begun = time.perf_counter()
        arguments = self._needs.arguments(step)
        values: list[Any] = []
        for each in objects:
            if isinstance(arguments, Exception):
                values.append(Failed(arguments, step.nodes))
            else:
                walk = declared.begin(each, self._needs.snapshot, arguments)
                catalogue, builds = self._plan.catalogue, self._needs.builds
                values.append((yield from walked(walk, catalogue, builds)))
        if self._trace is not None:
            self._trace.note(step, len(objects), begun, 0.0)
        return (yield from self.completed(step, values))

    def _elsewhere(
        self, step: Step, number: int, objects: Sequence[Any], asked: Asked
    ) -> Generator[Sequence[Fetch | Lookup], Found, None]:
        """Let a need whose keys have no rows start from the keys that a walk finds."""
        need = step.needs[number]
        for place, each in enumerate(objects):
            otherwise = self._needs.otherwise(need, number, place, asked)
            if otherwise is None:
                continue
            walk = otherwise.begin(each, self._needs.snapshot, asked.arguments)
            catalogue, builds = self._plan.catalogue, self._needs.builds
            keys = yield from walked(walk, catalogue, builds)
            if isinstance(keys, Exception):
                asked.failed[place] = Failed(keys, step.nodes)
                continue
            asked.keys[number][place] = keys
            fetches = self._needs.fetches(need, keys)
            if fetches:
                self._needs.take(fetches, (yield fetches))

    def _followed(self, step: Step, objects: list[Any], asked: Asked) -> Fetching:
        """Carry out a step; once for all objects of equal keys where it is shared."""
        if not step.is_shared or len(objects) == 1 or asked.failed:
            values = self._values(step, objects, asked)
            return (yield from self.completed(step, values))
        each = list(zip(*(map(tuple, keys) for keys in asked.keys), strict=True))
        first = {keys: place for place, keys in reversed(list(enumerate(each)))}
        places = sorted(first.values())
        some = Asked(
            asked.arguments,
            [[keys[place] for place in places] for keys in asked.keys],
        )
        values = self._values(step, [objects[place] for place in places], some)
        column, is_odd = yield from self.completed(step, values)
        made = dict(zip(places, column, strict=True))
        return [made[first[keys]] for keys in each], is_odd

    def _values(
        self, step: Step, objects: list[Any], asked: Asked | None = None
    ) -> list[Any]:
        begun = time.perf_counter()
        if asked is None:
            values = _plain_values(step, objects)
        else:
            values = self._called(step, objects, asked)
        if self._trace is not None:
            seconds = time.perf_counter() - begun
            self._trace.note(step, len(objects), begun, seconds)
        return values

    def _called(self, step: Step, objects: list[Any], asked: Asked) -> list[Any]:
        declared = step.declared
        assert isinstance(declared, Followed)  # noqa: S101 - asked of those only
        if len(asked.failed) == len(objects):
            return [asked.failed[place] for place in range(len(objects))]
        try:
            found: list[Sequence[Any]] = []
            if asked.sought is not None:
                found.append(self._needs.hits(asked.sought))
            found += [
                self._needs.rows(need, keys)
                for need, keys in zip(step.needs, asked.keys, strict=True)
            ]
        except Exception as error:  # noqa: BLE001 - an error of the answer
            return [Failed(error)] * len(objects)
        function = declared.function
        if asked.arguments:
            function = partial(function, **asked.arguments)
        values = _results(function, zip(objects, *found, strict=True))
        for place, failed in asked.failed.items():
            values[place] = failed
        return values


def _assembled(selection: Selection, count: int, columns: list[Values]) -> Values:
    """Put columns together to objects; one that lacks what it must have has failed."""
    names = selection.names
    each = zip(*(column for column, _ in columns), strict=True)
    made: list[Any] = [dict(zip(names, row, strict=True)) for row in each]
    if not columns:
        made = [{} for _ in range(count)]
    is_odd = False
    for step, (column, may_have_failed) in zip(selection.steps, columns, strict=True):
        if may_have_failed and step.shape.is_non_null:
            is_odd = True
            for place, value in enumerate(column):
                if type(value) is Failed and type(made[place]) is not Failed:
                    made[place] = value.below(step.name)
    return made, is_odd


def _plain_values(step: Step, objects: list[Any]) -> list[Any]:
    declared = step.declared
    if isinstance(declared, Column):
        rows = list(map(_row_of, objects))
        name = declared.name
        if None in rows:
            return [None if row is None else getattr(row, name) for row in rows]
        return list(map(attrgetter(name), rows))
    if isinstance(declared, Attribute):
        return list(map(attrgetter(declared.name), objects))
    if isinstance(declared, Typename):
        return [declared.name] * len(objects)
    assert isinstance(declared, Computed)  # noqa: S101 - what else there is needs rows
    return _results(declared.function, zip(objects, strict=True))


def _results(
    function: Callable[..., Any], each: Iterable[tuple[Any, ...]]
) -> list[Any]:
    values: list[Any] = []
    for arguments in each:
        try:
            values.append(function(*arguments))
        except Exception as error:  # noqa: BLE001 - an error of the answer
            values.append(Failed(error))
    return values
