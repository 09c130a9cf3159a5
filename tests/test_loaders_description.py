"""The description of a study is complete, and agrees with itself."""

import pytest
from pydantic import ValidationError

from workatlas.loaders.description import Measure, describe

STUDY = "gpts-are-gpts"


def test_the_description_is_complete() -> None:
    """Ratings name known raters and measures; every measure says what it is not."""
    study = describe(STUDY)
    raters, measures = {r.id for r in study.raters}, {m.id for m in study.measures}
    ratings = [rating for file in study.files for rating in file.ratings]
    assert all(rating.column for rating in ratings)
    assert {r.rater for r in ratings} == raters
    assert {r.measure for r in ratings} == measures
    for measure in study.measures:
        assert measure.not_meaning.startswith("Not ")
        assert measure.not_meaning.endswith(".")
        assert set(measure.scores) <= {"E0", "E1", "E2", *measure.names}


def test_scores_of_the_description_follow_their_formulas() -> None:
    """The score of each label is what the formula beside it says."""
    study = describe(STUDY)
    for label in ("E0", "E1", "E2"):
        is_e1, is_e2 = float(label == "E1"), float(label == "E2")
        formulas = {"[E1]": is_e1, "[E1] + [E2]": is_e1 + is_e2}
        formulas["[E1] + 0.5 [E2]"] = is_e1 + 0.5 * is_e2
        for name in ("alpha", "beta", "gamma"):
            measure = study.measure(name)
            assert measure.scores[label] == formulas[measure.formula or ""]
    automation = study.measure("automation")
    assert automation.scores == {f"T{n}": n / 4 for n in range(5)}


def test_labels_are_ordered_as_their_scores() -> None:
    """Exposure by beta, automation by its own score, each from the lowest up."""
    study = describe(STUDY)
    beta, automation = study.measure("beta"), study.measure("automation")
    exposure = study.measure("exposure").order
    assert exposure == sorted(beta.scores, key=lambda label: beta.scores[label])
    assert automation.order == sorted(automation.scores)


@pytest.mark.parametrize(
    "order", [["E0"], ["E0", "E2", "E3"], ["E0", "E0", "E1", "E2"]]
)
def test_an_order_has_each_label_once(order: list[str]) -> None:
    """An order that lacks a label, or has another one, is refused."""
    exposure = describe(STUDY).measure("exposure").model_dump()
    with pytest.raises(ValidationError, match="order of exposure"):
        Measure.model_validate({**exposure, "order": order})
