"""Runs the examples of the documentation over the bundled sample.

A ``graphql`` block is asked, a ``json`` block after it is its answer's data; in a
``console`` block every line ``$ workatlas ...`` is run, and lines below it must be part
of what it prints. ``<!-- skip: next -->`` before a block says that it needs more than
the sample.
"""

import asyncio
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser

from workatlas.loaders.load import load
from workatlas.resolvers import Service
from workatlas.stores import open_reader, open_writer

FOLDER = TemporaryDirectory(prefix="workatlas-docs-")
STORE, ARCHIVE = (Path(FOLDER.name) / name for name in ("graph", "archive"))
CHANGED = Path(FOLDER.name) / "changed"
"""The store of commands, which load more: what is asked elsewhere stays as it is."""
NOW = "2026-01-02T03:04:05Z"
PROMPT = "$ "


@cache
def service() -> Service:
    """Serve the sample, loaded once."""
    for store in (STORE, CHANGED):
        load(open_writer(str(store)), "sample", archive=ARCHIVE, now=NOW)
    return Service(open_reader(str(STORE)))


def ask(example: Example) -> str | None:
    """Ask a query; an answer with errors fails the example."""
    answer = asyncio.run(service().answer(example.parsed)).as_dict()
    example.namespace["data"] = answer.get("data")
    return json.dumps(answer["errors"]) if "errors" in answer else None


def compare(example: Example) -> str | None:
    """Compare the data of the query before with what the block says."""
    found = example.namespace["data"]
    if json.loads(example.parsed) == found:
        return None
    return json.dumps(found, indent=2)


def run(example: Example) -> str | None:
    """Run the commands of a block, and look for the lines below each."""
    service()
    for block in f"\n{example.parsed}".split(f"\n{PROMPT}")[1:]:
        command, *expected = block.strip().splitlines()
        done = subprocess.run(
            [
                "bash",
                "-c",
                command.replace("workatlas", f"{sys.executable} -m workatlas"),
            ],
            cwd=FOLDER.name,
            env={
                **os.environ,
                "WORKATLAS_STORE": str(CHANGED),
                "WORKATLAS_ARCHIVE": str(ARCHIVE),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        printed = done.stdout + done.stderr
        missing = [line for line in expected if line.strip() not in printed]
        if done.returncode or missing:
            return f"{command}: {done.returncode}, without {missing} in\n{printed}"
    return None


pytest_collect_file = Sybil(
    parsers=[
        CodeBlockParser(language="graphql", evaluator=ask),
        CodeBlockParser(language="json", evaluator=compare),
        CodeBlockParser(language="console", evaluator=run),
        PythonCodeBlockParser(),
        SkipParser(),
    ],
    patterns=["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/*.md"],
).pytest()
