"""What a file of this folder says: a relationship or a lookup, and its statements."""

from dataclasses import dataclass
from functools import cached_property

from .page import VALUE, Choice, Pages, order_clauses


@dataclass(frozen=True)
class Variable:
    """A named node of a statement and its label: ``task Task``."""

    name: str
    label: str


@dataclass(frozen=True)
class Entry:
    """One named statement: what it starts from, what it finds, what it returns.

    ``is_one``: it finds at most one node from each that it starts at. ``pages``: how it
    can be asked for in pages.
    """

    name: str
    doc: str
    parent: Variable | None
    child: Variable
    is_one: bool
    pages: Pages | None
    columns: tuple[str, ...]
    match: str
    where: str | None
    values: tuple[str, ...]

    @property
    def is_paged_only(self) -> bool:
        """Whether it returns what only a page has."""
        return VALUE in self.values

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
        of a page are in no particular order.
        """
        assert self.parent is not None  # noqa: S101 - a lookup has no pages
        start = f"({self.parent.name}:{self.parent.label} {{key: key}})"
        if choice.order is None:
            result, rows = (
                f"count(DISTINCT {self.child.name}.key) AS total",
                "[[total]]",
            )
        else:
            result, rows = f"collect([{', '.join(self.values)}]) AS rows", "rows"
        return (
            f"UNWIND $keys AS key MATCH {start} CALL ({self.parent.name}) "
            f"{{ {self.clauses(choice)} RETURN {result} }} RETURN key, {rows}"
        )

    def clauses(self, choice: Choice) -> str:
        """Write what finds the nodes of a page, or those that are counted."""
        assert self.pages is not None  # noqa: S101 - asked of those that have pages
        conditions = [self.where] if self.where else []
        if choice.condition is not None:
            conditions.append(self.pages.text_of(choice.condition))
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        found = f"MATCH {self.match}{where}"
        if choice.order is None:
            return found
        child = self.child
        return f"{found} {order_clauses(self.pages, choice, child.name, child.label)}"
