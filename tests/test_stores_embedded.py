"""The embedded store publishes files atomically and reads what was published."""

import dataclasses
from pathlib import Path

import polars as pl
import pytest

from workatlas.cypher import EdgeKind
from workatlas.errors import NotFoundError, StoreError, UsageError
from workatlas.stores import GraphKind, PublishedGraph, Snapshot, open_reader
from workatlas.stores.address import is_neo4j
from workatlas.stores.embedded_build import build_graph
from workatlas.stores.embedded_manifest import MANIFEST
from workatlas.stores.embedded_reader import EmbeddedReader
from workatlas.stores.embedded_writer import EmbeddedWriter

from .two_tasks import RATED, publish, release, table, values


async def test_what_is_published_is_read(tmp_path: Path) -> None:
    """Rows come back with their types; a key that is not there gives no row."""
    snapshot = publish(tmp_path, release())
    reader = EmbeddedReader(tmp_path)
    assert await reader.snapshot() == snapshot
    assert await values(reader, snapshot, "onet-1.0") == [[[0.1, 2**40]]]
    await reader.close()


def test_a_graph_is_given_back_as_it_was_published(tmp_path: Path) -> None:
    """Reading gives equal tables, in order of key."""
    publish(tmp_path, release())
    back = EmbeddedWriter(tmp_path).read("onet-1.0")
    for label, nodes in release().nodes.items():
        assert back.nodes[label].equals(nodes)
    assert back.edges[RATED].equals(release().edges[RATED])
    assert back.fingerprint == release().fingerprint


async def test_a_reader_sees_a_new_graph_and_finishes_with_the_old(
    tmp_path: Path,
) -> None:
    """The next snapshot is the new graph; the one held before can still be read."""
    before = publish(tmp_path, release())
    reader = EmbeddedReader(tmp_path)
    assert await values(reader, before, "onet-1.0") == [[[0.1, 2**40]]]
    publish(tmp_path, release(value=0.2))
    after = await reader.snapshot()
    assert await values(reader, after, "onet-1.0") == [[[0.2, 2**40]]]
    assert await values(reader, before, "onet-1.0") == [[[0.1, 2**40]]]
    publish(tmp_path, release(value=0.3))
    await reader.snapshot()
    with pytest.raises(StoreError, match="no longer in the store"):
        await values(reader, before, "onet-1.0")


def test_publishing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    """Equal content leaves files and list as they are."""
    first = publish(tmp_path, release())
    files = sorted(p.name for p in (tmp_path / "graphs").iterdir())
    assert publish(tmp_path, release()) == first
    assert sorted(p.name for p in (tmp_path / "graphs").iterdir()) == files


def test_releases_are_added_and_retired_alone(tmp_path: Path) -> None:
    """A release is a file of its own; its comings and goings touch no other."""
    publish(tmp_path, release("1.0"))
    kept = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "graphs").iterdir()}
    both = publish(tmp_path, release("2.0"))
    assert [g.id for g in both.of(GraphKind.RELEASE)] == ["onet-2.0", "onet-1.0"]
    alone = publish(tmp_path, removed=("onet-2.0",))
    assert list(alone.graphs) == ["onet-1.0"]
    left = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "graphs").iterdir()}
    assert kept.items() <= left.items()


def test_what_is_not_published_cannot_be_read(tmp_path: Path) -> None:
    """Reading back an unknown graph says what to do."""
    with pytest.raises(NotFoundError, match="not in the graph"):
        EmbeddedWriter(tmp_path).read("onet-1.0")


