"""What a plan is made of: steps, their slots for rows, and the shapes of values.

A *step* is one field of one type of object. What it needs is bound to a *slot*: a place
in a statement whose rows it gets. Slots hang below each other as the catalogue's
relationships do, so that one statement brings the rows of a whole tree of steps.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import cached_property, partial
from typing import Any, cast

from graphql import FieldNode

from workatlas.cypher import Entry
from workatlas.schema.follow import Column, Computed, Follow, Followed, Sought
from workatlas.schema.walk import Walked

from .arguments import Arguments
from .leaf import Leaf

KEY = "key"
"""The column that every row has; long, and not given where nothing reads it."""
FOUND_BY = "found by its key"
"""Stands among the columns of a row whose key the engine needs, to find other rows."""


@dataclass(eq=False)
class Slot:
    """A place for rows in a statement.

    A root starts at nodes of ``label`` by key and has the columns of its ``entry``, a
    lookup, if it has one; any other slot follows its entry, a relationship, from the
    nodes of the slot above it. ``columns`` are those that are asked for, None for all.
    ``is_page``: only a page of its rows is asked for, or their number. ``follow`` says
    what becomes of rows that are kept.
    """

    number: int
    label: str
    entry: Entry | None
    row: type[Any] | None
    is_many: bool
    is_page: bool = False
    columns: set[str] | None = field(default_factory=set[str])
    below: list["Slot"] = field(default_factory=list["Slot"])
    users: list[tuple["Step", Follow]] = field(
        default_factory=list[tuple["Step", Follow]]
    )
    follow: Follow | None = None

    def has(self, column: str) -> bool:
        """Tell whether a column is asked for."""
        if self.columns is None or column in self.columns:
            return True
        return column == KEY and (bool(self.below) or FOUND_BY in self.columns)

    def read(self, columns: set[str] | None) -> None:
        """Ask for more columns."""
        if columns is None or self.columns is None:
            self.columns = None
        else:
            self.columns |= columns

    @property
    def gathers(self) -> Callable[[list[Any]], Any] | None:
        """What makes one thing of all rows that are kept, if anything does."""
        return None if self.follow is None else self.follow.gathers

    @cached_property
    def kept_as(self) -> str:
        """The name under which its rows are kept, by the key that they start from."""
        assert self.entry is not None  # noqa: S101 - only a root has none
        gathers, name = self.gathers, self.entry.name
        return name if gathers is None else f"{name} as {gathers.__qualname__}"

    def kept(self, rows: Iterable[Any]) -> list[Any]:
        """Give what is kept of the values of rows."""
        made = list(map(self.make, rows))
        return made if self.follow is None else self.follow.gathered(made)

    @cached_property
    def make(self) -> Callable[[Iterable[Any]], Any]:
        """Make a row of its values."""
        # The class itself would take the values one by one, and twice the time.
        new: Any = cast("Any", tuple).__new__
        return partial(new, self.row)

    @cached_property
    def width(self) -> int:
        """How many values a row has."""
        assert self.entry is not None  # noqa: S101 - only a root has none
        return len(self.entry.values)

    @property
    def holds_pages(self) -> bool:
        """Whether pages may hang below it: in a comprehension they may not."""
        is_root = self.entry is None or self.entry.parent is None
        return is_root or self.is_page

    @property
    def is_settled(self) -> bool:
        """Whether no argument decides if it is needed, or which page of it."""
        return not self.is_page and all(follow.is_always for _, follow in self.users)

    def tree(self) -> Iterator["Slot"]:
        """Give this slot and all below it."""
        yield self
        for slot in self.below:
            yield from slot.tree()


class Source(Enum):
    """Where the rows of a need come from."""

    ABOVE = auto()
    """With the statement that found the object, or its selection's own."""
    KEYS = auto()
    """A statement of its own, by keys that are made of the objects."""
    KEPT = auto()
    """What is kept of the few nodes that describe a build as a whole."""

    NONE = auto()
    """Nowhere: it can be done without them."""


@dataclass(frozen=True)
class Need:
    """One need of a field, and where its rows are; ``above`` is where they hang."""

    follow: Follow
    source: Source
    slot: Slot
    above: Slot

    def check(self, arguments: Mapping[str, Any]) -> None:
        """Raise what keeps the arguments from saying which page is needed."""
        if self.follow.page is not None and self.follow.when(arguments):
            self.follow.page(arguments)


