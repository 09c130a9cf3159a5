"""The closed sets of studies and their joins, each member with what it means."""

from enum import Enum

import strawberry

from .member import member as _value


@strawberry.enum(description="The unit of a measure's scores.")
class MeasureUnit(Enum):
    """Units of measures."""

    LABEL = _value("label", "It has labels alone, and no scores.")
    FRACTION = _value("fraction", "A fraction, from the measure's minimum to maximum.")
    PERCENT = _value("percent", "Percent, from the measure's minimum to maximum.")
    Z_SCORE = _value(
        "z-score",
        "Standard deviations from the mean of all that the study rated; no bounds.",
    )


@strawberry.enum(description="What kind of rater gave a rating.")
class RaterKind(Enum):
    """Kinds of raters."""

    PERSON = _value("PERSON", "People who annotated for a study.")
    EXPERT = _value("EXPERT", "People who know the occupation.")
    MODEL = _value("MODEL", "A language model.")
    USAGE_LOG = _value("USAGE_LOG", "Counted from logs of use.")


@strawberry.enum(description="What a study rated, as its files identify it.")
class RatedKind(Enum):
    """Kinds of what is rated."""

    TASK = _value("TASK", "A task, by its number.")
    STATEMENT = _value(
        "STATEMENT",
        "A statement without a number; several tasks may have it, and then what is "
        "said is said of all of them together.",
    )
    OCCUPATION = _value("OCCUPATION", "An occupation, by its code of O*NET-SOC.")
    SOC_OCCUPATION = _value(
        "SOC_OCCUPATION",
        "An occupation of SOC, by a code of six digits; O*NET-SOC has one or several "
        "occupations for it.",
    )
    ACTIVITY = _value("ACTIVITY", "A work activity, by its identifier.")
    NOTHING = _value("NOTHING", "Nothing: the study says so of the row.")


@strawberry.enum(
    description="How a study's row was found to be about this task, occupation or "
    "activity."
)
class Basis(Enum):
    """How a study's row was joined to a release's node."""

    SAME_ID_SAME_WORDING = _value(
        "SAME_ID_SAME_WORDING", "Same task ID and the very sentence that was rated."
    )
    SAME_ID_REWORDED = _value(
        "SAME_ID_REWORDED", "Same task ID, but another wording was rated."
    )
    SAME_TEXT_ONE_TASK = _value(
        "SAME_TEXT_ONE_TASK",
        "Same sentence but for capitals, and no other task of the release has it.",
    )
    SAME_TEXT_MANY_TASKS = _value(
        "SAME_TEXT_MANY_TASKS",
        "Same sentence but for capitals, which other tasks of the release have too: "
        "the figure is that of all of them together.",
    )
    SAME_CODE = _value("SAME_CODE", "Same occupation code.")
    SOC_ONE_OCCUPATION = _value(
        "SOC_ONE_OCCUPATION",
        "Same six digits of SOC, and no other occupation of the release has them.",
    )
    SOC_MANY_OCCUPATIONS = _value(
        "SOC_MANY_OCCUPATIONS",
        "Same six digits of SOC, which other occupations of the release have too: the "
        "score is that of all of them.",
    )
    CROSSWALK_ONE = _value(
        "CROSSWALK_ONE", "Over a crosswalk, from one code to one occupation."
    )
    CROSSWALK_SPLIT = _value(
        "CROSSWALK_SPLIT",
        "Over a crosswalk, from one code to several occupations: the score is that of "
        "all of them.",
    )
    CROSSWALK_MERGED = _value(
        "CROSSWALK_MERGED",
        "Over a crosswalk, from one of several codes that one occupation stands for: "
        "the score of one of them is not that of the whole.",
    )
    SAME_ACTIVITY = _value(
        "SAME_ACTIVITY", "Same identifier and title of the activity."
    )
    SAME_ACTIVITY_RETITLED = _value(
        "SAME_ACTIVITY_RETITLED", "Same identifier, but another title was rated."
    )
    SAME_TITLE = _value(
        "SAME_TITLE", "Same title at the same level, under another identifier."
    )


