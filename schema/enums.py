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


@strawberry.enum(description="What an emerging task is proposed to be.")
class EmergingCategory(Enum):
    """O*NET's categories of emerging tasks."""

    NEW = _value("NEW", "A task that the occupation does not have.")
    REVISION = _value("REVISION", "Other words for a task that the occupation has.")


@strawberry.enum(
    description="Why a later release's task is taken for what an emerging one became."
)
class PromotionBasis(Enum):
    """How a candidate was found among the tasks of a later release."""

    SAME_TEXT = _value(
        "SAME_TEXT", "It has the same words, in the occupation with the same code."
    )
    REVISED_TASK = _value(
        "REVISED_TASK",
        "The same, and it has the task ID of the task that was to be revised.",
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
    EMERGING_TASKS = _value(
        "emerging_tasks", "New tasks and other wordings that are proposed."
    )
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
    STATEMENT_EXPOSURE = _value(
        "statement_exposure", "A study's figures of statements of tasks."
    )
    OCCUPATION_EXPOSURE = _value(
        "occupation_exposure", "A study's scores of occupations."
    )
    ACTIVITY_EXPOSURE = _value(
        "activity_exposure", "A study's figures of work activities."
    )
    ACTIVITY_WEIGHTS = _value(
        "activity_weights", "How much each activity counts in an occupation."
    )
    DESCRIPTION = _value(
        "description", "How a study of one's own is described, beside its data."
    )
    CROSSWALK = _value(
        "crosswalk", "Which code of one classification became which of another."
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


@strawberry.enum(description="How something was published.")
class PublicationKind(Enum):
    """Kinds of publications."""

    ARTICLE = _value("ARTICLE", "An article in a journal.")
    PREPRINT = _value("PREPRINT", "A preprint, which no journal has reviewed.")


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
