"""Known sources: at their publisher, and as copies."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina

from workatlas.errors import SourceError, UsageError
from workatlas.loaders.manifest import KnownFile, KnownSource

from .http_publisher import Publisher, running_publisher
from .loader_places import TABLE, Place, sha, zipped


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Give a folder for sources, and one for the archive."""
    return Place(tmp_path)


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    """Run a server, reached without a proxy, for one test; retries do not wait."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with (
        running_publisher() as server,
        stamina.set_testing(testing=True, attempts=9, cap=True),
    ):
        yield server


def study(*files: KnownFile) -> KnownSource:
    """Give a known source with these files."""
    return KnownSource(files=files, dataset="s", version="1", id="s")


def test_known_source_is_downloaded_file_by_file(
    publisher: Publisher, place: Place
) -> None:
    """All files of a known source are fetched, and held to their pinned checksums."""
    one = KnownFile(publisher.put("/one.tsv", TABLE), sha(TABLE))
    two = KnownFile(publisher.put("/two.csv", b"c"))
    source = place.known(study(one, two))
    assert {name: file.url for name, file in source.files.items()} == {
        "one.tsv": one.url,
        "two.csv": two.url,
    }
    assert source.location == f"{one.url}, {two.url}"
    with pytest.raises(SourceError, match="checksum differs"):
        place.known(study(two, KnownFile(one.url, sha(b"other"))))


def test_copy_has_the_publishers_address_where_it_is_the_same(place: Place) -> None:
    """In a folder, a pinned file keeps its address only with the pinned bytes."""
    place.put("one.tsv", TABLE)
    place.put("two.csv", b"changed")
    one = KnownFile("https://a.example/one.tsv", sha(TABLE))
    two = KnownFile("https://a.example/two.csv", sha(b"original"))
    found = place.known(study(one, two), str(place.folder)).files
    assert (found["one.tsv"].url, found["two.csv"].url) == (one.url, None)


def test_copy_of_a_release_has_the_address_of_its_zip(
    publisher: Publisher, place: Place
) -> None:
    """A copy on this machine is the publisher's by its name; a mirror is itself."""
    release = study(KnownFile("https://a.example/db.zip"))
    local = place.known(release, place.put("copy.zip", zipped(a=TABLE)))
    assert local.files["a.txt"].url == "https://a.example/db.zip#nested/a.txt"
    mirror = publisher.put("/m.zip", zipped(a=TABLE))
    remote = place.known(release, mirror)
    assert remote.files["a.txt"].url == f"{mirror}#nested/a.txt"


def test_copy_of_something_invented_is_not_the_publishers(
    publisher: Publisher, place: Place
) -> None:
    """Loaded under a known name, it has the address it came from, or none."""
    release = study(KnownFile("https://a.example/db.zip"))
    invented = place.zip(("a.txt", TABLE), ("synthetic.json", b'{"synthetic": true}'))
    assert place.known(release, invented).files["a.txt"].url is None
    mirror = publisher.put("/m.zip", Path(invented).read_bytes())
    assert place.known(release, mirror).files["a.txt"].url == f"{mirror}#a.txt"


def test_known_source_without_address_needs_a_copy(place: Place) -> None:
    """Where no address is known, the command says what to give."""
    with pytest.raises(UsageError, match="--from"):
        place.known(study())
