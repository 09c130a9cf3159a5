"""Reads published files without the loaders, to check figures independently."""

import csv
import hashlib
from pathlib import Path

import polars as pl

RECREATIONAL_THERAPISTS = "29-1125.00"
TASK = 392


def read_text(folder: Path, name: str) -> pl.DataFrame:
    """Read a file of O*NET's text edition: all columns text, lines numbered from 2."""
    table = pl.read_csv(
        folder / name, separator="\t", quote_char=None, infer_schema=False
    )
    return table.with_row_index("line", offset=2)


def read_labels(folder: Path) -> list[dict[str, str]]:
    """Read the labels of the exposure study, each with its line."""
    path = folder / "full_labelset.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return [{**row, "line": str(rows.line_num)} for row in rows]


def sha256(path: Path) -> str:
    """Give a file's checksum."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
