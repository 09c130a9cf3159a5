"""What the examples are run against: the sample, a release alone, a real release."""

import os
import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

import httpx
import pytest

from workatlas.loaders.generate import generate
from workatlas.loaders.load import load
from workatlas.stores import open_writer

from .live_server import server
from .made_once import made_once

EXAMPLES = Path(__file__).parent.parent / "examples"


@dataclass(frozen=True)
class Served:
    """A server, and what of its release the examples are asked for."""

    address: str
    code: str
    task: int
    studied: bool = True

    def ask(self, document: str, **variables: Any) -> dict[str, Any]:
        """Give the data of an answer; one with errors fails the test."""
        asked = {"query": document, "variables": variables}
        answer = httpx.post(f"{self.address}/graphql", json=asked, timeout=30).json()
        assert "errors" not in answer, answer
        return dict(answer["data"])

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a client of this server."""
        return {**os.environ, "WORKATLAS_URL": self.address}


@contextmanager
def serving(environment: dict[str, str]) -> Generator[str]:
    """Serve a store, and give the address."""
    with server(environment, "serve") as running:
        yield str(running.client.base_url).rstrip("/")


def environment_of(store: Path) -> dict[str, str]:
    """Give the environment of processes that share a store."""
    return {**os.environ, "WORKATLAS_STORE": str(store), "PYTHONUNBUFFERED": "1"}


@pytest.fixture(scope="module")
def sample(sample_graph: Path) -> Generator[Served]:
    """Serve the invented sample with its study."""
    with serving(environment_of(sample_graph)) as address:
        yield Served(address, "19-1017.00", 97)


@pytest.fixture(scope="module")
def unstudied(tmp_path_factory: pytest.TempPathFactory) -> Generator[Served]:
    """Serve an invented release that no study is joined to."""

    def make(folder: Path) -> None:
        generate(folder / "files", occupations=2, tasks=12, seed=7)
        load(
            open_writer(str(folder / "graph")),
            "onet@7.0",
            archive=folder / "archive",
            now="2026-01-02T03:04:05Z",
            origin=str(folder / "files"),
        )

    graph = made_once(tmp_path_factory, "unstudied", make) / "graph"
    first = "{ taskConnection(first: 1) { nodes { taskId occupation { code } } } }"
    with serving(environment_of(graph)) as address:
        (task,) = Served(address, "", 0).ask(first)["taskConnection"]["nodes"]
        code = task["occupation"]["code"]
        yield Served(address, code, task["taskId"], studied=False)


@pytest.fixture(scope="module")
def real(real_store: Path) -> Generator[Served]:
    """Serve the real release with the real labels."""
    with serving(environment_of(real_store)) as address:
        yield Served(address, "29-1125.00", 392)


@pytest.fixture(params=["sample", "unstudied", "real"])
def served(request: pytest.FixtureRequest) -> Served:
    """Give each of the servers in turn."""
    found: Served = request.getfixturevalue(request.param)
    return found


def assert_shown(command: str, printed: str) -> None:
    """Compare what the README shows below a command; ``...`` stands for any lines."""
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    _, _, below = readme.partition(f"\n$ {command}\n")
    lines = list(
        takewhile(lambda line: line[:2] not in ("$ ", "``"), below.split("\n"))
    )
    assert lines
    pattern = "".join(
        "(?:.*\n)*?" if line == "..." else f"{re.escape(line)}\n" for line in lines
    )
    assert re.fullmatch(pattern, printed), printed
