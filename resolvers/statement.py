"""The third step of an answer: a slot and all below it as one statement.

The text depends on the document, on what it skips and includes, on which needs its
arguments leave out, and on the order and filters that they choose; every value is a
parameter. So the stores plan it once.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workatlas.cypher import Choice, Entry
from workatlas.cypher.page import FOUND, REASONS, TIE, VALUE, grouped
from workatlas.schema.follow import Follow

from .steps import Slot, Step

_VARIABLE = re.compile(r"[(\[](\w+)(?=[:)\]])")
_PARAMETER = re.compile(r"\$(\w+)")
_NULL = "null"
Active = frozenset[tuple[int, Choice | None]]
"""The slots of a statement by number, and what is chosen of those that are pages."""


@dataclass(frozen=True)
class Statement:
    """A text, and the slots whose rows it brings, in the order of its lists.

    It takes ``$keys`` and the parameters of its slots, and gives rows of a key, the
    list of its own columns if the root has any, and a list for each slot below.
    """

    text: str
    root: Slot
    active: Mapping[int, Choice | None]
    _below: dict[Slot, list[Slot]] = field(
        default_factory=dict[Slot, list[Slot]], repr=False, compare=False
    )

    def below(self, slot: Slot) -> list[Slot]:
        """Give the slots directly below one whose rows the statement brings."""
        if slot not in self._below:
            here = [each for each in slot.below if each.number in self.active]
            self._below[slot] = here
        return self._below[slot]


def parameter(slot: Slot, name: str) -> str:
    """Name the parameter that a slot's page knows as ``name``."""
    return f"{name}_{slot.number}"


def compose(root: Slot, active: Active) -> Statement:
    """Put the statement of a root together, with the active slots below it."""
    statement = Statement("", root, dict(active))
    start = f"n{root.number}"
    own: list[str] = []
    if root.entry is not None:
        start = _renamed(root.entry.child.name, root, start)
        own = [f"[{', '.join(_values(root, start))}]"]
    calls, lists = _below(root, start, statement)
    text = (
        f"UNWIND $keys AS key MATCH ({start}:{root.label} {{key: key}}) "
        f"{''.join(calls)}RETURN {', '.join(['key', *own, *lists])}"
    )
    return Statement(text, root, statement.active)


def _below(slot: Slot, start: str, statement: Statement) -> tuple[list[str], list[str]]:
    """Write what comes before RETURN for the slots below one, and their lists."""
    calls: list[str] = []
    lists: list[str] = []
    for each in statement.below(slot):
        choice = statement.active[each.number]
        if choice is None:
            lists.append(_list(each, start, statement))
        else:
            calls.append(_call(each, choice, start, statement))
            page = f"page_{each.number}"
            counts = choice.order is None and not _is_grouped(each)
            lists.append(f"[[{page}]]" if counts else page)
    return calls, lists


def _call(slot: Slot, choice: Choice, start: str, statement: Statement) -> str:
    """Write a page, a count or groups as a subquery: no list can be any of these."""
    assert slot.entry is not None  # noqa: S101 - only a root may have none
    found = _renamed(slot.entry.clauses(choice), slot, start)
    child = _renamed(slot.entry.child.name, slot, start)
    if slot.entry.is_grouped:
        result = grouped(_values(slot, start))
    elif choice.order is None:
        result = f"RETURN count(DISTINCT {child}.key)"
    else:
        calls, lists = _below(slot, child, statement)
        values = ", ".join([*_values(slot, start), *lists])
        result = f"{''.join(calls)}RETURN collect([{values}])"
    return f"CALL ({start}) {{ {found} {result} AS page_{slot.number} }} "


def _is_grouped(slot: Slot) -> bool:
    return slot.entry is not None and slot.entry.is_grouped


def _list(slot: Slot, start: str, statement: Statement) -> str:
    entry = slot.entry
    assert entry is not None  # noqa: S101 - only a root may have none
    where = f" WHERE {_renamed(entry.where, slot, start)}" if entry.where else ""
    child = _renamed(entry.child.name, slot, start)
    _, lists = _below(slot, child, statement)
    values = ", ".join([*_values(slot, start), *lists])
    return f"[{_renamed(entry.match, slot, start)}{where} | [{values}]]"


def _values(slot: Slot, start: str) -> list[str]:
    """Give what is returned of a row; a column that is not asked for is null."""
    entry, row = slot.entry, slot.row
    assert entry is not None  # noqa: S101 - asked of slots with rows only
    assert row is not None  # noqa: S101
    fields: tuple[str, ...] = row._fields
    return [
        _renamed(value, slot, start) if slot.has(name) else _NULL
        for name, value in zip(fields, entry.values, strict=True)
    ]


def _renamed(text: str, slot: Slot, start: str) -> str:
    """Give each variable of an entry a name of its own; its parent's is ``start``."""
    entry = slot.entry
    assert entry is not None  # noqa: S101 - asked of slots with an entry only
    names = _names(entry, slot, start)
    any_name = "|".join(map(re.escape, names))
    own = re.sub(rf"(?<![.:$\w])(?:{any_name})\b", lambda m: names[m[0]], text)
    return _PARAMETER.sub(lambda m: f"${parameter(slot, m[1])}", own)


def _names(entry: Entry, slot: Slot, start: str) -> Mapping[str, str]:
    texts = (entry.match, *entry.values)
    found = {name for text in texts for name in _VARIABLE.findall(text)}
    if slot.is_page:
        found |= {FOUND, TIE, VALUE, REASONS}
    names: dict[str, Any] = {name: f"{name}_{slot.number}" for name in sorted(found)}
    if entry.parent is not None:
        names[entry.parent.name] = start
    return names


class Statements:
    """The statements of a plan, each put together once."""

    def __init__(self) -> None:
        """Start without any."""
        self._known: dict[tuple[int, Active], Statement] = {}
        self._settled: dict[Slot, Statement] = {}

    def of(
        self, root: Slot, arguments_of: Callable[[Step], Mapping[str, Any] | Exception]
    ) -> tuple[Statement, dict[str, Any]]:
        """Give the statement of a root for some arguments, and its parameters."""
        if root in self._settled:
            return self._settled[root], {}
        active: set[tuple[int, Choice | None]] = set()
        parameters: dict[str, Any] = {}
        # What an argument decides may be otherwise in the next request.
        is_settled = all(slot.is_settled for slot in root.tree())
        for slot, step, follow in _uses(root):
            arguments = arguments_of(step)
            if isinstance(arguments, Exception):
                is_settled = False
            elif follow.when(arguments):
                page = None if follow.page is None else follow.page(arguments)
                active.add((slot.number, page and page.choice))
                given = page.parameters.items() if page else ()
                parameters.update((parameter(slot, name), v) for name, v in given)
        place = (root.number, frozenset(active))
        if place not in self._known:
            self._known[place] = compose(root, place[1])
        if is_settled:
            self._settled[root] = self._known[place]
        return self._known[place], parameters


def _uses(root: Slot) -> Iterator[tuple[Slot, Step, Follow]]:
    return ((s, step, follow) for s in root.tree() for step, follow in s.users)


def entry_statement(slot: Slot) -> Statement:
    """Give the statement of a slot's entry alone."""
    assert slot.entry is not None  # noqa: S101 - only a root has none
    entry = slot.entry
    text = entry.batch_of(Choice()) if entry.is_grouped else entry.batch
    return Statement(text, slot, {})
