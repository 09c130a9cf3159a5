"""Arguments that several fields share."""

from datetime import date
from typing import Annotated

import strawberry

from .citation import CitationStyle
from .enums import EmergingCategory, RelatednessTier, RelatedVia
from .filters import OccupationFilter, TaskFilter
from .order import OccupationOrder, TaskOrder


def argument(description: str) -> object:
    """Describe an argument."""
    return strawberry.argument(description=description)


def _only(what: str, example: str) -> object:
    return argument(
        f"Only ratings of this {what}, such as {example}; an error if the "
        "release's studies have none of that name."
    )


InRelease = Annotated[
    str | None,
    argument("A release such as onet-29.2; without it, or with latest, the newest."),
]
OfStudy = Annotated[strawberry.ID | None, _only("study", "gpts-are-gpts")]
OfRater = Annotated[strawberry.ID | None, _only("rater", "human")]
OfMeasure = Annotated[strawberry.ID | None, _only("measure", "exposure")]
OneStudy = Annotated[strawberry.ID, argument("The study, such as gpts-are-gpts.")]
OneMeasure = Annotated[
    strawberry.ID, argument("The measure, one with labels, such as exposure.")
]
EXPOSURE_ID = strawberry.ID("exposure")
"""The measure that is compared unless another one is named."""
Between = Annotated[
    list[strawberry.ID],
    argument("Two different raters of the study, as in human and gpt-4."),
]
OrderBy = Annotated[
    TaskOrder | None,
    argument("How to sort; by ascending task ID without it."),
]
OccupationsBy = Annotated[
    OccupationOrder | None,
    argument("How to sort; by ascending code without it."),
]
Via = Annotated[
    list[RelatedVia] | None,
    argument(
        "What may be shared; a statement, a detailed or an intermediate activity "
        "without it."
    ),
]
SharedVia = Annotated[
    list[RelatedVia] | None,
    argument("What may be shared; a statement or a detailed activity without it."),
]
OfTiers = Annotated[
    list[RelatednessTier] | None, argument("Only those of these tiers; all without it.")
]
OfCategory = Annotated[
    EmergingCategory | None, argument("Only those of this category; all without it.")
]
First = Annotated[int, argument("How many at most, from 1 to 100.")]
After = Annotated[
    str | None,
    argument("The cursor after which to go on; from the start without it."),
]
TasksOnly = Annotated[TaskFilter | None, argument("Which ones; all without it.")]
OccupationsOnly = Annotated[
    OccupationFilter | None,
    argument("Which ones; all without it."),
]
ExcludeOccupation = Annotated[
    bool,
    argument("Whether to leave out tasks of its occupation."),
]
MinScore = Annotated[float | None, argument("Leave out what has a lower score.")]
AccessDate = Annotated[date, argument("The day the page was read, ISO 8601.")]
PageAddress = Annotated[
    str | None,
    argument(
        "The address at which the page is shown, as in "
        "https://example.org/tasks/392; without it, its identifier alone is cited."
    ),
]
Styles = Annotated[
    list[CitationStyle] | None,
    argument("Which styles, in order; all without it."),
]
