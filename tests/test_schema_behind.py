"""Sources and citations name what is behind a page, and nothing else."""

from workatlas.schema.page import behind
from workatlas.schema.rows import ExposureRow, StudyRow


def study(name: str) -> StudyRow:
    """Make a study."""
    return StudyRow._make((f"k/{name}", name, *(None,) * (len(StudyRow._fields) - 2)))


def rating(name: str) -> ExposureRow:
    """Make a rating of a study."""
    return ExposureRow._make((f"r/{name}", name, *(None,) * 11))


def test_only_studies_that_rate_are_behind() -> None:
    """A study that says nothing of a task is not cited on its page."""
    one, other = study("one"), study("other")
    assert behind([one, other], [rating("other"), rating("other")]) == [other]
    assert behind([one, other], []) == []
