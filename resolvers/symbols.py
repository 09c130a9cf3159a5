"""Stand-ins for objects, to find out what a function makes of one without having one.

A function that only passes values on (``straight`` in ``schema/follow.py``) is called
once with a stand-in. What it gives has symbols in the places of values, and each symbol
knows the source text that reads the value. So the object need not be made at all: what
is asked of it is read where the function would have taken it from.
"""

import inspect
from collections.abc import Sequence
from dataclasses import fields
from types import NoneType
from typing import Any, NoReturn, cast, get_args

_FEW = 2
"""Up to so many columns are read one by one; from there on the row is unpacked."""


class UnknownError(Exception):
    """A function looked at a value that is not known yet."""


LOOKED = (UnknownError, TypeError, AttributeError)
"""What is raised when a function does more with a symbol than to pass it on."""


class Symbol:
    """Stands for a value; it can be passed on, and nothing else."""

    __slots__ = ("source",)

    def __init__(self, source: str) -> None:
        """Stand for what ``source`` reads."""
        self.source = source

    def _unknown(self, *_: object) -> NoReturn:
        raise UnknownError(self.source)

    __bool__ = __eq__ = __hash__ = __str__ = __format__ = _unknown


class Columns:
    """The columns of one row, each read into a variable once, where any is used."""

    def __init__(self, kind: type[Any] | None) -> None:
        """Know the row's columns from the object's class, if it says them."""
        self.may_be_absent, self._names = _row_of(kind)
        self.is_asked_for = False
        self._used: set[str] = set()

    def source(self, name: str) -> str:
        """Give the variable of a column."""
        self._used.add(name)
        return f"c_{name}"

    def lines(self) -> list[str]:
        """Read the row of the object ``o``, if it is asked for, and columns in use."""
        if len(self._used) > _FEW and self._used <= set(self._names):
            each = (f"c_{n}" if n in self._used else "_" for n in self._names)
            no_row = (None,) * len(self._names)
            return ["row = o.row", f"{', '.join(each)} = row or {no_row}"]
        if not self._used:
            return ["row = o.row"] if self.is_asked_for else []
        read = [f"c_{name} = known.{name}" for name in sorted(self._used)]
        return ["row = o.row", "known = row or NO_ROW", *read]


class NoRow:
    """Stands for a row that is not there: each of its columns is null."""

    def __getattr__(self, name: str) -> None:
        """Give null for any column."""


class RowStandIn:
    """Stands for a row: each of its columns is a symbol."""

    def __init__(self, columns: Columns) -> None:
        """Stand for the row with these columns."""
        self._columns = columns

    def __getattr__(self, name: str) -> Symbol:
        """Give the symbol of a column."""
        return Symbol(self._columns.source(name))


class StandIn:
    """Stands for the object ``o``: its attributes are symbols, its row a stand-in."""

    def __init__(self, kind: type[Any] | None, columns: Columns) -> None:
        """Stand for an object of a class, whose properties are traced as well."""
        self._kind = kind
        self.row = RowStandIn(columns)

    def __getattr__(self, name: str) -> Any:
        """Give what a property makes of the stand-in, or the attribute's symbol."""
        found = inspect.getattr_static(self._kind, name, None)
        if isinstance(found, property):
            assert found.fget is not None  # noqa: S101 - it can be read
            return found.fget(self)
        return Symbol(f"o.{name}")


def source_of(value: Any) -> str:
    """Give the source of a symbol, of a constant, or of a tuple of them.

    Raises UnknownError for anything else.
    """
    if type(value) is Symbol:
        return value.source
    if type(value) is tuple:
        # What is in it is of any type; the checkers see two different ones.
        each = map(source_of, cast("Any", value))
        return f"({''.join(f'{one}, ' for one in each)})"
    if value is None or type(value) in (str, int, float, bool):
        return repr(value)
    raise UnknownError(type(value).__name__)


def _row_of(kind: type[Any] | None) -> tuple[bool, Sequence[str]]:
    """Tell whether an object's row may be absent, and the names of its columns."""
    declared = {f.name: f.type for f in fields(kind)} if kind is not None else {}
    if "row" not in declared:
        return True, ()
    annotated: Any = get_args(declared["row"])[0]
    of: list[Any] = [*get_args(annotated)] or [annotated]
    row: Any = of[of[0] is NoneType]
    return NoneType in of, getattr(row, "_fields", ())
