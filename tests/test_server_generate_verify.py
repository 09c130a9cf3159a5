"""`generate` and `verify`: what they pass on, print, and give back as exit code."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from workatlas.errors import NotFoundError
from workatlas.loaders import generate as generator
from workatlas.server.cli import run
from workatlas.server.commands import generate


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Start in an empty folder with a store of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKATLAS_STORE", str(tmp_path / "graph"))
    return tmp_path


def test_generate(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A release is written to the folder, and the report says what is in it."""
    sizes = ["--occupations", "3", "--tasks", "12", "--seed", "5"]
    assert run(["generate", *sizes, "out", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["occupations"], report["tasks"], report["seed"]) == (3, 12, 5)
    assert (folder / "out" / "Task Statements.txt").is_file()
    assert run(["generate", *sizes, "--layout", "onet-csv-1", "csv"]) == 0
    assert "onet-csv-1" in capsys.readouterr().out
    assert (folder / "csv" / "task_statements.csv").is_file()


def test_generate_the_next_edition(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is written after a folder, in its size; another size is refused."""
    assert run(["generate", "--occupations", "3", "--tasks", "12", "first"]) == 0
    assert run(["generate", "--after", "first", "--seed", "2", "next"]) == 0
    assert (folder / "next" / "Task Statements.txt").is_file()
    assert not (folder / "next" / "exposure").exists()
    assert run(["generate", "--after", "first", "--tasks", "9", "other"]) == 2
    assert "Leave out --occupations" in capsys.readouterr().err
    assert not (folder / "other").exists()


def test_generate_knows_every_layout() -> None:
    """The help names the layouts that there are."""
    assert tuple(generator.LAYOUTS) == generate.LAYOUTS


def test_generate_overwrites_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name that is taken is refused with exit code 2."""
    (folder / "out").write_text("mine")
    assert run(["generate", "out"]) == 2
    assert "something already" in capsys.readouterr().err


@dataclass
class FakeReport:
    """A report of a verification."""

    wrong: list[str]
    checked: tuple[str, ...] = ("a.txt",)

    def as_dict(self) -> dict[str, Any]:
        """Give the facts."""
        return {"wrong": self.wrong}

    def lines(self) -> list[str]:
        """Give a line a figure."""
        return ["checked", *self.wrong]


def test_verify_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A store without graphs is an error, not a success: its name may be mistyped."""
    assert run(["verify"]) == NotFoundError.exit_code
    assert str(folder / "graph") in capsys.readouterr().err


@pytest.mark.parametrize(("wrong", "code"), [([], 0), (["a.txt:3"], 8)])
def test_verify(
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    wrong: list[str],
    code: int,
) -> None:
    """Every figure that is not on its line is reported, and the exit code says so."""
    archives: list[Path] = []

    def verify(writer: Any, archive: Path) -> FakeReport:
        assert writer.address == str(folder / "graph")
        archives.append(archive)
        return FakeReport(wrong)

    module = ModuleType("workatlas.loaders.verify")
    monkeypatch.setattr(module, "verify", verify, raising=False)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    assert run(["verify"]) == code
    assert capsys.readouterr().out.splitlines() == ["checked", *wrong]
    assert run(["verify", "--json"]) == code
    assert json.loads(capsys.readouterr().out) == {"wrong": wrong}
    assert archives == [folder / "graph-archive"] * 2
