"""What changed between two releases: a task, an occupation or a work activity."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import strawberry

from workatlas.stores.keys import beside, prefix_of

from .activity import WorkActivity, activities
from .change_enums import ReleaseChange
from .change_states import only_in
from .figure import FREQUENCY
from .figure_change import FigureChange, figure_changes
from .follow import Follow, computed, follows
from .occupation import Occupation
from .rows import (
    ActivityRow,
    CategoryRow,
    OccupationRow,
    RatingRow,
    SourceFileRow,
    StudyRow,
    TaskRow,
)
from .study import Study
from .task import Task
from .wording_change import WordingChange, wording_change

_Keys = Callable[[Any, Mapping[str, Any]], Sequence[str]]
_BEFORE = "As it is in `from`; null where that release does not have it."
_AFTER = "As it is in `to`; null where that release does not have it."
_TITLES = "How its title changed; null unless both releases have it, and not the same."


@strawberry.interface(
    description="Something that changed between two releases, or is in one alone."
)
class Changed:
    """A node of two releases; ``rows`` are those of the older and the newer one."""

    rows: strawberry.Private[tuple[Any, Any]]
    changes: list[ReleaseChange] = strawberry.field(
        description="All that changed of it, in the order of `ReleaseChange`."
    )


def _of_both(*place: str) -> _Keys:
    """Start from each release's own node, or from one beside it; from none alone."""

    def keys(changed: Changed, _: Mapping[str, Any]) -> list[str]:
        if None in changed.rows:
            return []
        return [beside(r.key, *place) if place else r.key for r in changed.rows]

    return keys


def _parted(changed: Changed, rows: Sequence[Any]) -> list[list[Any]]:
    """Part rows of both releases by the release that they are of."""
    prefixes = [prefix_of(row.key) for row in changed.rows]
    return [[r for r in rows if prefix_of(r.key) == prefix] for prefix in prefixes]


def _changed_words(changed: Changed, column: str) -> WordingChange | None:
    if None in changed.rows:
        return None
    return wording_change(*(getattr(row, column) for row in changed.rows))


_LINKS = Follow(
    "task_activities",
    ActivityRow,
    keys=_of_both(),
    reads=("key", "heading", "element_id"),
)


def _outdated(changed: "ChangedTask", _: Mapping[str, Any]) -> list[str]:
    after = changed.rows[1]
    if after is None:
        return []
    return [beside(after.key, "study", study) for study in changed.outdated]


@strawberry.type(description="A task that changed, or is in one release alone.")
class ChangedTask(Changed):
    """A task; ``outdated`` are the studies that rated its wording in ``from``."""

    rows: strawberry.Private[tuple[TaskRow | None, TaskRow | None]]
    outdated: strawberry.Private[Sequence[str]]
    task_id: int = strawberry.field(description="O*NET's number of the task.")

    @computed(_BEFORE, reads=("key",), passes=True)
    def before(self) -> Task | None:
        """Give the task."""
        row, _ = self.rows
        return None if row is None else Task(row=row)

    @computed(_AFTER, reads=("key",), passes=True)
    def after(self) -> Task | None:
        """Give the task."""
        _, row = self.rows
        return None if row is None else Task(row=row)

    @computed(
        "How its statement changed; null unless both releases have it, and not the "
        "same.",
        reads=("statement",),
    )
    def wording(self) -> WordingChange | None:
        """Give the change."""
        return _changed_words(self, "statement")

    @follows(
        Follow("task_ratings", RatingRow, keys=_of_both()),
        Follow("scale_categories", CategoryRow, keys=_of_both("scale", FREQUENCY)),
        Follow("release_files", SourceFileRow, keys=_of_both("release")),
        reads=("key", "importance", "relevance"),
    )
    def figures(
        self,
        ratings: list[RatingRow],
        categories: list[CategoryRow],
        files: list[SourceFileRow],
    ) -> list[FigureChange]:
        """Its figures with another value: importance, relevance, then frequency."""
        if None in self.rows:
            return []
        of_each = (_parted(self, each) for each in (ratings, categories, files))
        before, after = zip(self.rows, *of_each, strict=True)
        return figure_changes(before, after)

    @follows(_LINKS, reads=("key",))
    def links_gained(self, rows: list[ActivityRow]) -> list[WorkActivity]:
        """The detailed activities that it is linked to in `to` alone.

        An activity is the same where its identifier is, or its title.
        """
        return self._alone(rows, 1)

    @follows(_LINKS, reads=("key",))
    def links_lost(self, rows: list[ActivityRow]) -> list[WorkActivity]:
        """The detailed activities that it is linked to in `from` alone."""
        return self._alone(rows, 0)

    @follows(Follow("study", StudyRow, keys=_outdated), reads=("key",))
    def labels_outdated(self, rows: list[StudyRow]) -> list[Study]:
        """The studies that rated its wording in `from`, and not that in `to`."""
        return [Study(row=row) for row in rows]

    def _alone(self, rows: list[ActivityRow], side: int) -> list[WorkActivity]:
        if None in self.rows:
            return []
        one, other = (
            {(row.element_id, row.heading): row for row in _parted(self, rows)[each]}
            for each in (side, 1 - side)
        )
        return activities([one[link] for link in only_in([*one], [*other])])


@strawberry.type(description="An occupation that changed, or is in one release alone.")
class ChangedOccupation(Changed):
    """An occupation."""

    rows: strawberry.Private[tuple[OccupationRow | None, OccupationRow | None]]
    code: str = strawberry.field(description="Its code.")

    @computed(_BEFORE, reads=("key",), passes=True)
    def before(self) -> Occupation | None:
        """Give the occupation."""
        row, _ = self.rows
        return None if row is None else Occupation(row=row)

    @computed(_AFTER, reads=("key",), passes=True)
    def after(self) -> Occupation | None:
        """Give the occupation."""
        _, row = self.rows
        return None if row is None else Occupation(row=row)

    @computed(_TITLES, reads=("heading",))
    def title(self) -> WordingChange | None:
        """Give the change."""
        return _changed_words(self, "heading")

    @computed(
        "How its description changed; null unless both releases have it, and not the "
        "same.",
        reads=("description",),
    )
    def description(self) -> WordingChange | None:
        """Give the change."""
        return _changed_words(self, "description")


@strawberry.type(
    description="A work activity that changed, or is in one release alone."
)
class ChangedActivity(Changed):
    """A work activity."""

    rows: strawberry.Private[tuple[ActivityRow | None, ActivityRow | None]]

    @computed(_BEFORE, reads=("key",), passes=True)
    def before(self) -> WorkActivity | None:
        """Give the activity."""
        row, _ = self.rows
        return None if row is None else WorkActivity(row=row)

    @computed(_AFTER, reads=("key",), passes=True)
    def after(self) -> WorkActivity | None:
        """Give the activity."""
        _, row = self.rows
        return None if row is None else WorkActivity(row=row)

    @computed(_TITLES, reads=("heading",))
    def title(self) -> WordingChange | None:
        """Give the change."""
        return _changed_words(self, "heading")
