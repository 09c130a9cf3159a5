"""The fourth step of an answer: what statements give becomes rows by key.

A store gives nested positional lists; the rows of each slot are put into a table, by
the key of the node that they hang below.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workatlas.cypher.page import FIRST
from workatlas.stores import Row

from .kept import Kept
from .statement import Statement, parameter
from .steps import Slot

Table = dict[str, list[Any]]
"""Rows of one slot by the key of the node that they hang below."""


@dataclass(frozen=True)
class Fetch:
    """A statement to be run in one build, with the keys that it starts from.

    ``keep`` is the slot of rows that are to be kept; then the text is its entry's own.
    """

    prefix: str
    statement: Statement
    keys: Sequence[str]
    parameters: Mapping[str, Any]
    keep: Slot | None = None

    @property
    def name(self) -> str:
        """The entries that it is put together from, for people."""
        root = self.keep or self.statement.root
        return root.entry.name if root.entry else root.label


def take(
    fetch: Fetch, found: Sequence[Row], tables: Sequence[Table], kept: Kept
) -> None:
    """Put what a statement gave where the steps look for it.

    A key that the graph does not hold has an empty list.
    """
    if fetch.keep is not None:
        name, rows_of = fetch.keep.kept_as, dict[str, Any](map(tuple, found))
        kept.rows.update(
            ((name, key), fetch.keep.kept(rows_of.get(key, ()))) for key in fetch.keys
        )
        return
    root, statement = fetch.statement.root, fetch.statement
    keys = [row[0] for row in found]
    at = 1
    if root.entry is not None:
        table = tables[root.number]
        table.update((key, []) for key in fetch.keys)
        _put(root, keys, [[row[1]] for row in found], table)
        at = 2
    for place, slot in enumerate(statement.below(root), at):
        if len(found) < len(fetch.keys):
            tables[slot.number].update((key, []) for key in fetch.keys)
        _spread(slot, keys, [row[place] for row in found], fetch, tables)


def _spread(
    slot: Slot,
    keys: Sequence[str],
    lists: Sequence[Sequence[Row]],
    fetch: Fetch,
    tables: Sequence[Table],
) -> None:
    below = fetch.statement.below(slot)
    if not below:
        _put(slot, keys, lists, tables[slot.number])
        return
    width = slot.width
    own = [[row[:width] for row in rows] for rows in lists]
    _put(slot, keys, own, tables[slot.number])
    # The row that tells if there is more is not shown: nothing below it was read.
    first = fetch.parameters.get(parameter(slot, FIRST))
    shown = None if first is None else first - 1
    flat = [row for rows in lists for row in rows[:shown]]
    found = [row[0] for row in flat]
    for place, each in enumerate(below, width):
        _spread(each, found, [row[place] for row in flat], fetch, tables)


def _put(
    slot: Slot, keys: Sequence[str], lists: Sequence[Sequence[Row]], table: Table
) -> None:
    make = slot.make
    for key, rows in zip(keys, lists, strict=True):
        table[key] = list(map(make, rows))
