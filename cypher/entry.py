"""What a file of this folder says: a relationship or a lookup, and its statements."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .page import FOUND, REASONS, TIE, VALUE, Choice, Pages, grouped, order_clauses

_WAY = "$way"
"""Stands for the place of a way among those that are gone."""


@dataclass(frozen=True)
class Variable:
    """A named node of a statement and its label: ``task Task``."""

    name: str
    label: str


@dataclass(frozen=True)
class Entry:
    """One named statement: what it starts from, what it finds, what it returns.

    ``is_one``: it finds at most one node from each that it starts at. ``pages``: how it
    can be asked for in pages. ``ways``: patterns by name, each of which finds what it
    finds from its parent, for a ``reason``; then ``match`` is all of them in a row.
    ``is_grouped``: its rows are groups of what it finds, by all values that are not
    collected. They are no nodes; they are asked for whole, filtered, in no order.
    ``about``: how many it finds from a node of a full release; it bounds nothing.
    """

    name: str
    doc: str
    parent: Variable | None
    child: Variable
    is_one: bool
    is_grouped: bool
    pages: Pages | None
    columns: tuple[str, ...]
    match: str
    where: str | None
    values: tuple[str, ...]
    ways: Mapping[str, str] = field(default_factory=dict[str, str])
    reason: str | None = None
    about: int | None = None

    @property
    def is_paged_only(self) -> bool:
        """Whether it returns what only a page has, or groups."""
        return self.is_grouped or VALUE in self.values

    @cached_property
    def batch(self) -> str:
        """The statement for a batch of keys.

        Takes ``$keys``; gives rows of ``key`` and the list of the found rows, each a
        positional list in the order of ``columns``. A key that the graph does not hold
        gives no row.
        """
        values = ", ".join(self.values)
        if self.parent is None:
            return f"UNWIND $keys AS key MATCH {self.match} RETURN key, [[{values}]]"
        start = f"({self.parent.name}:{self.parent.label} {{key: key}})"
        where = f" WHERE {self.where}" if self.where else ""
        return (
            f"UNWIND $keys AS key MATCH {start} "
            f"RETURN key, [{self.match}{where} | [{values}]]"
        )

    def batch_of(self, choice: Choice) -> str:
        """Write the statement for a page, or a count, of each of a batch of keys.

        Takes ``$keys`` and the page's parameters; gives rows as ``batch`` does. Those
        of a page, and groups, are in no particular order.
        """
        assert self.parent is not None  # noqa: S101 - a lookup has no pages
        start = f"({self.parent.name}:{self.parent.label} {{key: key}})"
        if self.is_grouped:
            result, rows = f"{grouped(self.values)} AS rows", "rows"
        elif choice.order is None:
            counted = f"count(DISTINCT {self.child.name}.key)"
            result, rows = f"RETURN {counted} AS total", "[[total]]"
        else:
            listed = f"collect([{', '.join(self.values)}])"
            result, rows = f"RETURN {listed} AS rows", "rows"
        return (
            f"UNWIND $keys AS key MATCH {start} CALL ({self.parent.name}) "
            f"{{ {self.clauses(choice)} {result} }} RETURN key, {rows}"
        )

    def clauses(self, choice: Choice) -> str:
        """Write what finds the nodes of a page, or those counted or grouped."""
        assert self.pages is not None  # noqa: S101 - asked of those that have pages
        child = self.child
        if choice.order is None:
            return self._found(choice, child.name)
        value = self.pages.orders[choice.order]
        names = [FOUND, TIE, VALUE]
        made = [f"{child.name}.key", f"{child.name}.{self.pages.tie}", value]
        if self.ways:
            # What several ways find has the highest of their values.
            names.append(REASONS)
            made.append(f"[{_WAY}, {value}, {self.reason}]")
            found = self._found(choice, _named(made, names))
            made = [FOUND, TIE, f"max({VALUE})", f"collect({REASONS})"]
        else:
            found = self._found(choice, "")
        rest = order_clauses(choice, ", ".join(names), child.name, child.label)
        return f"{found} WITH {_named(made, names)} {rest}"

    def _found(self, choice: Choice, values: str) -> str:
        """Write what finds the nodes; with ways, a subquery that gives some values."""
        assert self.pages is not None  # noqa: S101 - asked of those that have pages
        conditions = [self.where] if self.where else []
        if choice.condition is not None:
            conditions.append(self.pages.text_of(choice.condition))
        if not self.ways:
            where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
            return f"MATCH {self.match}{where}"
        assert self.parent is not None  # noqa: S101 - ways start at one
        each = " UNION ALL ".join(
            f"MATCH {' AND '.join([self.ways[name], *conditions])} "
            f"RETURN {values.replace(_WAY, str(number))}"
            for number, name in enumerate(choice.ways or self.ways)
        )
        return f"CALL ({self.parent.name}) {{ {each} }}"


def _named(values: list[str], names: list[str]) -> str:
    pairs = zip(values, names, strict=True)
    return ", ".join(v if v == name else f"{v} AS {name}" for v, name in pairs)
