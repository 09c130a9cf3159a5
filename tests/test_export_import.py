"""An import: the same graph again, or a refusal that says where it is not the same."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import orjson
import polars as pl
import pytest

from workatlas.errors import DataError, SourceError, UsageError
from workatlas.loaders.export import export_graph, import_graph
from workatlas.loaders.export.manifest import read_manifest, version_of
from workatlas.loaders.retire import retire
from workatlas.server.cli import run
from workatlas.stores import Writer, open_writer

from .any_store import Store
from .exported import (
    GRAPHS,
    NOW,
    RELEASE,
    SAMPLE,
    STUDIES,
    STUDY,
    changed,
    export,
    fill,
    filled,
)
from .generated import contents
from .odd_graph import assert_same

__all__ = ["changed", "export", "filled"]

Change = Callable[..., Path]
LATER = "2026-05-06T07:08:09Z"


@pytest.mark.parametrize("name", ["parquet", "csv", "jsonl"])
def test_an_import_is_the_same_graph(filled: Writer, tmp_path: Path, name: str) -> None:
    """From each format: every table, the builds, the version, and the next export."""
    first, again = tmp_path / "first", tmp_path / "again"
    export_graph(filled, first, formats=[name])
    writer = open_writer(str(tmp_path / "graph"))
    report = import_graph(writer, first, now=LATER)
    assert report.version == writer.snapshot().version == filled.snapshot().version
    for name_of, graph in filled.snapshot().graphs.items():
        assert_same(writer.read(name_of), filled.read(name_of))
        assert writer.snapshot().graphs[name_of] == replace(graph, built_at=LATER)
    export_graph(writer, again, formats=[name])
    assert contents(again) == contents(first)


def test_into_either_store(store: Store, export: Path, tmp_path: Path) -> None:
    """Both stores give the version, and importing again changes nothing."""
    with store.writer() as writer:
        first = import_graph(writer, export, now=NOW)
        assert (
            first.version
            == json.loads((export / "export.json").read_bytes())["version"]
        )
        assert sorted(g.id for g in first.graphs) == GRAPHS
        assert all(g.changed for g in first.graphs)
        again = import_graph(writer, export, now=LATER)
        assert again.version == first.version
        assert not any(graph.changed for graph in again.graphs)
        export_graph(writer, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(export)


def test_one_release_alone(filled: Writer, tmp_path: Path) -> None:
    """What was taken of a graph has the version that the export tells."""
    out = tmp_path / "out"
    told = export_graph(filled, out, release="onet@9.9", formats=["parquet"])
    writer = open_writer(str(tmp_path / "graph"))
    assert import_graph(writer, out, now=NOW).version == told.version
    assert sorted(writer.snapshot().graphs) == sorted([*STUDIES, RELEASE])


def test_an_older_build_is_replaced(export: Path, tmp_path: Path) -> None:
    """A store with other builds of the same graphs has those of the export after it."""
    writer = open_writer(str(tmp_path / "graph"))
    fill(writer, tmp_path)
    version = writer.snapshot().version
    retire(writer, STUDY, now=NOW)
    report = import_graph(writer, export, now=NOW)
    assert report.version == version
    changed = {graph.id for graph in report.graphs if graph.changed}
    assert changed == {STUDY, RELEASE, SAMPLE}


def test_a_store_with_other_graphs_is_refused(filled: Writer, tmp_path: Path) -> None:
    """It would have another version afterwards; nothing is published."""
    export_graph(filled, tmp_path / "out", release="onet@9.9", formats=["csv"])
    writer = open_writer(str(tmp_path / "graph"))
    fill(writer, tmp_path)
    before = writer.snapshot()
    with pytest.raises(
        UsageError, match="The store holds onet-sample, which"
    ) as caught:
        import_graph(writer, tmp_path / "out", now=NOW)
    assert "retire" in caught.value.todo
    assert writer.snapshot() == before


def test_what_is_invented_replaces_nothing_real(export: Path, tmp_path: Path) -> None:
    """As a load, an import does not put something invented in a real one's place."""
    writer = open_writer(str(tmp_path / "graph"))
    import_graph(writer, export, now=NOW)
    real = replace(writer.read(RELEASE), synthetic=False, fingerprint="0" * 64)
    with writer.lock():
        writer.publish([real], now=NOW)
    with pytest.raises(UsageError, match=r"onet-9\.9 is in the graph as published"):
        import_graph(writer, export, now=NOW)


