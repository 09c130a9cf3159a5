"""Copies of tables beside the graphs of an embedded store: quick, and never needed."""

import hashlib
import zipfile
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest

from workatlas.stores import Subgraph
from workatlas.stores.embedded_tables import read_tables
from workatlas.stores.embedded_writer import EmbeddedWriter

from .odd_graph import assert_same
from .two_tasks import publish, release


def copy_of(folder: Path) -> Path:
    """Find the only copy of tables."""
    (path,) = (folder / "graphs").glob("*.tables")
    return path


def drop_graphs(folder: Path) -> None:
    """Remove the graphs themselves."""
    for path in (folder / "graphs").glob("*.kgl"):
        path.unlink()


def tables(folder: Path) -> Subgraph:
    """Read the tables of the release."""
    return EmbeddedWriter(folder).tables("onet-1.0")


def test_tables_are_read_without_the_graph(tmp_path: Path) -> None:
    """They come from the copy alone, which is what makes them quick."""
    publish(tmp_path, release())
    drop_graphs(tmp_path)
    assert_same(tables(tmp_path), release())


@pytest.mark.parametrize("damage", ["gone", "cut", "flipped"])
def test_a_damaged_copy_is_not_missed(tmp_path: Path, damage: str) -> None:
    """The graph is read in its place, and the next load of it mends the copy."""
    publish(tmp_path, release())
    path = copy_of(tmp_path)
    whole = path.read_bytes()
    path.unlink()
    if damage != "gone":
        flipped = bytes([whole[0] ^ 1]) + whole[1:]
        path.write_bytes(flipped if damage == "flipped" else whole[:50])
    assert_same(tables(tmp_path), release())
    publish(tmp_path, release())
    drop_graphs(tmp_path)
    assert_same(tables(tmp_path), release())


@pytest.mark.parametrize(
    ("name", "columns"), [("Task", ["key", "gone"]), ("Gone", ["key"])]
)
def test_a_copy_of_another_model_is_none(
    tmp_path: Path, name: str, columns: list[str]
) -> None:
    """What has other columns or labels than the model has is left to the graph."""
    table = BytesIO()
    pl.DataFrame({column: ["x"] for column in columns}).write_parquet(table)
    path = tmp_path / "copy.tables"
    with zipfile.ZipFile(path, "w") as copy:
        copy.writestr(name, table.getvalue())
    assert read_tables(path, hashlib.sha256(path.read_bytes()).hexdigest()) is None
