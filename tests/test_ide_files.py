"""The real build of the IDE: what is in it, and that all of it is served."""

import gzip
import json
import re
from pathlib import Path

import pytest

from workatlas.server import ide
from workatlas.server.app import create_app
from workatlas.server.settings import Settings

from .server_fakes import FakeBackend, started
from .switches import require

SOURCE = Path(__file__).parent.parent / "ide"


@pytest.fixture(scope="module")
def files() -> Path:
    """Give the folder of the build."""
    require(
        met=ide.is_built(),
        switch="WORKATLAS_REQUIRE_IDE",
        reason="`make ide` has not built the IDE here",
    )
    return ide.FILES


async def test_every_file_is_served(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file has a type that is known; what the page names is among them."""
    names = {path.name.removesuffix(".gz") for path in (files / "ide").iterdir()}
    FakeBackend.instead_of_the_real_one(monkeypatch)
    async with started(create_app(Settings())) as client:
        replies = [await client.get(f"/ide/{name}") for name in names]
    assert {reply.status_code for reply in replies} == {200}
    page = (files / "index.html").read_text(encoding="utf-8")
    named = set(re.findall(r'(?:src|href)="\./ide/([^"]+)"', page))
    assert len(named) > 2
    assert named <= names


def test_the_page_holds_no_script_and_no_address(files: Path) -> None:
    """All scripts of the page are files of its own."""
    page = (files / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<script[^>]*>([^<]*)</script>", page) == [""]
    assert "://" not in page


def test_workers_are_bundled(files: Path) -> None:
    """The editor's workers are files of ours, which the policy of the page asks for."""
    names = " ".join(path.name for path in (files / "ide").iterdir())
    for worker in ("editor", "graphql", "json"):
        assert f"{worker}.worker-" in names


def test_licences_are_listed(files: Path) -> None:
    """Each package that the IDE is made of is listed with its licence; so are fonts."""
    packed = (files / "ide" / "licences.md.gz").read_bytes()
    listed = gzip.decompress(packed).decode()
    package = json.loads((SOURCE / "package.json").read_text(encoding="utf-8"))
    for name in (*package["dependencies"], "monaco-editor", "prettier"):
        assert re.search(rf"^## {re.escape(name)} - \S+ \(.+\)$", listed, re.MULTILINE)
    for part in ("Jon Schlinkert", "NOTICES AND INFORMATION", "Fira Code", "Codicons"):
        assert part in listed


def test_versions_are_pinned_without_addresses() -> None:
    """One version of each package, with a checksum, and no word where it comes from."""
    package = json.loads((SOURCE / "package.json").read_text(encoding="utf-8"))
    asked = {**package["dependencies"], **package["devDependencies"]}
    assert [name for name, version in asked.items() if not version[0].isdigit()] == []
    locked = json.loads((SOURCE / "package-lock.json").read_text(encoding="utf-8"))
    packages = [entry for name, entry in locked["packages"].items() if name]
    assert [entry for entry in packages if "resolved" in entry] == []
    assert all(entry["integrity"].startswith("sha512-") for entry in packages)
    assert not [*SOURCE.glob(".npmrc")]
