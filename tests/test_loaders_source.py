"""Folders and files as sources, and the archive of what was loaded."""

from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from workatlas.errors import BusyError, SourceError, UsageError
from workatlas.loaders import archive as archive_module
from workatlas.loaders.archive import staging
from workatlas.loaders.limits import DEFAULT, Budget, Limits

from .loader_places import NOW, TABLE, Place, entries, sha

SMALL = Limits(files=3, total_bytes=5000, inflation=2, small_bytes=2000)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Give a folder for sources, and one for the archive."""
    return Place(tmp_path)


def test_folder_gives_the_files_in_it(place: Place) -> None:
    """Files directly in it, by name, without hidden ones; no local path in url."""
    for name in ("b.txt", "a.txt", ".hidden", "below/c.txt"):
        place.put(name)
    source = place.open(str(place.folder))
    assert list(source.files) == ["a.txt", "b.txt"]
    file = source.files["a.txt"]
    assert (file.name, file.url, file.sha256) == ("a.txt", None, sha(TABLE))
    assert (file.bytes, file.retrieved) == (len(TABLE), NOW)
    assert entries(place.archive) == [
        sha(TABLE),
        f"{sha(TABLE)}/a.txt",
        f"{sha(TABLE)}/b.txt",
    ]


def test_single_file_is_a_source(place: Place) -> None:
    """A file alone is kept under its name, with the publisher's address."""
    source = place.open(place.put("x.tsv"), published_at="https://a.example/x.tsv")
    assert source.files["x.tsv"].url == "https://a.example/x.tsv"
    assert place.open(place.put("x.tsv"), sha256=sha(TABLE)).files["x.tsv"].url is None


def test_workbook_is_a_file_and_not_a_zip(place: Place) -> None:
    """A zip is known by its first bytes too; a workbook has them and is left whole."""
    packed = Path(place.zip(("a.txt", TABLE))).read_bytes()
    assert list(place.open(place.put("book.xlsx", packed)).files) == ["book.xlsx"]
    assert list(place.open(place.put("database", packed)).files) == ["a.txt"]


def test_archive_keeps_what_is_whole_and_mends_what_is_not(place: Place) -> None:
    """The same bytes are stored once; a damaged copy is written anew."""
    location = place.put("x.tsv")
    path = place.open(location).files["x.tsv"].path
    first = path.stat().st_ino
    assert place.open(location).files["x.tsv"].path.stat().st_ino == first
    for damage in (TABLE[:-1], TABLE[:-1] + b"?"):
        path.write_bytes(damage)
        assert place.open(location).files["x.tsv"].path.read_bytes() == TABLE
    assert entries(place.archive) == [sha(TABLE), f"{sha(TABLE)}/x.tsv"]


def test_leftovers_of_a_killed_load_are_cleared(place: Place) -> None:
    """What a load that was killed left aside is gone after the next one."""
    left = place.archive / ".aside" / "0"
    left.mkdir(parents=True)
    (left / "half.txt").write_bytes(b"half")
    place.open(place.put("x.tsv"))
    assert entries(place.archive) == [sha(TABLE), f"{sha(TABLE)}/x.tsv"]


def test_interruption_leaves_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C in the middle of writing leaves the archive as it was."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(archive_module.os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        place.open(place.put("x.tsv"))
    assert entries(place.archive) == []


def test_two_loads_do_not_mix(place: Place) -> None:
    """While another load writes to the archive, this one is told to wait."""
    place.archive.mkdir()
    with (
        FileLock(place.archive / ".lock"),
        pytest.raises(BusyError, match="Another load"),
    ):
        place.open(place.put("x.tsv"))


def test_what_is_not_there_is_an_error(place: Place) -> None:
    """A missing folder, an empty one, one with folders only, and an empty zip."""
    missing = str(place.folder / "nowhere")
    error = place.refused(missing)
    assert (error.where, "No such file" in error.what) == (missing, True)
    assert "no files" in place.refused(str(place.folder)).what
    place.put("below/c.txt")
    assert "no files" in place.refused(str(place.folder)).what
    assert "no files" in place.refused(place.zip(("folder/", b""))).what


@pytest.mark.parametrize("name", ["x.tsv", "x.zip", ""])
def test_what_may_not_be_read_is_an_error(
    place: Place, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A file, zip or folder's file without the right to read it is named."""
    place.put(name or "inside.tsv")
    real = Path.open

    def forbidden(path: Path, mode: str = "r", *more: Any) -> Any:
        if mode == "rb" and path.parent == place.folder:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, mode, *more)

    monkeypatch.setattr(Path, "open", forbidden)
    error = place.refused(str(place.folder / name))
    assert "It cannot be read (Permission denied)." in error.what
    assert error.where == str(place.folder / (name or "inside.tsv"))


