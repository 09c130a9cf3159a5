"""Every figure leads to the work that published it, to who gave it and when."""

from pathlib import Path
from typing import Any

import pytest

from workatlas.loaders.join import join_all
from workatlas.resolvers import Answer, Service

from .answers import ask, serve
from .mini import release
from .mini_labels import occupation, read_labels, task

SOURCE = "release { id } source { id publisher } file { name } rater date"
WHY = "raterMissing dateMissing"


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """Serve a release with a study that rates two of its tasks, one with blanks."""
    blank = dict.fromkeys(
        (
            *("human_exposure_agg", "human_labels", "gpt4_exposure"),
            *("gpt4_exposure_alt_rubric", "gpt4_automation"),
            *("alpha", "beta", "gamma", "automation"),
        ),
        "",
    )
    rows = [task(1), task(2, **blank)]
    study = read_labels(tmp_path / "labels", rows, [occupation("11-1.00")])
    return serve(tmp_path / "graph", join_all(release(), [study]), study)


async def test_a_label_leads_to_its_study(service: Service) -> None:
    """Its source is the study, whatever release's page it is shown on."""
    inputs = "inputs { source { id } rater column }"
    document = f"""{{ task(taskId: 1) {{ exposureRatings(rater: "human") {{ label
      provenance {{ {SOURCE} {WHY} {inputs} }} }} }} }}"""
    ratings = (await ask(service, document))["task"]["exposureRatings"]
    expected = {
        "release": {"id": "onet-1.0"},
        "source": {"id": "gpts-are-gpts", "publisher": "OpenAI"},
        "file": {"name": "full_labelset.tsv"},
        "rater": "human",
        "date": None,
        "raterMissing": None,
        "dateMissing": "NOT_PUBLISHED",
    }
    assert [r["label"] for r in ratings] == [None, None, "E1", None]
    for rating in ratings:
        inputs = rating["provenance"].pop("inputs")
        assert rating["provenance"] == expected
        label = {
            "source": {"id": "gpts-are-gpts"},
            "rater": "human",
            "column": "human_exposure_agg",
        }
        assert inputs == ([] if rating["label"] else [label])


async def test_a_figure_leads_to_its_release(service: Service) -> None:
    """Ratings, statements and links say who was asked when; a definition does not."""
    document = f"""{{ task(taskId: 1) {{
      provenance {{ {SOURCE} {WHY} }} importance {{ provenance {{ {SOURCE} {WHY} }} }}
      activityLinks {{ provenance {{ rater date {WHY} }} }}
      occupation {{ provenance {{ {SOURCE} {WHY} }} }} }} }}"""
    found = (await ask(service, document))["task"]
    asked = {
        "release": {"id": "onet-1.0"},
        "source": {"id": "onet-1.0", "publisher": "Paper Office"},
        "file": {"name": "facts.txt"},
        "rater": "Incumbent",
        "date": "2020-08",
        "raterMissing": None,
        "dateMissing": None,
    }
    assert found["provenance"] == asked
    ratings = {**asked, "file": {"name": "ratings.txt"}}
    assert found["importance"]["provenance"] == ratings
    unknown = "NOT_PUBLISHED"
    link = {"rater": None, "date": "2014-03"}
    why = {"raterMissing": unknown, "dateMissing": None}
    assert found["activityLinks"] == [{"provenance": {**link, **why}}]
    nobody: dict[str, Any] = {"rater": None, "date": None}
    why = {"raterMissing": unknown, "dateMissing": unknown}
    assert found["occupation"]["provenance"] == {**asked, **nobody, **why}


async def test_without_a_row_nobody_is_named(service: Service) -> None:
    """A missing figure names the file that would hold it, and why no more."""
    document = (
        f"{{ task(taskId: 4) {{ importance {{ provenance {{ rater {WHY} }} }} }} }}"
    )
    found = (await ask(service, document))["task"]["importance"]["provenance"]
    assert found == {"rater": None, "raterMissing": "NO_ROW", "dateMissing": "NO_ROW"}


def named(answer: Answer) -> list[str]:
    """Give the works that an answer says it was made of."""
    body = answer.as_dict()
    assert "errors" not in body, body["errors"]
    return [source["id"] for source in body["extensions"]["sources"]]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("{ task(taskId: 1) { statement } }", ["onet-1.0"]),
        ("{ task(taskId: 1) { release { studies { id } } } }", ["onet-1.0"]),
        ("{ task(taskId: 4) { exposureRatings { label } } }", ["onet-1.0"]),
        (
            "{ task(taskId: 1) { exposureRatings { label } } }",
            ["gpts-are-gpts", "onet-1.0"],
        ),
        (
            '{ occupation(code: "11-1.00") { exposureRatings { score } } }',
            ["gpts-are-gpts", "onet-1.0"],
        ),
        (
            "{ task(taskId: 2) { exposureMissing { reason } } }",
            ["gpts-are-gpts", "onet-1.0"],
        ),
        ('{ study(id: "gpts-are-gpts") { title } }', ["gpts-are-gpts"]),
    ],
)
async def test_an_answer_names_the_studies_that_it_shows(
    service: Service, document: str, expected: list[str]
) -> None:
    """A study stands among the sources where a row of its files was read, not else."""
    # Twice, because what describes a build is kept, and the second way is another.
    for ask_for in (service.answer, service.answer, service.reference):
        assert named(await ask_for(document)) == expected


async def test_a_study_is_named_once(service: Service) -> None:
    """Its own graph and its rows in a release's are one source."""
    document = """{ study(id: "gpts-are-gpts") { id }
      task(taskId: 1) { exposureRatings { label } } }"""
    found = named(await service.answer(document))
    assert found == ["gpts-are-gpts", "onet-1.0"]
