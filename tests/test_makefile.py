"""The Makefile: what it offers, and what it says without a Python that will do."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make in the project's folder."""
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_targets_are_explained() -> None:
    """Make alone lists every target with what it does."""
    told = make().stdout
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert phony is not None
    lines = [line for line in told.splitlines() if line.startswith("make ")]
    assert [line.split()[1] for line in lines] == phony[1].split()


def test_python_that_is_too_old(tmp_path: Path) -> None:
    """A Python that is too old, or none, is told in two lines, and nothing is made."""
    folder = tmp_path / "venv"
    for python in ("PYTHON=false", "CANDIDATES=false"):
        done = make("run", f"VENV={folder}", python)
        assert done.returncode == 2
        assert "needs Python 3.11 or newer" in done.stderr
        assert "make PYTHON=" in done.stderr
    assert not folder.exists()


def test_run_installs_first(tmp_path: Path) -> None:
    """`make run` makes an environment of pinned packages and runs `workatlas up`."""
    folder = tmp_path / "venv"
    plan = make("--dry-run", "run", f"VENV={folder}", "ARGS=--port 1").stdout
    steps = [
        f"-m venv {folder}",
        "--require-hashes -r requirements.txt",
        "--no-deps --editable .",
        f"{folder}/bin/workatlas up --port 1",
    ]
    places = [plan.index(step) for step in steps]
    assert places == sorted(places)


def test_test_installs_more(tmp_path: Path) -> None:
    """`make test` adds what the tests need, and runs all or those that are chosen."""
    folder = tmp_path / "venv"
    plan = make("--dry-run", "test", f"VENV={folder}").stdout
    assert "--require-hashes -r requirements-dev.txt" in plan
    assert f"{folder}/bin/pytest -n 2\n" in plan
    some = make("--dry-run", "test", f"VENV={folder}", "ARGS=tests/test_x.py").stdout
    assert f"{folder}/bin/pytest tests/test_x.py\n" in some
