"""Small files of invented exposure labels, in the published form."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from workatlas.loaders.gpts_are_gpts import read_gpts_are_gpts
from workatlas.loaders.source import Source, open_source
from workatlas.stores import Subgraph

NOW = "2026-01-02T03:04:05Z"
TASKS = "full_labelset.tsv"
OCCUPATIONS = "occ_level.csv"
SECOND = "automation_gpt4_human_labels.tsv"
TASK_COLUMNS = (
    *("", "O*NET-SOC Code", "Task ID", "Task", "Task Type", "Title"),
    *("human_exposure_agg", "gpt4_exposure", "gpt4_exposure_alt_rubric"),
    *("gpt_3_relevant", "gpt4_automation", "alpha", "beta", "gamma", "automation"),
    "human_labels",
)
OCCUPATION_COLUMNS = (
    *("O*NET-SOC Code", "Title", "dv_rating_alpha", "dv_rating_beta"),
    *("dv_rating_gamma", "human_rating_alpha", "human_rating_beta"),
    "human_rating_gamma",
)
Cells = Mapping[str, str]


def task(number: int, **cells: str) -> Cells:
    """Make a row about a task of the small release; ``cells`` replace its own."""
    return {
        "": str(number - 1),
        "O*NET-SOC Code": "11-1.00",
        "Task ID": f"{number}.0",
        "Task": f"Fold paper {number} times.",
        "Title": "Small folders",
        "human_exposure_agg": "E1",
        "gpt4_exposure": "E2",
        "gpt4_exposure_alt_rubric": "E0",
        "gpt_3_relevant": "False",
        "gpt4_automation": "T1",
        "alpha": "0.0",
        "beta": "0.5",
        "gamma": "1.0",
        "automation": "0.25",
        "human_labels": "E1",
        **cells,
    }


def occupation(code: str, **cells: str) -> Cells:
    """Make a row about an occupation; ``cells`` replace its own."""
    means = dict.fromkeys(OCCUPATION_COLUMNS[2:], "0.125")
    return {"O*NET-SOC Code": code, "Title": "Folders, Small", **means, **cells}


def write_labels(
    folder: Path, tasks: Iterable[Cells], occupations: Iterable[Cells]
) -> Path:
    """Write the two files into a folder, and give the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / TASKS, TASK_COLUMNS, tasks, "\t")
    _write(folder / OCCUPATIONS, OCCUPATION_COLUMNS, occupations, ",")
    return folder


def _write(
    path: Path, columns: Iterable[str], rows: Iterable[Cells], delimiter: str
) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file, list(columns), delimiter=delimiter, lineterminator="\r\n"
        )
        writer.writeheader()
        writer.writerows(rows)


def open_folder(folder: Path) -> Source:
    """Open a folder of labels; its archive is beside it."""
    return open_source(str(folder), archive=folder.parent / "archive", now=NOW)


def read_labels(
    folder: Path, tasks: Iterable[Cells], occupations: Iterable[Cells]
) -> Subgraph:
    """Write labels into a folder and load them."""
    return read_gpts_are_gpts(open_folder(write_labels(folder, tasks, occupations)))
