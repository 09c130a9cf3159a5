"""A study that does not rate a task or occupation is named, with the reason."""

import csv
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from workatlas.resolvers import Service

from .answers import SAMPLE, ask, serve_loaded

STUDY = "gpts-are-gpts"
TASKS = ("full_labelset.tsv", "\t", "Task ID")
OCCUPATIONS = ("occ_level.csv", ",", "O*NET-SOC Code")
GONE, BLANK, PARTLY = "0", "1", "2"
"""Which row of a file is left out, is blank, and is blank but for one label."""
UNRATED = "exposureRatings { label } exposureMissing { study { id } reason }"


def subjects(file: tuple[str, str, str]) -> dict[str, str]:
    """Give the first tasks or occupations of a file of the sample, by row."""
    name, delimiter, column = file
    with (SAMPLE / "exposure" / name).open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter=delimiter)
        return {str(number): row[column] for number, row in enumerate(rows)}


def leave_blanks(folder: Path, file: tuple[str, str, str], *identify: str) -> None:
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


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Serve the sample with labels that have a gap and blanks."""
    folder = tmp_path_factory.mktemp("blank")
    shutil.copytree(SAMPLE / "exposure", folder / "labels")
    leave_blanks(folder / "labels", TASKS, "O*NET-SOC Code", "Task ID", "Task")
    leave_blanks(folder / "labels", OCCUPATIONS, "O*NET-SOC Code")
    return serve_loaded(folder, ("onet@9.9", SAMPLE), (STUDY, folder / "labels"))


def reasons(of: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Give the studies that do not rate something, and why."""
    return [(m["study"]["id"], m["reason"]) for m in of["exposureMissing"]]


async def test_a_task_that_no_study_rates_says_so(service: Service) -> None:
    """No row, and a row of blanks, are different reasons; one label is a rating."""
    rows = subjects(TASKS)
    numbers = [int(float(rows[number])) for number in (GONE, BLANK, PARTLY)]
    document = f"query ($ids: [Int!]!) {{ tasks(taskIds: $ids) {{ {UNRATED} }} }}"
    gone, blank, partly = (await ask(service, document, ids=numbers))["tasks"]
    assert reasons(gone) == [(STUDY, "NOT_RATED_BY_STUDY")]
    assert reasons(blank) == [(STUDY, "RATING_BLANK")]
    assert gone["exposureRatings"] == blank["exposureRatings"] == []
    assert reasons(partly) == []
    assert partly["exposureRatings"]


async def test_an_occupation_that_no_study_rates_says_so(service: Service) -> None:
    """Occupations have the same reasons, of the rows with their code."""
    rows = subjects(OCCUPATIONS)
    document = f"""query ($codes: [String!]!) {{
      occupations(codes: $codes) {{ {UNRATED} }} }}"""
    codes = [rows[GONE], rows[BLANK], rows["3"]]
    gone, blank, rated = (await ask(service, document, codes=codes))["occupations"]
    assert reasons(gone) == [(STUDY, "NOT_RATED_BY_STUDY")]
    assert reasons(blank) == [(STUDY, "RATING_BLANK")]
    assert gone["exposureRatings"] == blank["exposureRatings"] == []
    assert reasons(rated) == []
    assert rated["exposureRatings"]


async def test_every_other_task_is_rated(service: Service) -> None:
    """A reason stands exactly where there is no rating."""
    document = f"{{ release {{ occupations {{ tasks {{ {UNRATED} }} }} }} }}"
    found = (await ask(service, document))["release"]["occupations"]
    tasks = [task for occupation in found for task in occupation["tasks"]]
    assert sum(not task["exposureRatings"] for task in tasks) == 2
    assert all(bool(t["exposureRatings"]) != bool(reasons(t)) for t in tasks)
