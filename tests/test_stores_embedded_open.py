"""Open files of the embedded store: on demand, up to a limit, nobody waits for long."""

import asyncio
import threading
from pathlib import Path

import kglite
import pytest

from workatlas.cypher import keyed_labels, load_catalogue
from workatlas.errors import StoreError
from workatlas.stores import Snapshot
from workatlas.stores import embedded_open as module
from workatlas.stores.embedded_manifest import read_manifest
from workatlas.stores.embedded_reader import EmbeddedReader

from .two_tasks import publish, release, values

Opened = list[str]
NAMES = [f"onet-{number}.0" for number in range(1, 5)]
FOUND = [[[0.1, 2**40]]]


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    """Publish four releases of about the same size."""
    return publish(tmp_path, *(release(name.removeprefix("onet-")) for name in NAMES))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Give the releases whose files were opened, in turn."""
    found: Opened = []
    before = module.open_graph

    def opening(path: Path, sha256: str) -> kglite.KnowledgeGraph:
        found.append(path.name.partition("@")[0])
        return before(path, sha256)

    monkeypatch.setattr(module, "open_graph", opening)
    return found


def room_for(folder: Path, count: int) -> int:
    """Give the limit at which so many of the files may be open."""
    largest = max(file.bytes for file in read_manifest(folder).files.values())
    return count * largest


async def test_those_used_last_stay_open(
    tmp_path: Path, snapshot: Snapshot, opened: Opened
) -> None:
    """One that made room is opened again when it is asked for."""
    reader = EmbeddedReader(tmp_path, open_bytes=room_for(tmp_path, 2))
    one, two, three, four = NAMES
    for name in (one, two, one, three, one, two, four, two):
        assert await values(reader, snapshot, name) == FOUND
    assert opened == [one, two, three, two, four]
    await reader.close()


async def test_one_is_open_in_any_case(
    tmp_path: Path, snapshot: Snapshot, opened: Opened
) -> None:
    """Without any room the last one stays until another one is asked for."""
    reader = EmbeddedReader(tmp_path, open_bytes=0)
    one, two, *_ = NAMES
    for name in (one, one, two, two, one):
        assert await values(reader, snapshot, name) == FOUND
    assert opened == [one, two, one]
    await reader.close()


async def test_all_ask_at_once(
    tmp_path: Path, snapshot: Snapshot, opened: Opened
) -> None:
    """Each file is opened once for all who wait, and everyone gets their own rows."""
    reader = EmbeddedReader(tmp_path)
    found = await asyncio.gather(
        *(values(reader, snapshot, name) for name in NAMES * 5)
    )
    assert found == [FOUND] * 20
    assert sorted(opened) == NAMES
    await reader.close()


async def test_what_is_open_is_answered_while_another_opens(
    tmp_path: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many wait for files, loop and threads are free; who leaves may."""
    reader = EmbeddedReader(tmp_path)
    one, *others = NAMES
    assert await values(reader, snapshot, one) == FOUND
    goes_on, before = threading.Event(), module.open_graph

    def slow(path: Path, sha256: str) -> kglite.KnowledgeGraph:
        goes_on.wait(20)
        return before(path, sha256)

    monkeypatch.setattr(module, "open_graph", slow)
    waiting = [
        asyncio.create_task(values(reader, snapshot, name)) for name in others * 20
    ]
    for _ in range(3):
        assert await values(reader, snapshot, one) == FOUND
    text = "UNWIND $keys AS key MATCH (t:Task {key: key}) RETURN t.taskId"
    graph = snapshot.graphs[one]
    keys = {"keys": [graph.key("task", 1)]}
    assert await reader.fetch(graph.prefix, text, keys) == [[1]]
    assert not any(each.done() for each in waiting)
    waiting[0].cancel()
    goes_on.set()
    left, *found = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(left, asyncio.CancelledError)
    assert found == [FOUND] * 59
    await reader.close()


async def test_a_file_that_cannot_be_opened_is_tried_again(
    tmp_path: Path, snapshot: Snapshot
) -> None:
    """All who waited are told, and when it is mended it is read."""
    reader = EmbeddedReader(tmp_path)
    (path,) = (tmp_path / "graphs").glob(f"{NAMES[0]}@*.kgl")
    whole = path.read_bytes()
    path.write_bytes(b"")
    asked = [asyncio.create_task(values(reader, snapshot, NAMES[0])) for _ in range(2)]
    for each in asked:
        with pytest.raises(StoreError, match="cannot be opened"):
            await each
    path.write_bytes(whole)
    assert await values(reader, snapshot, NAMES[0]) == FOUND
    await reader.close()


async def test_what_is_found_by_key_has_an_index(
    tmp_path: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look-up would read every node; where there is none, an index is only large."""
    graphs: list[kglite.KnowledgeGraph] = []
    before = module.open_graph

    def opening(path: Path, sha256: str) -> kglite.KnowledgeGraph:
        graphs.append(before(path, sha256))
        return graphs[-1]

    monkeypatch.setattr(module, "open_graph", opening)
    reader = EmbeddedReader(tmp_path)
    assert await values(reader, snapshot, NAMES[0]) == FOUND
    (graph,) = graphs
    indexed = {label for label in graph.node_types if graph.has_index(label, "key")}
    assert indexed == {"Task"}
    assert set(graph.node_types) == {"Task", "Rating"}
    assert set(graph.node_types) & keyed_labels(load_catalogue()) == indexed
    await reader.close()


async def test_a_graph_is_whole_for_who_reads_it(
    tmp_path: Path, snapshot: Snapshot
) -> None:
    """What made room for another one meanwhile is read to the end."""
    graphs = module.OpenGraphs(tmp_path / "graphs", 0)
    files = read_manifest(tmp_path).files
    first = await graphs.open(files[NAMES[0]])
    await graphs.open(files[NAMES[1]])
    assert graphs.get(snapshot.graphs[NAMES[0]].prefix) is None
    found = first.cypher("MATCH (t:Task) RETURN count(t) AS n")
    assert found.to_list() == [{"n": 2}]
