"""A page of what an entry finds: filtered, ordered and limited in the store.

An entry that can be asked for in pages declares ``orders``, ``filters`` and a ``tie``,
which no two of its rows share; one that gives groups has filters alone. Which of them
are asked for, the *choice*, decides the text; every value is a parameter. A page starts
after a place in its order and not after a number of rows, so it goes on correctly when
there is more or less before it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

FOUND, TIE, VALUE, REASONS = "found", "tie", "value", "reasons"
"""What a page's statement calls a row's key, its tie, what it is ordered by, and why it
is there: each time that a way found it the place of the way among those that were gone,
the value, and the reason."""
FIRST, AFTER_VALUE, AFTER_TIE, LAST, LEAST = (
    "first",
    "afterValue",
    "afterTie",
    "last",
    "least",
)
"""Parameters of a page: how many, the place it starts after, what stands for a missing
value, and the least value of the order that is asked for."""


@dataclass(frozen=True)
class Passes:
    """One filter of the entry; its value is the parameter, if it takes one."""

    filter: str
    parameter: str | None = None


@dataclass(frozen=True)
class Combined:
    """Conditions that must hold all, or any of them, or not all."""

    how: Literal["all", "any", "not all"]
    parts: tuple["Condition", ...]


Condition = Passes | Combined


@dataclass(frozen=True)
class Choice:
    """What is asked for of an entry that can be asked for in pages.

    Without an ``order`` it is how many rows there are, or all groups. ``continues``:
    the page starts after a place; ``has_least``: what is lower in the order is left
    out. ``ways``: by which of the entry's ways; by all of them without any.
    """

    order: str | None = None
    is_descending: bool = False
    continues: bool = False
    has_least: bool = False
    condition: Condition | None = None
    ways: tuple[str, ...] = ()


class Page(NamedTuple):
    """A choice, and the values that its text takes."""

    choice: Choice
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class Pages:
    """What an entry declares for pages: expressions over its variables, by name."""

    tie: str | None
    orders: Mapping[str, str]
    filters: Mapping[str, str]

    def text_of(self, condition: Condition, *, is_denied: bool = False) -> str:
        """Write a condition; a value that is not there meets no test.

        Null is no less than false to a store, but for what is denied. There it is made
        false; elsewhere that would keep the embedded store from testing early.
        """
        if isinstance(condition, Combined):
            return self._combined(condition, is_denied=is_denied)
        text = self.filters[condition.filter]
        if condition.parameter is None:
            return text
        text = text.replace("$value", f"${condition.parameter}")
        return f"coalesce({text}, false)" if is_denied else text

    def _combined(self, condition: Combined, *, is_denied: bool) -> str:
        is_denied = is_denied or condition.how == "not all"
        word = " OR " if condition.how == "any" else " AND "
        each = (self.text_of(part, is_denied=is_denied) for part in condition.parts)
        parts = word.join(each)
        if not parts:
            parts = "false" if condition.how == "any" else "true"
        if condition.how == "not all":
            return f"NOT ({parts})"
        return f"({parts})" if len(condition.parts) > 1 else parts


def order_clauses(choice: Choice, names: str, child: str, label: str) -> str:
    """Write what follows a row's key, tie and value, up to the nodes of the page.

    ``names`` are what is known of a row until then.

    Keys and values are sorted, and the nodes looked up after that: to carry whole nodes
    through the sorting takes the embedded store several times as long.
    """
    down = " DESC" if choice.is_descending else ""
    return (
        f"{_started(choice, names)}ORDER BY {VALUE}{down}, {TIE} LIMIT ${FIRST} "
        f"MATCH ({child}:{label} {{key: {FOUND}}})"
    )


def grouped(values: Iterable[str]) -> str:
    """Write what makes one list of groups, each of them a list of the values."""
    made = [(value, f"g{place}") for place, value in enumerate(values)]
    each = ", ".join(f"{value} AS {name}" for value, name in made)
    return f"WITH {each} RETURN collect([{', '.join(name for _, name in made)}])"


def _started(choice: Choice, names: str) -> str:
    tests = list(_starts(choice))
    if not tests:
        return ""
    return f"WITH {names} WHERE {' AND '.join(tests)} WITH {names} "


def _starts(choice: Choice) -> Iterator[str]:
    if choice.continues:
        beyond = "<" if choice.is_descending else ">"
        yield (
            f"({VALUE} {beyond} ${AFTER_VALUE} OR "
            f"({VALUE} = ${AFTER_VALUE} AND {TIE} > ${AFTER_TIE}))"
        )
    if choice.has_least:
        yield f"{VALUE} >= ${LEAST}"
