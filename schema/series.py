"""What figures are of one kind: those of one rater under one measure of a study."""

from typing import NamedTuple


class Series(NamedTuple):
    """The figures of one rater under one measure of a study, by identifier."""

    study: str
    rater: str
    measure: str
