"""The labels of "GPTs are GPTs": what the files hold, and nothing else."""

import re
from collections.abc import Iterable
from pathlib import Path

import polars as pl
import pytest

from workatlas.errors import DataError
from workatlas.loaders.gpts_are_gpts import read_gpts_are_gpts
from workatlas.stores import GraphKind

from .graph_rows import node
from .mini_labels import (
    NOW,
    OCCUPATIONS,
    TASKS,
    Cells,
    occupation,
    open_folder,
    read_labels,
    task,
    write_labels,
)

STUDY = "gpts-are-gpts"
TWO = (task(1), task(2))
ONE = (occupation("11-1.00"),)


def refused(
    folder: Path, tasks: Iterable[Cells] = TWO, occupations: Iterable[Cells] = ONE
) -> DataError:
    """Give the error of loading; it says what to do."""
    with pytest.raises(DataError) as caught:
        read_labels(folder / "in", tasks, occupations)
    assert caught.value.todo
    return caught.value


def place(error: DataError) -> tuple[str, int | None, str | None]:
    """Say where an error was found."""
    return error.file, error.line, error.column


def test_a_small_study_is_a_sound_graph(tmp_path: Path) -> None:
    """Nodes and relationships follow the model; each subject has its ratings."""
    graph = read_labels(tmp_path / "in", TWO, ONE)
    graph.check()
    assert (graph.id, graph.kind) == (STUDY, GraphKind.STUDY)
    heights = {label: table.height for label, table in graph.nodes.items()}
    assert heights == {
        "Study": 1,
        "SourceFile": 2,
        "Rater": 3,
        "Measure": 5,
        "RatedSubject": 3,
        "ExposureRating": 2 * 7 + 6,
        "JoinCount": 2,
    }
    assert {kind.name: table.height for kind, table in graph.edges.items()} == {
        "HAS_RATING": 20,
        "HAS_FILE": 2,
        "HAS_RATER": 3,
        "HAS_MEASURE": 5,
        "HAS_SUBJECT": 3,
    }


def test_subjects_are_rows(tmp_path: Path) -> None:
    """A task's row keeps ID, code and sentence, an occupation's row its code."""
    graph = read_labels(tmp_path / "in", TWO, ONE)
    assert node(graph, "RatedSubject", f"subject/{STUDY}/{TASKS}/3") == {
        "key": f"subject/{STUDY}/{TASKS}/3",
        "kind": "TASK",
        "taskId": 2,
        "code": "11-1.00",
        "elementId": None,
        "statement": "Fold paper 2 times.",
        "heading": None,
        "taskType": None,
        "suppressed": False,
        "file": TASKS,
        "line": 3,
    }
    found = node(graph, "RatedSubject", f"subject/{STUDY}/{OCCUPATIONS}/2")
    assert (found["taskId"], found["code"], found["statement"]) == (
        *(None, "11-1.00"),
        None,
    )


def test_files_say_what_was_read(tmp_path: Path) -> None:
    """Rows, contents and licence; the key is apart from a release's files."""
    graph = read_labels(tmp_path / "in", TWO, ONE)
    found = node(graph, "SourceFile", f"file/{STUDY}/{TASKS}")
    assert (found["fileName"], found["rows"], found["coverage"]) == (TASKS, 2, "WHOLE")
    assert (found["contents"], found["nullToken"]) == ("task_exposure", "")
    assert (found["licenceTitle"], found["retrieved"], found["url"]) == (
        *("MIT", NOW),
        None,
    )


def test_quotes_and_lines(tmp_path: Path) -> None:
    """Quoted separators, quotes and line ends are text; lines are those of the file."""
    sentence = 'Fold "paper"\tand\nwait.'
    graph = read_labels(tmp_path / "in", [task(1, Task=sentence), task(2)], ONE)
    subjects = graph.nodes["RatedSubject"].filter(pl.col("file") == TASKS)
    assert subjects["statement"].to_list() == [sentence, "Fold paper 2 times."]
    assert subjects["line"].to_list() == [2, 4]


