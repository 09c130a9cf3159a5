"""The sample's labels with a row that is gone, a blank one and a nearly blank one."""

import csv
import shutil
from pathlib import Path

from .answers import SAMPLE

TASKS = ("full_labelset.tsv", "\t", "Task ID")
OCCUPATIONS = ("occ_level.csv", ",", "O*NET-SOC Code")
GONE, BLANK, PARTLY = "0", "1", "2"
"""Which row of a file is left out, is blank, and is blank but for one label."""


def subjects(file: tuple[str, str, str]) -> dict[str, str]:
    """Give the first tasks or occupations of a file of the sample, by row."""
    name, delimiter, column = file
    with (SAMPLE / "exposure" / name).open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter=delimiter)
        return {str(number): row[column] for number, row in enumerate(rows)}


def _leave_blanks(folder: Path, file: tuple[str, str, str], *identify: str) -> None:
    """Take out one row of a file, blank another, and blank most of a third."""
    path, delimiter = folder / file[0], file[1]
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, delimiter=delimiter)
        columns, rows = reader.fieldnames or (), list(reader)
    kept = {BLANK: {*identify}, PARTLY: {*identify, "gpt4_exposure_alt_rubric"}}
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, columns, delimiter=delimiter, restval="")
        writer.writeheader()
        for number, row in enumerate(rows):
            names = kept.get(str(number), row.keys())
            if str(number) != GONE:
                writer.writerow({k: v for k, v in row.items() if k in names})


def labels_with_gaps(folder: Path) -> Path:
    """Write the sample's labels with those gaps in both files; give the folder.

    The second run is left out: it has a row about each of these tasks too.
    """
    shutil.copytree(SAMPLE / "exposure", folder)
    (folder / "automation_gpt4_human_labels.tsv").unlink()
    _leave_blanks(folder, TASKS, "O*NET-SOC Code", "Task ID", "Task")
    _leave_blanks(folder, OCCUPATIONS, "O*NET-SOC Code")
    return folder
