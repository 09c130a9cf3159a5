"""Layouts of releases: which files there are and what their columns are called.

A layout is data, a TOML file in ``layouts``; a new one needs no code.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from workatlas.errors import DataError, UsageError

from .source import Source
from .tables import Table, TableSpec, read_table


class LaidTable(BaseModel):
    """A table of a layout: its file and the published names of its columns.

    Columns that are ``optional``, by our names, may be absent: their cells are null.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    columns: dict[str, str]
    joined: list[str] = []
    optional: list[str] = []
    excusable: bool = False
    verified: list[str]


class Layout(BaseModel):
    """A layout; ``tables`` has our name of each table."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    separator: str
    quoted: bool
    null_tokens: list[str]
    tables: dict[str, LaidTable]

    def spec(self, name: str) -> TableSpec:
        """Give how to read a table."""
        table = self.tables[name]
        return TableSpec(
            columns=table.columns,
            optional=table.optional,
            joined=table.joined,
            separator=self.separator,
            quoted=self.quoted,
            null_tokens=self.null_tokens,
        )

    def missing(self, source: Source) -> list[LaidTable]:
        """Give the tables whose files are not in a source."""
        return [t for t in self.tables.values() if t.file not in source.files]

    def verified_for(self, version: str, without: Collection[str] = ()) -> bool:
        """Tell whether every file but some was compared with that release's own."""
        return all(
            version in table.verified
            for table in self.tables.values()
            if table.file not in without
        )


@cache
def layouts() -> Mapping[str, Layout]:
    """Read all layouts, by their identifier."""
    folder = Path(__file__).with_name("layouts")
    found = (
        Layout.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("*.toml"))
    )
    return {layout.id: layout for layout in found}


def layout_of(source: Source) -> Layout:
    """Find the layout that a source has: the one whose structural files are all there.

    Raises:
        DataError: none fits (names the file that the closest one lacks), or two do.

    """
    lacking = {
        name: [t.file for t in layout.missing(source) if not t.excusable]
        for name, layout in layouts().items()
    }
    closest, next_one, *_ = sorted(lacking, key=lambda name: len(lacking[name]))
    if lacking[closest]:
        raise DataError(
            f"{lacking[closest][0]} is missing; of the known layouts the "
            f"{layouts()[closest].title} comes closest.",
            file=source.location,
            todo="Give the folder or zip of a whole release. A newer layout is "
            "described in loaders/layouts; CONTRIBUTING.md shows how.",
        )
    if not lacking[next_one]:
        raise DataError(
            f"There are files of the {layouts()[closest].title} and of the "
            f"{layouts()[next_one].title}.",
            file=source.location,
            todo="Give a folder or zip that holds one release in one edition.",
        )
    return layouts()[closest]


@dataclass(frozen=True)
class Release:
    """A source with its layout and what was excused by name."""

    source: Source
    layout: Layout
    without: Collection[str]
    partial: Collection[str]
    read: dict[str, Table] = field(default_factory=dict[str, Table])

    def check(self) -> None:
        """Refuse what is missing without an excuse, and excuses that make no sense.

        Raises:
            DataError: a file is missing.
            UsageError: an excuse for a file that is unknown or needed, or two excuses.

        """
        files = {table.file: table for table in self.layout.tables.values()}
        for name in (*self.without, *self.partial):
            if name not in files:
                raise UsageError(
                    f"{name!r} is no file of the {self.layout.title}.",
                    todo=f"Its files are {', '.join(files)}.",
                )
        for name in self.without:
            if name in self.partial:
                raise UsageError(
                    f"{name} can be left out or be partial, not both.",
                    todo=f"Say either --without {name!r} or --partial {name!r}.",
                )
            if not files[name].excusable:
                raise UsageError(
                    f"A release cannot be loaded without {name}.",
                    todo="Leave out --without for it: other files refer to it.",
                )
        missing = [table.file for table in self.layout.missing(self.source)]
        holes = [file for file in missing if file not in self.without]
        if holes:
            others = ", ".join(holes[1:])
            excuses = " ".join(f"--without {file!r}" for file in holes)
            raise DataError(
                f"The file is missing, and so is {others}."
                if others
                else "The file is missing.",
                file=holes[0],
                todo=f"Add what is missing, or say {excuses}: every answer will then "
                "say that it is absent.",
            )

    def table(self, name: str) -> Table | None:
        """Read a table; None if the layout has none or it is left out."""
        laid = self.layout.tables.get(name)
        if laid is None or laid.file in self.without:
            return None
        return self.needed(name)

    def needed(self, name: str) -> Table:
        """Read a table that the release is not loaded without; each file once."""
        if name not in self.read:
            file = self.source.files[self.layout.tables[name].file]
            self.read[name] = read_table(file, self.layout.spec(name))
        return self.read[name]

    def coverage(self, name: str) -> str:
        """Tell how much of a table's file is loaded: WHOLE, PART or ABSENT."""
        file = self.layout.tables[name].file
        if file in self.without:
            return "ABSENT"
        return "PART" if file in self.partial else "WHOLE"
