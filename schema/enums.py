"""The closed sets of the schema, each member with what it means."""

from enum import Enum

import strawberry

from .member import member as _value


@strawberry.enum(description="How much a task belongs to its occupation's core.")
class TaskType(Enum):
    """O*NET's task types."""

    CORE = _value(
        "CORE", "Relevance of at least 67 percent and importance of at least 3.0."
    )
    SUPPLEMENTAL = _value("SUPPLEMENTAL", "Rated, and below one of those two limits.")
    NOT_CLASSIFIED = _value(
        "NOT_CLASSIFIED", "The release gives no type: the task has not been rated."
    )


@strawberry.enum(description="The three levels of O*NET's work activities.")
class ActivityLevel(Enum):
    """Levels from the narrowest to the widest."""

    DETAILED = _value("DETAILED", "About 2,000 narrow activities (DWA).")
    INTERMEDIATE = _value("INTERMEDIATE", "About 330 groups of them (IWA).")
    GENERALIZED = _value("GENERALIZED", "41 broad activities of all work (GWA).")


@strawberry.enum(description="How much of a published file is in the graph.")
class FileCoverage(Enum):
    """Coverage of a source file."""

    WHOLE = _value("WHOLE", "Every row.")
    PART = _value("PART", "A part of the rows; whoever loaded the file declared it so.")
    ABSENT = _value(
        "ABSENT", "None; whoever loaded the release declared the file absent."
    )


@strawberry.enum(description="What a published file holds.")
class FileContents(Enum):
    """The tables of releases and studies, whatever their files are called."""

    OCCUPATIONS = _value("occupations", "Occupations: code, title, description.")
    TASK_STATEMENTS = _value("task_statements", "Tasks and the words they are put in.")
    TASK_RATINGS = _value("task_ratings", "How tasks were rated on each scale.")
    TASK_ACTIVITIES = _value("task_activities", "Links of tasks to activities.")
    DETAILED_ACTIVITIES = _value("detailed_activities", "Detailed work activities.")
    INTERMEDIATE_ACTIVITIES = _value(
        "intermediate_activities", "Intermediate work activities."
    )
    ACTIVITY_HIERARCHY = _value(
        "activity_hierarchy", "Detailed and intermediate work activities in one file."
    )
    CONTENT_MODEL = _value(
        "content_model", "The outline of the database, with generalized activities."
    )
    SCALES = _value("scales", "Rating scales with their bounds.")
    TASK_CATEGORIES = _value("task_categories", "The categories of frequency.")
    ALTERNATE_TITLES = _value("alternate_titles", "Alternate titles of occupations.")
    REPORTED_TITLES = _value("reported_titles", "Titles that respondents reported.")
    RELATED_OCCUPATIONS = _value(
        "related_occupations", "Which occupations are related to which, in tiers."
    )
    JOB_ZONES = _value("job_zones", "The job zone of each occupation.")
    JOB_ZONE_DESCRIPTIONS = _value(
        "job_zone_descriptions", "What each job zone stands for."
    )
    TASK_EXPOSURE = _value("task_exposure", "A study's labels and scores of tasks.")
    OCCUPATION_EXPOSURE = _value(
        "occupation_exposure", "A study's scores of occupations."
    )


@strawberry.enum(description="Why a figure has no value.")
class Missing(Enum):
    """Reasons for an absent value."""

    NOT_RATED = _value("NOT_RATED", "The release holds no such rating of this task.")
    FILE_PART = _value(
        "FILE_PART", "The file of ratings was loaded in part; the row may be missing."
    )
    FILE_ABSENT = _value("FILE_ABSENT", "The release was loaded without its ratings.")


@strawberry.enum(description="Why a figure has no standard error or bounds.")
class BoundsMissing(Enum):
    """Reasons for absent bounds."""

    NO_VALUE = _value("NO_VALUE", "There is no value that could have bounds.")
    EXPERT_RATING = _value(
        "EXPERT_RATING", "Occupational experts rated; no sampling error is published."
    )
    NO_VARIATION = _value(
        "NO_VARIATION", "All answers agree: the standard error is 0, without bounds."
    )
    NOT_PUBLISHED = _value("NOT_PUBLISHED", "The release gives none for this row.")


@strawberry.enum(description="Why the source of a figure names no rater or date.")
class ProvenanceMissing(Enum):
    """Reasons for an absent rater or date."""

    NO_ROW = _value("NO_ROW", "There is no row that could name one.")
    NOT_PUBLISHED = _value("NOT_PUBLISHED", "The file gives none for this row.")


@strawberry.enum(description="The unit of a figure.")
class Unit(Enum):
    """Units of ratings."""

    POINTS = _value("POINTS", "Points on the scale, between its minimum and maximum.")
    PERCENT = _value("PERCENT", "Percent of the respondents, 0 to 100.")


@strawberry.enum(description="The unit of a measure's scores.")
class MeasureUnit(Enum):
    """Units of measures."""

    LABEL = _value("label", "It has labels alone, and no scores.")
    FRACTION = _value("fraction", "A fraction, from the measure's minimum to maximum.")


@strawberry.enum(description="Which way to count or sort.")
class Direction(Enum):
    """Sort directions."""

    ASCENDING = _value("ASCENDING", "Lowest first.")
    DESCENDING = _value("DESCENDING", "Highest first.")


