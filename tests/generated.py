"""Invented releases for tests, and how they are read without the loaders."""

from pathlib import Path

import polars as pl
import pytest

from workatlas.loaders import generate as package
from workatlas.loaders.generate import FOLDERS, LAYOUTS, generate
from workatlas.loaders.gpts_are_gpts import read_gpts_are_gpts
from workatlas.loaders.onet import read_release
from workatlas.loaders.source import Source, open_source
from workatlas.loaders.study import read_study
from workatlas.stores import Subgraph

from .made_once import made_once

SAMPLE = Path(package.__file__).parent.parent / "sample"
CODE, ID = "O*NET-SOC Code", "Task ID"


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a release of full size, written once for all modules."""

    def make(folder: Path) -> None:
        generate(folder / "release")

    return made_once(tmp_path_factory, "full", make) / "release"


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give a release of 30 occupations and 400 tasks in each layout."""

    def make(folder: Path) -> None:
        for layout in LAYOUTS:
            out = folder / layout
            generate(out, occupations=30, tasks=400, seed=7, layout=layout)

    folder = made_once(tmp_path_factory, "small", make)
    return {layout: folder / layout for layout in LAYOUTS}


def text(folder: Path, name: str) -> pl.DataFrame:
    """Read a file of the text layouts; ``n/a`` is null, everything else text."""
    return pl.read_csv(
        folder / f"{name}.txt",
        separator="\t",
        quote_char=None,
        null_values=["n/a"],
        infer_schema=False,
    )


def labels(folder: Path) -> pl.DataFrame:
    """Read the labels of tasks, everything text."""
    return pl.read_csv(
        folder / "full_labelset.tsv", separator="\t", infer_schema=False
    ).with_columns(pl.col(ID).str.strip_suffix(".0"))


def contents(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder, at any depth, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def ratings(folder: Path) -> pl.DataFrame:
    """Read the ratings with figures as numbers."""
    figures = ("Data Value", "N", "Standard Error", "Lower CI Bound", "Upper CI Bound")
    return text(folder, "Task Ratings").with_columns(pl.col(figures).cast(pl.Float64))


def opened(folder: Path, archive: Path) -> Source:
    """Open a folder or zip as the loaders get it."""
    return open_source(str(folder), archive=archive, now="2026-01-01T00:00:00Z")


def study_of(name: str, folder: Path, archive: Path) -> Subgraph:
    """Load a study of those that are generated."""
    source = opened(folder, archive)
    is_first = name == "gpts-are-gpts"
    return read_gpts_are_gpts(source) if is_first else read_study(name, source)


def load_all(release: Path, archive: Path) -> tuple[Subgraph, ...]:
    """Load a whole release and its studies, and check the graphs of all."""
    places = {
        name: release.with_stem(f"{release.stem}-{folder}")
        if release.is_file()
        else release / folder
        for name, folder in FOLDERS.items()
    }
    graphs = (
        read_release(opened(release, archive), "0.1"),
        *(study_of(name, place, archive) for name, place in places.items()),
    )
    for one in graphs:
        one.check()
        assert one.synthetic
        assert set(one.nodes["SourceFile"]["coverage"]) == {"WHOLE"}
    return graphs
