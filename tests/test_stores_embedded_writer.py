"""Loads of the embedded store: one at a time, all or nothing, errors of their own."""

import dataclasses
import json
import os
import time
from pathlib import Path

import kglite
import pytest
from filelock import FileLock

from workatlas.errors import BusyError, StoreError
from workatlas.stores import GraphKind
from workatlas.stores.embedded_build import build_graph
from workatlas.stores.embedded_manifest import MANIFEST
from workatlas.stores.embedded_reader import EmbeddedReader
from workatlas.stores.embedded_writer import UNDER_WAY, EmbeddedWriter

from .two_tasks import publish, release, table, values


def test_what_a_killed_load_left_is_cleared_away(tmp_path: Path) -> None:
    """Files that are not published are removed by the next load."""
    publish(tmp_path, release())
    stray = tmp_path / "graphs" / "onet-9.9@x-1.kgl.tmp"
    stray.write_bytes(b"half")
    publish(tmp_path, release())
    assert not stray.exists()


def test_only_one_load_at_a_time(tmp_path: Path) -> None:
    """A second load is told so instead of waiting for ever."""
    lock = FileLock(tmp_path / "load.lock", thread_local=False)
    with lock, pytest.raises(BusyError, match="Another load"):
        publish(tmp_path, release())


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """A file where the folder should be is an error with a next step."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be written") as caught:
        publish(tmp_path / "file", release())
    assert "--store" in caught.value.todo


def test_an_error_of_the_load_itself_is_not_the_folder_s(tmp_path: Path) -> None:
    """What goes wrong under the lock comes out as it is, and the lock is free again."""
    writer = EmbeddedWriter(tmp_path)
    for _ in range(2):
        with pytest.raises(OSError, match="of the body"), writer.lock():
            raise OSError(5, "of the body")


def test_another_whole_graph_is_not_taken_for_the_published_one(tmp_path: Path) -> None:
    """A load does not read back a file that is sound, but not the one it wrote."""
    publish(tmp_path, release())
    (path,) = (tmp_path / "graphs").glob("*.kgl")
    prefix = EmbeddedWriter(tmp_path).snapshot().graphs["onet-1.0"].prefix
    path.unlink()
    build_graph(release(value=0.7), prefix).save(str(path))
    with pytest.raises(StoreError, match="not the one that was published"):
        EmbeddedWriter(tmp_path).read("onet-1.0")


@pytest.mark.parametrize("damage", ["gone", "cut", "flipped"])
async def test_loading_again_mends_a_damaged_file(tmp_path: Path, damage: str) -> None:
    """What the error advises helps: equal content is written anew if it is damaged."""
    publish(tmp_path, release())
    (path,) = (tmp_path / "graphs").glob("*.kgl")
    whole = path.read_bytes()
    path.unlink()
    if damage != "gone":
        flipped = bytes([whole[0] ^ 1]) + whole[1:]
        path.write_bytes(flipped if damage == "flipped" else whole[:50])
    snapshot = publish(tmp_path, release())
    reader = EmbeddedReader(tmp_path)
    assert await values(reader, snapshot, "onet-1.0") == [[[0.1, 2**40]]]


def test_a_full_disk_is_an_error_of_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the store cannot write is no defect of the program; nothing is switched."""
    before = publish(tmp_path, release())

    def fail(*_: object) -> None:
        raise kglite.FileIoError("no space")

    monkeypatch.setattr("workatlas.stores.embedded_writer.build_graph", fail)
    with pytest.raises(StoreError, match=r"could not be written \(no space\)"):
        publish(tmp_path, release(value=0.2))
    assert EmbeddedWriter(tmp_path).snapshot() == before


@pytest.mark.parametrize("part", ["build_graph", "write_tables", "write_manifest"])
def test_a_refusal_of_the_system_is_an_error_of_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    """Whichever file the system will not write, the folder is named."""
    before = publish(tmp_path, release())

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"workatlas.stores.embedded_writer.{part}", fail)
    with pytest.raises(StoreError, match="No space left on device") as caught:
        publish(tmp_path, release(value=0.2))
    assert caught.value.where == str(tmp_path)
    assert EmbeddedWriter(tmp_path).snapshot() == before


def test_an_unsound_graph_is_not_published(tmp_path: Path) -> None:
    """The list of published graphs stays as it was."""
    publish(tmp_path, release())
    before = json.loads((tmp_path / MANIFEST).read_text())
    nodes = {"Rating": table("Rating", {"key": "r/1"}, {"key": "r/1"})}
    wrong = dataclasses.replace(release(), fingerprint="f" * 64, nodes=nodes, edges={})
    with pytest.raises(StoreError):
        publish(tmp_path, wrong)
    assert json.loads((tmp_path / MANIFEST).read_text()) == before


def test_an_unsound_study_is_not_published_with_its_release(tmp_path: Path) -> None:
    """It is written beside the release, which does not hide that it was refused."""
    before = publish(tmp_path, release())
    wrong = dataclasses.replace(release(), id="s", kind=GraphKind.STUDY, nodes={})
    with pytest.raises(StoreError, match="not there") as caught:
        EmbeddedWriter(tmp_path).publish([wrong, release(value=0.2)], now="now")
    assert caught.value.where == "s"
    assert EmbeddedWriter(tmp_path).snapshot() == before


def graph_files(folder: Path) -> list[str]:
    """List the files that hold graphs; beside each is one with its tables."""
    graphs, copies = (
        sorted(path.stem for path in (folder / "graphs").glob(f"*.{kind}"))
        for kind in ("kgl", "tables")
    )
    assert graphs == copies
    return graphs


async def test_superseded_files_go_when_nobody_can_need_them(tmp_path: Path) -> None:
    """The files before stay for requests under way; older ones go at once."""
    first = publish(tmp_path, release())
    (oldest,) = graph_files(tmp_path)
    second = publish(tmp_path, release(value=0.2))
    assert oldest in graph_files(tmp_path)
    reader = EmbeddedReader(tmp_path)
    assert await values(reader, first, "onet-1.0") == [[[0.1, 2**40]]]
    publish(tmp_path, release(value=0.3))
    assert oldest not in graph_files(tmp_path)
    assert len(graph_files(tmp_path)) == 2
    assert await values(reader, second, "onet-1.0") == [[[0.2, 2**40]]]


def test_nothing_is_under_way_for_ever(tmp_path: Path) -> None:
    """Files of a retired graph go with the first load that begins long after."""
    publish(tmp_path, release())
    publish(tmp_path, removed=("onet-1.0",))
    publish(tmp_path)
    assert len(graph_files(tmp_path)) == 1
    long_ago = time.time() - UNDER_WAY - 60
    os.utime(tmp_path / MANIFEST, (long_ago, long_ago))
    publish(tmp_path)
    assert graph_files(tmp_path) == []
    assert json.loads((tmp_path / MANIFEST).read_text())["previous"] == {}


def test_a_file_that_resists_goes_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was published is published, though a file could not be removed."""
    for value in (0.1, 0.2):
        publish(tmp_path, release(value=value))

    def refuse(*_: object) -> None:
        raise PermissionError(13, "in use")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        after = publish(tmp_path, release(value=0.3))
    assert EmbeddedWriter(tmp_path).snapshot() == after
    assert len(graph_files(tmp_path)) == 3
    publish(tmp_path)
    assert len(graph_files(tmp_path)) == 2
