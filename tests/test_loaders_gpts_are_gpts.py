"""The labels of "GPTs are GPTs": what the files hold, and nothing else."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from workatlas.errors import DataError
from workatlas.loaders.description import describe
from workatlas.loaders.gpts_are_gpts import read_gpts_are_gpts
from workatlas.loaders.known import open_known
from workatlas.loaders.manifest import known_source
from workatlas.loaders.study import study_graph
from workatlas.loaders.study_files import read_files
from workatlas.stores import GraphKind, Subgraph

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

Rating = tuple[str, str, str, str | None, str | None]
RATINGS: tuple[Rating, ...] = (
    (TASKS, "human", "exposure", "human_exposure_agg", None),
    (TASKS, "gpt-4", "exposure", "gpt4_exposure", None),
    (TASKS, "gpt-4-alt-rubric", "exposure", "gpt4_exposure_alt_rubric", None),
    (TASKS, "gpt-4", "automation", "gpt4_automation", "automation"),
    (TASKS, "gpt-4", "alpha", None, "alpha"),
    (TASKS, "gpt-4", "beta", None, "beta"),
    (TASKS, "gpt-4", "gamma", None, "gamma"),
    *(
        (OCCUPATIONS, rater, measure, None, f"{name}_rating_{measure}")
        for rater, name in (("gpt-4", "dv"), ("human", "human"))
        for measure in ("alpha", "beta", "gamma")
    ),
)
"""File, rater, measure, column of the label, column of the score: as published."""


@pytest.fixture(scope="session")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Subgraph:
    """Load the published labels."""
    source = open_known(
        known_source(STUDY),
        archive=tmp_path_factory.mktemp("archive"),
        now=NOW,
        location=str(shared / "exposure" / STUDY),
    )
    return read_gpts_are_gpts(source)


@pytest.fixture(scope="session")
def raw(shared: Path) -> dict[str, pl.DataFrame]:
    """Read the published files without the loaders, lines numbered from 2."""
    folder = shared / "exposure" / STUDY
    return {
        name: pl.read_csv(folder / name, separator=mark, infer_schema=False)
        .with_row_index("line", offset=2)
        .with_columns(pl.col("line").cast(pl.Int64))
        for name, mark in ((TASKS, "\t"), (OCCUPATIONS, ","))
    }


def one(graph: Subgraph, label: str, key: str) -> dict[str, Any]:
    """Give the facts of one node."""
    return graph.nodes[label].row(by_predicate=pl.col("key") == key, named=True)


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
        "JoinCount": 1,
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
    assert one(graph, "RatedSubject", f"subject/{STUDY}/{TASKS}/3") == {
        "key": f"subject/{STUDY}/{TASKS}/3",
        "taskId": 2,
        "code": "11-1.00",
        "statement": "Fold paper 2 times.",
        "file": TASKS,
        "line": 3,
    }
    found = one(graph, "RatedSubject", f"subject/{STUDY}/{OCCUPATIONS}/2")
    assert (found["taskId"], found["code"], found["statement"]) == (
        *(None, "11-1.00"),
        None,
    )


def test_files_say_what_was_read(tmp_path: Path) -> None:
    """Rows, contents and licence; the key is apart from a release's files."""
    graph = read_labels(tmp_path / "in", TWO, ONE)
    found = one(graph, "SourceFile", f"file/{STUDY}/{TASKS}")
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
    (count,) = graph.nodes["JoinCount"].to_dicts()
    assert (count["reason"], count["rows"]) == ("RATING_BLANK", 3)


def test_a_label_may_lack_its_score(tmp_path: Path) -> None:
    """The label stands in the file, so it is kept; no score is derived for it."""
    graph = read_labels(tmp_path / "in", [task(1, automation="")], ONE)
    found = one(graph, "ExposureRating", f"exposure/{STUDY}/1/gpt-4/automation")
    assert (found["exposureLabel"], found["score"]) == ("T1", None)


def test_invented_labels_name_no_author(tmp_path: Path) -> None:
    """With the generator's mark the study is synthetic and claims nobody's work."""
    folder = write_labels(tmp_path / "in", TWO, ONE)
    plain = read_gpts_are_gpts(open_folder(folder))
    (folder / "synthetic.json").write_text('{"synthetic": true}', encoding="utf-8")
    marked = read_gpts_are_gpts(open_folder(folder))
    assert (plain.synthetic, marked.synthetic) == (False, True)
    assert plain.fingerprint != marked.fingerprint
    study = one(marked, "Study", f"study/{STUDY}")
    assert study["synthetic"] is True
    assert study["heading"].startswith("Invented")
    assert (study["authors"], study["publisher"]) == ("", "WorkAtlas")
    absent = ("doi", "arxiv", "venue", "version", "madeOn")
    assert [study[fact] for fact in absent] == [None] * 5
    assert (study["published"], marked.published) == ("", "")


