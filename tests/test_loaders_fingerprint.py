"""A build is named by its content: other answers, another name; and the same again."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from workatlas.cypher import EdgeKind
from workatlas.loaders.description import describe
from workatlas.loaders.fingerprint import fingerprint
from workatlas.loaders.gpts_are_gpts import read_gpts_are_gpts
from workatlas.loaders.join import join_study
from workatlas.loaders.load import load
from workatlas.loaders.source import Source
from workatlas.loaders.study import study_graph
from workatlas.loaders.study_files import read_files
from workatlas.stores import open_writer

from . import mini
from .graph_rows import node
from .mini_labels import (
    NOW,
    OCCUPATIONS,
    TASKS,
    occupation,
    open_folder,
    read_labels,
    task,
    write_labels,
)
from .onet_files import read, write

STUDY = "gpts-are-gpts"
TWO = (task(1), task(2))
ONE = (occupation("11-1.00"),)
URL = "https://example.org/labels.zip"


def test_the_fingerprint_follows_the_content(tmp_path: Path) -> None:
    """Equal files give an equal one, whatever lies beside them; others another."""
    first = read_labels(tmp_path / "a", TWO, ONE)
    folder = write_labels(tmp_path / "b", TWO, ONE)
    (folder / "readme.txt").write_bytes(b"not read")
    second = read_gpts_are_gpts(open_folder(folder))
    third = read_labels(tmp_path / "c", (*TWO, task(3)), ONE)
    assert first.fingerprint == second.fingerprint != third.fingerprint
    study = node(first, "Study", f"study/{STUDY}")
    assert study["fingerprint"] == first.fingerprint


def test_the_fingerprint_follows_the_description(tmp_path: Path) -> None:
    """A corrected sentence is a new build, though the files are the same."""
    study = describe(STUDY)
    corrected = study.model_copy(update={"heading": "Corrected"})
    source = open_folder(write_labels(tmp_path / "in", TWO, ONE))
    tables = read_files(study, source)
    first, second = (study_graph(s, source, tables) for s in (study, corrected))
    assert first.fingerprint != second.fingerprint


def changed(source: Source, name: str, **facts: str) -> Source:
    """Give a source of which one file was had from elsewhere, or at another time."""
    file = replace(source.files[name], **facts)
    return replace(source, files={**source.files, name: file})


@pytest.mark.parametrize("name", [TASKS, OCCUPATIONS])
def test_the_address_of_a_study_s_file_counts(tmp_path: Path, name: str) -> None:
    """Answers name it, so a study of the same bytes from elsewhere is another build."""
    plain = open_folder(write_labels(tmp_path / "in", TWO, ONE))
    study = read_gpts_are_gpts(plain)
    elsewhere = read_gpts_are_gpts(changed(plain, name, url=URL))
    assert elsewhere.fingerprint != study.fingerprint
    release = mini.release()
    joined = [join_study(release, one).fingerprint for one in (study, elsewhere)]
    assert len({*joined}) == 2


def test_the_address_of_a_release_s_file_counts(tmp_path: Path) -> None:
    """It does in a release as well, of any file and of the whole."""
    plain = write(tmp_path)
    release = read(plain)
    elsewhere = read(changed(plain, "Task Statements.txt", url=URL))
    assert len({release.fingerprint, elsewhere.fingerprint}) == 2
    assert read(plain, url=URL).fingerprint != release.fingerprint


def test_the_time_of_retrieval_does_not_count(tmp_path: Path) -> None:
    """The same files had later are the same build."""
    plain = open_folder(write_labels(tmp_path / "in", TWO, ONE))
    later = changed(plain, TASKS, retrieved="2027-01-01T00:00:00Z")
    study, again = read_gpts_are_gpts(plain), read_gpts_are_gpts(later)
    assert not study.nodes["SourceFile"].equals(again.nodes["SourceFile"])
    assert study.fingerprint == again.fingerprint


def test_loading_again_changes_nothing(tmp_path: Path) -> None:
    """The same source at another time: same version, and the first time is kept."""
    writer = open_writer(str(tmp_path / "graph"))
    versions: list[str] = []
    for now in (NOW, "2027-01-01T00:00:00Z"):
        report = load(writer, "sample", archive=tmp_path / "archive", now=now)
        versions.append(report.version)
    assert versions[0] == versions[1]
    assert not any(graph.changed for graph in report.graphs)
    for graph in report.graphs:
        files = writer.read(graph.id).nodes["SourceFile"]
        assert files["retrieved"].unique().to_list() == [NOW]


NODES = {
    "Scale": pl.DataFrame({"key": ["scale/1", "scale/2"], "minimum": [0.1, None]}),
    "Task": pl.DataFrame({"key": ["task/1"], "statement": ["Fly \u00fc."]}),
}
EDGES = {
    EdgeKind("Task", "RATED", "Rating"): pl.DataFrame(
        {"start": ["a", "b"], "end": ["c", "d"]}
    )
}


def test_the_order_of_rows_and_tables_does_not_count() -> None:
    """How a table came about makes no difference."""
    turned = {name: NODES[name].reverse() for name in reversed(NODES)}
    edges = {kind: table.reverse() for kind, table in EDGES.items()}
    assert fingerprint(turned, edges) == fingerprint(NODES, EDGES)


def test_what_a_store_does_not_give_back_does_not_count() -> None:
    """Columns in another order and a table without rows are no other content."""
    turned = {name: table[table.columns[::-1]] for name, table in NODES.items()}
    nodes = {**turned, "Rating": NODES["Task"].clear()}
    edges = {**EDGES, EdgeKind("Task", "IS", "Rating"): pl.DataFrame()}
    assert fingerprint(nodes, edges) == fingerprint(NODES, EDGES)


def test_every_value_counts() -> None:
    """Another value, null, key, end, column or table is another name."""
    scale, (kind, rated) = NODES["Scale"], *EDGES.items()
    names = {fingerprint(NODES, EDGES), fingerprint(NODES, {})}
    for other in (
        scale.with_columns(minimum=pl.Series([0.1, 0.0])),
        scale.with_columns(minimum=pl.Series([None, 0.1])),
        scale.with_columns(key=pl.Series(["scale/1", "scale/3"])),
        scale.rename({"minimum": "maximum"}),
        scale[:1],
    ):
        names.add(fingerprint({**NODES, "Scale": other}, EDGES))
    turned = rated.with_columns(end=pl.Series(["d", "c"]))
    names.add(fingerprint(NODES, {kind: turned}))
    names.add(fingerprint(NODES, {EdgeKind("Task", "IS", "Rating"): rated}))
    assert len(names) == 9
