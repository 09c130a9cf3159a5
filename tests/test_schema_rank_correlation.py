"""Two ratings correlated over occupations or tasks, with all that is left out."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workatlas.resolvers import Service
from workatlas.schema.correlation import kendall, spearman

from .answers import SAMPLE, errors, serve_loaded
from .comparing import CORRELATION, correlate, ratings_of
from .gaps import OCCUPATIONS, TASKS, labels_with_gaps

STUDY = "gpts-are-gpts"
BETA = {"E0": 0.0, "E1": 1.0, "E2": 0.5}
Read = Callable[[tuple[str, str, str], str], dict[str, str]]


@pytest.fixture(scope="module")
def labels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the sample's labels, of which rows are gone and some cells are blank."""
    return labels_with_gaps(tmp_path_factory.mktemp("ranked") / "labels")


@pytest.fixture(scope="module")
def service(labels: Path) -> Service:
    """Serve them, joined to the sample."""
    folder = labels.parent
    return serve_loaded(folder, ("onet@9.9", SAMPLE), (STUDY, labels))


@pytest.fixture(scope="module")
def read(labels: Path) -> Read:
    """Read a column of a file of theirs: what is not blank, by task ID or code."""

    def column(file: tuple[str, str, str], name: str) -> dict[str, str]:
        with (labels / file[0]).open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines, delimiter=file[1])
            return {
                row[file[2]].removesuffix(".0"): row[name] for row in rows if row[name]
            }

    return column


def known(name: str, column: str) -> set[str]:
    """Give what the sample's release has."""
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return {row[column] for row in csv.DictReader(file, delimiter="\t")}


def check(
    found: Any, first: dict[str, Any], second: dict[str, Any], nodes: set[str]
) -> None:
    """Hold figures and population to what each side says."""
    both = sorted(first.keys() & second.keys() & nodes)
    pairs = [(float(first[each]), float(second[each])) for each in both]
    assert found["spearman"]["value"] == spearman(pairs)
    assert found["kendall"]["value"] == kendall(pairs)
    population = found["population"]
    assert (population["total"], population["compared"]) == (len(nodes), len(both))
    left = sum(each["count"] for each in population["notCompared"])
    assert left == len(nodes) - len(both)


async def test_over_occupations(service: Service, read: Read) -> None:
    """What people and the model say of occupations, as published."""
    sides = {
        "first": ratings_of("human", "beta"),
        "second": ratings_of("gpt-4", "beta"),
    }
    found = await correlate(service, **sides)
    human, model = (
        read(OCCUPATIONS, f"{name}_rating_beta") for name in ("human", "dv")
    )
    check(found, human, model, known("Occupation Data.txt", "O*NET-SOC Code"))
    # One occupation never had a row, one lost it; two rows have nothing but a code.
    assert {
        (e["first"], e["second"]): e["count"]
        for e in found["population"]["notCompared"]
    } == {
        ("NO_ROW", "NO_ROW"): 2,
        ("BLANK", "BLANK"): 2,
    }
    assert found["first"]["derived"] is None
    assert found["first"]["bases"] == [
        {"basis": "SAME_CODE", "count": found["first"]["rated"]}
    ]
    assert found["spearman"]["missing"] is found["kendall"]["missing"] is None
    assert "Spearman" in found["spearman"]["source"]
    assert "tau-b" in found["kendall"]["method"]


async def test_over_tasks_with_derived_scores(service: Service, read: Read) -> None:
    """A score that follows from a label is derived where the file has none."""
    sides = {
        "first": ratings_of("human", "beta"),
        "second": ratings_of("gpt-4", "beta"),
    }
    found = await correlate(service, **sides, over="TASKS")
    human = {n: BETA[label] for n, label in read(TASKS, "human_exposure_agg").items()}
    check(found, human, read(TASKS, "beta"), known("Task Statements.txt", "Task ID"))
    assert found["first"]["derived"] == "beta = [E1] + 0.5 [E2]"
    assert found["second"]["derived"] is None
    assert found["first"]["measure"]["id"] == "beta"


async def test_ordered_labels_have_ranks(service: Service, read: Read) -> None:
    """By beta labels are ordered as they are by themselves: the ranks are the same."""
    first = ratings_of("human", "exposure")
    scores = await correlate(
        service, first=first, second=ratings_of("gpt-4", "beta"), over="TASKS"
    )
    labels = await correlate(
        service, first=first, second=ratings_of("gpt-4", "exposure"), over="TASKS"
    )
    for name in ("spearman", "kendall", "population"):
        assert scores[name] == labels[name]
    human = {n: BETA[label] for n, label in read(TASKS, "human_exposure_agg").items()}
    check(scores, human, read(TASKS, "beta"), known("Task Statements.txt", "Task ID"))


@pytest.mark.parametrize("prefix", ["19", "99"])
async def test_over_some_tasks(service: Service, read: Read, prefix: str) -> None:
    """A filter leaves some tasks; every count and figure is of those alone."""
    sides = {
        "first": ratings_of("human", "exposure"),
        "second": ratings_of("gpt-4", "beta"),
    }
    where = {"codePrefix": prefix}
    found = await correlate(service, **sides, over="TASKS", where=where)
    with (SAMPLE / "Task Statements.txt").open(encoding="utf-8", newline="") as file:
        chosen = {
            row["Task ID"]
            for row in csv.DictReader(file, delimiter="\t")
            if row["O*NET-SOC Code"].startswith(prefix)
        }
    human = {n: BETA[label] for n, label in read(TASKS, "human_exposure_agg").items()}
    assert found["first"]["rated"] == len(human.keys() & chosen)
    if chosen:
        check(found, human, read(TASKS, "beta"), chosen)
    else:
        assert found["population"] == {"total": 0, "compared": 0, "notCompared": []}
        assert found["spearman"]["missing"] == "NONE_COMPARED"


async def test_tasks_are_no_choice_of_occupations(service: Service) -> None:
    """Over occupations `where` is refused, with what to ask for instead."""
    variables = {
        "first": ratings_of("human", "beta"),
        "second": ratings_of("gpt-4", "beta"),
        "where": {"type": "CORE"},
    }
    told = await service.answer(CORRELATION, variables)
    assert errors(told) == [(["found"], "USAGE")]
    assert "over TASKS, or leave out where" in told.body.decode()
    assert told.body == (await service.reference(CORRELATION, variables)).body


async def test_sides_can_be_exchanged(service: Service) -> None:
    """A correlation has no direction."""
    one, two = ratings_of("gpt-4", "alpha"), ratings_of("gpt-4", "gamma")
    found = await correlate(service, first=one, second=two)
    turned = await correlate(service, first=two, second=one)
    assert found["spearman"] == turned["spearman"]
    assert found["kendall"] == turned["kendall"]
    assert (found["first"], found["second"]) == (turned["second"], turned["first"])


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (ratings_of("human", "beta"), ratings_of("human", "beta"), "USAGE"),
        (ratings_of("human", "beta"), ratings_of("nobody", "beta"), "NOT_FOUND"),
        (ratings_of("human", "beta"), ratings_of("gpt-4", "nothing"), "NOT_FOUND"),
        (ratings_of("human", "beta", "no"), ratings_of("gpt-4", "beta"), "NOT_FOUND"),
    ],
)
async def test_what_cannot_be_correlated_is_refused(
    service: Service, first: Any, second: Any, code: str
) -> None:
    """What is not known is named; a rating is not correlated with itself."""
    variables = {"first": first, "second": second}
    told = await service.answer(CORRELATION, variables)
    assert errors(told) == [(["found"], code)]
    assert told.body == (await service.reference(CORRELATION, variables)).body
