"""`releases`: what is known, what is in the graph, and where from."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from workatlas.errors import StoreError
from workatlas.loaders.manifest import known_releases
from workatlas.server.cli import run
from workatlas.server.commands import output

from .answers import SAMPLE
from .generated import contents
from .server_fakes import FakeAnswer, FakeBackend

REAL, INVENTED = "onet-29.2", "onet-9.9"
Told = Mapping[str, Mapping[str, Any]]


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Have a store of its own."""
    monkeypatch.setenv("WORKATLAS_STORE", str(tmp_path / "graph"))


def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """Run the command; give what it tells of each release."""
    capsys.readouterr()
    assert run(["releases", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["releases"]
    return {release["id"]: release for release in listed}


def test_what_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    """Of a release that is not loaded: month, layout, checksums; the newest first."""
    releases = told(capsys)
    assert set(releases) == {source.id for source in known_releases()}
    numbers = [float(name.removeprefix("onet-")) for name in releases]
    assert numbers == sorted(numbers, reverse=True)
    one = dict(releases[REAL])
    files = {file["name"]: file for file in one.pop("files")}
    assert one == {
        "id": REAL,
        "known": True,
        "downloadable": True,
        "layout": "onet-text-1",
        "layoutVerified": True,
        "published": "2025-02",
        "loaded": False,
        "build": None,
        "builtAt": None,
        "synthetic": False,
        "bytes": None,
    }
    assert len(files["Occupation Data.txt"]["sha256"]) == 64
    assert not releases["onet-18.1"]["downloadable"]


def test_what_is_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    """An invented release is told as it is, also under the number of a real one."""
    for source in ("onet@9.9", "onet@29.2"):
        assert run(["load", source, "--from", str(SAMPLE)]) == 0
    releases = told(capsys)
    assert [*releases][-2:] == [REAL, INVENTED]
    read = {name: len(text) for name, text in contents(SAMPLE).items()}
    for name in (REAL, INVENTED):
        one = releases[name]
        assert (one["loaded"], one["synthetic"], one["known"]) == (True, True, False)
        assert (one["downloadable"], one["published"]) == (False, None)
        files = {file["name"]: file["bytes"] for file in one["files"]}
        assert files.items() <= read.items()
        assert one["bytes"] == sum(files.values()) > 0
    assert run(["releases"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0][:4] == ["release", "known", "download", "published"]
    one = releases[INVENTED]
    size = f"{one['bytes'] / 2**20:.1f}"
    day = one["builtAt"][:10]
    assert lines[-1] == [INVENTED, day, "yes", size, "MiB", one["build"]]
    assert ["onet-18.1", "yes", "2014-03"] in lines


def test_a_narrow_terminal_loses_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What does not fit is folded, not cut off."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "12")
    output.tell_table(["name"], [["a" * 20]])
    assert capsys.readouterr().out.count("a") == 21


def test_a_damaged_store(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the store cannot tell is an error, with what to do."""
    backend = FakeBackend.instead_of_the_real_one(monkeypatch)
    error = {"message": "Damaged.", "extensions": {"code": "STORE", "todo": "Load."}}
    backend.reply = FakeAnswer({"data": None, "errors": [error]})
    assert run(["releases"]) == StoreError.exit_code
    assert "-> Load." in capsys.readouterr().err
