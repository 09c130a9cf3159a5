"""`load`, `serve` and `up` against stand-ins: what they pass on and print."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from workatlas.errors import BusyError, DataError, SourceError
from workatlas.server.cli import run
from workatlas.server.settings import Settings, data_folder
from workatlas.stores import PublishedGraph, Snapshot

from .server_fakes import ONET, STUDY


class FakeWriter:
    """A loading face with something published or not."""

    def __init__(self) -> None:
        """Have nothing published."""
        self.graphs: dict[str, PublishedGraph] = {}
        self.opened: list[tuple[str, str | None, str | None]] = []
        self.closed = 0

    def snapshot(self) -> Snapshot:
        """Give what is published."""
        return Snapshot(self.graphs)

    def close(self) -> None:
        """Count it."""
        self.closed += 1


class FakeReport:
    """A report of a load or of a verification."""

    def __init__(self, **facts: Any) -> None:
        """Keep the facts."""
        self.facts = facts

    def as_dict(self) -> dict[str, Any]:
        """Give the facts."""
        return self.facts

    def lines(self) -> list[str]:
        """Give a line a fact."""
        return [f"{name} {value}" for name, value in self.facts.items()]


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Start in an empty folder with a store of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKATLAS_STORE", str(tmp_path / "graph"))
    return tmp_path / "graph"


@pytest.fixture
def writer(monkeypatch: pytest.MonkeyPatch) -> FakeWriter:
    """Stand in for the loading face of the store."""
    fake = FakeWriter()

    def open_fake(
        address: str, *, user: str, password: str | None, ca_file: Path | None
    ) -> FakeWriter:
        assert ca_file is None
        fake.opened.append((address, user, password))
        return fake

    monkeypatch.setattr("workatlas.stores.address.open_writer", open_fake)
    return fake


def stand_in(monkeypatch: pytest.MonkeyPatch, name: str, function: Any) -> None:
    """Put a function in the place of a loader's."""
    module = ModuleType(name)
    setattr(module, name.rpartition(".")[2], function)
    monkeypatch.setitem(sys.modules, name, module)


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Note what is loaded; an entry of `failures` in the list's place fails."""
    calls: list[dict[str, Any]] = []

    def load(writer: Any, source: str, **given: Any) -> FakeReport:
        given["progress"](1, 2)
        calls.append({"source": source, "writer": writer, **given})
        return FakeReport(loaded=source)

    stand_in(monkeypatch, "workatlas.loaders.load", load)
    return calls


def told(capsys: pytest.CaptureFixture[str]) -> Any:
    """Give the one JSON document on standard output."""
    return json.loads(capsys.readouterr().out)


def test_load_passes_everything_on(
    writer: FakeWriter,
    loads: list[dict[str, Any]],
    capsys: pytest.CaptureFixture[str],
    store: Path,
) -> None:
    """Source, place, files and store go to the loader; the report comes back."""
    arguments = ["load", "onet@29.2", "--from", "db.zip", "--without", "A.txt"]
    arguments += ["--without", "B.txt", "--partial", "C.txt", "--store", f"{store}2"]
    assert run(arguments) == 0
    (call,) = loads
    assert (call["source"], call["origin"]) == ("onet@29.2", "db.zip")
    assert (call["without"], call["partial"]) == (["A.txt", "B.txt"], ["C.txt"])
    assert call["archive"] == Path(f"{store}2-archive")
    assert call["limits"].connect_seconds == 5.0
    assert call["now"].endswith("Z")
    assert writer.opened == [(f"{store}2", "neo4j", None)]
    assert writer.closed == 1
    assert capsys.readouterr().out == "loaded onet@29.2\n"


