"""Killing a load: whatever the moment, the archive holds whole files only."""

import subprocess
import sys
from pathlib import Path

import pytest

# One process opens the source again and again in children of its own. A child is
# killed at its n-th touch of the disk, for n from 1 up, until one comes through.
SCRIPT = """
import os, signal, sys
from hashlib import sha256
from pathlib import Path
from workatlas.loaders.source import open_source

source, archive = sys.argv[1], Path(sys.argv[2])
TOUCHES = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir"}

def child(moment):
    left = moment
    def watch(event, args):
        nonlocal left
        if event in TOUCHES and str(archive) in str(args[0]):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(watch)
    open_source(source, archive=archive, now="2026-01-02T03:04:05Z")
    os._exit(0)

moment, status = 0, 1
while status:
    moment += 1
    pid = os.fork()
    if not pid:
        child(moment)
    status = os.waitpid(pid, 0)[1]
    assert status in {0, signal.SIGKILL}, status
    for entry in archive.iterdir() if archive.exists() else ():
        if entry.name not in {".aside", ".lock"}:
            assert list(entry.iterdir()), entry
            for path in entry.iterdir():
                assert sha256(path.read_bytes()).hexdigest() == entry.name, path
print(moment, *sorted(p.name for p in archive.glob("*/*")))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_kill_at_any_moment_leaves_whole_files(tmp_path: Path) -> None:
    """After a kill at every touch of the disk, entries are whole, then complete."""
    source = tmp_path / "in"
    source.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        (source / name).write_text(f"{name}\n" * 1000)
    (source / "same as a.txt").write_text("a.txt\n" * 1000)
    archive = tmp_path / "archive"
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(source), str(archive)],
        check=True,
        capture_output=True,
        text=True,
    )
    moments, _, names = run.stdout.strip().partition(" ")
    assert int(moments) > 20
    assert names == "a.txt b.txt c.txt same as a.txt"
    assert not (archive / ".aside").exists()
