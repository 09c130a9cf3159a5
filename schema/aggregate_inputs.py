"""What an aggregate is made of, one by one, and what is left out."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from .aggregate_enums import InputExcluded, InputWeight
from .enums import FileCoverage
from .figure import IMPORTANCE, RELEVANCE, VALUE_COLUMN
from .follow import Follow, Late, computed, follows
from .provenance import Provenance, dated_provenance
from .quick import quick
from .rows import ActivityRow, RatingRow, TaskRow
from .study_enums import Basis
from .weighing import Candidate, Loaded, Mean

if TYPE_CHECKING:
    from .activity import WorkActivity
    from .task import Task

_task = Late(".task", "Task")
_activity = Late(".activity", "WorkActivity")
_SCALES = {
    InputWeight.IMPORTANCE: (IMPORTANCE,),
    InputWeight.RELEVANCE: (RELEVANCE,),
    InputWeight.IMPORTANCE_X_RELEVANCE: (IMPORTANCE, RELEVANCE),
}
"""The scales of the ratings that each weight is made of."""


def _task_keys(each: "AggregateMember", _: Mapping[str, Any]) -> Sequence[str]:
    one = each.candidate
    return () if one.node is None or one.task_id is None else (one.node,)


def _activity_keys(each: "AggregateMember", _: Mapping[str, Any]) -> Sequence[str]:
    one = each.candidate
    return () if one.node is None or one.task_id is not None else (one.node,)


def _weight_keys(each: "AggregateInput", none: Mapping[str, Any]) -> Sequence[str]:
    return _task_keys(each, none) if each.by in _SCALES else ()


@strawberry.interface(
    description="A task or a work activity that an aggregate may be made of."
)
class AggregateMember:
    """What is said of it, whether it is used or not."""

    key: strawberry.Private[str]
    candidate: strawberry.Private[Candidate]

    @computed("O*NET's number of the task; null for an activity.", reads=())
    def task_id(self) -> int | None:
        """Give the number."""
        return self.candidate.task_id

    @computed(
        "The identifier of the activity in the study's file; null for a task.", reads=()
    )
    def element_id(self) -> str | None:
        """Give the identifier."""
        return self.candidate.element_id

    @computed(
        "The sentence or title that was rated, as the study saw it; the release's "
        "where the study has none.",
        reads=(),
    )
    def statement(self) -> str:
        """Give the words."""
        return self.candidate.statement

    @computed(
        "How the study's row was joined to what the release has; null without either.",
        reads=(),
    )
    def basis(self) -> Basis | None:
        """Give the basis."""
        return self.candidate.basis

    @follows(Follow("task", TaskRow, keys=_task_keys, reads=()), reads=())
    def task(
        self, rows: list[TaskRow]
    ) -> Annotated["Task", strawberry.lazy(".task")] | None:
        """The release's task; null where it has it no longer, and for an activity."""
        return _task(row=rows[0]) if rows else None

    @follows(Follow("work_activity", ActivityRow, keys=_activity_keys), reads=())
    def activity(
        self, rows: list[ActivityRow]
    ) -> Annotated["WorkActivity", strawberry.lazy(".activity")] | None:
        """The release's activity; null where it has it no longer, and for a task."""
        return _activity(row=rows[0]) if rows else None


@strawberry.type(description="What an aggregate is made of.")
class AggregateInput(AggregateMember):
    """A task or an activity with its score and weight."""

    by: strawberry.Private[InputWeight]
    score: float = strawberry.field(description="Its score, in the measure's unit.")
    is_blank: bool = strawberry.field(
        description="Whether there is none, and it counts as 0 because the study "
        "counts so and AS_STUDY was asked for."
    )
    weight: float = strawberry.field(
        description="How much it counts: 1 or 2, points, percent, or both multiplied; "
        "for activities as published."
    )
    share: float = strawberry.field(
        description="Its weight as a share of the weights of all inputs, 0 to 1."
    )

    @computed(
        "Where the figures or labels stand that the score is made of; none if blank.",
        reads=(),
    )
    def provenance(self) -> list[Provenance]:
        """Give the sources of the score."""
        rated = self.candidate.rated
        return [
            Provenance(
                key=self.key,
                file_place=("file", row.study, row.file),
                line=row.line,
                column=row.column,
                rater=row.rater,
                method=rated.method,
            )
            for row in rated.said
        ]

    @follows(Follow("task_ratings", RatingRow, keys=_weight_keys), reads=())
    def weight_provenance(self, rows: list[RatingRow]) -> list[Provenance]:
        """Where the figures stand that the weight is made of; none if all count 1."""
        if self.by in (InputWeight.CORE, InputWeight.PUBLISHED):
            place = Provenance(
                key=self.key,
                file_place=self.candidate.file,
                line=self.candidate.line,
                column=self.candidate.column,
            )
            return [place]
        by_scale = {row.scale: row for row in rows}
        scales = _SCALES.get(self.by, ())
        return [dated_provenance(by_scale[scale], VALUE_COLUMN) for scale in scales]


@strawberry.type(description="What an aggregate is not made of, and why.")
class ExcludedInput(AggregateMember):
    """A task or an activity that is left out."""

    reason: InputExcluded = strawberry.field(description="Why it is left out.")


@strawberry.type(description="How much of what there is an aggregate is made of.")
class InputCoverage:
    """How many inputs were used."""

    used: int = strawberry.field(description="How many inputs it is made of.")
    of: int = strawberry.field(description="How many there are, with those left out.")
    share: float | None = strawberry.field(
        description="The former of the latter, 0 to 1; null if there are none."
    )
    weight_share: float | None = strawberry.field(
        description="The weights of the former of all weights that are known, 0 to 1; "
        "null if those are 0."
    )
    loaded: FileCoverage = strawberry.field(
        description="How much of the study's file of inputs is loaded; with PART there "
        "may be more of them."
    )


_input = quick(AggregateInput)
_left_out = quick(ExcludedInput)


def inputs_of(key: str, mean: Mean) -> list[AggregateInput]:
    """Give the inputs of the mean of a node."""
    return [
        _input(
            key=key,
            candidate=used.candidate,
            by=mean.by,
            score=used.score,
            is_blank=used.is_blank,
            weight=used.weight,
            share=used.weight / mean.total if mean.total else 0.0,
        )
        for used in mean.used
    ]


def excluded_of(key: str, mean: Mean) -> list[ExcludedInput]:
    """Give what is left out of the mean of a node."""
    return [
        _left_out(key=key, candidate=one.candidate, reason=one.reason)
        for one in mean.unused
    ]


def coverage_of(mean: Mean, files: Loaded) -> InputCoverage:
    """Say how much of what there is a mean is made of."""
    used = len(mean.used)
    of = used + len(mean.unused)
    return InputCoverage(
        used=used,
        of=of,
        share=used / of if of else None,
        weight_share=mean.total / mean.known if mean.known else None,
        loaded=files.inputs,
    )
