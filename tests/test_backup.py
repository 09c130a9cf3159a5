"""A backup: what is restored from it answers as before, and passes `verify`."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from workatlas.errors import DataError, NotFoundError, SourceError, StoreError
from workatlas.loaders.backup import backup, restore
from workatlas.loaders.backup.times import BACKUP, write_times
from workatlas.loaders.export.sums import SUMS, write_sums
from workatlas.loaders.retire import retire
from workatlas.loaders.verify import verify
from workatlas.resolvers import Service
from workatlas.server.cli import run
from workatlas.stores import Reader, Subgraph, Writer, open_reader, open_writer

from .any_store import NOW, Store
from .exported import SAMPLE, fill, filled
from .generated import contents
from .made_once import made_once

__all__ = ["filled"]

LATER = "2026-05-06T07:08:09Z"
GOLDENS = Path(__file__).parent / "goldens"
ASKED = ("release", "task_page")


@pytest.fixture(scope="session")
def archive(filled: Writer) -> Path:
    """Give the archive of the filled store; do not change it."""
    return Path(filled.address).with_name("archive")


@pytest.fixture(scope="session")
def made(
    filled: Writer, archive: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Give a backup of the filled store; do not change it."""

    def make(folder: Path) -> None:
        backup(filled, archive, folder / "out")

    return made_once(tmp_path_factory, "backup", make) / "out"


async def answers(reader: Reader) -> list[bytes]:
    """Ask for dates, a release and a task's page; give the answers as they are sent."""
    service = Service(reader)
    documents = [(GOLDENS / f"{name}.graphql").read_text() for name in ASKED]
    given = [await service.answer("{ graph { version builtAt } }")]
    for document in documents:
        variables = json.loads(document.splitlines()[0].removeprefix("# variables: "))
        given.append(await service.answer(document, variables))
    assert all(b'{"data":{' in answer.body for answer in given)
    return [answer.body for answer in given]


async def test_what_is_restored_is_the_same(
    store: Store, filled: Writer, made: Path, tmp_path: Path
) -> None:
    """In either store: version, dates, bytes of answers, and every source's line.

    A second restoration changes nothing, and what is backed up then is the same.
    """
    wanted = open_reader(filled.address)
    with store.writer() as writer:
        report = restore(writer, tmp_path / "archive", made, now=LATER)
        assert report.version == filled.snapshot().version
        assert writer.snapshot() == filled.snapshot()
        async with store.reader(60.0) as reader:
            assert await answers(reader) == await answers(wanted)
        found = verify(writer, tmp_path / "archive")
        assert found.wrong == []
        assert sum(each.values for each in found.checked) > 1000
        again = restore(writer, tmp_path / "archive", made, now=LATER)
        assert not any(graph.changed for graph in again.graphs)
        backup(writer, tmp_path / "archive", tmp_path / "again")
    await wanted.close()
    assert contents(tmp_path / "again") == contents(made)


def test_a_load_goes_on_from_what_was_restored(made: Path, tmp_path: Path) -> None:
    """What is built after it has its own date, and what is not keeps the old one."""
    writer = open_writer(str(tmp_path / "graph"))
    restore(writer, tmp_path / "archive", made, now=LATER)
    retire(writer, "aioe", now=LATER)
    dates = {graph.id: graph.built_at for graph in writer.snapshot().graphs.values()}
    assert dates[SAMPLE] == LATER
    assert dates["economic-index"] == NOW


def test_a_damaged_store_is_mended(filled: Writer, made: Path, tmp_path: Path) -> None:
    """A restoration over a store builds the files anew that are damaged there."""
    shutil.copytree(Path(filled.address), tmp_path / "graph")
    next((tmp_path / "graph" / "graphs").glob(f"{SAMPLE}@*.kgl")).write_bytes(b"x")
    writer = open_writer(str(tmp_path / "graph"))
    with pytest.raises(StoreError):
        verify(writer, tmp_path / "archive")
    restore(writer, tmp_path / "archive", made, now=LATER)
    assert verify(writer, tmp_path / "archive").wrong == []
    assert writer.snapshot().version == filled.snapshot().version


def damages(folder: Path) -> list[Path]:
    """Give a file of each kind that is in a backup."""
    return [
        folder / BACKUP,
        folder / SUMS,
        next((folder / "graph").rglob("Task.parquet")),
        folder / "graph" / SUMS,
        next(path for path in (folder / "archive").rglob("*") if path.is_file()),
    ]


@pytest.mark.parametrize("which", range(5))
@pytest.mark.parametrize("how", ["cut", "gone", "other"])
def test_what_is_damaged_changes_nothing(
    made: Path, tmp_path: Path, which: int, how: str
) -> None:
    """Whatever file is cut off, gone or changed: store and archive are not begun."""
    folder = tmp_path / "backup"
    shutil.copytree(made, folder)
    path = damages(folder)[which]
    whole = path.read_bytes()
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(whole[:-9] if how == "cut" else b"x" + whole[1:])
    with pytest.raises((DataError, SourceError)) as caught:
        restore(open_writer(str(tmp_path / "g")), tmp_path / "a", folder, now=LATER)
    assert caught.value.todo
    assert sorted(child.name for child in tmp_path.iterdir()) == ["backup"]


@pytest.fixture
def fitting(made: Path, tmp_path: Path) -> Callable[..., Path]:
    """Give a copy of the backup that a function changed, with sums that fit again."""

    def change(how: Callable[[Path], object]) -> Path:
        folder = tmp_path / "backup"
        shutil.copytree(made, folder)
        how(folder)
        (folder / SUMS).unlink()
        write_sums(folder)
        return folder

    return change


