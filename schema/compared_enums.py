"""The closed sets of comparisons of raters, each member with what it means."""

from enum import Enum

import strawberry

from .member import member as _value


@strawberry.enum(description="Why a rating cannot be compared with another one.")
class NotCompared(Enum):
    """What one of two compared raters lacks."""

    NO_ROW = _value("NO_ROW", "The study's files have no row about it.")
    FILE_PART = _value(
        "FILE_PART",
        "The study has no row about it, and a file of the study was loaded in part.",
    )
    BLANK = _value(
        "BLANK",
        "The study has a row about it, without a rating of this rater under this "
        "measure: it is left blank, or was not asked for.",
    )
    SEVERAL = _value(
        "SEVERAL", "Several rows of the study stand for it, and differ in the rating."
    )


@strawberry.enum(description="What two raters of a study are compared over.")
class ComparedOver(Enum):
    """Populations of a comparison of labels."""

    RELEASE_TASKS = _value(
        "RELEASE_TASKS",
        "The tasks of the release, each with the labels that were joined to it.",
    )
    STUDY_ROWS = _value(
        "STUDY_ROWS",
        "The rows of the study's files that hold labels of either rater under the "
        "measure, as they were published, joined to the release or not.",
    )


@strawberry.enum(description="What two ratings are correlated over.")
class RatedNodes(Enum):
    """Kinds of nodes that studies rate."""

    OCCUPATIONS = _value("OCCUPATIONS", "The occupations of the release.")
    TASKS = _value("TASKS", "The tasks of the release.")
