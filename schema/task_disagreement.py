"""What two raters of a study say of one task."""

from collections.abc import Sequence
from typing import Any

import strawberry

from .arguments import EXPOSURE_ID, Between, OneMeasure, OneStudy
from .compared_enums import NotCompared
from .compared_needs import KNOWN_BESIDE, Known, Of, two_of
from .differing import steps
from .exposure import LABELLED, ExposureRating
from .follow import Follow, computed, follows
from .join_rows import UnratedRow
from .node import Node
from .rows import ExposureRow
from .study_enums import ExposureMissing


@strawberry.type(description="The labels that two raters gave to a task.")
class TaskDisagreement:
    """Two ratings of a task, and how far apart they are."""

    rows: strawberry.Private[Sequence[ExposureRow | None]]
    first_missing: NotCompared | None = strawberry.field(
        description="Why there is no label of the first rater; null if there is one."
    )
    second_missing: NotCompared | None = strawberry.field(
        description="Why there is no label of the second rater; null if there is one."
    )
    differ: bool | None = strawberry.field(
        description="Whether the labels differ; null where one is missing."
    )
    distance: int | None = strawberry.field(
        description="The steps between the two in the order of the labels, 0 where "
        "they are equal; null where one is missing or the labels have no order."
    )

    @computed(
        "What the first rater said; null with the reason in `firstMissing`.",
        reads=(),
        passes=True,
    )
    def first(self) -> ExposureRating | None:
        """Give the rating."""
        row = self.rows[0]
        return row and ExposureRating(row=row)

    @computed(
        "What the second rater said; null with the reason in `secondMissing`.",
        reads=(),
        passes=True,
    )
    def second(self) -> ExposureRating | None:
        """Give the rating."""
        row = self.rows[1]
        return row and ExposureRating(row=row)


@strawberry.type(description="Fields of a task that compare raters.")
class ComparedTask(Node):
    """What is compared of a task; part of Task."""

    @follows(
        Follow("task_exposures", ExposureRow, reads=(*LABELLED, "file", "line")),
        Follow("task_unrated", UnratedRow),
        *KNOWN_BESIDE,
        reads=(),
    )
    def disagreement(
        self,
        rows: list[ExposureRow],
        unrated: list[UnratedRow],
        *found: list[Any],
        study: OneStudy,
        between: Between,
        measure: OneMeasure = EXPOSURE_ID,
    ) -> TaskDisagreement | None:
        """The labels that two raters of a study gave to it, and how far they differ."""
        known = Known(*found)
        of = [(study, rater, measure) for rater in two_of(between)]
        known.check_labels(self.key, of)
        is_blank = any(_is_blank(row, study) for row in unrated)
        has_row = is_blank or any(row.study == study for row in rows)
        otherwise = NotCompared.BLANK if has_row else known.absence(study)
        return _disagreement(rows, of, known.order(of[0]), otherwise)


def _is_blank(row: UnratedRow, study: str) -> bool:
    return (row.study, row.reason) == (study, ExposureMissing.RATING_BLANK.value)


def _disagreement(
    rows: Sequence[ExposureRow],
    of: Sequence[Of],
    order: Sequence[str],
    otherwise: NotCompared,
) -> TaskDisagreement:
    """Compare what two raters say of a task.

    ``of`` names study, rater and measure of each; ``otherwise`` is why one says none.
    """
    given = [_labelled(rows, each) for each in of]
    first, second = map(_one, given)
    reasons = [_reason(rows, otherwise) for rows in given]
    differ = distance = None
    if first is not None and second is not None:
        one, two = first.exposure_label or "", second.exposure_label or ""
        differ, distance = one != two, steps(order, one, two)
    return TaskDisagreement(
        rows=(first, second),
        first_missing=reasons[0],
        second_missing=reasons[1],
        differ=differ,
        distance=distance,
    )


def _labelled(rows: Sequence[ExposureRow], of: Of) -> list[ExposureRow]:
    own = (row for row in rows if (row.study, row.rater, row.measure) == of)
    return [row for row in own if row.exposure_label is not None]


def _one(rows: list[ExposureRow]) -> ExposureRow | None:
    """Give the row that stands first, if all have the same label."""
    if len({row.exposure_label for row in rows}) != 1:
        return None
    return min(rows, key=lambda row: (row.file, row.line))


def _reason(rows: list[ExposureRow], otherwise: NotCompared) -> NotCompared | None:
    labels = {row.exposure_label for row in rows}
    if len(labels) == 1:
        return None
    return NotCompared.SEVERAL if labels else otherwise
