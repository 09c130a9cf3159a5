"""The generated studies: in the published forms, with every case that joins meet."""

import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from workatlas.loaders.generate import FOLDERS
from workatlas.loaders.join import join_all

from .generated import CODE, ID, SAMPLE, full, labels, load_all, small, text

__all__ = ["full", "small"]

SIDES = ("user", "ai")


def table(path: Path) -> pl.DataFrame:
    """Read a file of a study; identifiers and statements stay text."""
    return pl.read_csv(path, separator="\t" if path.suffix == ".tsv" else ",")


def scores(folder: Path) -> pl.DataFrame:
    """Read the sheet of AIOE by means other than the loaders'."""
    path = folder / "aioe" / "AIOE_DataAppendix.xlsx"
    header, *rows = openpyxl.load_workbook(path)["Appendix A"].iter_rows(
        values_only=True
    )
    return pl.DataFrame(rows, schema=[str(name) for name in header], orient="row")


@pytest.fixture(scope="module", params=["full", "small", "sample"])
def folder(request: pytest.FixtureRequest, full: Path, small: dict[str, Path]) -> Path:
    """Give releases of different sizes."""
    folders = {"full": full, "small": small["onet-text-1"], "sample": SAMPLE}
    return folders[request.param]


def test_shares_of_activities_sum_to_one(folder: Path) -> None:
    """On both sides; some are below the threshold, and blank where nothing is."""
    rows = table(folder / "working-with-ai" / "iwa_metrics.csv")
    for side in SIDES:
        share, done = pl.col(f"share_{side}"), pl.col(f"completion_{side}")
        scope = pl.col(f"impact_scope_{side}")
        assert rows[f"share_{side}"].sum() == pytest.approx(1, abs=1e-9)
        unused = rows.filter(share == 0)
        assert unused.height >= 1
        assert rows.filter(done.is_null()).equals(unused)
        assert rows.filter(scope.is_null()).equals(unused)
        feedback = rows[f"feedback_positive_fraction_{side}"]
        assert unused.height <= feedback.null_count() < rows.height / 4
        assert 0.1 < rows.filter(share > 0.0005).height / rows.height < 0.8
        wanted = done.fill_null(0) * scope.fill_null(0) * (share > 0.0005)
        found = rows[f"completion_x_scope_x_coverage_{side}"]
        assert found.to_list() == rows.select(wanted).to_series().to_list()


def test_scores_follow_from_weights(folder: Path) -> None:
    """All figures of occupations are weighted means of those of activities."""
    of = folder / "working-with-ai"
    activities, occupations = (
        table(of / "iwa_metrics.csv"),
        table(of / "soc_metrics.csv"),
    )
    weights = table(of / "soc_iwa_weights.csv")
    published = table(of / "soc_ai_applicability_scores.csv")
    assert weights["SOC Code"].equals(occupations["SOC Code"])
    assert weights.columns == ["SOC Code", *activities["IWA"]]
    matrix = weights.drop("SOC Code").to_numpy()
    total = matrix.sum(axis=1)
    assert (total > 0).all()
    for side in SIDES:
        share = activities[f"share_{side}"].to_numpy() > 0.0005
        columns = {
            f"coverage_{side}": share,
            f"ai_applicability_score_{side}": activities[
                f"completion_x_scope_x_coverage_{side}"
            ].to_numpy(),
            **{
                name: activities[name].fill_null(0).to_numpy()
                for name in (
                    f"completion_{side}",
                    f"impact_scope_{side}",
                    f"feedback_positive_fraction_{side}",
                )
            },
        }
        for name, values in columns.items():
            wanted = (matrix @ values) / total
            assert occupations[name].to_numpy() == pytest.approx(wanted, abs=1e-12)
    both = occupations.select(pl.mean_horizontal("^ai_applicability_score_.*$"))
    assert published["ai_applicability_score"].to_numpy() == pytest.approx(
        both.to_series().to_numpy(), abs=1e-12
    )


def test_z_scores_are_standardized(folder: Path) -> None:
    """Mean 0 and standard deviation 1, by six digits, each once, in order."""
    rows = scores(folder)
    assert rows["AIOE"].mean() == pytest.approx(0, abs=1e-9)
    assert rows["AIOE"].std(ddof=0) == pytest.approx(1, abs=1e-9)
    codes = rows["SOC Code"].to_list()
    assert codes == sorted(set(codes))
    assert rows["SOC Code"].str.contains(r"^\d\d-\d{4}$").all()


def test_percentages_sum_to_100(folder: Path) -> None:
    """Statements in small letters, each once; `none` among them; kinds sum to 1."""
    of = folder / "economic-index"
    percentages = table(of / "task_pct_v2.csv")
    kinds = table(of / "automation_vs_augmentation_by_task.csv")
    assert percentages["pct"].sum() == pytest.approx(100, abs=1e-9)
    assert percentages["pct"].min() > 0  # type: ignore[operator]
    names = percentages["task_name"].to_list()
    assert names == sorted(set(names))
    assert [name for name in names if name != "none"] == kinds["task_name"].to_list()
    assert "none" in names
    assert all(name == name.lower() for name in names)
    fractions = kinds.drop("task_name")
    assert fractions.sum_horizontal().to_numpy() == pytest.approx(1, abs=1e-9)
    assert 0 < kinds.filter(pl.col("filtered") == 1).height < kinds.height
    rated = set(labels(folder / "exposure")["Task"].str.to_lowercase())
    assert {*kinds["task_name"]} < rated


