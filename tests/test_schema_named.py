"""Ratings are chosen by the names of studies, raters and measures."""

from pathlib import Path
from typing import Any

import pytest

from workatlas.errors import NotFoundError
from workatlas.resolvers import Service
from workatlas.schema.named import check_named
from workatlas.schema.rows import MeasureNameRow, RaterNameRow, StudyRow

from .answers import ask, errors, serve_sample

STUDIES = [StudyRow._make([name] * len(StudyRow._fields)) for name in ("old", "new")]
RATERS = [
    RaterNameRow("k", "old", "people"),
    RaterNameRow("k", "old", "model"),
    RaterNameRow("k", "new", "model"),
]
MEASURES = [
    MeasureNameRow("k", "old", "speed", "fraction", None, None),
    MeasureNameRow("k", "new", "exposure", "label", "E0 E1", None),
]


@pytest.fixture(scope="module")
def service(sample_graph: Path) -> Service:
    """Serve the sample."""
    return serve_sample(sample_graph)


async def test_ratings_are_chosen_by_study_rater_and_measure(service: Service) -> None:
    """Each name keeps what it names, and several keep what all of them name."""
    data = await ask(
        service,
        """{ task(taskId: 97) {
          all: exposureRatings { rater { id } measure { id } }
          one: exposureRatings(rater: "human", measure: "beta") { score }
          study: exposureRatings(study: "gpts-are-gpts") { score }
          nothing: exposureRatings(rater: null) { score }
          none: exposureRatings(rater: "human", measure: "automation") { score } } }""",
    )
    task = data["task"]
    names = [(e["rater"]["id"], e["measure"]["id"]) for e in task["all"]]
    assert names == sorted(names)
    assert len(names) == len(task["nothing"]) == len(task["study"]) == 14
    assert len(task["one"]) == 1
    assert task["none"] == []


@pytest.mark.parametrize(
    ("choice", "known"),
    [
        (
            'study: "other"',
            ["aioe", "economic-index", "gpts-are-gpts", "working-with-ai"],
        ),
        (
            'rater: "me"',
            [
                *("ai", "both", "claude", "crowd", "gpt-4", "gpt-4-alt-rubric"),
                *("gpt-4-second-run", "human", "user"),
            ],
        ),
        (
            'study: "gpts-are-gpts", measure: "delta"',
            ["alpha", "automation", "beta", "exposure", "gamma"],
        ),
    ],
)
@pytest.mark.parametrize(
    "place", ["task(taskId: 97)", 'occupation(code: "19-1017.00")']
)
async def test_an_unknown_name_is_an_error(
    service: Service, place: str, choice: str, known: list[str]
) -> None:
    """It is said which names there are, for tasks and occupations, first or again."""
    document = f"{{ {place} {{ exposureRatings({choice}) {{ score }} }} }}"
    for answer in (
        await service.answer(document),
        await service.answer(document),
        await service.reference(document),
    ):
        field = place.partition("(")[0]
        assert errors(answer) == [([field, "exposureRatings"], "NOT_FOUND")]
        (error,) = answer.as_dict()["errors"]
        assert error["extensions"]["todo"] == f"Known are {', '.join(known)}."


async def test_names_are_read_where_one_is_given(sample_graph: Path) -> None:
    """A page without a choice costs no statement; a choice costs one, once a build."""
    service = serve_sample(sample_graph)
    document = """query ($rater: ID) { task(taskId: 97) {
      exposureRatings(rater: $rater) { label } } }"""
    names = [("release_raters", 1)]
    for rater, more in ((None, []), ("human", names), ("gpt-4", []), (None, [])):
        answer = await service.answer(document, {"rater": rater})
        assert errors(answer) == []
        assert sorted(answer.statements) == [*more, ("task", 1)]


CHOICE = {"study": None, "rater": None, "measure": None}


@pytest.mark.parametrize(
    "choice",
    [
        {},
        {"study": "old", "rater": "people", "measure": "speed"},
        {"rater": "people", "measure": "exposure"},
        {"measure": "beta"},
        {"study": "new", "measure": "gamma"},
    ],
)
def test_known_names_pass(choice: dict[str, str]) -> None:
    """Names of any study, or of the named one; what is derived of exposure too."""
    check_named("onet-1@b/task/1", STUDIES, RATERS, MEASURES, **{**CHOICE, **choice})


@pytest.mark.parametrize(
    ("choice", "what", "todo"),
    [
        ({"study": "x"}, "Study x is not in onet-1.", "Known are new, old."),
        (
            {"rater": "x"},
            "Rater x is not in the studies of onet-1.",
            "Known are model, people.",
        ),
        (
            {"study": "new", "rater": "people"},
            "Rater people is not in new.",
            "Known are model.",
        ),
        (
            {"study": "old", "measure": "alpha"},
            "Measure alpha is not in old.",
            "Known are speed.",
        ),
        (
            {"measure": "x"},
            "Measure x is not in the studies of onet-1.",
            "Known are alpha, beta, exposure, gamma, speed.",
        ),
    ],
)
def test_unknown_names_are_refused(choice: Any, what: str, todo: str) -> None:
    """The known ones are listed, of the named study or of all, derived ones too."""
    with pytest.raises(NotFoundError) as raised:
        check_named(
            "onet-1@b/task/1", STUDIES, RATERS, MEASURES, **{**CHOICE, **choice}
        )
    assert (raised.value.what, raised.value.todo) == (what, todo)


def test_a_release_without_studies_knows_no_name() -> None:
    """Nothing is joined: there is nothing to list."""
    with pytest.raises(NotFoundError) as raised:
        check_named("onet-1@b/task/1", [], [], [], **{**CHOICE, "rater": "x"})
    assert raised.value.todo == "None is known."
