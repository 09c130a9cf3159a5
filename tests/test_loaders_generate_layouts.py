"""The layouts of generated releases, and that the loaders accept each."""

import csv
import json
from pathlib import Path

import polars as pl
import pytest

from workatlas.loaders.generate import FOLDERS, LAYOUTS, generate

from .generated import (
    CODE,
    ID,
    SAMPLE,
    contents,
    labels,
    load_all,
    ratings,
    small,
    text,
)

__all__ = ["small"]


def test_text_files_are_written_as_the_publishers(small: dict[str, Path]) -> None:
    """Text editions: CRLF, tabs, no quoting; labels: LF, quoted where needed."""
    files = contents(small["onet-text-1"])
    tables = [name for name in files if name.endswith(".txt") and name != "Read Me.txt"]
    assert len(tables) == 15
    for name in tables:
        lines = files[name].decode("ascii").split("\r\n")
        assert lines.pop() == ""
        assert {line.count("\t") for line in lines} == {lines[0].count("\t")}
        assert not any("\n" in line for line in lines)
    quoted = [
        s for s in text(small["onet-text-1"], "Task Statements")["Task"] if '"' in s
    ]
    assert quoted
    doubled = quoted[0].replace('"', '""')
    exposure = files["exposure/full_labelset.tsv"]
    assert f'\t"{doubled}"\t'.encode() in exposure
    assert b"\r" not in exposure
    assert exposure.startswith(b"\tO*NET-SOC Code\tTask ID\tTask\tTask Type\tTitle\t")
    assert b"\r" not in files["exposure/occ_level.csv"]


def test_the_columns_are_those_of_real_files(
    small: dict[str, Path], shared: Path
) -> None:
    """Headers and file names are those of O*NET 29.2 and of the published labels."""
    real = shared / "onet" / "db_29_2_text"
    for path in small["onet-text-1"].glob("*.txt"):
        if path.name != "Read Me.txt":
            published = (real / path.name).read_bytes().split(b"\r\n")[0]
            assert path.read_bytes().split(b"\r\n")[0] == published
    for study, folder in FOLDERS.items():
        for path in (small["onet-text-1"] / folder).glob("*.?sv"):
            own = path.read_text().split("\n")[0]
            published = (shared / "exposure" / study / path.name).read_text()
            # An activity has a column of its own, and a release its activities.
            kept = 1 if path.name == "soc_iwa_weights.csv" else None
            real = published.split("\n")[0].split(",")[:kept]
            assert own.split(",")[:kept] == real


def test_later_layouts_say_the_same_by_new_identifiers(small: dict[str, Path]) -> None:
    """From 30.3 on one file holds all activities; only names and identifiers change."""
    before, after = small["onet-text-1"], small["onet-text-2"]
    old, new = contents(before), contents(after)
    changed = {
        *("Alternate Titles.txt", "DWA Reference.txt", "IWA Reference.txt"),
        *("Tasks to DWAs.txt", "Read Me.txt", "synthetic.json"),
        *(f"{folder}/synthetic.json" for folder in FOLDERS.values()),
    }
    assert {name for name in old if new.get(name) != old[name]} == changed
    titles = text(after, "Job Titles").rename({"Job Title": "Alternate Title"})
    assert titles.equals(text(before, "Alternate Titles"))
    dwas, activities = (
        text(before, "DWA Reference"),
        text(after, "GWAs to IWAs to DWAs"),
    )
    assert activities["DWA Element Name"].equals(dwas["DWA Title"], check_names=False)
    assert activities["GWA Element ID"].equals(dwas["Element ID"], check_names=False)
    ids = activities["DWA Element ID"]
    assert ids.is_unique().all()
    assert ids.str.contains(r"^4\.A\.\d\.[a-c]\.\d\.[a-z]\.\d+$").all()
    parents = activities["IWA Element ID"].to_list()
    assert parents == [one.rpartition(".")[0] for one in ids]
    renamed = dict(zip(dwas["DWA ID"], ids, strict=True))
    links = text(before, "Tasks to DWAs")
    wanted = [renamed[one] for one in links["DWA ID"]]
    assert text(after, "Tasks to DWAs")["DWA Element ID"].to_list() == wanted


