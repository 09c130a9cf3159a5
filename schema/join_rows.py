"""The rows that say how studies were joined to a release."""

from typing import NamedTuple


class SubjectRow(NamedTuple):
    """A RatedSubject node."""

    key: str
    kind: str
    task_id: int | None
    code: str | None
    element_id: str | None
    statement: str | None
    heading: str | None
    task_type: str | None
    suppressed: bool
    file: str
    line: int


class SubjectRatingRow(NamedTuple):
    """An ExposureRating node."""

    key: str
    study: str
    rater: str
    measure: str
    exposure_label: str | None
    score: float | None
    column: str
    file: str
    line: int


class JoinCountRow(NamedTuple):
    """A JoinCount node."""

    key: str
    study: str
    file_name: str | None
    reason: str
    rows: int


class UnratedRow(NamedTuple):
    """An Unrated node."""

    key: str
    study: str
    subjects: str
    reason: str
    measures: str | None


class CrosswalkRow(NamedTuple):
    """A Crosswalk node."""

    key: str
    crosswalk: str
    heading: str
    from_taxonomy: str
    to_taxonomy: str
    subjects: str
    published: str
    url: str
    synthetic: bool
    fingerprint: str
    publisher: str
    homepage: str
    licence_title: str
    licence_url: str
    attribution: str


class CrosswalkPairRow(NamedTuple):
    """A CrosswalkPair node."""

    key: str
    from_code: str
    from_heading: str
    to_code: str
    to_heading: str
    file: str
    line: int
