"""A study that does not rate a task or occupation is named, with the reason."""

from collections.abc import Mapping
from typing import Any

import pytest

from workatlas.resolvers import Service

from .answers import SAMPLE, ask, serve_loaded
from .gaps import BLANK, GONE, OCCUPATIONS, PARTLY, TASKS, labels_with_gaps, subjects

STUDY = "gpts-are-gpts"
UNRATED = "exposureRatings { label } exposureMissing { study { id } reason }"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Serve the sample with labels that have a gap and blanks."""
    folder = tmp_path_factory.mktemp("blank")
    labels = labels_with_gaps(folder / "labels")
    return serve_loaded(folder, ("onet@9.9", SAMPLE), (STUDY, labels))


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
