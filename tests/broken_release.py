"""A small generated release, to be broken one cell at a time."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workatlas.loaders.generate import LAYOUTS, generate
from workatlas.loaders.onet import read_release
from workatlas.loaders.source import open_source
from workatlas.stores import Subgraph

from .made_once import made_once

RATINGS = "Task Ratings.txt"
STATEMENTS = "Task Statements.txt"
ZONES, DESCRIPTIONS = "Job Zones.txt", "Job Zone Reference.txt"
RELATED = "Related Occupations.txt"
LINKS = "Tasks to DWAs.txt"
EMERGING = "Emerging Tasks.txt"
Rows = list[list[str]]


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give a small release in each layout."""

    def make(folder: Path) -> None:
        for layout in LAYOUTS:
            out = folder / layout
            generate(out, occupations=3, tasks=12, seed=3, layout=layout)

    folder = made_once(tmp_path_factory, "written", make)
    return {layout: folder / layout for layout in LAYOUTS}


@pytest.fixture
def folder(written: dict[str, Path], tmp_path: Path) -> Path:
    """Give a copy of the release in the text layout, to be broken."""
    return Path(shutil.copytree(written["onet-text-1"], tmp_path / "release"))


def read(folder: Path, version: str = "9.9", **options: Any) -> Subgraph:
    """Read a release from its folder."""
    source = open_source(str(folder), archive=folder.parent / "archive", now="")
    return read_release(source, version, **options)


def change(path: Path, edit: Callable[[Rows], object]) -> None:
    """Change the rows of a file; row 0 is the header."""
    rows = [line.split("\t") for line in path.read_text().splitlines()]
    edit(rows)
    path.write_text("".join("\t".join(row) + "\r\n" for row in rows))


def put(column: str, value: str, line: int = 2) -> Callable[[Rows], None]:
    """Put a value into a cell."""

    def edit(rows: Rows) -> None:
        rows[line - 1][rows[0].index(column)] = value

    return edit


def again(rows: Rows) -> None:
    """Repeat the first row at the end."""
    rows.append(rows[1])


def gone(rows: Rows) -> None:
    """Take the first row away."""
    del rows[1]
