"""Related tasks, with the activities that explain them."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from workatlas.cypher import Combined, Condition, Page, Passes

from .activity import WorkActivity, activities
from .enums import RelatedVia
from .filters import condition_of
from .follow import Follow, computed, follows, late
from .paging import CountRow, Listing, PageOf, count_of
from .rows import ActivityRow, PathRow, RelatedRow

if TYPE_CHECKING:
    from .task import Task

USUAL = (RelatedVia.DETAILED_ACTIVITY, RelatedVia.INTERMEDIATE_ACTIVITY)
"""What may be shared unless it is said."""
METHOD = "information-content"
_task = late(".task", "Task")
Shared = dict[str, float]
"""Information contents by the key of an activity."""


@strawberry.type(description="A task that shares activities with another one.")
class RelatedTask:
    """A related task, and why it is one."""

    row: strawberry.Private[RelatedRow]
    own: strawberry.Private[Sequence[PathRow]]
    kinds: strawberry.Private[Collection[RelatedVia]]

    @computed(
        "The kind of the rarest activity that the two tasks share, among the kinds "
        "asked for.",
        reads=("paths",),
    )
    def via(self) -> RelatedVia:
        """Give the kind."""
        return self.shared[0]

    @computed(
        "How much the two tasks share: the information content, in bits, of the rarest "
        "activity of the kinds asked for that both are linked to.",
        reads=("score",),
    )
    def score(self) -> float:
        """Give the score; Resnik 1995."""
        return self.row.score

    @computed(
        "How the score is computed: information-content is -log2 of the share of the "
        "release's linked tasks that are linked to the activity or to one below it.",
        reads=(),
    )
    def method(self) -> str:
        """Give the name of the method."""
        return METHOD

    @computed("The related task.", reads=("key",), passes=True)
    def task(self) -> Annotated["Task", strawberry.lazy(".task")]:
        """Give the task."""
        made: Task = _task(row=self.row.task)
        return made

    @follows(
        Follow("work_activity", ActivityRow, keys=lambda related, _: related.shared[1]),
        reads=("paths",),
    )
    def shared_activities(self, rows: list[ActivityRow]) -> list[WorkActivity]:
        """The activities of that kind that both are linked to, by identifier."""
        return activities(rows)

    @cached_property
    def shared(self) -> tuple[RelatedVia, Sequence[str]]:
        """Give the kind of the rarest shared activity, and all shared ones of it."""
        found = [
            (kind, {key: bits for key, bits in here.items() if key in there})
            for kind, here, there in zip(
                RelatedVia, _levels(self.own), _levels(self.row.paths), strict=True
            )
            if kind in self.kinds
        ]
        # The first of several that are as rare is the narrowest.
        kind, shared = max(found, key=lambda each: max(each[1].values(), default=-1.0))
        return kind, sorted(shared)


def _levels(paths: Sequence[Sequence[Any]]) -> tuple[Shared, Shared, Shared]:
    """Give the detailed, intermediate and generalized activities of paths."""
    levels: tuple[Shared, Shared, Shared] = ({}, {}, {})
    for near, near_bits, above in paths:
        levels[0][near] = near_bits or 0.0
        for wide, wide_bits, highest in above:
            levels[1][wide] = wide_bits or 0.0
            levels[2].update((widest, bits or 0.0) for widest, bits in highest)
    return levels


def related_needs() -> tuple[Follow, ...]:
    """Give what related tasks need: its own activities, and a page of the others.

    Which entry finds the others depends on the widest kind that may be shared.
    """
    pages = (_need(kind, RelatedRow, related_page) for kind in RelatedVia)
    return (Follow("task_activity_paths", PathRow, optional=("paths",)), *pages)


def related_counts() -> tuple[Follow, ...]:
    """Give what the number of related tasks needs."""
    return tuple(_need(kind, CountRow, _count) for kind in RelatedVia)


def _need(kind: RelatedVia, row: type[tuple[Any, ...]], page: Any) -> Follow:
    def is_widest(arguments: Mapping[str, Any]) -> bool:
        return kind in _kinds(arguments)[-1:]

    is_count = row is CountRow
    reads = ("total",) if is_count else ("score", "task_id")
    return Follow(
        f"task_related_{_word(kind).lower()}",
        row,
        page=page,
        when=is_widest,
        reads=reads,
        optional=is_count,
    )


def related_page(arguments: Mapping[str, Any]) -> Page:
    """Ask for a page of related tasks."""
    condition, values = _condition(arguments)
    return _listing(_kinds(arguments)).ask(
        arguments["first"],
        arguments.get("after"),
        condition,
        values,
        least=arguments["min_score"],
    )


def _count(arguments: Mapping[str, Any]) -> Page:
    return count_of(*_condition(arguments))


def _condition(
    arguments: Mapping[str, Any],
) -> tuple[Condition | None, Mapping[str, Any]]:
    filtered, values = condition_of(arguments.get("filter"))
    if not arguments["exclude_occupation"]:
        return filtered, values
    other = Passes("OTHER_OCCUPATION")
    return other if filtered is None else Combined("all", (other, filtered)), values


def _kinds(arguments: Mapping[str, Any]) -> list[RelatedVia]:
    """Give what may be shared, the narrowest first."""
    asked: Collection[RelatedVia] | None = arguments["via"]
    return [kind for kind in RelatedVia if kind in (USUAL if asked is None else asked)]


def _listing(kinds: Sequence[RelatedVia]) -> Listing[RelatedRow]:
    names = [_word(kind) for kind in kinds]
    return Listing(
        f"tasks related by {', '.join(names).lower()} activities",
        "_".join(names),
        lambda row: (row.score, row.task_id),
        is_descending=True,
        last=0.0,
    )


def _word(kind: RelatedVia) -> str:
    return str(kind.value).removesuffix("_ACTIVITY")


def related_tasks(
    own: Sequence[PathRow], pages: Sequence[list[RelatedRow]], arguments: Any
) -> tuple[list[RelatedTask], PageOf[RelatedRow]]:
    """Make a page of related tasks, closest first; ties by task ID."""
    kinds = _kinds(arguments)
    ranked = sorted(
        (row for rows in pages for row in rows),
        key=lambda row: (-row.score, row.task_id),
    )
    page = _listing(kinds).page(ranked, arguments["first"], arguments.get("after"))
    return [RelatedTask(row=row, own=own, kinds=kinds) for row in page.rows], page
