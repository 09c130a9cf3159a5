"""The closed sets of comparisons between two releases."""

from enum import Enum

import strawberry

from .member import member as _value


@strawberry.enum(description="What of two releases is compared.")
class ComparedKind(Enum):
    """Kinds of nodes that are compared, by what they are called in sentences."""

    TASK = _value("tasks", "Tasks, by task ID.")
    OCCUPATION = _value(
        "occupations",
        "Occupations, by code. What became of a code in another edition of SOC is not "
        "told by the code.",
    )
    WORK_ACTIVITY = _value(
        "work activities",
        "Work activities, by identifier, and by title at the same level where one "
        "release does not have the other's identifier.",
    )


@strawberry.enum(
    description="How something differs between two releases, as seen from `from` to "
    "`to`. Something may have changed in several ways."
)
class ReleaseChange(Enum):
    """Kinds of changes."""

    ADDED = _value(
        "ADDED", "It is not in `from`, whether or not an older release had it."
    )
    REMOVED = _value("REMOVED", "It is not in `to`; a later release may have it again.")
    REWORDED = _value(
        "REWORDED",
        "Another statement, title or description: any other character counts.",
    )
    MOVED = _value(
        "MOVED", "A task is of another occupation, an activity of another parent."
    )
    TYPE_CHANGED = _value(
        "TYPE_CHANGED", "A task became core, supplemental or not classified."
    )
    RE_RATED = _value(
        "RE_RATED",
        "A task is rated in both, and at least one value of a scale or category is "
        "another one. Other bounds or errors beside the same values do not count.",
    )
    RATINGS_GAINED = _value("RATINGS_GAINED", "A task is rated in `to` alone.")
    RATINGS_LOST = _value("RATINGS_LOST", "A task is rated in `from` alone.")
    LINKS_GAINED = _value(
        "LINKS_GAINED", "A task is linked to a detailed activity that it was not."
    )
    LINKS_LOST = _value(
        "LINKS_LOST", "A task is no longer linked to a detailed activity."
    )
    LABELS_OUTDATED = _value(
        "LABELS_OUTDATED",
        "A study rated the task's wording in `from`, and it is worded otherwise in "
        "`to`, where its label is joined as `SAME_ID_REWORDED`.",
    )
    REIDENTIFIED = _value(
        "REIDENTIFIED", "An activity has another identifier, and the same title."
    )


@strawberry.enum(description="Why it cannot be told what changed in some way.")
class ChangeMissing(Enum):
    """Reasons why a change has no count."""

    FILE_ABSENT = _value("ABSENT", "One of the releases is loaded without the file.")
    FILE_PART = _value(
        "PART",
        "A part of the file is loaded, so what is not in it may be in the whole one.",
    )


@strawberry.enum(description="What became of some words.")
class WordsKind(Enum):
    """Kinds of parts of a wording."""

    SAME = _value("SAME", "They are in both wordings.")
    REMOVED = _value("REMOVED", "They are in the first alone.")
    ADDED = _value("ADDED", "They are in the second alone.")
