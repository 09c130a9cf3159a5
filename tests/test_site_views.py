"""What a page says of facts that no small release has all at once.

The data are those of the golden answer about a task of the sample, changed by hand.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from workatlas.server.site.frame import Frame
from workatlas.server.site.render import month, ordinal, rendered, score
from workatlas.server.site.views import VIEWS, by_study, marked

from .html_tree import Element, parsed
from .site_client import kind, linked

GOLDEN = Path(__file__).parent / "goldens" / "page_of_task.json"
Change = Callable[[dict[str, Any]], object]


def changed(change: Change) -> Element:
    """Give the page about the golden task after a change of its facts."""
    data = json.loads(GOLDEN.read_text(encoding="utf-8"))["answer"]["data"]
    change(data["task"])
    scope = {"type": "http", "raw_path": b"/task/97", "query_string": b""}
    frame = Frame.of(Request(scope), "task", {})
    page = rendered("task", frame, VIEWS["task"](data, frame))
    return parsed(page.decode())


def of_another_wording(task: dict[str, Any]) -> None:
    """Have each rating be of other words."""
    for rating in task["exposureRatings"]:
        rating["basis"] = "SAME_ID_REWORDED"
        rating["ratedStatement"] = "Sent other words."


def test_invented_labels_on_a_real_release() -> None:
    """Where a study alone is made up, the page names it, and marks it as a source."""
    page = changed(lambda task: task["release"].update(synthetic=False))
    said = page.one("p", class_="invented").text
    assert said.startswith("Invented. The figures of Invented")
    assert "All of this release" not in said
    assert page.section("sources").one("ul").text.count("invented") == 2


def test_nothing_invented() -> None:
    """What is published has no mark."""

    def publish(task: dict[str, Any]) -> None:
        task["release"]["synthetic"] = False
        for source in task["sources"]:
            source["synthetic"] = False

    page = changed(publish)
    assert page.all("p", class_="invented") == []
    assert {d["creativeWorkStatus"] for d in kind(linked(page), "Dataset")} == {
        "Published"
    }


def test_a_work_without_a_licence() -> None:
    """A source whose publisher states no licence says so, and links to none."""

    def withdraw(task: dict[str, Any]) -> None:
        task["sources"][1]["licence"] = {"name": None, "url": None}

    page = changed(withdraw)
    item = page.section("sources").all("li")[1]
    assert "Licence: none stated." in item.text
    assert "None" not in item.text
    (work,) = [d for d in kind(linked(page), "Dataset") if "license" not in d]
    assert work["@id"].endswith("gpts-are-gpts")


def test_why_a_study_says_nothing() -> None:
    """A study without a rating of the task is named, with the reason."""
    missing: dict[str, Any] = {
        "reason": "RATING_BLANK",
        "study": {"title": "A study"},
        "measures": [],
    }
    page = changed(
        lambda task: task.update(exposureRatings=[], exposureMissing=[missing])
    )
    section = page.section("exposure")
    assert section.all("table") == []
    assert "A study: The study's files have a row about it" in section.text
    assert kind(linked(page), "Observation")


def test_a_label_of_other_words() -> None:
    """A label of another wording says which words were rated."""
    section = changed(of_another_wording).section("exposure")
    place = section.place("E1")
    assert "Joined by Same task ID, but another wording was rated." in place
    assert "Rated was Sent other words." in place


def test_a_derived_score_says_how() -> None:
    """A score that was derived from a label names the method."""
    section = changed(len).section("exposure")
    derived = [dt for dt in section.all("dt") if dt.text == "Derived"]
    assert derived


def test_raters_that_are_never_merged() -> None:
    """Each study has a table; people come first; what one did not rate is left out."""

    def rating(study: str, rater: str, rater_kind: str, measure: str) -> dict[str, Any]:
        return {
            "study": {"id": study},
            "rater": {"id": rater, "kind": rater_kind},
            "measure": {
                "id": measure,
                "unit": "LABEL" if measure == "z" else "FRACTION",
            },
        }

    one = rating("s1", "a-model", "MODEL", "a")
    two = rating("s1", "human", "PERSON", "z")
    three = rating("s2", "expert", "EXPERT", "a")
    first, second = by_study([one, two, three])
    assert [r["id"] for r in first["raters"]] == ["human", "a-model"]
    assert [(m["id"], cells) for m, cells in first["rows"]] == [
        ("z", [[two], []]),
        ("a", [[], [one]]),
    ]
    assert second["rows"] == [(three["measure"], [[three]])]


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (112, "112th")],
)
def test_places_are_written(number: int, written: str) -> None:
    """A place has the ending that one speaks."""
    assert ordinal(number) == written


@pytest.mark.parametrize(
    ("date", "written"),
    [("2022", "2022"), ("2022-08", "August 2022"), ("2022-08-03", "3 August 2022")],
)
def test_dates_are_written(date: str, written: str) -> None:
    """A date is written in words, as far as it is known."""
    assert month(date) == written


@pytest.mark.parametrize(
    ("value", "written"), [(0.0, "0"), (1.0, "1"), (0.25, "0.25"), (0.31818, "0.3182")]
)
def test_scores_are_written(value: float, written: str) -> None:
    """A score has four decimals at most, and no zeros behind them."""
    assert score(value) == written


def test_marks_are_counted_as_browsers_count() -> None:
    """What matched is marked where it is, also behind letters of two units."""
    places = [{"start": 3, "end": 7}, {"start": 8, "end": 10}]
    found = marked({"text": "🙂 fold 🙂", "highlights": places})
    assert found == [("🙂 ", False), ("fold", True), (" ", False), ("🙂", True)]