@strawberry.enum(description="Why a study has no rating.")
class ExposureMissing(Enum):
    """Reasons why a joined study says nothing of something that it could rate."""

    NOT_RATED_BY_STUDY = _value(
        "NOT_RATED_BY_STUDY", "The study's files have no row about it."
    )
    NEWER_THAN_STUDY = _value(
        "NEWER_THAN_STUDY",
        "The study rated every task of the release it was made on, and this is a newer "
        "release: the task came later.",
    )
    OLDER_THAN_STUDY = _value(
        "OLDER_THAN_STUDY",
        "The study rated every task of the release it was made on, and this is an "
        "older release: the task had gone by then.",
    )
    BELOW_FLOOR = _value(
        "BELOW_FLOOR",
        "Too little was observed for the study to publish a figure, which is not 0.",
    )
    BELOW_FLOOR_OR_ABSENT = _value(
        "BELOW_FLOOR_OR_ABSENT",
        "Below the study's floor, or not in the release that it was made on (see "
        "`Study.madeOn`), or worded otherwise there; its files do not tell which.",
    )
    AGGREGATED_OCCUPATION = _value(
        "AGGREGATED_OCCUPATION",
        "The study gives one score for several occupations together, this one among "
        "them.",
    )
    NO_CROSSWALK = _value(
        "NO_CROSSWALK",
        "The study's codes are of another classification than the release's, and no "
        "crosswalk between the two is loaded.",
    )
    SUPPRESSED = _value(
        "SUPPRESSED",
        "The study has a row about it, and its publisher left out the figures of some "
        "measures because too few had been observed.",
    )
    RATING_BLANK = _value(
        "RATING_BLANK",
        "The study's files have a row about it, in which every rating is left blank.",
    )
    FILE_PART = _value(
        "FILE_PART",
        "The study's file of ratings was loaded in part; the row may be missing.",
    )


@strawberry.enum(description="What became of a study's rows when it was joined.")
class JoinReason(Enum):
    """What a count of a join counts."""

    SAME_ID_SAME_WORDING = _value(
        "SAME_ID_SAME_WORDING", "Rows joined to a task by its ID, in the same wording."
    )
    SAME_ID_REWORDED = _value(
        "SAME_ID_REWORDED", "Rows joined to a task by its ID, in another wording."
    )
    SAME_TEXT_ONE_TASK = _value(
        "SAME_TEXT_ONE_TASK", "Rows joined by their statement, which one task has."
    )
    SAME_TEXT_MANY_TASKS = _value(
        "SAME_TEXT_MANY_TASKS",
        "Rows joined by their statement, which several tasks have.",
    )
    SAME_CODE = _value("SAME_CODE", "Rows joined to an occupation by its code.")
    SOC_ONE_OCCUPATION = _value(
        "SOC_ONE_OCCUPATION", "Rows joined to the one occupation with their six digits."
    )
    SOC_MANY_OCCUPATIONS = _value(
        "SOC_MANY_OCCUPATIONS", "Rows joined to several occupations with six digits."
    )
    CROSSWALK_ONE = _value(
        "CROSSWALK_ONE", "Rows joined over a crosswalk, one code to one occupation."
    )
    CROSSWALK_SPLIT = _value(
        "CROSSWALK_SPLIT", "Rows joined over a crosswalk to several occupations."
    )
    CROSSWALK_MERGED = _value(
        "CROSSWALK_MERGED",
        "Rows joined over a crosswalk to one occupation, which stands for other codes "
        "too.",
    )
    SAME_ACTIVITY = _value(
        "SAME_ACTIVITY", "Rows joined to an activity by identifier, of the same title."
    )
    SAME_ACTIVITY_RETITLED = _value(
        "SAME_ACTIVITY_RETITLED",
        "Rows joined to an activity by identifier, of another title.",
    )
    SAME_TITLE = _value(
        "SAME_TITLE", "Rows joined to an activity by title, under another identifier."
    )
    TASK_NOT_IN_RELEASE = _value(
        "TASK_NOT_IN_RELEASE", "Rows not joined: the release has no task of that ID."
    )
    STATEMENT_NOT_IN_RELEASE = _value(
        "STATEMENT_NOT_IN_RELEASE",
        "Rows not joined: no task of the release has that statement.",
    )
    ROW_WITHOUT_TASK = _value(
        "ROW_WITHOUT_TASK", "Rows not joined: the study says they are about no task."
    )
    OCCUPATION_NOT_IN_RELEASE = _value(
        "OCCUPATION_NOT_IN_RELEASE",
        "Rows not joined: the release has no occupation of that code.",
    )
    AGGREGATED_OCCUPATION = _value(
        "AGGREGATED_OCCUPATION",
        "Rows not joined: they are about several occupations of SOC together.",
    )
    NO_CROSSWALK = _value(
        "NO_CROSSWALK",
        "Rows not joined: no crosswalk is loaded that leads from their classification "
        "to that of the release.",
    )
    ACTIVITY_NOT_IN_RELEASE = _value(
        "ACTIVITY_NOT_IN_RELEASE",
        "Rows not joined: the release has no activity of that identifier or title.",
    )
    RATING_BLANK = _value(
        "RATING_BLANK", "Rows, joined or not, in which at least one rating is empty."
    )
    RELEASE_TASK_NOT_RATED = _value(
        "RELEASE_TASK_NOT_RATED", "Tasks of the release that the study does not rate."
    )
    RELEASE_OCCUPATION_NOT_RATED = _value(
        "RELEASE_OCCUPATION_NOT_RATED",
        "Occupations of the release that the study does not rate.",
    )
    RELEASE_ACTIVITY_NOT_RATED = _value(
        "RELEASE_ACTIVITY_NOT_RATED",
        "Activities of the release, of the level that the study rates, without a "
        "rating.",
    )


