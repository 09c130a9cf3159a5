"""A graph of invented releases, and exports of it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from workatlas.loaders.export import export_graph
from workatlas.loaders.export.sums import SUMS, write_sums
from workatlas.loaders.generate import generate
from workatlas.loaders.load import load
from workatlas.stores import Writer, open_writer

from .made_once import made_once

NOW = "2026-01-02T03:04:05Z"
STUDY, RELEASE, SAMPLE = "gpts-are-gpts", "onet-9.9", "onet-sample"
STUDIES = ["aioe", "economic-index", STUDY, "working-with-ai"]
GRAPHS = sorted([*STUDIES, RELEASE, SAMPLE])
"""What is in the export, in its order."""


def fill(writer: Writer, folder: Path) -> None:
    """Load the sample with its labels, and a small invented release beside it."""
    out = folder / "written"
    generate(out, occupations=3, tasks=12, seed=3)
    for source, origin in (("sample", None), ("onet@9.9", str(out))):
        load(writer, source, archive=folder / "archive", now=NOW, origin=origin)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Writer:
    """Give an embedded store that is filled; do not change it."""

    def make(folder: Path) -> None:
        fill(open_writer(str(folder / "graph")), folder)

    return open_writer(str(made_once(tmp_path_factory, "filled", make) / "graph"))


@pytest.fixture(scope="session")
def export(filled: Writer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an export of all of it in every format; do not change it."""

    def make(folder: Path) -> None:
        export_graph(filled, folder / "out")

    return made_once(tmp_path_factory, "export", make) / "out"


@pytest.fixture
def changed(export: Path, tmp_path: Path) -> Callable[..., Path]:
    """Give copies of the export of which a file is other than it was.

    ``sums`` says whether the checksums are made to fit again.
    """

    def change(path: str, content: bytes | None, *, sums: bool = True) -> Path:
        out = tmp_path / "changed"
        shutil.copytree(export, out)
        if content is None:
            (out / path).unlink()
        else:
            (out / path).write_bytes(content)
        if sums:
            (out / SUMS).unlink()
            write_sums(out)
        return out

    return change
