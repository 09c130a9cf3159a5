"""The third step of an answer: a slot and all below it as one statement.

The text depends on the document, on what it skips and includes, and on which needs its
arguments leave out; every value is a parameter. So the stores plan it once.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workatlas.cypher import Entry
from workatlas.schema.follow import Follow

from .steps import Slot, Step

_VARIABLE = re.compile(r"[(\[](\w+)(?=[:)\]])")
_PARAMETER = re.compile(r"\$(\w+)")
_NULL = "null"


@dataclass(frozen=True)
class Statement:
    """A text, and the slots whose rows it brings, in the order of its lists.

    It takes ``$keys`` and the parameters of its slots, and gives rows of a key, the
    list of its own columns if the root has any, and a list for each slot below.
    """

    text: str
    root: Slot
    active: frozenset[int]

    def below(self, slot: Slot) -> list[Slot]:
        """Give the slots directly below one whose rows the statement brings."""
        return [each for each in slot.below if each.number in self.active]


def parameter(slot: Slot, name: str) -> str:
    """Name the parameter that a slot's entry knows as ``name``."""
    return f"{name}_{slot.number}"


def compose(root: Slot, active: Collection[int]) -> Statement:
    """Put the statement of a root together, with the active slots below it."""
    statement = Statement("", root, frozenset(active))
    start = f"n{root.number}"
    parts = ["key"]
    if root.entry is not None:
        start = _renamed(root.entry.child.name, root, start)
        parts.append(f"[{', '.join(_values(root, start))}]")
    parts += [_list(slot, start, statement) for slot in statement.below(root)]
    text = (
        f"UNWIND $keys AS key MATCH ({start}:{root.label} {{key: key}}) "
        f"RETURN {', '.join(parts)}"
    )
    return Statement(text, root, statement.active)


def _list(slot: Slot, start: str, statement: Statement) -> str:
    entry = slot.entry
    assert entry is not None  # noqa: S101 - only a root may have none
    where = f" WHERE {_renamed(entry.where, slot, start)}" if entry.where else ""
    child = _renamed(entry.child.name, slot, start)
    values = _values(slot, start)
    values += [_list(each, child, statement) for each in statement.below(slot)]
    return f"[{_renamed(entry.match, slot, start)}{where} | [{', '.join(values)}]]"


def _values(slot: Slot, start: str) -> list[str]:
    """Give what is returned of a row; a column that is not asked for is null."""
    entry, row = slot.entry, slot.row
    assert entry is not None  # noqa: S101 - asked of slots with rows only
    assert row is not None  # noqa: S101
    fields: tuple[str, ...] = row._fields
    return [
        _renamed(value, slot, start)
        if slot.columns is None or name in slot.columns or name == "key"
        else _NULL
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
    names: dict[str, Any] = {name: f"{name}_{slot.number}" for name in sorted(found)}
    if entry.parent is not None:
        names[entry.parent.name] = start
    return names


class Statements:
    """The statements of a plan, each put together once."""

    def __init__(self) -> None:
        """Start without any."""
        self._known: dict[tuple[int, frozenset[int]], Statement] = {}
        self._settled: dict[Slot, Statement] = {}

    def of(
        self, root: Slot, arguments_of: Callable[[Step], Mapping[str, Any] | Exception]
    ) -> tuple[Statement, dict[str, Any]]:
        """Give the statement of a root for some arguments, and its parameters."""
        if root in self._settled:
            return self._settled[root], {}
        active: set[int] = set()
        parameters: dict[str, Any] = {}
        # What an argument decides may be otherwise in the next request.
        is_settled = all(slot.is_settled for slot in root.tree())
        for slot, step, follow in _uses(root):
            arguments = arguments_of(step)
            if isinstance(arguments, Exception):
                is_settled = False
            elif follow.when(arguments):
                active.add(slot.number)
                given = follow.given(arguments).items()
                parameters.update((parameter(slot, name), v) for name, v in given)
        place = (root.number, frozenset(active))
        if place not in self._known:
            self._known[place] = compose(root, active)
        if is_settled:
            self._settled[root] = self._known[place]
        return self._known[place], parameters


def _uses(root: Slot) -> Iterator[tuple[Slot, Step, Follow]]:
    return ((s, step, follow) for s in root.tree() for step, follow in s.users)


def entry_statement(slot: Slot) -> Statement:
    """Give the statement of a slot's entry alone."""
    assert slot.entry is not None  # noqa: S101 - only a root has none
    return Statement(slot.entry.batch, slot, frozenset())
