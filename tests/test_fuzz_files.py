"""Whatever bytes a file has, it is read or refused, in bounded memory and time.

FUZZ_EXAMPLES asks for more than CI tries, and docs/faults.md tells how to go on.
"""

import os
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .fuzz.parsers import PARSERS, parse, seeds

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "300"))
SECONDS = 1.0
"""What a file of a few kilobytes may take of the processor."""


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """Give bytes with pieces taken out, changed or doubled."""
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(whole)))
        to = min(len(whole), at + draw(st.integers(0, 8)))
        put = draw(st.sampled_from((b"", whole[at:to] * 3, b"\0", b"\xff")))
        put = draw(st.binary(max_size=8)) if draw(st.booleans()) else put
        whole = whole[:at] + put + whole[to:]
    return whole


@pytest.mark.parametrize("parser", PARSERS)
def test_any_bytes(parser: str, tmp_path: Path) -> None:
    """Damaged files and random ones give rows or an error that says what to do."""
    seed = seeds(tmp_path)[parser]
    read: set[bool] = set()

    @settings(max_examples=EXAMPLES, derandomize=True, database=None, deadline=None)
    @given(damaged(seed) | st.binary(max_size=300))
    def any_bytes(whole: bytes) -> None:
        with TemporaryDirectory() as folder:
            begun = time.process_time()
            read.add(parse(parser, whole, Path(folder)))
            assert time.process_time() - begun < SECONDS

    any_bytes()
    assert False in read


@pytest.mark.skipif(find_spec("atheris") is None, reason="needs atheris")
def test_any_bytes_that_reach_more(tmp_path: Path) -> None:
    """Atheris, which sees what bytes reach, finds none that is a defect either."""
    script = Path(__file__).parent / "fuzz" / "files.py"
    done = subprocess.run(
        [sys.executable, script, "-runs=1500", "-seed=1"],
        env={k: v for k, v in os.environ.items() if not k.startswith("COV")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Done 1500 runs" in done.stderr
    assert list(tmp_path.iterdir()) == []
