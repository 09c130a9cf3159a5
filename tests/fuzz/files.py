"""Let atheris look for bytes that a file parser neither reads nor refuses.

    python tests/fuzz/files.py                            # all parsers, until Ctrl-C
    python tests/fuzz/files.py table zip -runs=100000 -max_len=2000

Names are of parsers in ``parsers.py``; what begins with ``-`` is libFuzzer's. The first
byte of an input chooses among the parsers. Atheris sees which lines of Python an input
reaches, and goes on from those that reach more. An input that is neither read nor
refused is kept in the folder that this was begun in.
"""

import importlib
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

# A script has only its own folder to import from.
sys.path.insert(0, str(Path(__file__).parent.parent.parent))

atheris: Any = importlib.import_module("atheris")
# What is imported before is not instrumented, which takes long.
importlib.import_module("workatlas.schema")
with atheris.instrument_imports(include=["workatlas.loaders", "zipfile", "tomllib"]):
    from tests.fuzz.parsers import PARSERS, parse, seeds

_USUAL = ("-timeout=5", "-rss_limit_mb=2048", "-max_len=6000")


def main() -> None:
    """Fuzz parsers, beginning with a file that each can read."""
    names = [each for each in sys.argv[1:] if not each.startswith("-")]
    options = [each for each in sys.argv[1:] if each.startswith("-")]
    if unknown := set(names) - PARSERS.keys():
        sys.exit(f"No parser is named {unknown.pop()}, but {', '.join(PARSERS)}.")
    chosen = names or list(PARSERS)
    with TemporaryDirectory(prefix="workatlas-fuzz-") as name:
        folder = Path(name)
        (corpus := folder / "corpus").mkdir()
        known = seeds(folder)
        for place, parser in enumerate(chosen):
            (corpus / parser).write_bytes(bytes([place]) + known[parser])

        def one(whole: bytes) -> None:
            parser = chosen[whole[0] % len(chosen)] if whole else chosen[0]
            with TemporaryDirectory(dir=folder) as empty:
                parse(parser, whole[1:], Path(empty))

        atheris.Setup([sys.argv[0], str(corpus), *_USUAL, *options], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
