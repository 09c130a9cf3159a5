"""Caveats hold for the figures that they stand beside."""

import pytest

from workatlas.schema.caveats import CaveatCode, caveats_of
from workatlas.schema.rows import (
    ExposureRow,
    RatingRow,
    ReleaseRow,
    SourceFileRow,
    StudyFileRow,
)

RATING = RatingRow(
    "k", "IM", None, 4.0, 9, 0.1, 3.0, 5.0, False, "2020-08", "Incumbent", "r", 2
)
EXPERT = RATING._replace(domain_source="Occupational Expert", recommend_suppress=None)
LABEL = ExposureRow(
    *("k", "s", "human", "exposure", "E1", None, "c", "f", 2, "IS_TASK", "Fold."),
    *(None, None),
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
    return ReleaseRow(
        "k", "onet-1", "O", "1", "", synthetic, "l", True, None, "f", None
    )


def study_file(*, synthetic: bool = False, coverage: str = "WHOLE") -> StudyFileRow:
    """Make a study's file of labels of tasks."""
    return StudyFileRow("k", "s", synthetic, "f", "task_exposure", coverage, 1)


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
    for releases, labels in (
        ([release(synthetic=True)], []),
        ([release(synthetic=False)], [study_file(synthetic=True)]),
    ):
        found = caveats_of([], [], [file("WHOLE")], releases, labels)
        assert [c.code.name for c in found] == ["INVENTED", "ESTIMATES"]


def test_every_caveat_is_one_sentence() -> None:
    """Texts are single sentences of their own, each said once and none of them empty.

    They hold for any release: none says that a rated wording is older or newer.
    """
    texts = [code.value for code in CaveatCode]
    assert len(set(texts)) == len(texts)
    assert all(t[0].isupper() and t.count(".") == 1 and t.endswith(".") for t in texts)
    assert "older" not in CaveatCode.LABEL_OF_OTHER_WORDING.value


@pytest.mark.parametrize(
    ("contents", "coverage", "code"),
    [
        ("task_activities", "ABSENT", "ACTIVITIES_ABSENT"),
        ("task_activities", "PART", "ACTIVITIES_PART"),
        ("alternate_titles", "ABSENT", "TITLES_ABSENT"),
        ("reported_titles", "PART", "TITLES_PART"),
        ("related_occupations", "ABSENT", "RELATED_ABSENT"),
        ("related_occupations", "PART", "RELATED_PART"),
        ("emerging_tasks", "ABSENT", "EMERGING_ABSENT"),
        ("emerging_tasks", "PART", "EMERGING_PART"),
        ("job_zones", "ABSENT", "JOB_ZONES_ABSENT"),
        ("job_zone_descriptions", "ABSENT", "JOB_ZONES_ABSENT"),
        ("job_zones", "PART", "JOB_ZONES_PART"),
    ],
)
def test_files_that_are_not_whole_are_said(
    contents: str, coverage: str, code: str
) -> None:
    """Lists that lack what a file would hold have a reason."""
    lacking = file(coverage)._replace(contents=contents)
    files = [file("WHOLE"), lacking]
    found = caveats_of([], [], files, [release(synthetic=False)], [study_file()])
    assert {caveat.code.name for caveat in found} == ALWAYS | {code}


def test_labels_loaded_in_part_are_said() -> None:
    """A study of which a part is loaded may have rated what shows no rating."""
    labels = [study_file(coverage="PART")]
    releases = [release(synthetic=False)]
    found = caveats_of([], [], [file("WHOLE")], releases, labels)
    assert {caveat.code.name for caveat in found} == ALWAYS | {"LABELS_PART"}
