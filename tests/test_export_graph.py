"""An export: what is in it, from which version, and that it is all or nothing."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import polars as pl
import pytest

from workatlas.cypher import EDGES, NODES
from workatlas.errors import NotFoundError, StoreError, UsageError
from workatlas.loaders.export import export_graph
from workatlas.loaders.export.tables import PLACES
from workatlas.server.cli import run
from workatlas.stores import Subgraph, Writer

from .any_store import Store
from .exported import GRAPHS, NOW, RELEASE, SAMPLE, STUDIES, export, fill, filled
from .generated import contents

__all__ = ["export", "filled"]


def manifest_of(folder: Path) -> dict[str, Any]:
    """Give what an export says of itself."""
    found: dict[str, Any] = json.loads((folder / "export.json").read_bytes())
    return found


def test_every_node_and_relationship_is_there(filled: Writer, export: Path) -> None:
    """In each format and graph, as many rows as the store has, in order of keys."""
    manifest = manifest_of(export)
    assert [g["id"] for g in manifest["graphs"]] == GRAPHS
    for told in manifest["graphs"]:
        graph = filled.read(told["id"])
        rows = {
            **{f"nodes/{label}": t.height for label, t in graph.nodes.items()},
            **{
                f"relationships/{'-'.join(k)}": t.height for k, t in graph.edges.items()
            },
        }
        assert told["tables"] == rows
        for place, height in rows.items():
            stem = f"{told['id']}/{place}"
            table = pl.read_parquet(export / f"parquet/{stem}.parquet")
            assert table.height == height
            keys = ["key"] if place.startswith("nodes") else ["start", "end"]
            assert table.equals(table.sort(keys))
            assert all(table[k].str.starts_with(f"{told['id']}/").all() for k in keys)
            csv = pl.read_csv(export / f"csv/{stem}.csv", schema=table.schema)
            lines = pl.read_ndjson(export / f"jsonl/{stem}.jsonl", schema=table.schema)
            assert table.equals(csv)
            assert table.equals(lines)


def test_places_are_the_model() -> None:
    """Every label and relationship of the model has a table, and nothing else has."""
    assert len(PLACES) == len(NODES) + len(EDGES)
    assert {*PLACES.values()} == {*NODES, *EDGES}


def test_checksums_are_those_of_sha256sum(export: Path) -> None:
    """The system's own program confirms every file, and every file is listed."""
    listed = (export / "SHA256SUMS").read_text().splitlines()
    assert len(listed) == len(contents(export)) - 1
    subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=export, check=True
    )


def test_an_export_tells_its_version(filled: Writer, export: Path) -> None:
    """All of it has the version that is published, and the builds that are."""
    manifest, snapshot = manifest_of(export), filled.snapshot()
    assert manifest["version"] == manifest["published_version"] == snapshot.version
    builds = {graph["id"]: graph["build"] for graph in manifest["graphs"]}
    assert builds == {name: graph.build for name, graph in snapshot.graphs.items()}
    assert str(export) not in (export / "export.json").read_text()