def test_archive_that_cannot_be_written_is_an_error(place: Place) -> None:
    """The archive's own trouble is not blamed on the source."""
    place.archive.write_bytes(b"a file")
    with pytest.raises(SourceError, match="archive of source files") as caught:
        place.open(place.put("x.tsv"))
    assert caught.value.where == str(place.archive)


def test_an_error_of_the_load_itself_is_not_the_archive_s(place: Place) -> None:
    """What goes wrong while files lie aside comes out as it is; the lock is free."""
    for _ in range(2):
        with pytest.raises(OSError, match="of the body"), staging(place.archive):
            raise OSError(5, "of the body")
    assert entries(place.archive) == []


@pytest.mark.parametrize(
    ("name", "method"), [("0", "mkdir"), ("x.tsv", "open"), ("x.tsv", "replace")]
)
def test_a_full_disk_is_told_wherever_it_shows(
    place: Place, monkeypatch: pytest.MonkeyPatch, name: str, method: str
) -> None:
    """A folder, a copy or an entry that cannot be written: the archive is named."""
    location, real = place.put("x.tsv"), getattr(Path, method)
    (place.archive / sha(TABLE)).mkdir(parents=True)  # so that an entry is replaced
    (place.archive / sha(TABLE) / "other").write_bytes(TABLE)

    def full(path: Path, *more: Any, **named: Any) -> Any:
        if path.name == name and ".aside" in path.parts:
            raise OSError(28, "No space left on device")
        return real(path, *more, **named)

    monkeypatch.setattr(Path, method, full)
    with pytest.raises(SourceError, match="No space left") as caught:
        place.open(location)
    assert "archive of source files cannot be written" in caught.value.what
    assert caught.value.where.startswith(str(place.archive))


def test_no_file_may_be_larger_than_answers_can_say() -> None:
    """The size of a file is shown as GraphQL's Int."""
    assert DEFAULT.total_bytes == 2**31 - 1
    with pytest.raises(SourceError, match="more than the 2,147,483,647 bytes"):
        Budget(DEFAULT.total_bytes).spend(2**31, "x.tsv")


def test_checksum_must_be_the_one_given(place: Place) -> None:
    """Another checksum is refused with both; a folder has none."""
    location = place.put("x.tsv")
    error = place.refused(location, sha256=sha(b"other"))
    assert sha(TABLE) in error.what
    assert sha(b"other") in error.what
    with pytest.raises(UsageError, match="no checksum"):
        place.open(str(place.folder), sha256=sha(TABLE))


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html>",
        b" \n<HTML lang='en'>",
        b"<!-- moved\n-- ->\n--> <!-- x -->\n<head>",
        b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">',
    ],
)
def test_page_is_not_data(place: Place, page: bytes) -> None:
    """A web page under a file's name is refused alone, in a folder and in a zip."""
    location = place.put("Task Ratings.txt", page)
    for where in (location, str(place.folder), place.put("x.zip", page)):
        assert "web page" in place.refused(where).what
    error = place.refused(place.zip(("db/Task Ratings.txt", page)))
    assert error.where == str(place.folder / "db.zip") + "#db/Task Ratings.txt"


def test_page_that_is_called_one_is_let_through(place: Place) -> None:
    """A readme in HTML beside the data is no reason to refuse it."""
    place.put("Read Me.html", b"<html>")
    place.put("x.tsv", b"<htmlx>\n")
    place.put("y.xml", b'<?xml version="1.0"?><!-- <html> -->' * 50 + b"<table/>\n")
    files = place.open(str(place.folder)).files
    assert list(files) == ["Read Me.html", "x.tsv", "y.xml"]


def test_folder_is_bounded(place: Place) -> None:
    """A folder given by mistake is not copied whole."""
    for number in range(4):
        place.put(f"{number}.txt", b"0" * 2000)
    assert (
        "4 files; 3 are allowed" in place.refused(str(place.folder), limits=SMALL).what
    )
    (place.folder / "3.txt").unlink()
    error = place.refused(str(place.folder), limits=SMALL)
    assert "more than the 5,000 bytes" in error.what
    assert error.where.endswith("2.txt")


def test_real_release_is_kept_whole(place: Place, shared: Path) -> None:
    """Folder and nested zip of a real release give the same files and checksums."""
    folder = shared / "onet" / "db_29_2_text"
    members = [(f"db_29_2_text/{p.name}", p.read_bytes()) for p in folder.iterdir()]

    def opened(location: str) -> dict[str, str]:
        files = place.open(location).files
        return {name: file.sha256 for name, file in files.items()}

    wanted = {path.rpartition("/")[2]: sha(content) for path, content in members}
    assert opened(str(folder)) == wanted
    assert opened(place.zip(*members)) == wanted