@dataclass(eq=False)
class Step:
    """One field of one type of object, under the name that it has in the answer."""

    name: str
    parent: str
    asked: str
    nodes: list[FieldNode]
    declared: "Column | Computed | Followed | Walked | Attribute | Typename"
    arguments: Arguments
    needs: list[Need] = field(default_factory=list[Need])
    shape: "Shape" = field(init=False)

    def spare(self, need: Need) -> None:
        """Do without the rows of a need."""
        need.slot.users.remove((self, need.follow))
        spared = replace(need, source=Source.NONE)
        self.needs = [spared if each is need else each for each in self.needs]

    @property
    def sought(self) -> Sought | None:
        """What it looks for in texts, if it does."""
        return self.declared.sought if isinstance(self.declared, Followed) else None

    @property
    def is_shared(self) -> bool:
        """Whether its value depends on the rows of its needs alone."""
        return isinstance(self.declared, Followed) and self.declared.shared

    @property
    def is_closed(self) -> bool:
        """Whether its value, with all below it, is made of what is kept alone."""
        return (
            self.arguments.known is not None
            and all(need.source is Source.KEPT for need in self.needs)
            and self.shape.is_closed
        )


@dataclass(frozen=True)
class Attribute:
    """A field that is an attribute of its object."""

    name: str


@dataclass(frozen=True)
class Typename:
    """The name of the object's type."""

    name: str


@dataclass(eq=False)
class Shape:
    """What a field's values become: leaves, objects or lists of a shape.

    Of ``leaf``, ``item`` and ``selections`` one is given; ``selections`` has what is
    asked of each class of objects.
    """

    leaf: Leaf | None = None
    item: "Shape | None" = None
    selections: Mapping[type[Any], "Selection"] = field(
        default_factory=dict[type[Any], "Selection"]
    )
    is_non_null: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether what is selected of its objects is made of what is kept alone."""
        if self.item is not None:
            return self.item.is_closed
        each = self.selections.values()
        return all(step.is_closed for below in each for step in below.steps)

    def below(self) -> Iterable["Selection"]:
        """Give what is selected of the objects, however deep in lists they are."""
        return self.selections.values() if self.item is None else self.item.below()

    def reads(self) -> set[str] | None:
        """Give the columns that the objects read of the row that they are made of."""
        return _union(selection.reads() for selection in self.below())


_Class = type[Any]


@dataclass(eq=False)
class Selection:
    """What is asked of objects of one type: its steps in the order of the answer.

    ``own`` is the root of the statement that starts at these objects, if there is one;
    ``kind`` is their class, where it is known.
    """

    type: str
    steps: list[Step] = field(default_factory=list[Step])
    own: Slot | None = None
    kind: _Class | None = None

    @cached_property
    def followed(self) -> list[Step]:
        """The steps that need rows."""
        return [s for s in self.steps if isinstance(s.declared, Followed)]

    @cached_property
    def names(self) -> list[str]:
        """The names of the steps in the answer."""
        return [step.name for step in self.steps]

    def reads(self) -> set[str] | None:
        """Give the columns that the steps read of an object's row; None for any."""
        own = {FOUND_BY} if self.own is not None else set[str]()
        return _union([own, *map(_reads_of, self.steps)])


def _reads_of(step: Step) -> set[str] | None:
    declared = step.declared
    if isinstance(declared, Column):
        return {declared.name}
    if isinstance(declared, Computed) and declared.passes:
        passed = step.shape.reads()
        return None if passed is None else {*(declared.reads or ()), *passed}
    if isinstance(declared, Computed | Followed):
        if declared.reads is None:
            return None
        # Rows are found by the key of the object that they belong to.
        needs_rows = any(need.source is not Source.NONE for need in step.needs)
        return {*declared.reads, FOUND_BY} if needs_rows else set(declared.reads)
    return None if isinstance(declared, Walked) else set()


def _union(parts: Iterable[set[str] | None]) -> set[str] | None:
    found: set[str] = set()
    for part in parts:
        if part is None:
            return None
        found |= part
    return found
