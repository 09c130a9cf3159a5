"""Arguments that several fields share."""

from datetime import date
from typing import Annotated

import strawberry

from .citation import CitationStyle
from .enums import RelatedVia
from .order import TaskOrder


def _only(what: str) -> object:
    return strawberry.argument(description=f"Only ratings of this {what}.")


OfStudy = Annotated[strawberry.ID | None, _only("study")]
OfRater = Annotated[strawberry.ID | None, _only("rater")]
OfMeasure = Annotated[strawberry.ID | None, _only("measure")]
OrderBy = Annotated[
    TaskOrder | None,
    strawberry.argument(description="How to sort; by ascending task ID without it."),
]
Via = Annotated[
    list[RelatedVia] | None,
    strawberry.argument(description="What may be shared; anything without it."),
]
First = Annotated[
    int, strawberry.argument(description="How many at most, from 1 to 100.")
]
AccessDate = Annotated[
    date, strawberry.argument(description="The day the page was read, ISO 8601.")
]
Styles = Annotated[
    list[CitationStyle] | None,
    strawberry.argument(description="Which styles, in order; all without it."),
]
