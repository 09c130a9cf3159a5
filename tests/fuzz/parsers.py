"""What reads files that others made: each gives rows, or an error of a source."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import polars as pl
from openpyxl import Workbook

from workatlas.errors import DataError, SourceError, UsageError
from workatlas.loaders.export.formats import FORMATS
from workatlas.loaders.export.manifest import MANIFEST, read_manifest
from workatlas.loaders.export.sums import SUMS, check_sums
from workatlas.loaders.own_study import DESCRIPTION, own_study
from workatlas.loaders.source import Source, SourcedFile, open_source
from workatlas.loaders.tables import TableSpec, read_table
from workatlas.loaders.workbook import read_sheet

REFUSALS = (DataError, SourceError, UsageError)
"""What a parser may raise."""
_COLUMNS = {"task": "Task ID", "score": "Score"}
_SCHEMA: Mapping[str, pl.DataType] = {"key": pl.String(), "value": pl.Float64()}
_STUDY = """id = "x"
heading = "X"
authors = ["Doe, Jane"]
[[raters]]
id = "r"
heading = "R"
kind = "EXPERT"
[[files]]
name = "ratings.csv"
contents = "task_exposure"
[files.columns]
taskId = "task"
"""
Parser = Callable[[Path], object]


def _file(path: Path) -> SourcedFile:
    whole = path.read_bytes()
    return SourcedFile(
        path.name, path, None, sha256(whole).hexdigest(), len(whole), "2026-01-02"
    )


def _table(path: Path) -> None:
    for separator, quoted in (("\t", False), (",", True)):
        spec = TableSpec(_COLUMNS, separator=separator, quoted=quoted)
        table = read_table(_file(path), spec)
        table.numbers("score", minimum=0)


def _zip(path: Path) -> None:
    zipped = path.rename(path.with_suffix(".zip"))
    open_source(str(zipped), archive=path.parent / "archive", now="2026-01-02")


def _exported(path: Path) -> None:
    path.rename(path.parent / MANIFEST)
    read_manifest(path.parent)


def _sums(path: Path) -> None:
    path.rename(path.parent / SUMS)
    check_sums(path.parent, ["a"])


def _study(path: Path) -> None:
    own_study("x", Source("here", {DESCRIPTION: _file(path)}))


def _format(name: str) -> Parser:
    return lambda path: FORMATS[name].read(path, _SCHEMA, "nodes/Task")


PARSERS: Mapping[str, Parser] = {
    "table": _table,
    "workbook": lambda path: read_sheet(_file(path), "S"),
    "zip": _zip,
    "study": _study,
    "export": _exported,
    "sums": _sums,
    **{name: _format(name) for name in FORMATS},
}


def parse(parser: str, whole: bytes, folder: Path) -> bool:
    """Have a parser read bytes; tell whether it gave rows. What else it raises, stays.

    The folder has to be empty.
    """
    path = folder / "file"
    path.write_bytes(whole)
    try:
        PARSERS[parser](path)
    except REFUSALS:
        return False
    return True


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "S"
    for row in (["Task ID", "Score"], [1, 0.5], [2, "n/a"]):
        sheet.append(row)
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


def _zipped() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("in/a.txt", b"Task ID\tScore\n1\t0.5\n")
    return whole.getvalue()


def seeds(folder: Path) -> dict[str, bytes]:
    """Give a file for each parser that it can read, or nearly so."""
    rows = pl.DataFrame({"key": ["a", "b"], "value": [0.5, None]})
    found: dict[str, bytes] = {}
    for name, known in FORMATS.items():
        known.write(rows, folder / name)
        found[name] = (folder / name).read_bytes()
    return {
        "table": b"Task ID\tScore\n1\t0.5\n2\tn/a\n",
        "workbook": _workbook(),
        "zip": _zipped(),
        "study": _STUDY.encode(),
        "export": json.dumps({"format": 1, "graphs": [{"id": "x"}]}).encode(),
        "sums": b"0" * 64 + b"  a\n",
        **found,
    }
