"""A study of one's own, as CONTRIBUTING.md shows it: loaded, asked, verified."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from workatlas.errors import DataError, UsageError
from workatlas.loaders.load import load
from workatlas.loaders.report import LoadReport
from workatlas.loaders.verify import verify
from workatlas.resolvers import Service
from workatlas.stores import open_reader, open_writer

from .answers import ask

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "examples" / "own-study"
NOW = "2026-01-02T03:04:05Z"
QUERY = """{
  study(id: "my-team") {
    synthetic
    files { name contents }
    joinReport {
      rows matched unmatched
      counts { fileName reason rows matched rowConnection { nodes { taskId } } }
    }
  }
  tasks(taskIds: [99, 97, 96]) {
    exposureRatings(study: "my-team") {
      score basis ratedStatement rated provenance { file { name } line column }
    }
    exposureMissing { study { id } reason }
  }
}"""


def blocks(language: str) -> Iterator[str]:
    """Give the blocks of a language in CONTRIBUTING.md."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    yield from re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("name", ["study.toml", "ratings.csv"])
def test_what_is_shown_is_what_is_there(name: str) -> None:
    """CONTRIBUTING.md shows both files to the letter."""
    (shown,) = blocks(name.rpartition(".")[2])
    assert shown == (FOLDER / name).read_text(encoding="utf-8")


def loaded(folder: Path, source: Path = FOLDER, name: str = "my-team") -> LoadReport:
    """Load the sample and a study of one's own into a folder."""
    writer = open_writer(str(folder / "graph"))
    load(writer, "sample", archive=folder / "archive", now=NOW)
    return load(writer, name, archive=folder / "archive", now=NOW, origin=str(source))


async def test_the_study_is_joined_and_verified(tmp_path: Path) -> None:
    """Every row is accounted for, every figure has its line, and verify agrees."""
    report = loaded(tmp_path)
    assert "  my-team: 2 SAME_ID_SAME_WORDING in ratings.csv" in report.lines()
    data = await ask(Service(open_reader(str(tmp_path / "graph"))), QUERY)
    study = data["study"]
    assert study["synthetic"] is True
    assert study["files"] == [
        {"name": "ratings.csv", "contents": "TASK_EXPOSURE"},
        {"name": "study.toml", "contents": "DESCRIPTION"},
    ]
    joined = study["joinReport"]
    assert (joined["rows"], joined["matched"], joined["unmatched"]) == (4, 3, 1)
    told = {
        count["reason"]: [row["taskId"] for row in count["rowConnection"]["nodes"]]
        for count in joined["counts"]
        if count["matched"] is not None
    }
    assert told == {
        "SAME_ID_REWORDED": [97],
        "SAME_ID_SAME_WORDING": [99, 96],
        "TASK_NOT_IN_RELEASE": [12345],
    }
    same, reworded, blank = data["tasks"]
    place = {"file": {"name": "ratings.csv"}, "line": 3, "column": "drafted"}
    assert [r["score"] for r in same["exposureRatings"]] == [0.1]
    assert reworded["exposureRatings"] == [
        {
            "score": 0.75,
            "basis": "SAME_ID_REWORDED",
            "ratedStatement": "Send journal articles to readers.",
            "rated": "TASK",
            "provenance": place,
        }
    ]
    assert blank["exposureRatings"] == []
    reason = {"study": {"id": "my-team"}, "reason": "RATING_BLANK"}
    assert reason in blank["exposureMissing"]
    found = verify(open_writer(str(tmp_path / "graph")), tmp_path / "archive")
    assert found.wrong == []


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        ("another", "", "", "study 'my-team', not 'another'"),
        ("my-team", "[[raters]]", "[[raters", "not TOML"),
        ("my-team", 'kind = "EXPERT"', 'kind = "ROBOT"', "raters.0.kind"),
        ("my-team", 'rater = "team"', 'rater = "crew"', "crew or drafted"),
        ("my-team", 'score = "drafted"', "", "names no column"),
        ("my-team", 'taskId = "task"', "", "no column for taskId"),
        ("my-team", '"TASK"', '"ACTIVITY"', "no column for elementId"),
        ("my-team", 'id = "my-team"', 'id = "My team"', "pattern"),
    ],
)
def test_a_wrong_description_is_told(
    tmp_path: Path, name: str, old: str, new: str, what: str
) -> None:
    """What is wrong in the description is told with the file and the place in it."""
    source = copied(tmp_path / "mine", old, new)
    with pytest.raises(DataError) as caught:
        loaded(tmp_path, source, name)
    assert what in str(caught.value)
    assert "study.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "column", "needs"),
    [
        ("SOC_OCCUPATION", "code", "taxonomy"),
        ("ACTIVITY", "elementId", "level"),
    ],
)
def test_what_a_kind_needs_is_told(
    tmp_path: Path, kind: str, column: str, needs: str
) -> None:
    """Codes of SOC need their edition, activities their level."""
    source = copied(tmp_path / "mine", '"TASK"', f'"{kind}"')
    path = source / "study.toml"
    text = path.read_text(encoding="utf-8").replace("taskId =", f"{column} =")
    text = text.replace("statement =", "heading =")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=f"needs the {needs}"):
        loaded(tmp_path, source)


def copied(folder: Path, old: str, new: str) -> Path:
    """Copy the example into a folder, with another text in its description."""
    folder.mkdir()
    for name in ("study.toml", "ratings.csv"):
        text = (FOLDER / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


async def test_a_study_that_is_not_invented(tmp_path: Path) -> None:
    """It is cited as described, without a version: none is known of it here."""
    source = copied(tmp_path / "mine", "synthetic = true", "synthetic = false")
    writer = open_writer(str(tmp_path / "graph"))
    archive = tmp_path / "archive"
    load(writer, "my-team", archive=archive, now=NOW, origin=str(source))
    document = """{ study(id: "my-team") { synthetic title version
      source { title authors licence { name } } } }"""
    data = await ask(Service(open_reader(str(tmp_path / "graph"))), document)
    assert data["study"] == {
        "synthetic": False,
        "title": "What my team thinks of drafts",
        "version": None,
        "source": {
            "title": "What my team thinks of drafts",
            "authors": ["Doe, Jane"],
            "licence": {"name": "CC0 1.0"},
        },
    }


def test_a_folder_without_description_is_no_study(tmp_path: Path) -> None:
    """A name that is not known, and a folder that says nothing of it."""
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "ratings.csv").write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"no study\.toml"):
        loaded(tmp_path, empty)


def test_its_options_are_those_of_a_study(tmp_path: Path) -> None:
    """A file of it can be declared a part; none can be left out."""
    writer = open_writer(str(tmp_path / "graph"))
    common = {"archive": tmp_path / "archive", "now": NOW, "origin": str(FOLDER)}
    with pytest.raises(UsageError, match="cannot be loaded without"):
        load(writer, "my-team", without=["ratings.csv"], **common)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=r"ratings\.csv"):
        load(writer, "my-team", partial=["other.csv"], **common)  # type: ignore[arg-type]
    load(writer, "my-team", partial=["ratings.csv"], **common)  # type: ignore[arg-type]


def test_a_description_that_left_the_archive_is_told(tmp_path: Path) -> None:
    """Without its description nothing is known of the study's file: an error."""
    loaded(tmp_path)
    for path in (tmp_path / "archive").glob("*/study.toml"):
        path.unlink()
    writer = open_writer(str(tmp_path / "graph"))
    with pytest.raises(Exception, match="does not know ratings"):
        verify(writer, tmp_path / "archive")
