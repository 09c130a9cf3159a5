"""Random figures of the real release stand where the answers say, read without us."""

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workatlas.loaders.verify import verify
from workatlas.resolvers import Service
from workatlas.stores import open_reader, open_writer

QUESTION = """query ($id: Int!) { task(taskId: $id) { statement
  provenance { ...P } importance { value ...F } relevance { value ...F }
  frequency { value category ...F }
  exposureRatings { label score provenance { ...P } } } }
fragment F on Figure { provenance { ...P } }
fragment P on Provenance { line column method file { name } }"""
Files = dict[str, list[list[str]]]


@pytest.fixture(scope="module")
def published(shared: Path) -> Files:
    """Give the cells of each line of the published files: split at tabs or commas."""
    folders = (
        shared / "onet" / "db_29_2_text",
        shared / "exposure" / "gpts-are-gpts",
    )
    return {
        path.name: [
            line.split("," if path.suffix == ".csv" else "\t")
            for line in path.read_bytes().decode().replace("\r\n", "\n").split("\n")
        ]
        for folder in folders
        for path in folder.iterdir()
    }


@pytest.fixture(scope="module")
def service(real_store: Path) -> Service:
    """Serve the real release."""
    return Service(open_reader(str(real_store)))


def test_every_value_of_the_real_release_stands_on_its_line(real_store: Path) -> None:
    """All that was recorded of the published files is found in them again."""
    report = verify(open_writer(str(real_store)), real_store.parent / "archive")
    assert report.wrong == []
    assert all(checked.values for checked in report.checked)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(chance=st.randoms(use_true_random=False))
async def test_any_figure_stands_where_the_answer_says(
    service: Service, published: Files, chance: random.Random
) -> None:
    """Random figures of random tasks of the real release are on the lines named."""
    name = chance.choice(["Task Statements.txt", "Task Ratings.txt"])
    number = chance.choice(published[name][1:-1])[1]
    answer = await service.answer(QUESTION, {"id": int(number)})
    task = answer.as_dict()["data"]["task"]
    row = row_of(published, task["provenance"])
    assert (row["Task ID"], row["Task"]) == (number, task["statement"])
    of_one_value = [("IM", task["importance"]), ("RT", task["relevance"])]
    for scale, figure in [*of_one_value, *(("FT", f) for f in task["frequency"])]:
        place = figure["provenance"]
        if figure["value"] is None:
            assert place["line"] is None
            continue
        row = row_of(published, place)
        assert (row["Task ID"], row["Scale ID"]) == (number, scale)
        assert float(row[place["column"]]) == figure["value"]
        category = row["Category"]
        assert category == (str(figure["category"]) if scale == "FT" else "n/a")
    for rating in task["exposureRatings"]:
        place = rating["provenance"]
        row = row_of(published, place)
        assert float(row["Task ID"]) == int(number)
        if place["method"] is None and rating["label"]:
            assert row[place["column"]] == rating["label"]
        elif place["method"] is None:
            assert float(row[place["column"]]) == rating["score"]


def row_of(published: Files, place: Any) -> dict[str, str]:
    """Give the cells of the line that a provenance names, by published column."""
    lines = published[str(place["file"]["name"])]
    cells = lines[int(place["line"]) - 1]
    return dict(zip(lines[0], cells, strict=True))
