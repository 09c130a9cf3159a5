"""Pages of lists: what is asked of the store, and what is made of its rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

import strawberry

from workatlas.cypher import Choice, Condition, Page
from workatlas.cypher.page import AFTER_TIE, AFTER_VALUE, FIRST, LAST, LEAST
from workatlas.errors import UsageError

from .cursor import Cursor, read_cursor, write_cursor
from .follow import computed

MOST = 100
"""How many of a list may be asked for at once."""
_R = TypeVar("_R")
_N = TypeVar("_N")


class CountRow(NamedTuple):
    """How many rows there are."""

    total: int


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    """As in the Relay specification."""

    has_next_page: bool = strawberry.field(
        description="Whether there is more after it."
    )
    has_previous_page: bool = strawberry.field(
        description="Whether it was asked for after a cursor."
    )
    start_cursor: str | None = strawberry.field(
        description="The cursor of its first item; null for an empty page."
    )
    end_cursor: str | None = strawberry.field(
        description="The cursor of its last item, to go on `after`; null if empty."
    )


@dataclass(frozen=True)
class Listing(Generic[_R]):
    """A list in one of its orders.

    ``listed`` names it in cursors; ``order`` is the catalogue's name of the order;
    ``place`` gives a row's value in that order and its tie. ``last`` stands for a
    missing value. ``ways`` are those of the entry, all of them without any.
    """

    listed: str
    order: str
    place: Callable[[_R], tuple[float | str, int | str]]
    is_descending: bool = False
    last: float | str | None = None
    ways: tuple[str, ...] = ()

    def ask(
        self,
        first: int,
        after: str | None,
        condition: Condition | None = None,
        given: Mapping[str, Any] | None = None,
        *,
        least: float | None = None,
    ) -> Page:
        """Ask for a page, and one row more to see if there is more.

        Raises:
            UsageError: ``first`` is out of its range, or the cursor not of the list.

        """
        check_first(first)
        parameters: dict[str, Any] = {FIRST: first + 1, **(given or {})}
        if self.last is not None:
            parameters[LAST] = self.last
        if after is not None:
            cursor = read_cursor(after, self.listed)
            parameters |= {AFTER_VALUE: cursor.value, AFTER_TIE: cursor.tie}
        if least is not None:
            parameters[LEAST] = least
        choice = Choice(
            self.order,
            is_descending=self.is_descending,
            continues=after is not None,
            has_least=least is not None,
            condition=condition,
            ways=self.ways,
        )
        return Page(choice, parameters)

    def page(self, rows: Sequence[_R], first: int, after: str | None) -> "PageOf[_R]":
        """Make the page of the rows that the store gave, in the list's order."""

        def cursor(row: _R) -> str:
            return write_cursor(Cursor(self.listed, *self.place(row)))

        return PageOf(rows[:first], cursor, len(rows) > first, after is not None)


@dataclass(frozen=True)
class PageOf(Generic[_R]):
    """The rows of a page, in order."""

    rows: Sequence[_R]
    cursor: Callable[[_R], str]
    has_next: bool
    has_previous: bool


@strawberry.type(description="An item in a page of a list.")
class Edge(Generic[_N]):
    """An edge, as in the Relay specification."""

    item: strawberry.Private[Any]
    place: strawberry.Private[Callable[[], str]]

    @computed("The cursor of its place in the list.", reads=("key",))
    def cursor(self) -> str:
        """Give the cursor."""
        return self.place()

    @computed("The item.", reads=("key",), passes=True)
    def node(self) -> _N:
        """Give the item."""
        made: _N = self.item
        return made


@strawberry.type(description="A page of a list.")
class Connection(Generic[_N]):
    """A page; ``items`` are made of its rows, one of each."""

    items: strawberry.Private[Sequence[Any]]
    page: strawberry.Private[PageOf[Any]]
    totals: strawberry.Private[Sequence[CountRow]]

    @computed("The items with their cursors.", reads=("key",), passes=True)
    def edges(self) -> list[Edge[_N]]:
        """Give the edges."""
        return [
            Edge(item=item, place=partial(self.page.cursor, row))
            for item, row in zip(self.items, self.page.rows, strict=True)
        ]

    @computed("The items alone.", reads=("key",), passes=True)
    def nodes(self) -> list[_N]:
        """Give the items."""
        return [*self.items]

    @computed("Where the page stands in the list.", reads=("key",))
    def page_info(self) -> PageInfo:
        """Give where it stands."""
        page = self.page
        return PageInfo(
            has_next_page=page.has_next,
            has_previous_page=page.has_previous,
            start_cursor=page.cursor(page.rows[0]) if page.rows else None,
            end_cursor=page.cursor(page.rows[-1]) if page.rows else None,
        )

    @computed("How many there are in all, whatever the page.", reads=("total",))
    def total_count(self) -> int:
        """Give the number."""
        return sum(row.total for row in self.totals)


def count_of(
    condition: Condition | None, given: Mapping[str, Any], ways: tuple[str, ...] = ()
) -> Page:
    """Ask how many there are."""
    return Page(Choice(condition=condition, ways=ways), given)


def check_first(first: int) -> None:
    """Refuse to give more at once than may be asked for, or less than one.

    Raises:
        UsageError: ``first`` is out of its range.

    """
    if not 1 <= first <= MOST:
        raise UsageError(
            f"first is {first}, and can be 1 to {MOST}.",
            todo=f"Ask for at least 1 and at most {MOST}.",
        )