def test_the_csv_edition_repeats_text_beside_identifiers(
    small: dict[str, Path],
) -> None:
    """Files in snake case; quotes, empty cells; titles beside codes and identifiers."""
    folder = small["onet-csv-1"]
    names = [path.name for path in sorted(folder.glob("*.csv"))]
    assert names == [
        *("content_model_reference.csv", "emerging_tasks.csv"),
        *("gwas_to_iwas_to_dwas.csv", "job_titles.csv"),
        *("job_zone_reference.csv", "job_zones.csv", "occupation_data.csv"),
        "related_occupations.csv",
        *("sample_of_reported_titles.csv", "scales_reference.csv"),
        *("task_categories.csv", "task_ratings.csv"),
        *("task_statements.csv", "tasks_to_dwas.csv"),
    ]
    texts = {
        path.stem.lower().replace(" ", "_"): path.stem
        for path in small["onet-text-2"].glob("*.txt")
    }
    for name in names:
        wanted = text(small["onet-text-2"], texts[name.removesuffix(".csv")])
        found = pl.read_csv(folder / name, infer_schema=False)
        assert found.select(wanted.columns).equals(wanted, null_equal=True)
    with (folder / "task_ratings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"Title", "Task", "Scale Name"} < set(rows[0])
    assert all(row["Title"] and row["Task"] and row["Scale Name"] for row in rows)
    assert "n/a" not in {cell for row in rows for cell in row.values()}
    assert "" in {row["Category"] for row in rows}


def test_the_bundled_sample_is_what_the_generator_writes(tmp_path: Path) -> None:
    """Generating again by the marker's arguments gives every byte of the sample."""
    facts = json.loads((SAMPLE / "synthetic.json").read_bytes())
    out = tmp_path / "sample"
    sizes = {name: facts[name] for name in ("occupations", "tasks", "seed", "layout")}
    generate(out, **sizes)
    bundled = contents(SAMPLE)
    assert b"-text" in bundled.pop(".gitattributes")
    assert b"invented" in bundled.pop("README.md")
    assert contents(out) == bundled
    assert sum(map(len, bundled.values())) < 230_000


def test_the_sample_shows_every_case() -> None:
    """Shared activities, experts, unrated, suppressed, reworded, gone, quoted."""
    tasks, rows = text(SAMPLE, "Task Statements"), ratings(SAMPLE)
    links = text(SAMPLE, "Tasks to DWAs").group_by("DWA ID")
    across = links.agg(pl.col(CODE).n_unique().alias("occupations"))
    assert (across["occupations"] >= 3).any()
    assert "Occupational Expert" in set(rows["Domain Source"])
    assert tasks["Incumbents Responding"].null_count()
    assert "Y" in set(rows["Recommend Suppress"])
    assert tasks["Task"].is_duplicated().any()
    assert tasks["Task"].str.contains('"', literal=True).any()
    joined = labels(SAMPLE / "exposure").join(tasks, on=ID, how="left", suffix="_now")
    assert (joined["Task"] != joined["Task_now"]).any()
    assert joined["Task_now"].null_count()
    assert set(text(SAMPLE, "Emerging Tasks")["Category"]) == {"New", "Revision"}
    occupations = set(text(SAMPLE, "Occupation Data")[CODE])
    assert set(tasks[CODE]) < occupations
    assert len(set(text(SAMPLE, "IWA Reference")["Element ID"])) > 15


@pytest.mark.parametrize(
    ("occupations", "tasks"), [(1, 1), (1, 100), (2, 2), (4, 4), (11, 1100), (100, 100)]
)
def test_any_size_is_whole(tmp_path: Path, occupations: int, tasks: int) -> None:
    """The least and the most tasks for few occupations give complete releases."""
    out = tmp_path / "out"
    report = generate(out, occupations=occupations, tasks=tasks, seed=3)
    assert text(out, "Occupation Data").height == occupations
    assert text(out, "Task Statements").height == tasks
    files = [*report.files, *(file for one in report.studies for file in one.files)]
    assert all(file.rows for file in files)
    statements = text(out, "Task Statements")
    unrated = statements["Incumbents Responding"].null_count()
    assert unrated == max(tasks > 1, round(tasks * 855 / 18800))
    busy = statements[CODE].n_unique()
    related = text(out, "Related Occupations")
    assert related.height == busy * min(20, max(1, busy - 1))
    load_all(out, tmp_path / "archive")


def test_the_loaders_accept_every_layout(
    small: dict[str, Path], tmp_path: Path
) -> None:
    """Release and labels load whole in all layouts, and say that they are invented."""
    for layout, folder in small.items():
        release, study, *_ = load_all(folder, tmp_path)
        assert release.nodes["Release"]["layout"].to_list() == [layout]
        assert release.nodes["Occupation"].height == 30
        assert release.nodes["Task"].height == 400
        assert release.nodes["Rating"].height == 9 * (400 - 18)
        assert release.nodes["WorkActivity"].height == 41 + 133 + 266
        assert study.nodes["RatedSubject"].height == 410 + 28 + 410


def test_the_loaders_accept_the_sample(tmp_path: Path) -> None:
    """The bundled sample and its studies load whole."""
    load_all(SAMPLE, tmp_path)


def test_the_loaders_accept_zips(tmp_path: Path) -> None:
    """Zips load as folders do, also with the files in a folder inside."""
    for layout in LAYOUTS:
        out = tmp_path / f"{layout}.zip"
        generate(out, occupations=5, tasks=50, layout=layout)
        load_all(out, tmp_path / "archive")