def test_the_same_version_gives_the_same_bytes(
    store: Store, export: Path, tmp_path: Path
) -> None:
    """Loaded anew, and into either store: every file is the same, byte for byte."""
    with store.writer() as writer:
        fill(writer, tmp_path)
        export_graph(writer, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(export)


def test_one_release(filled: Writer, tmp_path: Path) -> None:
    """A release comes with the studies joined to it, and tells where it came from."""
    report = export_graph(filled, tmp_path / "out", release="onet@9.9", formats=["csv"])
    manifest = manifest_of(tmp_path / "out")
    assert [g["id"] for g in manifest["graphs"]] == sorted([*STUDIES, RELEASE])
    assert manifest["published_version"] == filled.snapshot().version
    assert manifest["version"] == report.version != report.published_version
    assert {
        path.partition("/")[0] for path in contents(tmp_path / "out") if "/" in path
    } == {"csv"}
    [first, *_] = report.lines()
    assert first.endswith(
        f"version {report.version}, of version {report.published_version} (csv)"
    )
    newest = export_graph(filled, tmp_path / "new", release="latest", formats=["csv"])
    assert newest.version == report.version


def test_what_is_not_published_is_not_exported(filled: Writer, tmp_path: Path) -> None:
    """Another version or release is refused with what there is; nothing is written."""
    version = filled.snapshot().version
    with pytest.raises(
        NotFoundError, match=f"has version {version}, not 0123"
    ) as caught:
        export_graph(filled, tmp_path / "out", version="0123")
    assert "workatlas status" in caught.value.todo
    with pytest.raises(NotFoundError, match=r"onet-1\.0 is not in the graph"):
        export_graph(filled, tmp_path / "out", release="onet@1.0")
    assert [*tmp_path.iterdir()] == []
    report = export_graph(filled, tmp_path / "out", version=version, formats=["csv"])
    assert report.version == version


def test_nothing_loaded(store: Store, tmp_path: Path) -> None:
    """An empty store has nothing to export."""
    with store.writer() as writer, pytest.raises(NotFoundError, match="nothing to exp"):
        export_graph(writer, tmp_path / "out")


def test_a_folder_with_something_in_it_is_refused(
    filled: Writer, tmp_path: Path
) -> None:
    """Nothing is overwritten, and an empty folder is filled."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine").touch()
    with pytest.raises(UsageError, match="something already"):
        export_graph(filled, out)
    (out / "mine").unlink()
    export_graph(filled, out, formats=["csv"])
    assert (out / "export.json").is_file()


class Meanwhile:
    """A store in which something is published after the first graph was read."""

    def __init__(self, writer: Writer, changed: Subgraph) -> None:
        """Publish what has changed later."""
        self.writer, self.changed, self.reads = writer, changed, 0
        self.address = writer.address

    def __getattr__(self, name: str) -> Any:
        """Do everything else as the store does."""
        return getattr(self.writer, name)

    def tables(self, name: str) -> Subgraph:
        """Read, and be loaded meanwhile."""
        found = self.writer.tables(name)
        self.reads += 1
        if self.reads == 1:
            with self.writer.lock():
                self.writer.publish([self.changed], now=NOW)
        return found


def test_a_load_meanwhile_leaves_nothing(tmp_path: Path) -> None:
    """Graphs of two moments do not become one export: whoever exports is told."""
    store = Store(str(tmp_path / "graph"))
    with store.writer() as writer:
        fill(writer, tmp_path)
        other = replace(writer.read(SAMPLE), fingerprint="0" * 64)
        meanwhile = cast("Writer", Meanwhile(writer, other))
        with pytest.raises(StoreError, match="onet-sample was loaded anew"):
            export_graph(meanwhile, tmp_path / "exports" / "out")
    assert [*(tmp_path / "exports").iterdir()] == []


def test_the_command(
    filled: Writer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`workatlas export` tells what it wrote, for a person and for a program."""
    out = tmp_path / "out"
    asked = ["export", str(out), "--store", filled.address, "--format", "jsonl,csv"]
    assert run(asked) == 0
    told = capsys.readouterr().out.splitlines()
    version = filled.snapshot().version
    assert told[0] == f"{out}: version {version} (csv, jsonl)"
    (line,) = [each for each in told if each.startswith(f"  {RELEASE}: build ")]
    assert ", invented, " in line
    out = tmp_path / "json"
    assert run([*asked[:1], str(out), *asked[2:], "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["version"] == version
    assert report["files"] * 2 == 2 * len([p for p in contents(out) if "/" in p])
    assert report["bytes"] == sum(len(b) for p, b in contents(out).items() if "/" in p)
    for graph, there in zip(report["graphs"], manifest_of(out)["graphs"], strict=True):
        assert graph["nodes"] + graph["relationships"] == sum(there["tables"].values())
    assert run([*asked, "--version", "0123"]) == UsageError.exit_code
    asked[1] = str(tmp_path / "third")
    assert run([*asked, "--version", "0123"]) == NotFoundError.exit_code
    assert not (tmp_path / "third").exists()