async def test_damage_is_found_when_a_file_is_opened(tmp_path: Path) -> None:
    """A graph file with other bytes, cut short or gone is refused."""
    snapshot = publish(tmp_path, release())
    (path,) = (tmp_path / "graphs").glob("*.kgl")
    whole = path.read_bytes()
    for damaged in (b"", whole[: len(whole) // 2], whole + b"\0"):
        path.write_bytes(damaged)
        with pytest.raises(StoreError):
            await values(EmbeddedReader(tmp_path), snapshot, "onet-1.0")
        with pytest.raises(StoreError):
            EmbeddedWriter(tmp_path).read("onet-1.0")
    path.unlink()
    with pytest.raises(StoreError, match="cannot be opened"):
        await values(EmbeddedReader(tmp_path), snapshot, "onet-1.0")
    with pytest.raises(StoreError, match="cannot be opened"):
        EmbeddedWriter(tmp_path).read("onet-1.0")


@pytest.mark.parametrize("text", ["{", '{"format": 2}', '{"format": 1}'])
async def test_a_damaged_list_of_graphs_is_an_error(tmp_path: Path, text: str) -> None:
    """It is never taken for an empty store."""
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(StoreError):
        await EmbeddedReader(tmp_path).snapshot()


async def test_an_empty_folder_has_nothing_published(tmp_path: Path) -> None:
    """Asking for a release then says how to load one."""
    snapshot = await EmbeddedReader(tmp_path).snapshot()
    assert snapshot.graphs == {}
    assert snapshot.built_at == ""
    for asked in (None, "latest", "onet-1.0"):
        with pytest.raises(NotFoundError, match="No release is loaded") as caught:
            snapshot.release(asked)
        assert "`workatlas load`" in caught.value.todo


def test_releases_are_chosen_by_name(tmp_path: Path) -> None:
    """Nothing and latest are the newest; a study is not a release."""
    snapshot = publish(tmp_path, release("1.0"), release("2.0"))
    assert snapshot.release(None).id == "onet-2.0"
    assert snapshot.release("latest").id == "onet-2.0"
    assert snapshot.release("onet-1.0").id == "onet-1.0"
    with pytest.raises(NotFoundError, match=r"loaded: onet-2\.0, onet-1\.0"):
        snapshot.release("onet-3.0")


def test_what_is_newest_does_not_depend_on_known_months() -> None:
    """By number, not as text; then what has none, and what is invented last."""
    graphs = [
        PublishedGraph(f"onet-{version}", GraphKind.RELEASE, "b", month, invented, "")
        for version, month, invented in (
            ("18.1", "2014-03", False),
            ("9.9", "", False),
            ("29.2", "", False),
            ("29.10", "", False),
            ("new", "2030-01", False),
            ("99", "2031-01", True),
        )
    ]
    found = Snapshot({g.id: g for g in graphs}).of(GraphKind.RELEASE)
    expected = ["29.10", "29.2", "18.1", "9.9", "new", "99"]
    assert [g.id for g in found] == [f"onet-{version}" for version in expected]


async def test_a_statement_that_fails_is_an_error(tmp_path: Path) -> None:
    """Bad text, writes and endless work are errors of the store, never empty."""
    prefix = publish(tmp_path, release()).graphs["onet-1.0"].prefix
    reader = EmbeddedReader(tmp_path)
    for text in (
        "MATCH (t:Task RETURN t.key",
        "CREATE (t:Task {key: $k})",
        "UNWIND range(1, 100000000) AS i RETURN i",
    ):
        with pytest.raises(StoreError, match="could not run"):
            await reader.fetch(prefix, text, {"k": "x"})
    with pytest.raises(StoreError, match="more than 100000 rows"):
        await reader.fetch(prefix, "UNWIND range(1, 100001) AS i RETURN i", {})


def test_tables_that_the_store_would_take_wrongly_are_refused() -> None:
    """Unknown labels, double keys, loose ends and double relationships are caught."""
    good = release()
    rating = table("Rating", {"key": "r/1"}, {"key": "r/1"})
    odd = table("Rating", {"key": "r/1", "value": float("nan")})
    loose = pl.DataFrame({"start": ["task/9"], "end": ["r/1"]})
    twice = pl.concat([good.edges[RATED]] * 2)
    bad: list[tuple[dict[str, pl.DataFrame], dict[EdgeKind, pl.DataFrame], str]] = [
        ({"Tusk": good.nodes["Task"]}, {}, "the model's columns"),
        ({"Task": good.nodes["Task"].drop("line")}, {}, "the model's columns"),
        ({"Rating": rating}, {}, "stand twice"),
        ({"Rating": odd}, {}, "none or infinite"),
        ({}, {EdgeKind("Task", "GRADED", "Rating"): loose}, "not in the model"),
        (dict(good.nodes), {RATED: loose}, "1 Task that are not there, first task/9"),
        (dict(good.nodes), {RATED: twice}, "stands twice"),
    ]
    for nodes, edges, why in bad:
        wrong = dataclasses.replace(good, nodes=nodes, edges=edges)
        with pytest.raises(StoreError, match=why):
            wrong.check()
    good.check()


def test_a_graph_that_is_not_whole_is_refused() -> None:
    """What the store holds is counted again; an empty table is no defect."""
    loose = pl.DataFrame({"start": ["task/9"], "end": ["r/1"]})
    wrong = dataclasses.replace(release(), edges={RATED: loose})
    with pytest.raises(StoreError, match="not \\(3, 1\\)"):
        build_graph(wrong, "onet-1.0@x")
    nodes = {**release().nodes, "JobTitle": table("JobTitle")}
    none = dataclasses.replace(release(), nodes=nodes, edges={RATED: loose.clear()})
    assert build_graph(none, "onet-1.0@x").graph_info()["edge_count"] == 0


def test_addresses(tmp_path: Path) -> None:
    """A folder is embedded, Bolt addresses are Neo4j, anything else is refused."""
    assert not is_neo4j(str(tmp_path))
    assert is_neo4j("neo4j+s://host")
    assert is_neo4j("bolt://host:7687")
    with pytest.raises(UsageError, match="No store is reached by http"):
        is_neo4j("http://host")
    assert isinstance(open_reader(str(tmp_path)), EmbeddedReader)
