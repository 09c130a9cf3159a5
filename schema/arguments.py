"""Arguments that several fields share."""

from datetime import date
from typing import Annotated

import strawberry

from .citation import CitationStyle
from .enums import RelatedVia
from .filters import OccupationFilter, TaskFilter
from .order import TaskOrder


def _only(what: str, example: str) -> object:
    return strawberry.argument(
        description=f"Only ratings of this {what}, such as {example}; an error if the "
        "release's studies have none of that name."
    )


OfStudy = Annotated[strawberry.ID | None, _only("study", "gpts-are-gpts")]
OfRater = Annotated[strawberry.ID | None, _only("rater", "human")]
OfMeasure = Annotated[strawberry.ID | None, _only("measure", "exposure")]
OrderBy = Annotated[
    TaskOrder | None,
    strawberry.argument(description="How to sort; by ascending task ID without it."),
]
Via = Annotated[
    list[RelatedVia] | None,
    strawberry.argument(
        description="What may be shared; a detailed or an intermediate activity "
        "without it."
    ),
]
First = Annotated[
    int, strawberry.argument(description="How many at most, from 1 to 100.")
]
After = Annotated[
    str | None,
    strawberry.argument(
        description="The cursor after which to go on; from the start without it."
    ),
]
TasksOnly = Annotated[
    TaskFilter | None, strawberry.argument(description="Which ones; all without it.")
]
OccupationsOnly = Annotated[
    OccupationFilter | None,
    strawberry.argument(description="Which ones; all without it."),
]
ExcludeOccupation = Annotated[
    bool,
    strawberry.argument(description="Whether to leave out tasks of its occupation."),
]
MinScore = Annotated[
    float | None, strawberry.argument(description="Leave out what has a lower score.")
]
AccessDate = Annotated[
    date, strawberry.argument(description="The day the page was read, ISO 8601.")
]
PageAddress = Annotated[
    str | None,
    strawberry.argument(
        description="The address at which the page is shown, as in "
        "https://example.org/tasks/392; without it, its identifier alone is cited."
    ),
]
Styles = Annotated[
    list[CitationStyle] | None,
    strawberry.argument(description="Which styles, in order; all without it."),
]
