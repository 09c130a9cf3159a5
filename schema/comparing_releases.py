"""Where comparisons of releases start."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import strawberry

from workatlas.errors import UsageError
from workatlas.stores import Snapshot

from .change_counts import Compared
from .change_enums import ComparedKind
from .change_states import (
    ActivityState,
    ActivityStates,
    OccupationState,
    OccupationStates,
    States,
    TaskState,
    TaskStates,
)
from .cost import costs
from .differences import differences
from .follow import Follow, follows
from .release_comparison import ReleaseComparison
from .rows import SourceFileRow

_RELEASE = "A release such as onet-29.2, or latest for the newest."
Before = Annotated[str, strawberry.argument(name="from", description=_RELEASE)]
After = Annotated[str, strawberry.argument(name="to", description=_RELEASE)]
Kind = Annotated[ComparedKind, strawberry.argument(description="What is compared.")]


def _side(name: str) -> Callable[[Any, Mapping[str, Any]], Sequence[str]]:
    return lambda query, arguments: [
        query.snapshot.release(arguments[name]).key("release")
    ]


def _is(kind: ComparedKind) -> Callable[[Mapping[str, Any]], bool]:
    return lambda arguments: arguments["kind"] is kind


def _states(side: str) -> tuple[Follow, ...]:
    each = (
        (ComparedKind.TASK, "release_task_states", TaskState, TaskStates),
        (
            ComparedKind.OCCUPATION,
            "release_occupation_states",
            OccupationState,
            OccupationStates,
        ),
        (
            ComparedKind.WORK_ACTIVITY,
            "release_activity_states",
            ActivityState,
            ActivityStates,
        ),
    )
    return tuple(
        Follow(
            entry,
            row,
            keys=_side(side),
            when=_is(kind),
            gathers=gathers,
        )
        for kind, entry, row, gathers in each
    )


@strawberry.type(description="Fields that compare releases.")
class ComparingReleases:
    """What is compared; part of Query."""

    snapshot: strawberry.Private[Snapshot]

    @costs(weight=4500)
    @follows(
        *_states("before"),
        *_states("after"),
        Follow("release_files", SourceFileRow, keys=_side("before")),
        Follow("release_files", SourceFileRow, keys=_side("after")),
        reads=(),
    )
    def compare_releases(
        self,
        *found: list[Any],
        before: Before,
        after: After,
        kind: Kind = ComparedKind.TASK,
    ) -> ReleaseComparison | None:
        """What changed from one release to another, any two and in either direction.

        An error for a release and itself.
        """
        *gathered, old_files, new_files = found
        first, second = map(self.snapshot.release, (before, after))
        if first is second:
            raise UsageError(
                f"from and to are both {first.id}.",
                todo="Name two different releases; `releases` lists them.",
            )
        states: list[States] = [each for some in gathered for each in some]
        return ReleaseComparison(
            compared=Compared(
                kind=kind,
                keys=(first.key("release"), second.key("release")),
                found=differences(*states),
                files=(old_files, new_files),
            )
        )
