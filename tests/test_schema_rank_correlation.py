"""Two ratings correlated over occupations or tasks, with all that is left out."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workatlas.loaders.join import join_all
from workatlas.resolvers import Service
from workatlas.schema.correlation import kendall, spearman

from . import mini
from .answers import SAMPLE, ask, errors, serve, serve_loaded
from .comparing import CORRELATION, joined_more, ratings_of, unordered
from .gaps import OCCUPATIONS, TASKS, labels_with_gaps
from .joined import another
from .mini_labels import occupation, read_labels, task

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


async def correlate(service: Service, **variables: Any) -> Any:
    """Correlate two ratings, by plan and by reference."""
    told = await service.answer(CORRELATION, variables)
    assert told.body == (await service.reference(CORRELATION, variables)).body
    return (await ask(service, CORRELATION, **variables))["found"]


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


async def test_two_studies(tmp_path: Path) -> None:
    """Each study's rows are told from the other's, and so is what either lacks."""
    one = read_labels(
        tmp_path / "one",
        [task(1)],
        [occupation("11-1.00"), occupation("12-1.00", dv_rating_beta="0.5")],
    )
    two = read_labels(
        tmp_path / "two",
        [task(2)],
        [occupation("11-1.00", human_rating_beta="0.25"), occupation("99-1.00")],
    )
    other = another(two, "other")
    service = serve(tmp_path / "graph", join_all(mini.release(), [one, other]))
    sides = {
        "first": ratings_of("gpt-4", "beta"),
        "second": ratings_of("human", "beta", "other"),
    }
    found = await correlate(service, **sides)
    assert found["population"]["compared"] == 1
    told = {
        (e["first"], e["second"]): e["count"]
        for e in found["population"]["notCompared"]
    }
    assert told == {(None, "NO_ROW"): 1}
    for name in ("spearman", "kendall"):
        assert (found[name]["value"], found[name]["missing"]) == (None, "ONE_COMPARED")
    assert found["second"]["study"]["id"] == "other"
    over = await correlate(service, **sides, over="TASKS")
    assert over["spearman"]["missing"] == "NONE_COMPARED"
    told = {
        (e["first"], e["second"]): e["count"] for e in over["population"]["notCompared"]
    }
    assert told[None, "NO_ROW"] == told["NO_ROW", None] == 1
    sources = (await service.answer(CORRELATION, sides)).as_dict()["extensions"]
    assert [each["id"] for each in sources["sources"]] == [STUDY, "onet-1.0", "other"]


async def test_rows_that_share_an_occupation(tmp_path: Path) -> None:
    """Several rows of one occupation, and several occupations of one row, count."""
    study = read_labels(
        tmp_path / "labels",
        [task(1)],
        [
            occupation("11-1.00", dv_rating_beta="0.5"),
            occupation("99-1.00", dv_rating_beta="0.75"),
        ],
    )
    row = f"subject/{STUDY}/occ_level.csv/"
    graph = joined_more(
        join_all(mini.release(), [study]),
        "IS_OCCUPATION",
        (f"{row}3", "occupation/11-1.00"),
        (f"{row}3", "occupation/12-1.00"),
    )
    sides = {
        "first": ratings_of("gpt-4", "beta"),
        "second": ratings_of("gpt-4", "alpha"),
    }
    found = await correlate(serve(tmp_path / "graph", graph), **sides)
    # The rows of 11-1.00 differ in beta, and have the same alpha.
    assert found["population"]["notCompared"] == [
        {"first": "SEVERAL", "second": None, "count": 1}
    ]
    for side in ("first", "second"):
        assert found[side]["inSeveralRows"] == 1
        assert found[side]["inSharedRows"] == 2
        assert found[side]["rated"] == 2


async def test_one_value_correlates_with_nothing(tmp_path: Path) -> None:
    """Where one side says the same of all no rank says anything."""
    study = read_labels(
        tmp_path / "labels",
        [task(1)],
        [
            occupation("11-1.00", dv_rating_beta="0.5"),
            occupation("12-1.00", dv_rating_beta="0.75"),
        ],
    )
    service = serve(tmp_path / "graph", join_all(mini.release(), [study]))
    sides = {
        "first": ratings_of("gpt-4", "beta"),
        "second": ratings_of("gpt-4", "alpha"),
    }
    found = await correlate(service, **sides)
    assert found["population"]["compared"] == 2
    for name in ("spearman", "kendall"):
        assert (found[name]["value"], found[name]["missing"]) == (None, "ONE_VALUE")


async def test_a_part_of_a_file_says_so(tmp_path: Path) -> None:
    """What a part lacks may be in the whole."""
    path = tmp_path / "labels"
    labels_with_gaps(path)
    service = serve_loaded(
        tmp_path, ("onet@9.9", SAMPLE), (STUDY, path), partial=("occ_level.csv",)
    )
    sides = {
        "first": ratings_of("human", "beta"),
        "second": ratings_of("gpt-4", "beta"),
    }
    found = await correlate(service, **sides)
    left = found["population"]["notCompared"]
    assert {"first": "FILE_PART", "second": "FILE_PART", "count": 2} in left


async def test_labels_without_an_order_have_no_ranks(tmp_path: Path) -> None:
    """They are refused, and not taken for blanks; scores are ranked as they are."""
    study = read_labels(
        tmp_path / "labels", [task(1), task(2)], [occupation("11-1.00")]
    )
    graph = join_all(mini.release(), [unordered(study)])
    service = serve(tmp_path / "graph", graph)
    second = ratings_of("gpt-4", "beta")
    for measure, wanted in (
        ("exposure", [(["found"], "USAGE")]),
        ("automation", []),
    ):
        variables = {"first": ratings_of("gpt-4", measure), "second": second}
        told = await service.answer(CORRELATION, {**variables, "over": "TASKS"})
        assert errors(told) == wanted
