"""The benchmarks still run; what they measure is not tested."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parent.parent / "bench"
SMALL = ("--occupations", "3", "--tasks", "30")


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("load.py", "release: zip to published"),
        ("export.py", "import jsonl"),
        ("task_page.py", "siblings"),
        ("search.py", "keystrokes"),
        ("comparing.py", "ranks of tasks"),
        ("site.py", "started in"),
        ("soak.py --requests 600", "0 failed"),
        ("attack.py --seconds 0.1 --most 50 --only cursors", "x200"),
        ("releases.py --releases 2 --count 20", "all listed"),
    ],
)
def test_benchmarks_run(script: str, expected: str) -> None:
    """Each script runs on a small release and prints its figures."""
    name, *options = script.split()
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
    done = subprocess.run(
        [sys.executable, BENCH / name, *SMALL, *options],
        env=inherited,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert expected in done.stdout
