"""What is committed works elsewhere: no address or folder of one machine."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

from .switches import require

ROOT = Path(__file__).parent.parent

# In pieces, so that this file is searched like any other.
ELSEWHERE = {
    "a folder of one machine": r"(?<![\w.])/(?:wor[k]|roo[t]|hom[e])/\w",
    "the address of a package registry": (
        r"pyp[i]\.org|pythonhoste[d]|-inde[x]-url|repo1?\.mave[n]|"
        r"prox[y]\.golang|registr[y]\.npmjs|/artifactor[y]/"
    ),
}


def committed() -> list[Path]:
    """Give the files under version control that are there and are text."""
    git = shutil.which("git")
    there = git is not None and (ROOT / ".git").exists()
    require(met=there, switch="CI", reason="this is no clone: there is nothing to list")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_nothing_of_one_machine_is_committed() -> None:
    """No file names a folder of its author, or where packages come from."""
    found = [
        f"{path.relative_to(ROOT)}: {what}: {match[0]}"
        for path in committed()
        for what, pattern in ELSEWHERE.items()
        if (match := re.search(pattern, path.read_text("utf-8", "replace")))
    ]
    assert found == []


def test_every_room_is_type_checked() -> None:
    """Pyright follows no links, so that each room has to be named to it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    package = ROOT / "src" / "workatlas"
    rooms = {f"src/workatlas/{p.name}" for p in package.iterdir() if p.is_symlink()}
    assert rooms
    assert rooms <= set(settings["tool"]["pyright"]["include"])


def test_pinned_packages_have_hashes() -> None:
    """Every package of both lists is pinned to one version and has checksums."""
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text().replace("\\\n", " ")
        lines = [line for line in text.splitlines() if line and line[0] not in " #"]
        assert lines
        for line in lines:
            assert re.match(r"[\w.-]+==\S+ ", line), line
            assert "--hash=sha256:" in line, line
