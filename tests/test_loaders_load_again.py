"""What a load does with releases that are joined to other studies already."""

import json
from pathlib import Path

import polars as pl
import pytest

from workatlas.loaders import join
from workatlas.loaders.generate import FOLDERS
from workatlas.loaders.load import load
from workatlas.stores import Subgraph, Writer, open_writer
from workatlas.stores.embedded_writer import EmbeddedWriter

from .generated import SAMPLE
from .mini_studies import NOW, write_crosswalk

RELEASE = "onet-9.9"
STUDIES = ("gpts-are-gpts", "economic-index", "working-with-ai", "aioe")


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    """Give an empty store."""
    return open_writer(str(tmp_path / "graph"))


def loaded(writer: Writer, folder: Path, *names: str) -> Subgraph:
    """Load the sample as a release, and studies of it or a crosswalk, one by one."""
    places = {name: SAMPLE / FOLDERS[name] for name in STUDIES}
    places["onet@9.9"] = SAMPLE
    places["onet-soc-2010-to-2019"] = folder / "crosswalk"
    for name in names:
        archive, origin = folder / "archive", str(places[name])
        load(writer, name, archive=archive, now=NOW, origin=origin)
    return writer.read(RELEASE)


def content(graph: Subgraph) -> dict[str, list[tuple[object, ...]]]:
    """Give all that is recorded but not when it was fetched."""
    tables = {**graph.nodes, **{repr(kind): t for kind, t in graph.edges.items()}}
    return {
        name: table.drop("retrieved", strict=False).sort(pl.all()).rows()
        for name, table in tables.items()
    }


def noted_joins(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give a list that studies come into when they are joined."""
    joins: list[str] = []
    known = join.join_study

    def noted(release: Subgraph, study: Subgraph, *others: list[Subgraph]) -> Subgraph:
        joins.append(study.id)
        return known(release, study, *others)

    monkeypatch.setattr(join, "join_study", noted)
    return joins


def test_a_study_comes_to_those_that_are_there(tmp_path: Path, writer: Writer) -> None:
    """Whichever comes last, and before or after the release: the same graph."""
    one = loaded(writer, tmp_path, "onet@9.9", *STUDIES)
    other = open_writer(str(tmp_path / "other"))
    names = (*STUDIES[2:], *STUDIES[:2])
    again = loaded(other, tmp_path, names[0], "onet@9.9", *names[1:], names[0])
    assert content(again) == content(one)
    assert other.snapshot().version == writer.snapshot().version


def test_only_the_release_is_read_for_a_study(
    tmp_path: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Studies that are in it already are neither read nor joined again."""
    loaded(writer, tmp_path, "onet@9.9", *STUDIES[:3])
    read: list[str] = []
    known = EmbeddedWriter.tables

    def noted(self: EmbeddedWriter, graph_id: str) -> Subgraph:
        read.append(graph_id)
        return known(self, graph_id)

    monkeypatch.setattr(EmbeddedWriter, "tables", noted)
    loaded(writer, tmp_path, STUDIES[3])
    assert read == [RELEASE]


def test_what_another_version_joined_is_joined_anew(
    tmp_path: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Joins of an older program do not stay when a study is loaded."""
    with monkeypatch.context() as patch:
        patch.setattr(join, "JOIN_VERSION", join.JOIN_VERSION - 1)
        loaded(writer, tmp_path, "onet@9.9", STUDIES[0])
    joins = noted_joins(monkeypatch)
    release = loaded(writer, tmp_path, STUDIES[1])
    assert joins == sorted(STUDIES[:2])
    assert join.is_current(release)


def test_a_crosswalk_joins_all_studies_anew(
    tmp_path: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may lead rows to occupations that they did not reach before."""
    folder = write_crosswalk(tmp_path / "crosswalk", ("11-1011.00", "11-1011.00"))
    (folder / "synthetic.json").write_text(json.dumps({"synthetic": True}))
    loaded(writer, tmp_path, "onet@9.9", *STUDIES[:2])
    joins = noted_joins(monkeypatch)
    loaded(writer, tmp_path, "onet-soc-2010-to-2019")
    assert joins == sorted(STUDIES[:2])