@strawberry.enum(description="What tasks can be sorted by.")
class TaskOrderField(Enum):
    """Sort keys; ties and missing figures follow by task ID, ascending."""

    IMPORTANCE = _value("IMPORTANCE", "The importance figure; without one, last.")
    RELEVANCE = _value("RELEVANCE", "The relevance figure; without one, last.")
    TASK_ID = _value("TASK_ID", "O*NET's number of the task.")
    SURVEYED = _value("SURVEYED", "Year and month in the release; without them, last.")
    STATEMENT = _value(
        "STATEMENT", "The statement, character by character: capitals come first."
    )


@strawberry.enum(description="What occupations can be sorted by.")
class OccupationOrderField(Enum):
    """Sort keys; ties and missing values follow by code, ascending."""

    CODE = _value("CODE", "O*NET-SOC code.")
    TITLE = _value("TITLE", "The title, character by character: capitals come first.")
    JOB_ZONE = _value("JOB_ZONE", "The number of the job zone; without one, last.")
    TASK_COUNT = _value("TASK_COUNT", "How many tasks it has.")


@strawberry.enum(description="What kind of rater gave a rating.")
class RaterKind(Enum):
    """Kinds of raters."""

    PERSON = _value("PERSON", "People who annotated for a study.")
    EXPERT = _value("EXPERT", "People who know the occupation.")
    MODEL = _value("MODEL", "A language model.")
    USAGE_LOG = _value("USAGE_LOG", "Counted from logs of use.")


@strawberry.enum(description="How something was published.")
class PublicationKind(Enum):
    """Kinds of publications."""

    ARTICLE = _value("ARTICLE", "An article in a journal.")
    PREPRINT = _value("PREPRINT", "A preprint, which no journal has reviewed.")


@strawberry.enum(
    description="How a study's row was found to be about this task or occupation."
)
class Basis(Enum):
    """How a study's row was joined to a release's node."""

    SAME_ID_SAME_WORDING = _value(
        "SAME_ID_SAME_WORDING", "Same task ID and the very sentence that was rated."
    )
    SAME_ID_REWORDED = _value(
        "SAME_ID_REWORDED", "Same task ID, but another wording was rated."
    )
    SAME_CODE = _value("SAME_CODE", "Same occupation code.")


@strawberry.enum(description="Where another title of an occupation comes from.")
class JobTitleKind(Enum):
    """Kinds of job titles."""

    ALTERNATE = _value("ALTERNATE", "An alternate (lay) title.")
    REPORTED = _value("REPORTED", "A title that respondents reported.")


@strawberry.enum(description="Why an occupation has no job zone.")
class JobZoneMissing(Enum):
    """Reasons for an absent job zone."""

    NOT_ASSIGNED = _value("NOT_ASSIGNED", "The release puts the occupation in none.")
    FILE_PART = _value(
        "FILE_PART", "The file of job zones was loaded in part; the row may be missing."
    )
    FILE_ABSENT = _value(
        "FILE_ABSENT", "The release was loaded without its file of job zones."
    )


@strawberry.enum(
    description="How closely the publisher holds an occupation to be related."
)
class RelatednessTier(Enum):
    """O*NET's tiers, the closest first; their values are the publisher's names."""

    PRIMARY_SHORT = _value("Primary-Short", "The five that are related most closely.")
    PRIMARY_LONG = _value("Primary-Long", "The five that come next.")
    SUPPLEMENTAL = _value("Supplemental", "The ten that come after those.")


@strawberry.enum(description="What two tasks, or tasks of two occupations, share.")
class RelatedVia(Enum):
    """Ways to related tasks and occupations, the narrowest first."""

    IDENTICAL_STATEMENT = _value(
        "IDENTICAL_STATEMENT", "The statement, the same to the letter."
    )
    DETAILED_ACTIVITY = _value("DETAILED_ACTIVITY", "A detailed work activity.")
    INTERMEDIATE_ACTIVITY = _value(
        "INTERMEDIATE_ACTIVITY", "An intermediate work activity."
    )
    GENERALIZED_ACTIVITY = _value(
        "GENERALIZED_ACTIVITY", "A generalized work activity."
    )


@strawberry.enum(description="What a link of the graph says.")
class LinkKind(Enum):
    """The links between tasks, occupations, work activities and shared statements."""

    HAS_TASK = _value("HAS_TASK", "An occupation has a task.")
    INVOLVES = _value("INVOLVES", "A task involves a detailed work activity.")
    PART_OF = _value("PART_OF", "A work activity is part of a wider one.")
    SAYS = _value("SAYS", "A task has a statement that other tasks have too.")


@strawberry.enum(description="Why a study has no rating of a task or occupation.")
class ExposureMissing(Enum):
    """Reasons why a joined study says nothing of a task."""

    NOT_RATED_BY_STUDY = _value(
        "NOT_RATED_BY_STUDY",
        "The study's files have no row with this task ID or occupation code.",
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
    SAME_CODE = _value("SAME_CODE", "Rows joined to an occupation by its code.")
    TASK_NOT_IN_RELEASE = _value(
        "TASK_NOT_IN_RELEASE", "Rows not joined: the release has no task of that ID."
    )
    OCCUPATION_NOT_IN_RELEASE = _value(
        "OCCUPATION_NOT_IN_RELEASE",
        "Rows not joined: the release has no occupation of that code.",
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


BASIS_OF_EDGE = {
    "IS_TASK": Basis.SAME_ID_SAME_WORDING,
    "IS_REWORDED_TASK": Basis.SAME_ID_REWORDED,
    "IS_OCCUPATION": Basis.SAME_CODE,
}
"""The basis that each kind of joining relationship stands for."""
