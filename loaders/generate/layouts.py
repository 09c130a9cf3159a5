"""The layouts that a release is written in: which tables, named and written how."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from workatlas.errors import UsageError

from .delimited import Written, written
from .tables import FROM_30_3, UNTIL_30_2, Table
from .world import World


@dataclass(frozen=True)
class Layout:
    """A layout; ``nested`` says whether a zip holds its files in a folder."""

    tables: Sequence[Table]
    name: Callable[[str], str]
    write: Callable[[Table, World], Written]
    nested: bool = False

    def files(self, world: World) -> Mapping[str, Written]:
        """Write every table of a release, by the name of its file."""
        return {
            self.name(table.name): self.write(table, world) for table in self.tables
        }


def find_layout(name: str) -> Layout:
    """Give a layout by its name.

    Raises:
        UsageError: there is no layout of that name.

    """
    if name not in LAYOUTS:
        raise UsageError(
            f"There is no layout {name!r}.",
            where="--layout",
            todo=f"Take one of {', '.join(LAYOUTS)}.",
        )
    return LAYOUTS[name]


def _text(table: Table, world: World) -> Written:
    """Write as the text editions: tabs, no quoting, ``n/a``, no repeated text."""
    own = [not column.startswith("+") for column in table.columns]
    rows = [table.columns, *table.rows(world)]
    lines = (
        "\t".join("n/a" if cell is None else cell for cell in compress(row, own))
        for row in rows
    )
    return Written("".join(f"{line}\r\n" for line in lines).encode(), len(rows) - 1)


def _csv(table: Table, world: World) -> Written:
    """Write as the CSV edition: commas, quotes, empty cells, repeated text."""
    columns = [column.removeprefix("+") for column in table.columns]
    return written([columns, *table.rows(world)], delimiter=",", end="\r\n")


def _text_name(table: str) -> str:
    return f"{table}.txt"


def _csv_name(table: str) -> str:
    return f"{table.lower().replace(' ', '_')}.csv"


LAYOUTS: Mapping[str, Layout] = {
    "onet-text-1": Layout(UNTIL_30_2, _text_name, _text),
    "onet-text-2": Layout(FROM_30_3, _text_name, _text, nested=True),
    "onet-csv-1": Layout(FROM_30_3, _csv_name, _csv),
}
"""Text editions 18.1 to 30.2, text editions from 30.3 on, and the CSV edition of 31.0.

Of the CSV edition no publisher's file has been seen: which columns repeat is taken
from the Excel edition, and how a line ends from RFC 4180.
"""
