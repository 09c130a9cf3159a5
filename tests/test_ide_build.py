"""The build hook: when the IDE is built, with which npm, and what if it cannot be."""

import gzip
import importlib.util
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
NPM = """#!/bin/sh
echo "$@" >> "{log}"
[ "$2" = ci ] && exit {status}
mkdir -p ../src/workatlas/server/ide_files/ide
echo page > ../src/workatlas/server/ide_files/index.html
echo script > ../src/workatlas/server/ide_files/ide/index-1a2b.js
"""


def loaded() -> Any:
    """Load the hook as hatchling does, by its path."""
    found = importlib.util.spec_from_file_location("hook", ROOT / "hatch_build.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


hook = loaded()


class Tree:
    """A source tree with a machine around it whose npm notes what it is told."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Lay out the rooms, the IDE's source, and a path of programs."""
        self.root = folder / "root"
        self.log = folder / "log"
        self.bin = folder / "bin"
        self.bin.mkdir(parents=True)
        for room in hook.ROOMS:
            (self.root / "src" / "workatlas" / room).mkdir(parents=True)
            (self.root / "src" / "workatlas" / room / "__init__.py").touch()
        (self.root / "ide" / "node_modules").mkdir(parents=True)
        (self.root / "ide" / "package-lock.json").write_text("{}")
        monkeypatch.setenv("PATH", os.pathsep.join((str(self.bin), "/usr/bin", "/bin")))
        monkeypatch.delenv("WORKATLAS_REQUIRE_IDE", raising=False)
        self.program("node", "#!/bin/sh\necho v24.1.0\n")
        self.npm()

    def program(self, name: str, text: str) -> None:
        """Put a program on the path."""
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def npm(self, *, status: int = 0) -> None:
        """Put an npm on the path that notes what it is told, and may fail."""
        self.program("npm", NPM.format(log=self.log, status=status))

    @property
    def hook(self) -> Any:
        """The hook over this tree."""
        return hook.RoomsAndIdeHook(str(self.root), {}, None, None, "", "wheel")

    @property
    def files(self) -> Path:
        """The folder of what is built."""
        return self.root / "src" / "workatlas" / "server" / "ide_files"

    @property
    def built(self) -> list[str]:
        """The names of what is built."""
        return sorted(str(p.relative_to(self.files)) for p in self.files.rglob("*.*"))

    @property
    def told(self) -> list[str]:
        """What npm was told."""
        return self.log.read_text().splitlines() if self.log.exists() else []


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """Give a source tree on a machine with npm."""
    return Tree(tmp_path, monkeypatch)


def test_it_is_built_from_the_lockfile(tree: Tree) -> None:
    """Npm installs what is locked without scripts, builds, and files are packed."""
    tree.hook.initialize("standard", {})
    install, build = tree.told
    assert "ci --ignore-scripts" in install
    assert build.endswith("run build")
    assert tree.built == ["ide/index-1a2b.js.gz", "index.html"]
    packed = tree.files / "ide" / "index-1a2b.js.gz"
    assert gzip.decompress(packed.read_bytes()) == b"script\n"


def test_it_is_built_once(tree: Tree) -> None:
    """Nothing is done until a source changes; what npm installed is no source."""
    tree.hook.initialize("standard", {})
    (tree.root / "ide" / "node_modules" / "installed.js").touch()
    tree.hook.initialize("editable", {})
    assert len(tree.told) == 2
    (tree.root / "ide" / "index.html").touch()
    tree.hook.initialize("standard", {})
    assert len(tree.told) == 4


def test_old_node_is_not_used(tree: Tree) -> None:
    """Where Node.js is too old or odd, the build asks for the package that has it."""
    assert tree.hook.dependencies() == []
    for version in ("v18.20.4", "v20.18.9", "what?"):
        tree.program("node", f"#!/bin/sh\necho '{version}'\n")
        assert tree.hook.dependencies() == [hook.NODE]
    tree.program("node", "#!/bin/sh\necho v20.19.0\n")
    assert tree.hook.dependencies() == []


def test_packaged_npm_is_used(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an npm of the machine the one from the Python package builds."""
    packaged = str(tree.bin / "npm")
    monkeypatch.setattr(hook, "system_npm", list)
    monkeypatch.setattr(hook, "packaged_npm", lambda: [packaged])
    tree.hook.initialize("standard", {})
    assert len(tree.told) == 2
    assert tree.hook.dependencies() == []


def test_the_package_brings_npm() -> None:
    """The pinned package has an npm that starts."""
    done = subprocess.run(
        [*hook.packaged_npm(), "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout.split(".")[0]) >= 11


def test_without_it_a_package_is_built(
    tree: Tree, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where npm fails, the package goes without the IDE, and a warning says so."""
    tree.npm(status=1)
    tree.hook.initialize("standard", {})
    assert tree.built == []
    assert "There will be no GraphiQL IDE" in capsys.readouterr().err


def test_where_it_is_required_the_build_fails(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A release is not built without the IDE: not without npm, nor without source."""
    monkeypatch.setenv("WORKATLAS_REQUIRE_IDE", "1")
    tree.npm(status=1)
    with pytest.raises(subprocess.CalledProcessError):
        tree.hook.initialize("standard", {})
    monkeypatch.setattr(hook, "system_npm", list)
    monkeypatch.setattr(hook, "packaged_npm", list)
    with pytest.raises(FileNotFoundError, match="npm is missing"):
        tree.hook.initialize("standard", {})
    (tree.root / "ide" / "package-lock.json").unlink()
    with pytest.raises(FileNotFoundError, match="source of the IDE"):
        tree.hook.initialize("standard", {})
