"""`query` and `status`: what they ask, print, and give back as exit code."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from workatlas.errors import StoreError
from workatlas.server.cli import run
from workatlas.stores import Snapshot

from .server_fakes import ONET, STUDY, FakeAnswer, FakeBackend


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Start in an empty folder with a store of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKATLAS_STORE", str(tmp_path / "graph"))
    return tmp_path / "graph"


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> FakeBackend:
    """Stand in for the store and the service."""
    return FakeBackend.instead_of_the_real_one(monkeypatch)


def told(capsys: pytest.CaptureFixture[str]) -> Any:
    """Give the one JSON document on standard output."""
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (FakeAnswer({"data": {"a": 1}}), 0),
        (FakeAnswer({"data": None, "errors": [{"message": "no"}]}), 1),
        (FakeAnswer({"errors": [{"message": "no"}]}, is_request_error=True), 2),
    ],
)
def test_query(
    backend: FakeBackend,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    answer: FakeAnswer,
    code: int,
) -> None:
    """The answer is printed whatever is in it, and the exit code tells what is."""
    (tmp_path / "q.graphql").write_text("query A { a }")
    backend.reply = answer
    arguments = ["query", "q.graphql", "--variables", '{"x": 1}', "--operation", "A"]
    assert run(arguments) == code
    assert told(capsys) == answer.told
    assert backend.asked == [("query A { a }", {"x": 1}, "A")]
    assert backend.closed


def test_query_from_standard_input(
    backend: FakeBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dash reads the query from standard input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("{ a }"))
    assert run(["query", "-"]) == 0
    assert backend.asked == [("{ a }", None, None)]


def test_query_with_a_defect(
    backend: FakeBackend, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    """A defect behind an error of the answer is told with its trace."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("{ a }"))
    body = {"data": None, "errors": [{"message": "masked"}]}
    backend.reply = FakeAnswer(body, unexpected=[ValueError("odd")])
    assert run(["query", "-"]) == 1
    assert "ValueError: odd" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["none.graphql"],
        ["latin1.graphql"],
        ["-", "--variables", "{"],
        ["-", "--variables", "[1]"],
    ],
)
def test_query_that_cannot_be_read(
    backend: FakeBackend,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
) -> None:
    """A file that is not there or not UTF-8, and odd variables, are told by name."""
    (tmp_path / "latin1.graphql").write_bytes(b"\xe9")
    monkeypatch.setattr(sys, "stdin", io.StringIO("{ a }"))
    assert run(["query", *arguments]) == 2
    assert f"Error: {arguments[-2:][0]}: " in capsys.readouterr().err
    assert backend.asked == []


def files(**coverage: str) -> list[dict[str, str]]:
    """Make the files of a graph in an answer."""
    return [{"name": f"{n}.txt", "coverage": c} for n, c in coverage.items()]


def test_status(
    backend: FakeBackend, capsys: pytest.CaptureFixture[str], store: Path
) -> None:
    """Status tells store, version, graphs, builds, and files that are not whole."""
    backend.graphs = {ONET.id: ONET, STUDY.id: STUDY}
    release = {"id": ONET.id, "files": files(A="WHOLE", B="PART", C="ABSENT")}
    study = {"id": STUDY.id, "files": files(D="WHOLE")}
    backend.reply = FakeAnswer(
        {"data": {"releases": [release], "studies": [study], "crosswalks": []}}
    )
    assert run(["status", "--json"]) == 0
    report = told(capsys)
    assert report["store"] == str(store)
    assert report["version"] == Snapshot(backend.graphs).version
    assert report["releases"] == [
        {
            "id": "onet-1.0",
            "published": "2025-01",
            "build": "b1",
            "builtAt": "2026-01-01T00:00:00Z",
            "synthetic": True,
            "notWhole": {"B.txt": "PART", "C.txt": "ABSENT"},
        }
    ]
    assert report["studies"][0]["published"] is None
    assert run(["status"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"store    {store}",
        f"version  {report['version']}",
        "onet-1.0: build b1, published 2025-01, invented",
        "  B.txt: loaded in part",
        "  C.txt: not loaded",
        "gpts-are-gpts: build b2",
    ]
    assert backend.closed


def test_status_of_nothing(
    backend: FakeBackend, capsys: pytest.CaptureFixture[str]
) -> None:
    """A store with nothing in it says so, and how to load something."""
    backend.graphs = {}
    backend.reply = FakeAnswer(
        {"data": {"releases": [], "studies": [], "crosswalks": []}}
    )
    assert run(["status"]) == 0
    assert "nothing is loaded" in capsys.readouterr().out


def test_status_of_a_damaged_store(
    backend: FakeBackend, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the store cannot tell is an error, with what to do."""
    error = {"message": "Damaged.", "extensions": {"code": "STORE", "todo": "Load."}}
    backend.reply = FakeAnswer({"data": None, "errors": [error]})
    assert run(["status"]) == StoreError.exit_code
    assert "-> Load." in capsys.readouterr().err
