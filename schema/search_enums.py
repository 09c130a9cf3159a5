"""The closed sets of a search: what it finds, where, how, and why it ranks there."""

from enum import Enum

import strawberry

from .member import member as _value


@strawberry.enum(description="What a search finds.")
class SearchKind(Enum):
    """Kinds of nodes, in the order that decides between equal hits."""

    OCCUPATION = _value(
        "OCCUPATION", "Occupations, by code, title, and alternate or reported titles."
    )
    WORK_ACTIVITY = _value(
        "WORK_ACTIVITY", "Work activities of all levels, by identifier and title."
    )
    TASK = _value("TASK", "Tasks, by number and statement.")


@strawberry.enum(description="Which text of a node matched.")
class SearchField(Enum):
    """Fields that are searched."""

    CODE = _value("CODE", "O*NET-SOC code, task ID, or the identifier of an activity.")
    TITLE = _value("TITLE", "The title of an occupation or activity.")
    ALTERNATE_TITLE = _value(
        "ALTERNATE_TITLE", "An alternate (lay) title of an occupation."
    )
    REPORTED_TITLE = _value(
        "REPORTED_TITLE", "A title of an occupation that respondents reported."
    )
    STATEMENT = _value("STATEMENT", "The statement of a task.")


@strawberry.enum(description="Why a hit ranks where it does; the first goes first.")
class SearchReason(Enum):
    """Reasons for a rank, the strictest first."""

    CODE = _value("CODE", "Its code is what was typed.")
    WHOLE_TEXT = _value(
        "WHOLE_TEXT", "Its text is what was typed, word for word or in other forms."
    )
    ALL_WORDS = _value(
        "ALL_WORDS", "Its text has all words, as they are or in other forms."
    )
    BEGINNING = _value(
        "BEGINNING",
        "Its text has all words, the last taken as the beginning of one; or its code "
        "begins so.",
    )
    SPELLING = _value(
        "SPELLING",
        "Its text has all words; those that the release does not have are taken as "
        "misspelt.",
    )
    SOME_WORDS = _value(
        "SOME_WORDS",
        "Its text has half of the words, or more; only where nothing else is found.",
    )


@strawberry.enum(description="How a part of a text matched.")
class SearchMatch(Enum):
    """Ways in which a word is found, the closest first."""

    SAME = _value("SAME", "As it was typed, but for case and accents.")
    OTHER_FORM = _value("OTHER_FORM", "With the same stem, as nursing has with nurses.")
    BEGINNING = _value("BEGINNING", "It begins as what was typed last.")
    SPELLING = _value(
        "SPELLING",
        "One error away, two from eight letters on: a letter too many, too few or "
        "wrong, or two that changed places.",
    )
