"""Reads the named statements of this folder and puts them together.

An entry is a file: a header of ``// field: value`` lines and a statement of three
clauses, MATCH, an optional WHERE, and RETURN. A *relationship* starts at its parent's
variable; a *lookup* (no parent) starts at a node's key. Returning the child's variable
returns its key and all the properties that the model gives its label. The statement
that a store runs is composed from entries, always for a batch of keys; its text depends
on names alone and every value is a parameter.

An entry with a ``tie`` can be asked for in pages (``page.py``), in each order that a
line ``// order: NAME expression`` gives, with each ``// filter: NAME condition``. A
filter takes one parameter, ``$value``, or none; an order may take ``$last``, which
stands for a missing value. Filters that several entries have stand in a file of their
own: ``// filters: task`` names ``task.filters``, in which the child is called as its
first line says. An entry that returns ``value``, what it is ordered by, can
be asked for in pages only: its order may be an aggregate.

An entry of which clients get all rows says how many there are of a node, ``about``.

An entry that ``finds: groups`` returns groups instead of nodes: what is collected is
collected for each combination of the other values. It has filters, and no order.

An entry of pages may have several ways from its parent, each a line ``// way: NAME
pattern`` that ends in conditions; its own statement is then RETURN alone. A page names
the ways to go. The expressions of its orders, and of its ``reason``, are over variables
that each way has; RETURN may have the ``reasons`` for which a row was found.
"""

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files

from workatlas.errors import UsageError

from .entry import Entry, Variable
from .model import NODES
from .page import Choice, Pages, Passes
from .portable import check_portable

_CLAUSES = re.compile(
    r"\A(?:MATCH\s+(?P<match>.+?)(?:\s+WHERE\s+(?P<where>.+?))?\s+)?"
    r"RETURN\s+(?P<result>.+?)\s*\Z",
    re.DOTALL,
)
_FIELDS = {
    *("name", "doc", "parent", "child", "finds", "tie", "columns", "reason"),
    "about",
}
_SEVERAL = {"order", "filter", "way"}
_SHARED = "filters"
_PARAMETER = re.compile(r"\$(\w+)")
_CHILD = re.compile(r"^// child: (\w+)", re.MULTILINE)
_FINDS = ("one", "many", "groups")


Catalogue = Mapping[str, Entry]


def load_catalogue() -> Catalogue:
    """Read and check every entry of this folder.

    Raises:
        UsageError: an entry is not well formed; says which file and why.

    """
    return {entry.name: entry for entry in _entries()}


def keyed_labels(catalogue: Catalogue) -> frozenset[str]:
    """Give the labels of nodes that statements find by key.

    A statement starts at such nodes, and a page finds its rows again.
    """
    entries = catalogue.values()
    starts = {(entry.parent or entry.child).label for entry in entries}
    return frozenset(starts | {e.child.label for e in entries if e.pages is not None})


def _entries() -> Iterator[Entry]:
    folder = files("workatlas.cypher")
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.endswith(".cypher"):
            yield parse_entry(path.name, path.read_text(encoding="utf-8"))


def parse_entry(file: str, text: str) -> Entry:
    """Read one entry.

    Raises:
        UsageError: a field is missing or unknown, the name is not the file's, there
            are other parameters than those of pages, the columns are not those
            returned, or the statement leaves the portable subset.

    """
    lines = [line for own in text.splitlines() for line in _shared(own, text)]
    header = _header(file, [line[3:] for line in lines if line.startswith("// ")])
    body = " ".join(line for line in lines if not line.startswith("//")).strip()
    clauses = _CLAUSES.match(" ".join(body.split()))
    if clauses is None or f"{header['name']}.cypher" != file:
        raise _wrong(file, "it is MATCH, WHERE, RETURN, and named as its file")
    ways = _declared(lines, "way")
    if (clauses["match"] is None, "reason" in header) != (bool(ways), bool(ways)):
        raise _wrong(file, "it has either MATCH, or ways and their reason")
    child = _variable(file, header["child"])
    finds = _finds(file, header)
    returned = [
        column
        for part in _parts(clauses["result"])
        for column in _columns(file, part, child)
    ]
    entry = Entry(
        name=header["name"],
        doc=header["doc"],
        parent=_variable(file, header["parent"]) if "parent" in header else None,
        child=child,
        is_one=finds == "one",
        is_grouped=finds == "groups",
        pages=_pages(file, header, lines),
        columns=tuple(name for _, name in returned),
        match=clauses["match"] or " ".join(ways.values()),
        where=clauses["where"],
        values=tuple(value for value, _ in returned),
        ways=ways,
        reason=header.get("reason"),
        about=_about(file, header, finds),
    )
    _check(file, entry, header, body)
    return entry


def _shared(line: str, text: str) -> list[str]:
    """Give the lines that a line stands for, which name the child as the entry does."""
    start = f"// {_SHARED}: "
    if not line.startswith(start):
        return [line]
    named = files("workatlas.cypher") / f"{line.removeprefix(start)}.{_SHARED}"
    of, *filters = named.read_text(encoding="utf-8").splitlines()
    child = _CHILD.search(text)
    assert child is not None  # noqa: S101 - there are no other uses of the file
    there = rf"(?<![.:$\w]){of.removeprefix('// of: ')}\b"
    return [re.sub(there, child[1], each) for each in filters]


