"""Reads the named statements of this folder and puts them together.

An entry is a file: a header of ``// field: value`` lines and a statement of three
clauses, MATCH, an optional WHERE, and RETURN. A *relationship* starts at its parent's
variable; a *lookup* (no parent) starts at a node's key. Returning the child's variable
returns its key and all the properties that the model gives its label. The statement
that a store runs is composed from entries, always for a batch of keys; its text depends
on names alone and every value is a parameter.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from workatlas.errors import UsageError

from .model import NODES
from .portable import check_portable

_CLAUSES = re.compile(
    r"\AMATCH\s+(?P<match>.+?)(?:\s+WHERE\s+(?P<where>.+?))?"
    r"\s+RETURN\s+(?P<result>.+?)\s*\Z",
    re.DOTALL,
)
_FIELDS = {"name", "doc", "parent", "child", "finds", "parameters", "columns"}
_FINDS = {"one": True, "many": False}


@dataclass(frozen=True)
class Variable:
    """A named node of a statement and its label: ``task Task``."""

    name: str
    label: str


@dataclass(frozen=True)
class Entry:
    """One named statement: what it starts from, what it finds, what it returns.

    ``is_one``: it finds at most one node from each that it starts at.
    """

    name: str
    doc: str
    parent: Variable | None
    child: Variable
    is_one: bool
    parameters: tuple[str, ...]
    columns: tuple[str, ...]
    match: str
    where: str | None
    values: tuple[str, ...]

    @cached_property
    def batch(self) -> str:
        """The statement for a batch of keys.

        Takes ``$keys`` and the entry's parameters; gives rows of ``key`` and the list
        of the found rows, each a positional list in the order of ``columns``. A key
        that the graph does not hold gives no row.
        """
        values = ", ".join(self.values)
        if self.parent is None:
            return (
                f"UNWIND $keys AS key MATCH {self.match} "
                f"RETURN key, [[{values}]] AS rows"
            )
        start = f"({self.parent.name}:{self.parent.label} {{key: key}})"
        where = f" WHERE {self.where}" if self.where else ""
        return (
            f"UNWIND $keys AS key MATCH {start} "
            f"RETURN key, [{self.match}{where} | [{values}]] AS rows"
        )


Catalogue = Mapping[str, Entry]


def load_catalogue() -> Catalogue:
    """Read and check every entry of this folder.

    Raises:
        UsageError: an entry is not well formed; says which file and why.

    """
    return {entry.name: entry for entry in _entries()}


def _entries() -> Iterator[Entry]:
    folder = files("workatlas.cypher")
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.endswith(".cypher"):
            yield parse_entry(path.name, path.read_text(encoding="utf-8"))


def parse_entry(file: str, text: str) -> Entry:
    """Read one entry.

    Raises:
        UsageError: a field is missing or unknown, the name is not the file's, a
            parameter is undeclared or unused, the columns are not those returned, or
            the statement leaves the portable subset.

    """
    lines = text.splitlines()
    header = _header(file, [line[3:] for line in lines if line.startswith("// ")])
    body = " ".join(line for line in lines if not line.startswith("//")).strip()
    clauses = _CLAUSES.match(" ".join(body.split()))
    if clauses is None or f"{header['name']}.cypher" != file:
        raise _wrong(file, "it is MATCH, WHERE, RETURN, and named as its file")
    child = _variable(file, header["child"])
    parts = clauses["result"].split(", ")
    returned = [column for part in parts for column in _columns(file, part, child)]
    entry = Entry(
        name=header["name"],
        doc=header["doc"],
        parent=_variable(file, header["parent"]) if "parent" in header else None,
        child=child,
        is_one=_is_one(file, header),
        parameters=tuple(header.get("parameters", "").split()),
        columns=tuple(name for _, name in returned),
        match=clauses["match"],
        where=clauses["where"],
        values=tuple(value for value, _ in returned),
    )
    _check(file, entry, header, body)
    return entry


def _header(file: str, lines: list[str]) -> dict[str, str]:
    header: dict[str, str] = {}
    for line in lines:
        field, colon, value = line.partition(": ")
        if not colon or field not in _FIELDS or field in header:
            raise _wrong(file, f"its header has no field {field!r}, or has it twice")
        header[field] = value.strip()
    missing = {"name", "doc", "child", "columns"} - header.keys()
    if missing:
        raise _wrong(file, f"its header lacks {', '.join(sorted(missing))}")
    return header


def _is_one(file: str, header: dict[str, str]) -> bool:
    asked = header.get("finds", "many" if "parent" in header else "one")
    if asked not in _FINDS:
        raise _wrong(file, f"it finds one or many, not {asked!r}")
    return _FINDS[asked]


def _variable(file: str, text: str) -> Variable:
    name, _, label = text.partition(" ")
    if label not in NODES:
        raise _wrong(file, f"the graph has no label {label!r}")
    return Variable(name, label)


def _columns(file: str, text: str, child: Variable) -> list[tuple[str, str]]:
    if text == child.name:
        names = ("key", *NODES[child.label])
        return [(f"{child.name}.{name}", name) for name in names]
    value, found, name = text.partition(" AS ")
    if not found:
        raise _wrong(file, f"{text!r} is returned without AS and a name")
    return [(value.strip(), name.strip())]


def _check(file: str, entry: Entry, header: dict[str, str], body: str) -> None:
    used = set(re.findall(r"\$(\w+)", body))
    if used != set(entry.parameters):
        raise _wrong(file, f"declares parameters {entry.parameters}, uses {used}")
    declared = [
        column
        for name in header["columns"].split()
        for column in (("key", *NODES[name]) if name in NODES else (name,))
    ]
    if tuple(declared) != entry.columns:
        raise _wrong(file, f"declares other columns than {' '.join(entry.columns)}")
    if declared[0] != "key":
        raise _wrong(file, "its first column is not the key of what it finds")
    start = f"({entry.parent.name})" if entry.parent else f"({entry.child.name}:"
    if not entry.match.startswith(start):
        raise _wrong(file, f"its pattern does not start with {start}")
    problem = check_portable(entry.batch)
    if problem:
        raise _wrong(file, problem)


def _wrong(file: str, why: str) -> UsageError:
    return UsageError(
        f"The statement is not well formed: {why}.",
        where=f"cypher/{file}",
        todo="See the other files of that folder for the form.",
    )
