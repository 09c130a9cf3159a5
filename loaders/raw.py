"""Reads archived files again for ``verify``, by other means than the loaders."""

import csv
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

import polars as pl


def archived(archive: Path, sha256: str, name: str) -> bytes | None:
    """Give an archived file's bytes; None if it is gone or has another checksum."""
    try:
        raw = (archive / sha256 / name).read_bytes()
    except OSError:
        return None
    return raw if hashlib.sha256(raw).hexdigest() == sha256 else None


def raw_rows(
    raw: bytes, separator: str, null_tokens: Sequence[str], *, quoted: bool
) -> pl.DataFrame:
    """Give the rows with published column names, all text, and ``line``.

    A row is known by the line on which it starts, counted from 1.
    """
    text = raw.decode("utf-8-sig")
    rows, lines = _quoted(text, separator) if quoted else _plain(text, separator)
    header, *body = rows
    columns = zip(*body, strict=True)
    frame = pl.DataFrame(
        [pl.Series(name, cells) for name, cells in zip(header, columns, strict=True)]
    )
    null = pl.all().is_in(list(null_tokens))
    blanked = frame.select(pl.when(~null).then(pl.all()).name.keep())
    return blanked.with_columns(pl.Series("line", lines[1:], dtype=pl.Int64))


def _plain(text: str, separator: str) -> tuple[list[list[str]], list[int]]:
    lines = [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]
    return [line.split(separator) for line in lines], list(range(1, len(lines) + 1))


def _quoted(text: str, separator: str) -> tuple[list[list[str]], list[int]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[list[str]] = []
    starts: list[int] = []
    start = 1
    for row in reader:
        rows.append(row)
        starts.append(start)
        start = reader.line_num + 1
    return rows, starts