def test_the_fingerprint_follows_the_content(tmp_path: Path) -> None:
    """Equal files give an equal one, whatever lies beside them; others another."""
    first = read_labels(tmp_path / "a", TWO, ONE)
    folder = write_labels(tmp_path / "b", TWO, ONE)
    (folder / "automation_gpt4_human_labels.tsv").write_bytes(b"not read")
    second = read_gpts_are_gpts(open_folder(folder))
    third = read_labels(tmp_path / "c", (*TWO, task(3)), ONE)
    assert first.fingerprint == second.fingerprint != third.fingerprint
    study = one(first, "Study", f"study/{STUDY}")
    assert study["fingerprint"] == first.fingerprint


def test_the_fingerprint_follows_the_description(tmp_path: Path) -> None:
    """A corrected sentence is a new build, though the files are the same."""
    study = describe(STUDY)
    corrected = study.model_copy(update={"heading": "Corrected"})
    source = open_folder(write_labels(tmp_path / "in", TWO, ONE))
    tables = read_files(study, source)
    first, second = (study_graph(s, source, tables) for s in (study, corrected))
    assert first.fingerprint != second.fingerprint


def test_a_changed_copy_has_no_version(tmp_path: Path) -> None:
    """The publisher's version is named only for the publisher's bytes."""
    graph = read_labels(tmp_path / "in", TWO, ONE)
    assert one(graph, "Study", f"study/{STUDY}")["version"] is None


def test_the_description_is_complete() -> None:
    """Ratings name known raters and measures; every measure says what it is not."""
    study = describe(STUDY)
    raters, measures = {r.id for r in study.raters}, {m.id for m in study.measures}
    ratings = [rating for file in study.files for rating in file.ratings]
    assert all(rating.column for rating in ratings)
    assert {r.rater for r in ratings} == raters
    assert {r.measure for r in ratings} == measures
    for measure in study.measures:
        assert measure.not_meaning.startswith("Not ")
        assert measure.not_meaning.endswith(".")
        assert set(measure.scores) <= {"E0", "E1", "E2", *measure.names}
    assert study.sha256 == describe(STUDY).sha256


def test_scores_of_the_description_follow_their_formulas() -> None:
    """The score of each label is what the formula beside it says."""
    study = describe(STUDY)
    for label in ("E0", "E1", "E2"):
        is_e1, is_e2 = float(label == "E1"), float(label == "E2")
        formulas = {"[E1]": is_e1, "[E1] + [E2]": is_e1 + is_e2}
        formulas["[E1] + 0.5 [E2]"] = is_e1 + 0.5 * is_e2
        for name in ("alpha", "beta", "gamma"):
            measure = study.measure(name)
            assert measure.scores[label] == formulas[measure.formula or ""]
    automation = study.measure("automation")
    assert automation.scores == {f"T{n}": n / 4 for n in range(5)}


def test_measures_in_the_graph(tmp_path: Path) -> None:
    """Order, labels, formula, and what each label does and does not say."""
    graph = read_labels(tmp_path / "in", TWO, ONE)
    table = graph.nodes["Measure"].sort("position")
    names = ["exposure", "automation", "alpha", "beta", "gamma"]
    assert table["measure"].to_list() == names
    assert table["labels"].to_list() == ["E0 E1 E2", "T0 T1 T2 T3 T4", *[None] * 3]
    assert table["formula"].to_list()[2:] == ["[E1]", "[E1] + 0.5 [E2]", "[E1] + [E2]"]
    exposure, automation = table.to_dicts()[:2]
    assert all(re.search(rf"\bE{n}: ", exposure["description"]) for n in range(3))
    assert "E0 does not" in exposure["notMeaning"]
    assert not re.search(r"\bT\d: ", automation["description"])
    assert graph.nodes["Rater"].sort("position")["rater"].to_list() == [
        *("human", "gpt-4", "gpt-4-alt-rubric"),
    ]


def test_real_study_says_where_it_is_from(real: Subgraph) -> None:
    """Title, authors, arXiv number, licence, version and addresses of both files."""
    real.check()
    study = one(real, "Study", f"study/{STUDY}")
    assert (study["arxiv"], study["licenceTitle"]) == ("2303.10130", "MIT")
    assert study["authors"].split("; ")[0] == "Eloundou, Tyna"
    assert (study["version"], study["madeOn"]) == ("0471612", "onet-27.2")
    assert study["synthetic"] is False
    files = real.nodes["SourceFile"].sort("fileName")
    assert files["fileName"].to_list() == [TASKS, OCCUPATIONS]
    assert files["rows"].to_list() == [19_265, 923]
    assert all(study["version"] in url for url in files["url"])
    (count,) = real.nodes["JoinCount"].to_dicts()
    assert count["rows"] == 0