@pytest.mark.parametrize(
    ("rows", "line", "column", "what"),
    [
        ([task(1, human_exposure_agg="E3")], 2, "human_exposure_agg", "E3"),
        ([task(1), task(2, gpt4_exposure="E9")], 3, "gpt4_exposure", "E9"),
        ([task(1, gpt4_automation="T5")], 2, "gpt4_automation", "T5"),
        ([task(1, gpt4_automation="E1")], 2, "gpt4_automation", "T0, T1, T2"),
        ([task(1, human_labels="E0")], 2, "human_labels", "human_exposure_agg"),
        ([task(1, human_labels="")], 2, "human_labels", "human_exposure_agg"),
        ([task(1, automation="0.5")], 2, "automation", "T / 4 for T1"),
        ([task(1, automation="much")], 2, "automation", "much"),
        ([task(1, automation="nan")], 2, "automation", "nan"),
        ([task(1, gpt4_automation="")], 2, "automation", "gpt4_automation"),
        ([task(1, alpha="1.0")], 2, "alpha", "[E1] for E2"),
        ([task(1, beta="0.0")], 2, "beta", "[E1] + 0.5 [E2] for E2"),
        ([task(1, gamma="0.0")], 2, "gamma", "[E1] + [E2] for E2"),
        ([task(1, beta="1.5")], 2, "beta", "1"),
        ([task(1, beta="-0.5")], 2, "beta", "0"),
        ([task(1), task(1)], 3, "Task ID", "twice"),
        ([task(1), task(2, **{"Task ID": "1"})], 3, "Task ID", "twice"),
        ([task(1, **{"Task ID": "1.5"})], 2, "Task ID", "1.5"),
        ([task(1, **{"Task ID": "one"})], 2, "Task ID", "one"),
        ([task(1, **{"Task ID": "0.0"})], 2, "Task ID", "0"),
        ([task(1, **{"Task ID": "1e30"})], 2, "Task ID", "1e30"),
        ([task(1, **{"Task ID": "2147483648"})], 2, "Task ID", "1 to 2147483647"),
        ([task(1, **{"Task ID": ""})], 2, "Task ID", "no value"),
        ([task(1, **{"O*NET-SOC Code": ""})], 2, "O*NET-SOC Code", "no value"),
        ([task(1, Task="")], 2, "Task", "no value"),
    ],
)
def test_wrong_rows_of_tasks(
    tmp_path: Path, rows: list[Cells], line: int, column: str, what: str
) -> None:
    """Each is refused with line and column, and the value or rule that was broken."""
    error = refused(tmp_path, rows)
    assert place(error) == (TASKS, line, column)
    assert what in error.what


@pytest.mark.parametrize(
    ("rows", "line", "column", "what"),
    [
        ([occupation("1-1.00")], 2, "O*NET-SOC Code", "like 11-1011.00"),
        ([occupation("11-1.00", dv_rating_beta="1.1")], 2, "dv_rating_beta", "1.1"),
        ([occupation("11-1.00", human_rating_beta="x")], 2, "human_rating_beta", "x"),
        ([*ONE, *ONE], 3, "O*NET-SOC Code", "twice"),
        ([occupation("")], 2, "O*NET-SOC Code", "no value"),
    ],
)
def test_wrong_rows_of_occupations(
    tmp_path: Path, rows: list[Cells], line: int, column: str, what: str
) -> None:
    """Each is refused with line and column, and the value or rule that was broken."""
    error = refused(tmp_path, occupations=rows)
    assert place(error) == (OCCUPATIONS, line, column)
    assert what in error.what


@pytest.mark.parametrize("name", [TASKS, OCCUPATIONS])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    """Both files are needed."""
    folder = write_labels(tmp_path / "in", TWO, ONE)
    (folder / name).unlink()
    with pytest.raises(DataError) as caught:
        read_gpts_are_gpts(open_folder(folder))
    assert place(caught.value) == (name, None, None)
    assert TASKS in caught.value.todo


def test_an_unknown_column_is_refused(tmp_path: Path) -> None:
    """A column that the description does not have may change what the others mean."""
    folder = write_labels(tmp_path / "in", TWO, ONE)
    path = folder / OCCUPATIONS
    path.write_bytes(path.read_bytes().replace(b"dv_rating_gamma", b"dv_rating_zeta"))
    with pytest.raises(DataError) as caught:
        read_gpts_are_gpts(open_folder(folder))
    assert place(caught.value) == (OCCUPATIONS, 1, "dv_rating_gamma")


