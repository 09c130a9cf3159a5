"""The manifest: what is known by name, and what is said of what is not."""

import hashlib
from pathlib import Path

import pytest

from workatlas.errors import UsageError
from workatlas.loaders.manifest import known_source, manifest

ONET = manifest()["onet"]


def test_release_is_found_by_version() -> None:
    """A known release has month, layout and one address."""
    found = known_source("onet@29.2")
    assert (found.dataset, found.version, found.id) == ("onet", "29.2", "onet-29.2")
    assert (found.published, found.layout_verified) == ("2025-02", True)
    assert found.url is not None
    assert found.url.endswith("/db_29_2_text.zip")
    assert list(found.downloads()) == list(found.files)


def test_current_release_is_the_newest_that_can_be_downloaded() -> None:
    """Without a version: the newest one with an address and a layout."""
    candidates = [
        [int(part) for part in version.split(".")]
        for version, known in ONET.versions.items()
        if known.files and known.layout
    ]
    found = known_source("onet")
    assert found == known_source(f"onet@{ONET.current}")
    assert [int(part) for part in found.version.split(".")] == max(candidates)


def test_study_is_pinned_to_the_files_that_are_tested(shared: Path) -> None:
    """Both files come from one commit, with the checksums of the shared copies."""
    found = known_source("gpts-are-gpts")
    assert (found.id, found.version, found.url) == ("gpts-are-gpts", "0471612", None)
    folder = shared / "exposure" / "gpts-are-gpts"
    for file in found.downloads():
        path = folder / file.url.rpartition("/")[2]
        assert "/0471612" in file.url
        assert hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256


def test_version_that_is_not_listed_needs_a_copy() -> None:
    """An unlisted release has a name, and nothing else that would be a guess."""
    found = known_source("onet@28.1")
    assert found.id == "onet-28.1"
    assert (found.published, found.layout, found.url) == (None, None, None)
    with pytest.raises(UsageError, match=r"onet-28\.1 from") as caught:
        found.downloads()
    assert "--from" in caught.value.todo


@pytest.mark.parametrize(
    "spec",
    ["", "esco", "onet@", "onet@a/b", "onet@29.2@x", "onet@..", "gpts-are-gpts@1"],
)
def test_unknown_name_lists_what_is_known(spec: str) -> None:
    """A name that means nothing is answered with the names that do."""
    with pytest.raises(UsageError) as caught:
        known_source(spec)
    for version in ONET.versions:
        assert f"onet@{version}" in caught.value.todo
    assert "gpts-are-gpts," not in caught.value.what
    assert "gpts-are-gpts" in caught.value.todo


def test_manifest_holds_together() -> None:
    """Addresses are https and name the version; current versions are listed."""
    for dataset in manifest().values():
        assert dataset.current in dataset.versions
        for known in dataset.versions.values():
            assert all(file.url.startswith("https://") for file in known.files)
            assert known.layout or not known.layout_verified
    for version, known in ONET.versions.items():
        wanted = f"/db_{version.replace('.', '_')}_text.zip"
        assert all(file.url.endswith(wanted) for file in known.files)