def _header(file: str, lines: list[str]) -> dict[str, str]:
    header: dict[str, str] = {}
    for line in lines:
        field, colon, value = line.partition(": ")
        if field in _SEVERAL or field == _SHARED:
            continue
        if not colon or field not in _FIELDS or field in header:
            raise _wrong(file, f"its header has no field {field!r}, or has it twice")
        header[field] = value.strip()
    missing = {"name", "doc", "child", "columns"} - header.keys()
    if missing:
        raise _wrong(file, f"its header lacks {', '.join(sorted(missing))}")
    return header


def _declared(lines: list[str], field: str) -> dict[str, str]:
    """Give what lines of a field that may stand several times say, by name."""
    start = f"// {field}: "
    own = (line.removeprefix(start) for line in lines if line.startswith(start))
    return dict(line.split(" ", 1) for line in own)


def _pages(file: str, header: dict[str, str], lines: list[str]) -> Pages | None:
    declared = {field: _declared(lines, field) for field in sorted(_SEVERAL)}
    if header.get("finds") == "groups":
        if "tie" in header or declared["order"]:
            raise _wrong(file, "groups have filters, and no tie or order")
        return Pages(None, {}, declared["filter"])
    if "tie" in header and declared["order"]:
        return Pages(header["tie"], declared["order"], declared["filter"])
    if "tie" in header or any(declared.values()):
        raise _wrong(file, "pages need a tie and at least one order")
    return None


def _finds(file: str, header: dict[str, str]) -> str:
    asked = header.get("finds", "many" if "parent" in header else "one")
    if asked not in _FINDS:
        raise _wrong(file, f"it finds one, many or groups, not {asked!r}")
    return asked


def _about(file: str, header: dict[str, str], finds: str) -> int | None:
    if "about" not in header:
        return None
    if finds != "many" or not header["about"].isdecimal():
        raise _wrong(file, "about is how many rows it finds, of several")
    return int(header["about"])


def _variable(file: str, text: str) -> Variable:
    name, _, label = text.partition(" ")
    if label not in NODES:
        raise _wrong(file, f"the graph has no label {label!r}")
    return Variable(name, label)


def _parts(result: str) -> Iterator[str]:
    """Give what RETURN lists; a comma within brackets parts nothing."""
    part = ""
    for piece in result.split(", "):
        part += piece
        if sum(map(part.count, "[(")) == sum(map(part.count, "])")):
            yield part
            part = ""
        else:
            part += ", "
    if part:
        yield part


def _columns(file: str, text: str, child: Variable) -> list[tuple[str, str]]:
    if text == child.name:
        names = ("key", *NODES[child.label])
        return [(f"{child.name}.{name}", name) for name in names]
    value, found, name = text.partition(" AS ")
    if not found:
        raise _wrong(file, f"{text!r} is returned without AS and a name")
    return [(value.strip(), name.strip())]


def _check(file: str, entry: Entry, header: dict[str, str], body: str) -> None:
    if "$" in body:
        raise _wrong(file, "it takes no parameters; its orders and filters may")
    declared = [
        column
        for name in header["columns"].split()
        for column in (("key", *NODES[name]) if name in NODES else (name,))
    ]
    if tuple(declared) != entry.columns:
        raise _wrong(file, f"declares other columns than {' '.join(entry.columns)}")
    if declared[0] != "key" and not entry.is_grouped:
        raise _wrong(file, "its first column is not the key of what it finds")
    start = f"({entry.parent.name})" if entry.parent else f"({entry.child.name}:"
    for pattern in entry.ways.values() or (entry.match,):
        if not pattern.startswith(start):
            raise _wrong(file, f"its pattern does not start with {start}")
    for text in _texts(file, entry):
        problem = check_portable(text)
        if problem:
            raise _wrong(file, problem)


def _texts(file: str, entry: Entry) -> Iterator[str]:
    """Write every kind of statement that the entry can become."""
    if not entry.is_paged_only:
        yield entry.batch
    if entry.pages is None:
        return
    for taken, declared in (
        ("last", entry.pages.orders),
        ("value", entry.pages.filters),
    ):
        for name, text in declared.items():
            if set(_PARAMETER.findall(text)) - {taken}:
                raise _wrong(file, f"{name} takes another parameter than ${taken}")
    yield entry.batch_of(Choice())
    for order in entry.pages.orders:
        yield entry.batch_of(Choice(order, continues=True, has_least=True))
    for name in entry.pages.filters:
        yield entry.batch_of(Choice(condition=Passes(name, "value")))


def _wrong(file: str, why: str) -> UsageError:
    return UsageError(
        f"The statement is not well formed: {why}.",
        where=f"cypher/{file}",
        todo="See the other files of that folder for the form.",
    )
