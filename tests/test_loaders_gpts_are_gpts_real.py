"""The published labels of "GPTs are GPTs": every rating stands in its line."""

from pathlib import Path

import polars as pl
import pytest

from workatlas.loaders.description import describe
from workatlas.loaders.gpts_are_gpts import read_gpts_are_gpts
from workatlas.loaders.known import open_known
from workatlas.loaders.manifest import known_source
from workatlas.stores import Subgraph

from .graph_rows import node
from .mini_labels import NOW, OCCUPATIONS, SECOND, TASKS

STUDY = "gpts-are-gpts"
Rating = tuple[str, str, str, str | None, str | None]
RATINGS: tuple[Rating, ...] = (
    (TASKS, "human", "exposure", "human_exposure_agg", None),
    (TASKS, "gpt-4", "exposure", "gpt4_exposure", None),
    (TASKS, "gpt-4-alt-rubric", "exposure", "gpt4_exposure_alt_rubric", None),
    (TASKS, "gpt-4", "automation", "gpt4_automation", "automation"),
    (TASKS, "gpt-4", "alpha", None, "alpha"),
    (TASKS, "gpt-4", "beta", None, "beta"),
    (TASKS, "gpt-4", "gamma", None, "gamma"),
    (SECOND, "gpt-4-second-run", "automation", "gpt4_automation", None),
    (SECOND, "human", "automation", "human_automation", None),
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
        for name, mark in ((TASKS, "\t"), (OCCUPATIONS, ","), (SECOND, "\t"))
    }


def test_real_study_says_where_it_is_from(real: Subgraph) -> None:
    """Title, authors, arXiv number, licence, version and addresses of both files."""
    real.check()
    study = node(real, "Study", f"study/{STUDY}")
    assert (study["arxiv"], study["licenceTitle"]) == ("2303.10130", "MIT")
    assert study["authors"].split("; ")[0] == "Eloundou, Tyna"
    assert (study["version"], study["madeOn"]) == ("0471612", "onet-27.2")
    months = ("dataPublished", "published", "preprintPublished")
    assert [study[month] for month in months] == ["2025-10", "2024-06", "2023-03"]
    assert study["synthetic"] is False
    files = real.nodes["SourceFile"].sort("fileName")
    assert files["fileName"].to_list() == [SECOND, TASKS, OCCUPATIONS]
    assert files["rows"].to_list() == [19_265, 19_265, 923]
    assert all(study["version"] in url for url in files["url"])
    blank = dict(real.nodes["JoinCount"].select("fileName", "rows").iter_rows())
    assert blank == {TASKS: 0, OCCUPATIONS: 0, SECOND: 19_165}


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
    held = expected.filter(
        pl.coalesce("exposureLabel", pl.col("score").cast(pl.String)).is_not_null()
    )
    assert found.sort("line").select(expected.columns).equals(held)


def test_no_other_rating_is_there(real: Subgraph, raw: dict[str, pl.DataFrame]) -> None:
    """Raters, measures and columns are those listed: nothing derived, none merged."""
    table = real.nodes["ExposureRating"]
    rows = sum(
        raw[file][str(label or score)].drop_nulls().len()
        for file, _, _, label, score in RATINGS
    )
    assert table.height == rows == 19_265 * 8 + 100 + 923 * 6
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
    assert found.filter(pl.col("file") == TASKS)["line"].unique().to_list() == [8639]
    facts = found.select("rater", "measure", "exposureLabel", "score").rows()
    assert sorted(facts) == [
        ("gpt-4", "alpha", None, 0.0),
        ("gpt-4", "automation", "T1", 0.25),
        ("gpt-4", "beta", None, 0.0),
        ("gpt-4", "exposure", "E0", None),
        ("gpt-4", "gamma", None, 0.0),
        ("gpt-4-alt-rubric", "exposure", "E0", None),
        ("gpt-4-second-run", "automation", "T1", None),
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
