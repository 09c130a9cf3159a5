"""The rows that aggregates are made of, by column, as those of ``rows.py``.

``rated`` is the key of what is an input: of a row of the study, or of a release's task.
"""

from typing import Any, NamedTuple


class InputSubjectRow(NamedTuple):
    """A row of a study that stands for a task, and how it was joined to a release's.

    ``task_type`` is the type that the study saw.
    """

    study: str
    rated: str
    task_id: int | None
    statement: str | None
    task_type: str | None
    basis: str | None
    file: str
    line: int


class InputRatingRow(NamedTuple):
    """What a rater says under a measure of an input."""

    study: str
    rated: str
    rater: str
    measure: str
    exposure_label: str | None
    score: float | None
    column: str
    file: str
    line: int


class StudiedLinkRow(NamedTuple):
    """A task of the release that a study's row stands for, what it weighs, and how."""

    key: str
    importance: float | None
    relevance: float | None
    basis: str
    rated: str


class InputWeightRow(NamedTuple):
    """How much an activity counts in the occupation of a code, and where it stands."""

    study: str
    rated: str
    code: str
    element_id: str
    heading: str
    weight: float
    column: str
    file: str
    line: int


class WeighedLinkRow(NamedTuple):
    """An activity of the release that a study's row stands for, and how."""

    rated: str
    activity_key: str
    basis: str


class OccupationScoreRow(NamedTuple):
    """A score of an occupation, by the names of what it is of, and where it stands."""

    key: str
    study: str
    rater: str
    measure: str
    score: float | None
    code: str
    job_zone: int | None


class StudyInputRow(NamedTuple):
    """A row of a study with all that aggregates over a release are made of.

    ``studied_in`` has code and job zone of the occupation that a task had in the study;
    ``held_in`` number, type, importance and relevance of the release's task, and code,
    job zone and number of tasks of its occupation; ``wholes`` code and job zone of the
    occupations that it stands for as a whole, and ``weights`` the activities that count
    in these.
    """

    key: str
    task_id: int | None
    element_id: str | None
    task_type: str | None
    studied_in: list[list[Any]]
    held_in: list[list[Any]]
    wholes: list[list[Any]]
    weights: list[list[Any]]


class StudySaidRow(NamedTuple):
    """What a rater says under a measure, and of which tasks and activities."""

    rater: str
    measure: str
    exposure_label: str | None
    score: float | None
    task_ids: list[Any]
    element_ids: list[Any]


INPUTS = (InputSubjectRow, InputRatingRow, InputWeightRow)
"""The rows that are of a study, each with the study's name."""