def test_load_reports_as_json(
    writer: FakeWriter,
    loads: list[dict[str, Any]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With --json the report is one document; without options nothing is left out."""
    assert run(["load", "onet", "--json"]) == 0
    assert told(capsys) == {"loaded": "onet"}
    assert (loads[0]["without"], loads[0]["partial"]) == ((), ())
    assert loads[0]["origin"] is None
    assert writer.closed == 1


def test_failed_load(
    writer: FakeWriter,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """An error of the loader is told, and the store is let go."""

    def load(*_: Any, **__: Any) -> None:
        raise DataError("Wrong.", file="a.txt", line=3, column="N")

    stand_in(monkeypatch, "workatlas.loaders.load", load)
    assert run(["load", "onet", "--json"]) == DataError.exit_code
    assert told(capsys)["error"]["where"] == "a.txt:3:N"
    assert writer.closed == 1


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """Note with which settings a server would run."""
    runs: list[Settings] = []
    monkeypatch.setattr("workatlas.server.serving.run_server", runs.append)
    return runs


def test_serve(served: list[Settings], store: Path) -> None:
    """Options go before the environment."""
    assert run(["serve", "--host", "::1", "--port", "1", "--workers", "2"]) == 0
    assert run(["serve", "--store", "other"]) == 0
    first, second = served
    assert (first.host, first.port, first.workers) == ("::1", 1, 2)
    assert (first.store, second.store) == (str(store), "other")


def test_up_serves_what_is_there(
    writer: FakeWriter, loads: list[dict[str, Any]], served: list[Settings]
) -> None:
    """A graph that is there is served as it is."""
    writer.graphs = {ONET.id: ONET}
    assert run(["up", "--port", "1"]) == 0
    assert loads == []
    assert [settings.port for settings in served] == [1]
    assert writer.closed == 1


def test_fill_loads_and_serves_nothing(
    writer: FakeWriter,
    loads: list[dict[str, Any]],
    served: list[Settings],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What runs before a service loads if there is nothing, and says what there is."""
    assert run(["fill"]) == 0
    assert [call["source"] for call in loads] == ["onet", "gpts-are-gpts"]
    writer.graphs = {ONET.id: ONET}
    assert run(["fill"]) == 0
    assert len(loads) == 2
    assert served == []
    assert f"Serving {ONET.id}; some of it is invented" in capsys.readouterr().out
    writer.graphs = {STUDY.id: STUDY}
    assert run(["fill"]) == 0
    assert f"Serving {STUDY.id}.\n" in capsys.readouterr().out


def test_up_loads_from_the_publishers(
    writer: FakeWriter,
    loads: list[dict[str, Any]],
    served: list[Settings],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Without a release the current one and its labels are downloaded, then served."""
    writer.graphs = {STUDY.id: STUDY}
    assert run(["up"]) == 0
    assert [call["source"] for call in loads] == ["onet", "gpts-are-gpts"]
    limits = loads[0]["limits"]
    assert (limits.read_seconds, limits.attempts) == (5.0, 1)
    assert len(served) == 1
    assert "loaded onet" in capsys.readouterr().err


def failing_load(
    monkeypatch: pytest.MonkeyPatch, **failures: Exception
) -> Callable[[], list[str]]:
    """Let the loads of some sources fail; gives which were asked for."""
    asked: list[str] = []

    def load(_writer: Any, source: str, **_: Any) -> FakeReport:
        asked.append(source)
        if source in failures:
            raise failures[source]
        return FakeReport(loaded=source)

    stand_in(monkeypatch, "workatlas.loaders.load", load)
    return lambda: asked


@pytest.mark.usefixtures("writer")
def test_up_without_a_network(
    monkeypatch: pytest.MonkeyPatch,
    served: list[Settings],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """When the release cannot be had one line says so, and the sample is served."""
    asked = failing_load(monkeypatch, onet=SourceError("Not reached."))
    assert run(["up"]) == 0
    assert asked() == ["onet", "sample"]
    assert len(served) == 1
    (line,) = (x for x in capsys.readouterr().err.splitlines() if "could not" in x)
    assert "sample" in line


@pytest.mark.usefixtures("writer")
@pytest.mark.parametrize(
    ("failing", "expected"),
    [
        (["onet"], ["onet", "onet@29.2", "gpts-are-gpts"]),
        (["onet", "onet@29.2"], ["onet", "onet@29.2", "sample"]),
    ],
)
def test_up_with_a_release_of_another_layout(
    monkeypatch: pytest.MonkeyPatch,
    served: list[Settings],
    failing: list[str],
    expected: list[str],
) -> None:
    """A current release that is not as described gives way to a checked one."""
    wrong = DataError("A column is not known.", file="a.txt")
    asked = failing_load(monkeypatch, **dict.fromkeys(failing, wrong))
    assert run(["up"]) == 0
    assert asked() == expected
    assert len(served) == 1


@pytest.mark.usefixtures("writer")
def test_up_without_labels(
    monkeypatch: pytest.MonkeyPatch,
    served: list[Settings],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A release whose labels cannot be had is served without them."""
    failures = {"gpts-are-gpts": SourceError("Not reached.")}
    asked = failing_load(monkeypatch, **failures)
    assert run(["up"]) == 0
    assert asked() == ["onet", "gpts-are-gpts"]
    assert len(served) == 1
    assert "without it" in capsys.readouterr().err


@pytest.mark.usefixtures("writer")
def test_up_does_not_hide_other_errors(
    monkeypatch: pytest.MonkeyPatch, served: list[Settings]
) -> None:
    """Another load that is running, for one, is no reason for the sample."""
    asked = failing_load(monkeypatch, onet=BusyError("Busy."))
    assert run(["up"]) == BusyError.exit_code
    assert asked() == ["onet"]
    assert served == []


def test_default_archive_is_the_platforms(
    writer: FakeWriter, loads: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """For Neo4j sources are kept in the platform's folder; credentials are used."""
    monkeypatch.setenv("WORKATLAS_NEO4J_PASSWORD", "only-here")
    assert run(["load", "onet", "--store", "neo4j://127.0.0.1:1"]) == 0
    assert loads[0]["archive"] == data_folder() / "archive"
    assert writer.opened == [("neo4j://127.0.0.1:1", "neo4j", "only-here")]
