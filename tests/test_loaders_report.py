"""What a load says of the files that it read."""

from pathlib import Path

from workatlas.loaders.load import load
from workatlas.loaders.report import LoadReport
from workatlas.stores import open_writer

from .mini_studies import AIOE, AIOE_FILE, NOW, aioe, write_crosswalk


def loaded(folder: Path, name: str, origin: Path, partial: str = "") -> LoadReport:
    """Load a source into an empty store."""
    return load(
        open_writer(str(folder / "graph")),
        name,
        archive=folder / "archive",
        now=NOW,
        origin=str(origin),
        partial=[partial] if partial else [],
    )


def test_a_source_without_a_licence_says_so(tmp_path: Path) -> None:
    """For people beside its file, for programs as null."""
    aioe(tmp_path / "in", "11-1011")
    report = loaded(tmp_path, AIOE, tmp_path / "in", AIOE_FILE)
    extent = "1 rows, a part of the file, its publisher states no licence"
    assert f"  {AIOE_FILE}: {extent}" in report.lines()
    (file,) = report.as_dict()["graphs"][0]["files"]
    assert file == {
        "name": AIOE_FILE,
        "coverage": "PART",
        "rows": 1,
        "licence": None,
    }


def test_a_source_with_a_licence_names_it_to_programs(tmp_path: Path) -> None:
    """People are told of what is lacking only."""
    folder = write_crosswalk(tmp_path / "in", ("11-1011.00", "11-1011.00"))
    report = loaded(tmp_path, "onet-soc-2010-to-2019", folder)
    assert not any("licence" in line for line in report.lines())
    (file,) = report.as_dict()["graphs"][0]["files"]
    assert file["licence"] == "CC BY 4.0"
