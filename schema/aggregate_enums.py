"""The closed sets of aggregates, each member with what it means."""

from enum import Enum

import strawberry

from .member import member as _value


@strawberry.enum(description="How much each input of an aggregate counts.")
class InputWeight(Enum):
    """Weights of inputs."""

    EQUAL = _value("EQUAL", "Each counts the same.")
    CORE = _value("CORE", "A core task counts twice, any other once.")
    IMPORTANCE = _value(
        "IMPORTANCE", "The importance of the task in the occupation, 1 to 5 points."
    )
    RELEVANCE = _value(
        "RELEVANCE", "How many call the task part of the job, 0 to 100 percent."
    )
    IMPORTANCE_X_RELEVANCE = _value(
        "IMPORTANCE_X_RELEVANCE", "Importance times relevance."
    )
    PUBLISHED = _value(
        "PUBLISHED", "As much as the study's file of weights says, for activities."
    )


@strawberry.enum(description="Which tasks an aggregate of an occupation is made of.")
class TaskSet(Enum):
    """Sets of tasks."""

    AS_STUDIED = _value(
        "AS_STUDIED",
        "Those that the study rated in the occupation, of the types that it saw, "
        "whether or not the release still has them.",
    )
    AS_IN_RELEASE = _value(
        "AS_IN_RELEASE",
        "Those that the release has in the occupation, of the types that it gives.",
    )


@strawberry.enum(
    description="What becomes of an aggregate where inputs lack a score or a weight; "
    "they never count as 0, unless that is asked for."
)
class MissingRule(Enum):
    """Rules for what is missing."""

    EXCLUDE = _value(
        "EXCLUDE", "They are left out, with the reason; see `coverage` for the rest."
    )
    REFUSE = _value("REFUSE", "There is no value as soon as one of them lacks it.")
    AS_STUDY = _value(
        "AS_STUDY",
        "As the study does in its own figures: Working with AI counts an activity "
        "without a figure as 0, and `isBlank` says of which inputs; else as EXCLUDE.",
    )


@strawberry.enum(description="Why an aggregate has no value.")
class AggregateMissing(Enum):
    """Reasons for an absent value."""

    ABILITIES_NOT_LOADED = _value(
        "ABILITIES_NOT_LOADED",
        "The study makes its figures of ratings of abilities, which its files do not "
        "hold: they cannot be computed again.",
    )
    SHARED_STATEMENTS = _value(
        "SHARED_STATEMENTS",
        "The study counts statements, and one may stand for tasks of several "
        "occupations: its figure must not be added up once for each of them.",
    )
    SEVERAL_OCCUPATIONS = _value(
        "SEVERAL_OCCUPATIONS",
        "Several occupations of the study stand for this one, each with weights of its "
        "own; they are not merged.",
    )
    RATINGS_ABSENT = _value(
        "RATINGS_ABSENT",
        "The release was loaded without its ratings, so no task has this weight.",
    )
    NO_INPUTS = _value(
        "NO_INPUTS", "No input has both a score and a weight; see `excluded`."
    )
    ZERO_WEIGHTS = _value("ZERO_WEIGHTS", "The weights of all inputs are 0.")
    INCOMPLETE = _value(
        "INCOMPLETE", "An input lacks a score or a weight, and REFUSE was asked for."
    )


@strawberry.enum(description="Why an input is left out of an aggregate.")
class InputExcluded(Enum):
    """Reasons for which inputs are left out."""

    NOT_RATED_BY_STUDY = _value(
        "NOT_RATED_BY_STUDY", "The study has no row about it: it may be newer."
    )
    FILE_PART = _value(
        "FILE_PART",
        "The study's file of ratings was loaded in part; the row may be missing.",
    )
    NO_SUCH_RATING = _value(
        "NO_SUCH_RATING",
        "The study has a row about it, without a rating by this rater under this "
        "measure.",
    )
    SEVERAL_RATINGS = _value(
        "SEVERAL_RATINGS", "Several rows of the study rate it; none of them is chosen."
    )
    LABEL_WITHOUT_SCORE = _value(
        "LABEL_WITHOUT_SCORE", "It has a label under this measure, which is no number."
    )
    OTHER_WEIGHT = _value(
        "OTHER_WEIGHT",
        "Such inputs have no weight of that kind: tasks have no published weights, and "
        "activities have no other.",
    )
    NOT_IN_RELEASE = _value(
        "NOT_IN_RELEASE", "The release no longer has it, and gives it no weight."
    )
    WEIGHT_NOT_RATED = _value(
        "WEIGHT_NOT_RATED", "The release holds no rating of it that is this weight."
    )
    WEIGHT_FILE_PART = _value(
        "WEIGHT_FILE_PART",
        "The release's ratings were loaded in part; its weight may be missing.",
    )
    WEIGHT_FILE_ABSENT = _value(
        "WEIGHT_FILE_ABSENT", "The release was loaded without its ratings."
    )


@strawberry.enum(description="Why there is no published figure beside an aggregate.")
class PublishedMissing(Enum):
    """Reasons for an absent published figure."""

    NOT_OF_ACTIVITIES = _value(
        "NOT_OF_ACTIVITIES",
        "The study publishes no figure of a work activity that is made of its tasks.",
    )
    NOT_PUBLISHED = _value(
        "NOT_PUBLISHED", "The study publishes no such figure of this occupation."
    )
    SEVERAL = _value(
        "SEVERAL",
        "Several rows of the study stand for this occupation; see `exposureRatings`.",
    )
    FILE_PART = _value(
        "FILE_PART",
        "The study's file of occupations was loaded in part; the row may be missing.",
    )


@strawberry.enum(description="What a study makes its figures of occupations of.")
class StudyAggregation(Enum):
    """How studies aggregate."""

    CORE_TASKS = _value(
        "CORE_TASKS",
        "The mean of its ratings of the occupation's tasks, core tasks counting twice.",
    )
    WEIGHTED_ACTIVITIES = _value(
        "WEIGHTED_ACTIVITIES",
        "The mean of its ratings of work activities, by weights that it publishes.",
    )
    ABILITIES = _value("ABILITIES", "Ratings of abilities, which its files lack.")
    SHARED_STATEMENTS = _value(
        "SHARED_STATEMENTS",
        "None: it counts statements, which may stand for tasks of many occupations.",
    )
