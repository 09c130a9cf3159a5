"""`workatlas diff`: what it counts, lists, and tells where it cannot."""

import json
from pathlib import Path

import pytest

from workatlas.server.cli import run

from .answers import SAMPLE, serve_loaded
from .releases_compared import NEW, OLD, altered


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the sample, and a copy with another wording and without ratings."""
    edited = altered(
        tmp_path / "next",
        task_statements=lambda rows: [
            [*rows[0][:2], "Fold kites.", *rows[0][3:]],
            *rows[1:],
        ],
        occupation_data=lambda rows: [*rows, ["19-1099.00", "Kite Folders", "Fold."]],
    )
    serve_loaded(
        tmp_path,
        ("onet@9.8", SAMPLE),
        ("onet@9.9", edited),
        partial=("Task Ratings.txt",),
    )
    monkeypatch.setenv("WORKATLAS_STORE", str(tmp_path / "graph"))


def test_changes_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """Every kind with its counts, and what cannot be told."""
    assert run(["diff", OLD, NEW]) == 0
    told = capsys.readouterr().out
    assert f"tasks: 100 in {OLD}, 100 in {NEW}, 100 in both\n  0 added\n" in told
    assert "  1 reworded\n" in told
    gap = f"  not told, RATINGS_LOST: Task Ratings.txt of {NEW} is in part loaded\n"
    assert gap in told
    assert f"occupations: 12 in {OLD}, 13 in {NEW}, 12 in both\n  1 added\n" in told
    assert "activities: " in told


def test_changes_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """With marks where words changed; what one release does not have stands alone."""
    assert run(["diff", OLD, "latest", "--list", "reworded"]) == 0
    first, names, words = capsys.readouterr().out.splitlines()
    assert first == "1 of 1"
    assert names == f"{OLD}/task/99 -> {NEW}/task/99"
    assert words.startswith("  [-Direct")
    assert words.endswith("{+Fold kites.+}")
    arguments = ["diff", OLD, NEW, "--list", "added", "--kind", "occupation"]
    assert run(arguments) == 0
    told = capsys.readouterr().out
    assert told == f"1 of 1\n{NEW}/occupation/19-1099.00\n  Kite Folders\n"
    assert run([*arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["totalCount"] == 1


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["onet-1", NEW], 6, "Release onet-1 is not in the graph"),
        ([OLD, OLD], 2, "from and to are both"),
        ([OLD, NEW, "--list", "ratings-lost"], 2, "RATINGS_LOST cannot be told"),
        ([OLD, NEW, "--list", "moved", "--kind", "occupation"], 2, "No occupations"),
    ],
)
def test_what_cannot_be_told_is_an_error(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, told: str
) -> None:
    """With what to do next, and the exit code of its kind."""
    assert run(["diff", *arguments]) == code
    shown = capsys.readouterr().err
    assert told in shown
    assert "\n  -> " in shown
