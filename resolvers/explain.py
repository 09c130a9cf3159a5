"""A plan to look at: its steps, the statements that it ran, and the time for each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from workatlas.schema.follow import Followed
from workatlas.schema.walk import Walked

from .plan import Plan
from .rows import Fetch, Table
from .steps import Need, Selection, Shape, Source, Step

_FROM = {
    Source.ABOVE: "the statement above",
    Source.KEYS: "a statement by key",
    Source.KEPT: "what is kept of the build",
    Source.NONE: "nowhere: not needed",
}


class Ran(NamedTuple):
    """A statement that was run: in which build, from how many keys, when, how long.

    ``begun`` is of ``time.perf_counter``, as all moments are here.
    """

    fetch: Fetch
    begun: float
    seconds: float
    has_failed: bool = False


@dataclass
class Trace:
    """What is noted of an answer while it is made, for ``explained`` and for spans."""

    objects: dict[Step, int] = field(default_factory=dict[Step, int])
    begun: dict[Step, float] = field(default_factory=dict[Step, float])
    seconds: dict[Step, float] = field(default_factory=dict[Step, float])

    def note(self, step: Step, objects: int, begun: float, seconds: float) -> None:
        """Note how long a step took for how many objects, without what is below it."""
        self.objects[step] = self.objects.get(step, 0) + objects
        self.begun.setdefault(step, begun)
        self.seconds[step] = self.seconds.get(step, 0.0) + seconds


def explained(
    plan: Plan, trace: Trace | None, ran: Sequence[Ran], tables: Sequence[Table]
) -> dict[str, Any]:
    """Give a plan with what was noted, for people and for JSON.

    ``steps`` has a step for each field that needs rows or has fields below it; plain
    fields stand together in ``fields``. Times are in milliseconds and without those of
    what is below; without a trace only statements have them.
    """
    return {
        **_selection(plan.root, trace, tables),
        "statements": [
            {
                "text": one.fetch.statement.text,
                "build": one.fetch.prefix,
                "keys": len(one.fetch.keys),
                "ms": _ms(one.seconds),
            }
            for one in ran
        ],
    }


def field_of(step: Step) -> str:
    """Name the field that a step carries out, as the schema does."""
    return f"{step.parent}.{step.asked}"


def steps_of(selection: Selection) -> Iterator[Step]:
    """Give every step of a selection, and of those below it."""
    for step in selection.steps:
        yield step
        for below in _selections(step.shape):
            yield from steps_of(below)


def _selection(
    selection: Selection, trace: Trace | None, tables: Sequence[Table]
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "fields": [s.name for s in selection.steps if _is_plain(s)],
        "steps": [
            _step(step, trace, tables)
            for step in selection.steps
            if not _is_plain(step)
        ],
    }
    return {name: value for name, value in told.items() if value}


def _is_plain(step: Step) -> bool:
    needs_rows = isinstance(step.declared, Followed | Walked)
    return not needs_rows and not _selections(step.shape)


def _selections(shape: Shape) -> Sequence[Selection]:
    if shape.item is not None:
        return _selections(shape.item)
    return list(shape.selections.values())


def _step(step: Step, trace: Trace | None, tables: Sequence[Table]) -> dict[str, Any]:
    told: dict[str, Any] = {"name": step.name, "field": field_of(step)}
    if trace is not None:
        told["objects"] = trace.objects.get(step, 0)
        told["ms"] = _ms(trace.seconds.get(step, 0.0))
    told["needs"] = [*_lookup(step), *(_need(need, tables) for need in step.needs)]
    below = _selections(step.shape)
    if len(below) == 1:
        told.update(_selection(below[0], trace, tables))
    elif below:
        told["types"] = {each.type: _selection(each, trace, tables) for each in below}
    return told


def _lookup(step: Step) -> Sequence[Mapping[str, Any]]:
    if step.sought is None:
        return ()
    return ({"entry": "search", "from": "the index of the release"},)


def _need(need: Need, tables: Sequence[Table]) -> Mapping[str, Any]:
    told: dict[str, Any] = {"entry": need.follow.entry, "from": _FROM[need.source]}
    if need.source in (Source.ABOVE, Source.KEYS):
        slot = need.slot
        names = [name for name in need.follow.fields if slot.has(name)]
        told["columns"] = "all" if slot.columns is None else sorted(names)
        told["rows"] = sum(map(len, tables[need.slot.number].values()))
    return told


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)
