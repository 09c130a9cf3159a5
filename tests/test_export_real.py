"""Real releases, exported and imported: the same graph version from every format."""

from pathlib import Path

import pytest

from workatlas.loaders.export import export_graph, import_graph
from workatlas.stores import open_writer

from .exported import NOW
from .odd_graph import assert_same
from .test_export_dcat import read
from .validators import issues_of, validating, violations

pytestmark = validating


@pytest.mark.parametrize("name", ["parquet", "csv", "jsonl"])
def test_the_real_graph_comes_back(real_store: Path, tmp_path: Path, name: str) -> None:
    """Every table, each build, and the version."""
    first, out = open_writer(str(real_store)), tmp_path / "out"
    version = first.snapshot().version
    told = export_graph(first, out, release="onet@29.2", formats=[name])
    assert told.version == told.published_version == version
    again = open_writer(str(tmp_path / "graph"))
    assert import_graph(again, out, now=NOW).version == version
    for graph in first.snapshot().graphs:
        assert_same(again.read(graph), first.read(graph))


def test_its_descriptions_are_valid(real_store: Path, tmp_path: Path) -> None:
    """Croissant and DCAT of real works, which have several licences."""
    out = tmp_path / "out"
    export_graph(open_writer(str(real_store)), out)
    assert issues_of(out) == set()
    assert violations(read(out)) == ""