@pytest.mark.parametrize("missing", ["export.json", "SHA256SUMS"])
def test_what_is_no_export(changed: Change, missing: str, tmp_path: Path) -> None:
    """A folder without manifest or checksums is none."""
    folder = changed(missing, None, sums=missing == "export.json")
    with pytest.raises(SourceError, match="This is no export"):
        import_graph(open_writer(str(tmp_path / "graph")), folder, now=NOW)
    assert not (tmp_path / "graph").exists()


def refused(folder: Path, tmp_path: Path) -> DataError:
    """Give the error of an import; nothing is published by it."""
    writer = open_writer(str(tmp_path / "graph"))
    with pytest.raises(DataError) as caught:
        import_graph(writer, folder, now=NOW)
    assert not writer.snapshot().graphs
    return caught.value


TASKS = f"csv/{RELEASE}/nodes/Task.csv"


@pytest.mark.parametrize("path", [TASKS, "croissant.json", "ATTRIBUTION.txt"])
def test_a_damaged_file_is_named(
    changed: Change, export: Path, tmp_path: Path, path: str
) -> None:
    """One letter more in any file, and it is refused with both checksums."""
    folder = changed(path, (export / path).read_bytes() + b" ", sums=False)
    error = refused(folder, tmp_path)
    assert (error.file, error.line) == (path, None)
    lines = (export / "SHA256SUMS").read_text().splitlines()
    [at] = [n for n, line in enumerate(lines, 1) if line.endswith(f"  {path}")]
    assert f"{lines[at - 1][:64]} in line {at} of SHA256SUMS" in error.what


def test_a_missing_file_is_named(changed: Change, tmp_path: Path) -> None:
    """A file that is listed and gone, and one that is needed and not listed."""
    folder = changed(TASKS, None, sums=False)
    error = refused(folder, tmp_path)
    assert (error.file, error.what[:17]) == (TASKS, "It cannot be read")
    shutil.rmtree(folder)
    error = refused(changed(TASKS, None), tmp_path)
    assert (error.file, error.what) == (TASKS, "It is not in SHA256SUMS.")


def test_a_line_that_is_no_checksum(
    changed: Change, export: Path, tmp_path: Path
) -> None:
    """The list itself is refused by line."""
    sums = (export / "SHA256SUMS").read_bytes()
    folder = changed("SHA256SUMS", sums + b"\xff\n", sums=False)
    error = refused(folder, tmp_path)
    assert (error.file, error.line) == ("SHA256SUMS", sums.count(b"\n") + 1)


MANIFESTS: list[tuple[str, bytes, str, str]] = [
    (r'"format": 1', b'"format": 2', "It has format 2", ""),
    ('"kind": "STUDY"', b'"kind": "POEM"', "Input should be", "graphs.0.kind"),
    ('"nodes/Task"', b'"nodes/Tusk"', "does not know nodes/Tusk", ""),
    ('"jsonl"', b'"xml"', "does not know xml", ""),
    (f'"id": "{STUDY}"', b'"id": "../x"', "String should match", "graphs.2.id"),
    (f'"id": "{STUDY}"', b'"id": "other"', "is not the version of its graphs", ""),
    ("{", b"", "Invalid JSON", ""),
]