def test_the_second_run(folder: Path) -> None:
    """Labels of all tasks again, a third of them others, and of people for a few."""
    again = table(folder / "exposure" / "automation_gpt4_human_labels.tsv")
    first = labels(folder / "exposure")
    assert again.select("Title", "Task").rows() == sorted(
        first.select("Title", "Task").rows()
    )
    columns = (ID, CODE, "Task", "Task Type", "gpt4_automation")
    both = again.with_columns(pl.col(ID).cast(pl.String)).join(
        first.select(columns), on=columns[:-1], suffix="_first", nulls_equal=True
    )
    assert both.height == first.height
    differ = both["gpt4_automation"] != both["gpt4_automation_first"]
    assert differ.mean() == pytest.approx(0.33, abs=0.1)
    people = again.filter(pl.col("human_automation").is_not_null())
    assert people.height == (100 if first.height > 10_000 else 10)
    agreed = (people["human_automation"] == people["gpt4_automation"]).mean()
    assert 0.1 < agreed < 0.8  # type: ignore[operator]
    known = {f"T{step}" for step in range(5)}
    assert {*again["gpt4_automation"], *people["human_automation"]} <= known


def counted(release: Path, archive: Path) -> Iterator[tuple[str, str]]:
    """Give study and reason of each count that is not 0."""
    graph, *studies = load_all(release, archive)
    counts = join_all(graph, studies).nodes["JoinCount"].filter(pl.col("rows") > 0)
    yield from counts.select("study", "reason").rows()


@pytest.mark.parametrize("size", ["sample", "onet-text-1", "onet-text-2"])
def test_joins_meet_every_case(
    small: dict[str, Path], tmp_path: Path, size: str
) -> None:
    """Whatever the size, rows are joined on every basis, or for every reason not."""
    found = set(counted(SAMPLE if size == "sample" else small[size], tmp_path))
    is_new = size == "onet-text-2"
    activities = (
        {"SAME_TITLE"} if is_new else {"SAME_ACTIVITY", "SAME_ACTIVITY_RETITLED"}
    )
    of_codes = {
        *("SOC_ONE_OCCUPATION", "SOC_MANY_OCCUPATIONS", "OCCUPATION_NOT_IN_RELEASE"),
        "RELEASE_OCCUPATION_NOT_RATED",
    }
    wanted = {
        "gpts-are-gpts": {
            *("SAME_ID_SAME_WORDING", "SAME_ID_REWORDED", "TASK_NOT_IN_RELEASE"),
            *("SAME_CODE", "RATING_BLANK"),
        },
        "working-with-ai": {
            *activities,
            *of_codes,
            *("ACTIVITY_NOT_IN_RELEASE", "AGGREGATED_OCCUPATION", "RATING_BLANK"),
            "RELEASE_ACTIVITY_NOT_RATED",
        },
        "aioe": of_codes,
        "economic-index": {
            *("SAME_TEXT_ONE_TASK", "SAME_TEXT_MANY_TASKS", "STATEMENT_NOT_IN_RELEASE"),
            *("ROW_WITHOUT_TASK", "RELEASE_TASK_NOT_RATED"),
        },
    }
    assert {
        (study, one) for study, reasons in wanted.items() for one in reasons
    } <= found


def test_sizes_of_a_full_release(full: Path) -> None:
    """About as many rows as the published files have."""
    wanted = {
        "iwa_metrics.csv": 332,
        "soc_metrics.csv": 785,
        "task_pct_v2.csv": 3365,
        "automation_gpt4_human_labels.tsv": 19264,
    }
    files = {
        path.name: path for name in FOLDERS.values() for path in (full / name).iterdir()
    }
    for name, rows in wanted.items():
        assert table(files[name]).height == pytest.approx(rows, rel=0.1)
    assert scores(full).height == pytest.approx(774, rel=0.1)
    statements = text(full, "Task Statements")["Task"].str.to_lowercase()
    tasks = Counter(statements)
    used = table(full / "economic-index" / "task_pct_v2.csv")["task_name"]
    reached = sum(tasks[one] for one in used)
    assert reached == pytest.approx(4086, rel=0.15)


def test_a_workbook_is_the_same_everywhere(full: Path) -> None:
    """Its parts are stored, with no date of their own."""
    with zipfile.ZipFile(full / "aioe" / "AIOE_DataAppendix.xlsx") as book:
        for part in book.infolist():
            assert part.compress_type == zipfile.ZIP_STORED
            assert part.date_time == (1980, 1, 1, 0, 0, 0)


def test_nothing_is_copied_from_real_studies(full: Path, shared: Path) -> None:
    """No statement and no title of an activity is one of the published files."""
    for study, name, column in (
        ("economic-index", "task_pct_v2.csv", "task_name"),
        ("working-with-ai", "iwa_metrics.csv", "title"),
        ("working-with-ai", "soc_metrics.csv", "title"),
    ):
        own = set(table(full / study / name)[column]) - {"none"}
        assert not own & set(table(shared / "exposure" / study / name)[column])