@pytest.mark.parametrize("rating", RATINGS, ids=str)
def test_every_real_rating_stands_in_its_line(
    real: Subgraph, raw: dict[str, pl.DataFrame], rating: Rating
) -> None:
    """Label and score of every row equal the raw file's, and nothing is left over."""
    file, rater, measure, label, score = rating
    nothing = pl.lit(None)
    expected = raw[file].select(
        "line",
        (pl.col(label) if label else nothing).cast(pl.String).alias("exposureLabel"),
        (pl.col(score) if score else nothing).cast(pl.Float64).alias("score"),
        pl.lit(label or score).alias("column"),
    )
    found = real.nodes["ExposureRating"].filter(
        pl.col("file") == file, pl.col("rater") == rater, pl.col("measure") == measure
    )
    assert found.sort("line").select(expected.columns).equals(expected)


def test_no_other_rating_is_there(real: Subgraph, raw: dict[str, pl.DataFrame]) -> None:
    """Raters, measures and columns are those listed: nothing derived, none merged."""
    table = real.nodes["ExposureRating"]
    rows = sum(raw[file].height for file, *_ in RATINGS)
    assert table.height == rows == 19_265 * 7 + 923 * 6
    assert "gpt_3_relevant" not in table["column"].unique().to_list()


def test_real_subjects_equal_the_raw_rows(
    real: Subgraph, raw: dict[str, pl.DataFrame]
) -> None:
    """IDs, codes and sentences, the seven quoted ones too."""
    expected = raw[TASKS].select(
        pl.col("Task ID").str.strip_suffix(".0").cast(pl.Int64).alias("taskId"),
        pl.col("O*NET-SOC Code").alias("code"),
        pl.col("Task").alias("statement"),
        "line",
    )
    subjects = real.nodes["RatedSubject"].sort("line")
    found = subjects.filter(pl.col("file") == TASKS).select(expected.columns)
    assert found.equals(expected)
    assert found["statement"].str.contains('"', literal=True).sum() == 7
    codes = subjects.filter(pl.col("file") == OCCUPATIONS)["code"]
    assert codes.to_list() == raw[OCCUPATIONS]["O*NET-SOC Code"].to_list()


def test_real_task_392(real: Subgraph) -> None:
    """People say E1, the model E0 under both rubrics, T1; all in line 8639."""
    found = real.nodes["ExposureRating"].filter(
        pl.col("key").str.starts_with(f"exposure/{STUDY}/392/")
    )
    assert found["line"].unique().to_list() == [8639]
    facts = found.select("rater", "measure", "exposureLabel", "score").rows()
    assert sorted(facts) == [
        ("gpt-4", "alpha", None, 0.0),
        ("gpt-4", "automation", "T1", 0.25),
        ("gpt-4", "beta", None, 0.0),
        ("gpt-4", "exposure", "E0", None),
        ("gpt-4", "gamma", None, 0.0),
        ("gpt-4-alt-rubric", "exposure", "E0", None),
        ("human", "exposure", "E1", None),
    ]


def test_real_occupations_are_weighted_means(
    real: Subgraph, raw: dict[str, pl.DataFrame]
) -> None:
    """What the description says of occupations holds: core tasks count twice."""
    weight = pl.when(pl.col("Task Type") == "Core").then(2.0).otherwise(1.0)
    columns = {"gpt-4": "gpt4_exposure", "human": "human_exposure_agg"}
    means = real.nodes["ExposureRating"].filter(pl.col("file") == OCCUPATIONS)
    for rater, column in columns.items():
        for measure in ("alpha", "beta", "gamma"):
            scores = describe(STUDY).measure(measure).scores
            score = pl.col(column).replace_strict(scores, return_dtype=pl.Float64)
            expected = (
                raw[TASKS]
                .group_by("O*NET-SOC Code")
                .agg(((score * weight).sum() / weight.sum()).alias("expected"))
            )
            compared = (
                means.filter(pl.col("rater") == rater, pl.col("measure") == measure)
                .with_columns(code=pl.col("key").str.split("/").list.get(2))
                .join(expected, left_on="code", right_on="O*NET-SOC Code")
            )
            assert compared.height == 923
            gap = compared.select((pl.col("score") - pl.col("expected")).abs().max())
            assert gap.item() < 1e-12
