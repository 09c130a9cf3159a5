"""The published labels compared: the known figures, and polars on the raw files."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from workatlas.resolvers import Service
from workatlas.stores import open_reader

from .answers import ask
from .comparing import CORRELATION, DISAGREEMENTS, ratings_of
from .oracle import read_text

HUMAN, MODEL = "human_exposure_agg", "gpt4_exposure"
PLACES = {"E0": 0, "E2": 1, "E1": 2}
ID = "Task ID"


@pytest.fixture(scope="module")
def service(real_store: Path) -> Service:
    """Serve the real release with the published labels."""
    return Service(open_reader(str(real_store), timeout=60.0))


@pytest.fixture(scope="module")
def labels(shared: Path) -> pl.DataFrame:
    """Read the published labels."""
    path = shared / "exposure" / "gpts-are-gpts" / "full_labelset.tsv"
    raw = pl.read_csv(path, separator="\t", infer_schema=False)
    return raw.with_columns(pl.col(ID).cast(pl.Float64).cast(pl.Int64))


@pytest.fixture(scope="module")
def statements(shared: Path) -> pl.DataFrame:
    """Read the tasks of the release."""
    folder = shared / "onet" / "db_29_2_text"
    raw = read_text(folder, "Task Statements.txt")
    return raw.with_columns(pl.col(ID).cast(pl.Int64))


def figures(labels: pl.DataFrame) -> dict[str, float]:
    """Compute agreement and kappas with shares."""
    places = labels.select(
        human=pl.col(HUMAN).replace_strict(PLACES),
        model=pl.col(MODEL).replace_strict(PLACES),
    )
    human = dict(places["human"].value_counts(normalize=True).iter_rows())
    model = dict(places["model"].value_counts(normalize=True).iter_rows())
    steps = places.select((pl.col("human") - pl.col("model")).abs())["human"]
    found = {"agreement": float((steps == 0).sum()) / steps.len()}
    for name, power in (("kappa", 0), ("linearKappa", 1), ("quadraticKappa", 2)):
        # 0 ** 0 is 1, so equal labels are left out.
        apart = steps.filter(steps > 0)
        observed = float((apart**power).sum()) / steps.len()
        expected = sum(
            one * two * abs(i - j) ** power
            for i, one in human.items()
            for j, two in model.items()
            if i != j
        )
        found[name] = 1 - observed / expected
    return found


def check(found: Any, labels: pl.DataFrame) -> None:
    """Compare the figures and the matrix of an answer with the raw labels."""
    for name, wanted in figures(labels).items():
        assert found[name]["value"] == pytest.approx(wanted, abs=1e-12)
    counted = labels.group_by(HUMAN, MODEL).len()
    counts = {(one, two): n for one, two, n in counted.iter_rows()}
    cells = {(c["first"], c["second"]): c["count"] for c in found["matrix"]}
    assert cells == counts
    assert found["population"]["compared"] == labels.height
    differing = labels.filter(pl.col(HUMAN) != pl.col(MODEL))
    assert found["tasks"]["totalCount"] == differing.height


async def test_all_published_labels(service: Service, labels: pl.DataFrame) -> None:
    """On all 19,265 rows people and GPT-4 agree on 0.6564, and kappa is 0.437."""
    found = (await ask(service, DISAGREEMENTS, over="STUDY_ROWS"))["found"]
    check(found, labels)
    assert found["population"] == {
        "total": 19_265,
        "compared": 19_265,
        "notCompared": [],
    }
    assert round(found["agreement"]["value"], 4) == 0.6564
    assert round(found["kappa"]["value"], 3) == 0.437


async def test_labels_of_the_release(
    service: Service, labels: pl.DataFrame, statements: pl.DataFrame
) -> None:
    """Of 18,796 tasks those with labels are compared; the others have no row."""
    found = (await ask(service, DISAGREEMENTS))["found"]
    joined = labels.join(statements, on=ID, how="semi")
    check(found, joined)
    unrated = statements.height - joined.height
    assert found["population"]["notCompared"] == [
        {"first": "NO_ROW", "second": "NO_ROW", "count": unrated}
    ]
    first = found["tasks"]["nodes"][0]
    apart = joined.with_columns(
        pl.col(HUMAN).replace_strict(PLACES) - pl.col(MODEL).replace_strict(PLACES)
    )
    assert first["distance"] == 2
    assert first["taskId"] == apart.filter(pl.col(HUMAN).abs() == 2)[ID].min()


async def test_labels_of_a_major_group(
    service: Service, labels: pl.DataFrame, statements: pl.DataFrame
) -> None:
    """A filter leaves the tasks of one major group."""
    where = {"majorGroup": "29"}
    found = (await ask(service, DISAGREEMENTS, where=where))["found"]
    of_group = statements.filter(pl.col("O*NET-SOC Code").str.starts_with("29-"))
    check(found, labels.join(of_group, on=ID, how="semi"))
    assert found["population"]["total"] == of_group.height


async def test_ranks_of_occupations(service: Service, shared: Path) -> None:
    """What people and GPT-4 say of 923 occupations, ranked by polars."""
    path = shared / "exposure" / "gpts-are-gpts" / "occ_level.csv"
    ranked = pl.read_csv(path).select(
        pl.col("dv_rating_beta", "human_rating_beta").rank("average")
    )
    wanted = ranked.select(pl.corr("dv_rating_beta", "human_rating_beta")).item()
    sides = {
        "first": ratings_of("gpt-4", "beta"),
        "second": ratings_of("human", "beta"),
    }
    found = (await ask(service, CORRELATION, **sides))["found"]
    assert found["spearman"]["value"] == pytest.approx(wanted, abs=1e-12)
    assert found["population"] == {
        "total": 1016,
        "compared": 923,
        "notCompared": [{"first": "NO_ROW", "second": "NO_ROW", "count": 93}],
    }


async def test_ranks_of_tasks(
    service: Service, labels: pl.DataFrame, statements: pl.DataFrame
) -> None:
    """Ordered labels of tasks, ranked by polars."""
    joined = labels.join(statements, on=ID, how="semi")
    ranked = joined.select(pl.col(HUMAN, MODEL).replace_strict(PLACES).rank("average"))
    sides = {
        "first": ratings_of("human", "exposure"),
        "second": ratings_of("gpt-4", "beta"),
    }
    found = (await ask(service, CORRELATION, **sides, over="TASKS"))["found"]
    wanted = ranked.select(pl.corr(HUMAN, MODEL)).item()
    assert found["spearman"]["value"] == pytest.approx(wanted, abs=1e-12)
    assert found["population"]["compared"] == joined.height
