"""`workatlas explain`: a plan that people and programs can read."""

import json
from pathlib import Path

import pytest

from workatlas.server.cli import run

from .any_store import Store
from .mini import release

PAGE = """{ task(taskId: 1) { taskId frequency { value } related { task { taskId } }
  workActivities { title } }
  node(id: "onet-1.0/task/1") { id ... on Task { statement occupation { code } } } }"""


@pytest.fixture
def query(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Publish a small release, and write a query over it."""
    store = str(tmp_path / "graph")
    Store(store).publish(release())
    monkeypatch.setenv("WORKATLAS_STORE", store)
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "q.graphql"
    path.write_text(PAGE)
    return path


def test_a_plan_as_text(query: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Steps stand below each other, each with its needs; statements come last."""
    assert run(["explain", str(query)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("task  (Query.task; 1 objects, ")
    assert lines[1] == "  < task: a statement by key, 1 rows"
    assert "    < task_activities: the statement above, 1 rows" in lines
    assert "  ... Task" in lines
    assert lines[-1].startswith("  UNWIND $keys AS key MATCH ")


def test_a_plan_as_json(query: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same for programs; each step and statement says how long it took."""
    assert run(["explain", str(query), "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert [step["name"] for step in plan["steps"]] == ["task", "node"]
    assert {"text", "build", "keys", "ms"} == set(plan["statements"][0])
    assert plan["steps"][0]["ms"] > 0


def test_no_plan(query: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Introspection and what cannot be executed have none, and that is said."""
    for text in ("{ __schema { queryType { name } } }", "{ nothing }"):
        query.write_text(text)
        assert run(["explain", str(query)]) == 2
        assert "has no plan" in capsys.readouterr().err