def of_no_version(folder: Path) -> None:
    """Say nothing of when graphs were built."""
    (folder / BACKUP).write_text("{}")


def of_another_version(folder: Path) -> None:
    """Claim a format that is not known yet."""
    (folder / BACKUP).write_text('{"format": 9, "built_at": {}}')


def undated(folder: Path) -> None:
    """Tell the date of no graph."""
    write_times(folder, {})


def moved(folder: Path) -> None:
    """Rename the folder of an archived file to another checksum."""
    path = next((folder / "archive").iterdir())
    path.rename(path.with_name("0" * 64))


@pytest.mark.parametrize(
    ("how", "what"),
    [
        (of_no_version, "required"),
        (of_another_version, "format"),
        (moved, "not named by its checksum"),
    ],
)
def test_what_cannot_be_meant(
    fitting: Callable[..., Path],
    tmp_path: Path,
    how: Callable[[Path], object],
    what: str,
) -> None:
    """A backup of another version, or whose files nothing would find, is refused."""
    folder = fitting(how)
    with pytest.raises(DataError, match=what) as caught:
        restore(open_writer(str(tmp_path / "g")), tmp_path / "a", folder, now=LATER)
    assert caught.value.todo
    assert sorted(child.name for child in tmp_path.iterdir()) == ["backup"]


def test_dates_that_are_unknown_are_new(
    fitting: Callable[..., Path], tmp_path: Path
) -> None:
    """A graph that no date is told of is as old as its restoration."""
    folder = fitting(undated)
    writer = open_writer(str(tmp_path / "g"))
    restore(writer, tmp_path / "a", folder, now=LATER)
    assert {g.built_at for g in writer.snapshot().graphs.values()} == {LATER}


def test_it_is_there_when_it_is_whole(
    filled: Writer, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until the last step nothing has the name that was asked for, and then all."""
    seen: list[bool] = []

    def stopped(folder: Path) -> None:
        seen.append((tmp_path / "out").exists())
        assert (folder / BACKUP).is_file()
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("workatlas.loaders.backup.write.write_sums", stopped)
        with pytest.raises(KeyboardInterrupt):
            backup(filled, archive, tmp_path / "out")
    assert seen == [False]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", [None, b"x"])
def test_an_archive_that_is_not_whole(
    filled: Writer, archive: Path, tmp_path: Path, damage: bytes | None
) -> None:
    """A backup that would not pass `verify` is not made; the file is named."""
    copy = tmp_path / "archive"
    shutil.copytree(archive, copy)
    path = next(p for p in copy.glob("*/*") if p.name == "Task Statements.txt")
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    with pytest.raises(SourceError, match="damaged" if damage else "missing") as caught:
        backup(filled, copy, tmp_path / "out")
    assert caught.value.where == str(path)
    assert not (tmp_path / "out").exists()


@pytest.fixture
def restless(
    filled: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[int], Writer]:
    """Give a copy of the store that is loaded anew whenever it is read, some times."""

    def opened(times: int) -> Writer:
        shutil.copytree(Path(filled.address), tmp_path / "graph")
        writer = open_writer(str(tmp_path / "graph"))
        left, real = iter(range(1, times + 1)), writer.tables

        def tables(name: str) -> Subgraph:
            for number in left if name == SAMPLE else ():
                again = replace(real(SAMPLE), fingerprint=f"{number:012x}")
                with writer.lock():
                    writer.publish([again], now=LATER)
                break
            return real(name)

        monkeypatch.setattr(writer, "tables", tables)
        return writer

    return opened


def test_a_load_meanwhile(
    restless: Callable[[int], Writer], archive: Path, tmp_path: Path
) -> None:
    """The backup is begun anew, and is of the graph that is published then."""
    writer = restless(2)
    report = backup(writer, archive, tmp_path / "out")
    assert report.version == writer.snapshot().version
    dates = json.loads((tmp_path / "out" / BACKUP).read_bytes())["built_at"]
    assert dates[SAMPLE] == LATER


def test_loads_one_after_the_other(
    restless: Callable[[int], Writer], archive: Path, tmp_path: Path
) -> None:
    """A backup that is never done says so instead of trying for ever."""
    with pytest.raises(StoreError, match="while it was read") as caught:
        backup(restless(99), archive, tmp_path / "out")
    assert "no load is running" in caught.value.todo
    assert not (tmp_path / "out").exists()


def test_nothing_to_back_up(tmp_path: Path) -> None:
    """An empty store is told, and no backup of nothing is made."""
    with pytest.raises(NotFoundError, match="no graph is loaded"):
        backup(open_writer(str(tmp_path / "g")), tmp_path / "a", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`backup` writes and `restore` reads; both say what there is."""
    fill(open_writer(str(tmp_path / "graph")), tmp_path)
    monkeypatch.setenv("WORKATLAS_STORE", str(tmp_path / "graph"))
    monkeypatch.setenv("WORKATLAS_ARCHIVE", str(tmp_path / "archive"))
    assert run(["backup", str(tmp_path / "out")]) == 0
    assert "6 graphs" in capsys.readouterr().out
    monkeypatch.setenv("WORKATLAS_ARCHIVE", str(tmp_path / "another"))
    store = ["--store", str(tmp_path / "restored")]
    assert run(["restore", *store, str(tmp_path / "out")]) == 0
    assert "onet-sample: published" in capsys.readouterr().out
    assert contents(tmp_path / "another").keys() >= {
        path.replace("archive/", "")
        for path in contents(tmp_path / "out")
        if path.startswith("archive/")
    }
    assert run(["restore", *store, str(tmp_path)]) == 3
    assert "This is no backup" in capsys.readouterr().err