BASIS_OF_EDGE = {
    "IS_TASK": Basis.SAME_ID_SAME_WORDING,
    "IS_REWORDED_TASK": Basis.SAME_ID_REWORDED,
    "SAYS_TASK": Basis.SAME_TEXT_ONE_TASK,
    "SAYS_TASKS": Basis.SAME_TEXT_MANY_TASKS,
    "IS_OCCUPATION": Basis.SAME_CODE,
    "HOLDS_OCCUPATION": Basis.SOC_ONE_OCCUPATION,
    "HOLDS_OCCUPATIONS": Basis.SOC_MANY_OCCUPATIONS,
    "BECAME_OCCUPATION": Basis.CROSSWALK_ONE,
    "BECAME_OCCUPATIONS": Basis.CROSSWALK_SPLIT,
    "MERGED_IN_OCCUPATION": Basis.CROSSWALK_MERGED,
    "IS_ACTIVITY": Basis.SAME_ACTIVITY,
    "IS_RETITLED_ACTIVITY": Basis.SAME_ACTIVITY_RETITLED,
    "IS_TITLED_ACTIVITY": Basis.SAME_TITLE,
}
"""The basis that each kind of joining relationship stands for."""

RATED_ON = {
    Basis.SAME_ID_SAME_WORDING: RatedKind.TASK,
    Basis.SAME_ID_REWORDED: RatedKind.TASK,
    Basis.SAME_TEXT_ONE_TASK: RatedKind.STATEMENT,
    Basis.SAME_TEXT_MANY_TASKS: RatedKind.STATEMENT,
    Basis.SAME_CODE: RatedKind.OCCUPATION,
    Basis.SOC_ONE_OCCUPATION: RatedKind.SOC_OCCUPATION,
    Basis.SOC_MANY_OCCUPATIONS: RatedKind.SOC_OCCUPATION,
    Basis.CROSSWALK_ONE: RatedKind.SOC_OCCUPATION,
    Basis.CROSSWALK_SPLIT: RatedKind.SOC_OCCUPATION,
    Basis.CROSSWALK_MERGED: RatedKind.SOC_OCCUPATION,
    Basis.SAME_ACTIVITY: RatedKind.ACTIVITY,
    Basis.SAME_ACTIVITY_RETITLED: RatedKind.ACTIVITY,
    Basis.SAME_TITLE: RatedKind.ACTIVITY,
}
"""What was rated where a row was joined on a basis."""
