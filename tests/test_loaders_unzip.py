"""Zips: what is taken from them, and what is wrong with hostile or damaged ones."""

import io
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workatlas.loaders.limits import Limits
from workatlas.loaders.unzip import is_unsafe

from .loader_places import TABLE, Place, entries, sha

SMALL = Limits(files=3, total_bytes=5000, inflation=2, small_bytes=2000)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Give a folder for sources, and one for the archive."""
    return Place(tmp_path)


@pytest.mark.parametrize("nested", ["", "db_30_3_text/", "a/b/"])
def test_zip_gives_its_files_by_bare_name(place: Place, nested: str) -> None:
    """Nested or not; folders, hidden files and what macOS adds are left out."""
    location = place.zip(
        (f"{nested}folder/", b""),
        (f"{nested}Task Ratings.txt", TABLE),
        (f"__MACOSX/{nested}Task Ratings.txt", b"mac"),
        (f"__MACOSX/{nested}._Task Ratings.txt", b"mac"),
        (f"{nested}.DS_Store", b"mac"),
        (f"{nested}empty.txt", b""),
    )
    source = place.open(location, published_at="https://a.example/db.zip")
    assert list(source.files) == ["Task Ratings.txt", "empty.txt"]
    file = source.files["Task Ratings.txt"]
    assert file.url == f"https://a.example/db.zip#{nested}Task Ratings.txt"
    assert file.path.read_bytes() == TABLE
    assert source.files["empty.txt"].bytes == 0
    assert place.open(location).files["empty.txt"].url is None


def test_two_members_of_one_name_are_refused(place: Place) -> None:
    """Which of two files of one name is meant is not guessed."""
    error = place.refused(place.zip(("a/x.txt", b"1"), ("b/x.txt", b"2")))
    assert "2 files named x.txt" in error.what


@pytest.mark.parametrize(
    "name",
    [
        "../x.txt",
        "a/../../x.txt",
        "a/..",
        "/etc/x.txt",
        "C:/x.txt",
        "a/C:x.txt",
        "..\\x.txt",
        "\\\\host\\x.txt",
        "x.txt\x00.png",
        "a\nb.txt",
        "__MACOSX/../../x.txt",
    ],
)
def test_member_that_climbs_out_is_refused(place: Place, name: str) -> None:
    """A hostile path refuses the whole zip, and names the member."""
    info = zipfile.ZipInfo("placeholder")
    info.filename = name
    error = place.refused(place.zip(("good.txt", TABLE), (info, b"bad")))
    assert "leads out of the zip" in error.what
    assert repr(name) in error.where
    assert entries(place.folder) == ["db.zip"]


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_member_that_is_no_file_is_refused(place: Place, kind: int) -> None:
    """Links and devices are not taken from a zip."""
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = (kind | 0o777) << 16
    assert "link or a device" in place.refused(place.zip((info, b"/etc/passwd"))).what


def patched(place: Place, *changes: tuple[bytes, int, bytes]) -> str:
    """Make a zip, and change bytes at an offset after the first find of a mark."""
    raw = bytearray(Path(place.zip(("a.txt", TABLE * 50))).read_bytes())
    for mark, offset, new in changes:
        at = raw.index(mark) + offset
        raw[at : at + len(new)] = new
    return place.put("db.zip", bytes(raw))


def test_encrypted_member_is_refused(place: Place) -> None:
    """What needs a password is not asked for one."""
    error = place.refused(patched(place, (b"PK\x01\x02", 8, b"\x01")))
    assert "is encrypted" in error.what
    assert error.where.endswith("db.zip#'a.txt'")


def test_unusual_compression_is_refused(place: Place) -> None:
    """Only methods whose output can be bounded are taken."""
    info = zipfile.ZipInfo("a.txt")
    info.compress_type = zipfile.ZIP_BZIP2
    assert "other than deflate" in place.refused(place.zip((info, TABLE))).what


def test_damaged_zip_is_refused(place: Place) -> None:
    """Cut off, no zip at all, a wrong checksum inside, a broken stream, ..."""
    whole = Path(place.zip(("a.txt", TABLE * 50))).read_bytes()
    for cut in (whole[:-30], whole[:10], b"", b"not a zip"):
        error = place.refused(place.put("db.zip", cut))
        assert "cut off or damaged" in error.what
        assert error.where == str(place.folder / "db.zip")
    for change in (
        (b"PK\x01\x02", 16, b"\x00\x00\x00\x00"),  # the checksum
        (b"a.txt", 5, b"\xff" * 10),  # the stream
        (b"PK\x01\x02", 24, b"\x05\x00\x00\x00"),  # the size
        (b"PK\x01\x02", 8, b"\x40"),  # a kind of encryption
    ):
        error = place.refused(patched(place, change))
        assert "cut off or damaged" in error.what
        assert error.where == str(place.folder / "db.zip") + "#a.txt"


def test_member_that_ends_too_early_is_refused(place: Place) -> None:
    """A member said to be longer than the whole zip says so."""
    info = zipfile.ZipInfo("a.txt")
    info.compress_type = zipfile.ZIP_STORED
    raw = bytearray(Path(place.zip((info, TABLE))).read_bytes())
    at = raw.index(b"PK\x01\x02") + 20
    raw[at : at + 8] = (1 << 20).to_bytes(4, "little") * 2
    assert "ends too early" in place.refused(place.put("db.zip", bytes(raw))).what


def test_zip_that_inflates_without_end_is_stopped(place: Place) -> None:
    """Too many bytes for its size, over all members, and too many members."""
    bomb = place.zip(("a.txt", b"0" * 1500), ("b.txt", b"0" * 1500))
    error = place.refused(bomb, limits=SMALL)
    assert "more than the 2,000 bytes" in error.what
    assert error.where.endswith("#b.txt")
    many = place.zip(*((f"{n}.txt", b"") for n in range(4)))
    assert "4 members; 3 are allowed" in place.refused(many, limits=SMALL).what


def test_inflation_is_bounded_by_size_and_in_all() -> None:
    """Small zips may take a floor, others a multiple of their size up to a roof."""
    assert [SMALL.inflated_bytes(size) for size in (10, 1500, 9000)] == [
        2000,
        3000,
        5000,
    ]


HOSTILE = st.one_of(
    st.lists(
        st.sampled_from(
            ["..", ".", "/", "\\", "C:", "a", "b.txt", "\x00", "é", "__MACOSX", "~"]
        ),
        min_size=1,
        max_size=8,
    ).map("".join),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=20),
)


@given(st.lists(HOSTILE, min_size=1, max_size=4, unique=True))
def test_no_name_writes_outside_the_archive(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    """Whatever members are called: kept under a bare name, or nothing at all."""
    place = Place(tmp_path_factory.mktemp("hostile"))
    infos = [zipfile.ZipInfo("placeholder") for _ in names]
    for info, name in zip(infos, names, strict=True):
        info.filename = name
    files = place.files_or_none(place.zip(*((info, b"bad") for info in infos)))
    kept = {f"{sha(b'bad')}/{name}" for name in files}
    assert not any("/" in name or is_unsafe(name) for name in files)
    assert set(entries(place.archive)) == kept | ({sha(b"bad")} if files else set())
    assert entries(place.folder.parent) == sorted(
        ["archive", "in", "in/db.zip"]
        + [f"archive/{entry}" for entry in entries(place.archive)]
    )


WHOLE = io.BytesIO()
with zipfile.ZipFile(WHOLE, "w", zipfile.ZIP_DEFLATED) as _made:
    _made.writestr("n/a.txt", TABLE * 20)
    _made.writestr("n/b.txt", b"b" * 300)


@given(st.data())
def test_damage_is_found_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """A zip with changed bytes gives the right bytes or an error, never others."""
    place = Place(tmp_path_factory.mktemp("damage"))
    raw = bytearray(WHOLE.getvalue())
    position = st.integers(0, len(raw) - 1)
    for at, value in data.draw(
        st.lists(st.tuples(position, st.integers(0, 255)), min_size=1, max_size=4)
    ):
        raw[at] = value
    files = place.files_or_none(place.put("db.zip", bytes(raw)))
    contents = {file.path.read_bytes() for file in files.values()}
    assert contents <= {TABLE * 20, b"b" * 300}