def test_an_empty_cell_is_no_rating(tmp_path: Path) -> None:
    """Nothing is made up for it; the rows with an empty cell are counted."""
    rows = [
        task(1, gpt4_exposure_alt_rubric="", beta=""),
        task(2, human_exposure_agg="", human_labels=""),
        task(3),
    ]
    graph = read_labels(
        tmp_path / "in", rows, [occupation("11-1.00", dv_rating_beta="")]
    )
    graph.check()
    keys = set(graph.nodes["ExposureRating"]["key"])
    prefix = f"exposure/{STUDY}"
    assert f"{prefix}/1/gpt-4-alt-rubric/exposure" not in keys
    assert f"{prefix}/1/gpt-4/beta" not in keys
    assert f"{prefix}/2/human/exposure" not in keys
    assert f"{prefix}/11-1.00/gpt-4/beta" not in keys
    assert len(keys) == 3 * 7 - 3 + 6 - 1
    counted = graph.nodes["JoinCount"].select("fileName", "reason", "rows").rows()
    assert counted == [(TASKS, "RATING_BLANK", 2), (OCCUPATIONS, "RATING_BLANK", 1)]


def test_a_label_may_lack_its_score(tmp_path: Path) -> None:
    """The label stands in the file, so it is kept; no score is derived for it."""
    graph = read_labels(tmp_path / "in", [task(1, automation="")], ONE)
    found = node(graph, "ExposureRating", f"exposure/{STUDY}/1/gpt-4/automation")
    assert (found["exposureLabel"], found["score"]) == ("T1", None)


def test_invented_labels_name_no_author(tmp_path: Path) -> None:
    """With the generator's mark the study is synthetic and claims nobody's work."""
    folder = write_labels(tmp_path / "in", TWO, ONE)
    plain = read_gpts_are_gpts(open_folder(folder))
    (folder / "synthetic.json").write_text('{"synthetic": true}', encoding="utf-8")
    marked = read_gpts_are_gpts(open_folder(folder))
    assert (plain.synthetic, marked.synthetic) == (False, True)
    assert plain.fingerprint != marked.fingerprint
    study = node(marked, "Study", f"study/{STUDY}")
    assert study["synthetic"] is True
    assert study["heading"].startswith("Invented")
    assert (study["authors"], study["publisher"]) == ("", "WorkAtlas")
    absent = ("doi", "arxiv", "journal", "dataHeading", "version", "madeOn")
    assert [study[fact] for fact in absent] == [None] * 6
    assert (study["published"], marked.published) == ("", "")
    assert (study["url"], study["homepage"]) == ("", "")
    assert study["licenceTitle"] == "Apache-2.0"


def test_a_changed_copy_has_no_version(tmp_path: Path) -> None:
    """The publisher's version is named only for the publisher's bytes."""
    graph = read_labels(tmp_path / "in", TWO, ONE)
    study = node(graph, "Study", f"study/{STUDY}")
    assert (study["version"], study["dataPublished"]) == (None, None)
    assert study["dataHeading"] == "GPTs-are-GPTs"


def test_measures_in_the_graph(tmp_path: Path) -> None:
    """Order, labels, formula, and what each label does and does not say."""
    graph = read_labels(tmp_path / "in", TWO, ONE)
    table = graph.nodes["Measure"].sort("position")
    names = ["exposure", "automation", "alpha", "beta", "gamma"]
    assert table["measure"].to_list() == names
    assert table["labels"].to_list() == ["E0 E1 E2", "T0 T1 T2 T3 T4", *[None] * 3]
    assert table["labelOrder"].to_list() == [
        *("E0 E2 E1", "T0 T1 T2 T3 T4", None, None, None),
    ]
    assert table["formula"].to_list()[2:] == ["[E1]", "[E1] + 0.5 [E2]", "[E1] + [E2]"]
    exposure, automation = table.to_dicts()[:2]
    assert all(re.search(rf"\bE{n}: ", exposure["description"]) for n in range(3))
    assert "E0 does not" in exposure["notMeaning"]
    assert not re.search(r"\bT\d: ", automation["description"])
    assert graph.nodes["Rater"].sort("position")["rater"].to_list() == [
        *("human", "gpt-4", "gpt-4-alt-rubric"),
    ]