@pytest.mark.parametrize(("old", "new", "what", "column"), MANIFESTS)
def test_a_manifest_that_is_wrong(
    *,
    changed: Change,
    export: Path,
    tmp_path: Path,
    old: str,
    new: bytes,
    what: str,
    column: str,
) -> None:
    """What this version does not know, or what contradicts itself, is told."""
    text = (export / "export.json").read_bytes()
    assert old.encode() in text
    folder = changed("export.json", text.replace(old.encode(), new, 1))
    error = refused(folder, tmp_path)
    assert what in error.what
    assert (error.file, error.column or "") == ("export.json", column)


def test_an_export_without_a_format(
    changed: Change, export: Path, tmp_path: Path
) -> None:
    """There is nothing to read then."""
    manifest = json.loads((export / "export.json").read_bytes())
    folder = changed("export.json", orjson.dumps({**manifest, "formats": []}))
    assert "an export without a format" in refused(folder, tmp_path).what


PLACE = f"parquet/{RELEASE}/nodes/Task.parquet"


def test_a_table_that_was_changed(
    changed: Change, export: Path, tmp_path: Path
) -> None:
    """With checksums that fit, it is the hash of the content that does not."""
    table = pl.read_parquet(export / PLACE)
    edited = table.with_columns(statement=pl.lit("Fly a kite."))
    folder = changed(PLACE, written(edited))
    error = refused(folder, tmp_path)
    assert error.file == "export.json"
    assert f"The tables of {RELEASE} are not those of its build" in error.what


def test_a_table_with_fewer_rows(changed: Change, export: Path, tmp_path: Path) -> None:
    """A row that is gone is missed where the table is."""
    folder = changed(PLACE, written(pl.read_parquet(export / PLACE).head(11)))
    error = refused(folder, tmp_path)
    assert (error.file, error.what) == (PLACE, "It has 11 rows; export.json says 12.")


def written(table: pl.DataFrame) -> bytes:
    """Give a table as Parquet."""
    out = BytesIO()
    table.write_parquet(out)
    return out.getvalue()


JOIN = "relationships/RatedSubject-IS_TASK-Task"


def test_a_join_that_was_changed(changed: Change, export: Path, tmp_path: Path) -> None:
    """Relationships to a study are those that a load makes, or are refused by file."""
    path = f"parquet/{SAMPLE}/{JOIN}.parquet"
    table = pl.read_parquet(export / path)
    turned = table.with_columns(end=pl.col("end").reverse())
    folder = changed(path, written(turned))
    error = refused(folder, tmp_path)
    assert error.file == path
    assert "what a load makes of the other tables" in error.what


def test_a_release_without_its_study(
    changed: Change, export: Path, tmp_path: Path
) -> None:
    """A joined study must be in the export too: the joins cannot be made without it."""
    edit = manifest_without(export, STUDY)
    error = refused(changed("export.json", edit), tmp_path)
    assert error.what == f"{RELEASE} is joined to {STUDY}, which is not in the export."


def test_a_release_that_does_not_say_what_it_is(
    changed: Change, export: Path, tmp_path: Path
) -> None:
    """Without its own node there is nothing that names its content."""
    manifest = json.loads((export / "export.json").read_bytes())
    (own,) = [graph for graph in manifest["graphs"] if graph["id"] == STUDY]
    del own["tables"]["nodes/Study"]
    error = refused(changed("export.json", orjson.dumps(manifest)), tmp_path)
    assert error.what == f"{STUDY} has no Study among its nodes."


def manifest_without(export: Path, graph: str) -> bytes:
    """Give a manifest without a graph, whose version fits."""
    manifest = read_manifest(export)
    graphs = [g for g in manifest.graphs if g.id != graph]
    return orjson.dumps(replace(manifest, graphs=graphs, version=version_of(graphs)))


def test_the_command(
    export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`workatlas import` reports as a load does, and tells errors by exit code."""
    asked = ["import", str(export), "--store", str(tmp_path / "graph")]
    assert run(asked) == 0
    assert f"{RELEASE}: published (build " in capsys.readouterr().out
    assert run([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [graph["changed"] for graph in told["graphs"]] == [False] * len(GRAPHS)
    asked[1] = str(tmp_path / "none")
    assert run(asked) == SourceError.exit_code
