"""Caveats hold for the figures that they stand beside."""

import pytest

from workatlas.schema.caveats import CaveatCode, caveats_of
from workatlas.schema.rows import (
    ExposureRow,
    RatingRow,
    ReleaseRow,
    SourceFileRow,
    StudyRow,
)

RATING = RatingRow(
    "k", "IM", None, 4.0, 9, 0.1, 3.0, 5.0, False, "2020-08", "Incumbent", "r", 2
)
EXPERT = RATING._replace(domain_source="Occupational Expert", recommend_suppress=None)
LABEL = ExposureRow(
    "k", "s", "human", "exposure", "E1", None, "c", "f", 2, "IS_TASK", "Fold."
)
MODEL = LABEL._replace(rater="gpt-4")
ALWAYS = {"ESTIMATES"}
RATED = {"SURVEY_DATE", "RELEVANCE", "RANK"}
LABELLED = {"EXPOSURE_NOT_AUTOMATION"}


def file(coverage: str) -> SourceFileRow:
    """Make the file of ratings."""
    row = ("k", "r", *(None,) * 5, "task_ratings", coverage, None, None, None)
    return SourceFileRow._make(row)


def release(*, synthetic: bool) -> ReleaseRow:
    """Make a release."""
    return ReleaseRow("k", "onet-1", "O", "1", "", synthetic, "l", True, None, "f")


@pytest.mark.parametrize(
    ("ratings", "exposures", "coverage", "expected"),
    [
        ([], [], "WHOLE", ALWAYS),
        ([], [], "PART", ALWAYS | {"RATINGS_PART"}),
        ([], [], "ABSENT", ALWAYS | {"RATINGS_ABSENT"}),
        ([RATING], [], "WHOLE", ALWAYS | RATED),
        ([EXPERT], [], "WHOLE", ALWAYS | RATED | {"EXPERTS_ANSWERED"}),
        (
            [RATING._replace(recommend_suppress=True)],
            [],
            "WHOLE",
            ALWAYS | RATED | {"SUPPRESS_ADVISED"},
        ),
        ([], [LABEL], "WHOLE", ALWAYS | LABELLED),
        (
            [],
            [LABEL, MODEL._replace(exposure_label="E0")],
            "WHOLE",
            ALWAYS | LABELLED | {"NO_EXPOSURE", "RATERS_DIFFER"},
        ),
        (
            [],
            [LABEL._replace(basis="IS_REWORDED_TASK")],
            "WHOLE",
            ALWAYS | LABELLED | {"LABEL_OF_OTHER_WORDING"},
        ),
        ([], [MODEL._replace(measure="alpha")], "WHOLE", ALWAYS | LABELLED),
    ],
)
def test_what_holds_is_said(
    ratings: list[RatingRow],
    exposures: list[ExposureRow],
    coverage: str,
    expected: set[str],
) -> None:
    """Each caveat appears exactly when its condition holds, with one sentence."""
    files = [file(coverage)]
    found = caveats_of(ratings, exposures, files, [release(synthetic=False)], [])
    assert {c.code.name for c in found} == expected
    assert all(c.text.endswith(".") for c in found)


def test_invented_data_is_named_first() -> None:
    """An invented release or study comes before every other caveat."""
    study = StudyRow._make(["s"] * len(StudyRow._fields))._replace(synthetic=True)
    for releases, studies in (
        ([release(synthetic=True)], []),
        ([release(synthetic=False)], [study]),
    ):
        found = caveats_of([], [], [file("WHOLE")], releases, studies)
        assert [c.code.name for c in found] == ["INVENTED", "ESTIMATES"]


def test_every_caveat_is_one_sentence() -> None:
    """Texts are single sentences of their own, each said once and none of them empty.

    They hold for any release: none says that a rated wording is older or newer.
    """
    texts = [code.value for code in CaveatCode]
    assert len(set(texts)) == len(texts)
    assert all(t[0].isupper() and t.count(".") == 1 and t.endswith(".") for t in texts)
    assert "older" not in CaveatCode.LABEL_OF_OTHER_WORDING.value


def test_links_that_were_left_out_are_said() -> None:
    """Empty lists of activities and related tasks have a reason."""
    links = file("ABSENT")._replace(contents="task_activities")
    found = caveats_of([], [], [file("WHOLE"), links], [release(synthetic=False)], [])
    assert {caveat.code.name for caveat in found} == ALWAYS | {"ACTIVITIES_ABSENT"}
