"""How one release differs from another: counts that add up, and pages of changes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import strawberry

from workatlas.errors import UsageError
from workatlas.stores.keys import beside

from .arguments import After, First, argument
from .change_counts import ChangeCounts, Compared
from .change_enums import ChangeMissing, ComparedKind, ReleaseChange
from .change_states import Name, Pair, outdated
from .change_told import POSSIBLE
from .changed import Changed, ChangedActivity, ChangedOccupation, ChangedTask
from .cursor import read_cursor
from .follow import Follow, computed, follows, only
from .paging import Connection, CountRow, Listing, check_first
from .release import Release
from .rows import ActivityRow, OccupationRow, ReleaseRow, TaskRow

OfChange = Annotated[ReleaseChange, argument("Only what changed in this way.")]
_PLACES = {
    ComparedKind.TASK: "task",
    ComparedKind.OCCUPATION: "occupation",
    ComparedKind.WORK_ACTIVITY: "activity",
}


def _release(side: int) -> Callable[[Any, Mapping[str, Any]], Sequence[str]]:
    return lambda comparison, _: [comparison.compared.keys[side]]


def _nodes(kind: ComparedKind, entry: str, row: type[Any]) -> Follow:
    """Need the nodes of a page, if they are of a kind."""

    def keys(comparison: Any, arguments: Mapping[str, Any]) -> Sequence[str]:
        found: ReleaseComparison = comparison
        return found.node_keys(**arguments) if found.compared.kind is kind else ()

    return Follow(entry, row, keys=keys, reads=("key",))


@strawberry.type(
    description="How one release differs from another. Both directions can be asked "
    "for: what one adds the other removes."
)
class ReleaseComparison:
    """A comparison of two releases."""

    compared: strawberry.Private[Compared]

    @follows(Follow("release", ReleaseRow, keys=_release(0)), reads=())
    def before(self, rows: list[ReleaseRow]) -> Release:
        """The release `from`."""
        return Release(row=only(rows))

    @follows(Follow("release", ReleaseRow, keys=_release(1)), reads=())
    def after(self, rows: list[ReleaseRow]) -> Release:
        """The release `to`."""
        return Release(row=only(rows))

    @computed("What is compared.", reads=())
    def kind(self) -> ComparedKind:
        """Give the kind."""
        return self.compared.kind

    @computed("How many changed in each way.", reads=())
    def counts(self) -> ChangeCounts:
        """Give the counts."""
        return ChangeCounts(compared=self.compared)

    @follows(
        _nodes(ComparedKind.TASK, "task", TaskRow),
        _nodes(ComparedKind.OCCUPATION, "occupation", OccupationRow),
        _nodes(ComparedKind.WORK_ACTIVITY, "work_activity", ActivityRow),
        reads=(),
    )
    def changes(
        self,
        *rows: list[Any],
        change: OfChange,
        first: First = 20,
        after: After = None,
    ) -> Connection[Changed]:
        """What changed in a way, in pages, by task ID, code or identifier.

        An error where that cannot be told, or a kind does not change in that way.
        """
        by_key = {row.key: row for some in rows for row in some}
        places = self._places(change, first, after)
        listing = self._listing(change)
        page = listing.page([*map(self._name, places)], first, after)
        items = [self._changed(place, by_key) for place in places[:first]]
        totals = [CountRow(len(self.compared.found.of[change]))]
        return Connection(items=items, page=page, totals=totals)

    def node_keys(
        self, *, change: ReleaseChange, first: int, after: str | None
    ) -> list[str]:
        """Give the keys of what a page shows, in both releases."""
        places = self._places(change, first, after)[:first]
        pairs = (self._keys_of(self.compared.found.pairs[place]) for place in places)
        return [key for pair in pairs for key in pair if key is not None]

    def _places(
        self, change: ReleaseChange, first: int, after: str | None
    ) -> Sequence[int]:
        """Give the places of what a page shows, and one more to see if there is more.

        Raises:
            UsageError: there can be no such page.

        """
        self._check(change)
        check_first(first)
        places = self.compared.found.of[change]
        if after is not None:
            _, value, _ = read_cursor(after, self._listing(change).listed)
            places = [place for place in places if _is_after(self._name(place), value)]
        return places[: first + 1]

    def _check(self, change: ReleaseChange) -> None:
        compared = self.compared
        if change not in POSSIBLE[compared.kind]:
            possible = (c.name for c in ReleaseChange if c in POSSIBLE[compared.kind])
            raise UsageError(
                f"No {compared.kind.value} change as {change.name} says.",
                todo=f"Ask for one of {', '.join(possible)}.",
            )
        reason = compared.not_told(change)
        if reason is not None:
            how = "in part" if reason.reason is ChangeMissing.FILE_PART else "not"
            raise UsageError(
                f"{change.name} cannot be told: {reason.file_name} of "
                f"{reason.release} is {how} loaded.",
                todo="Load the whole file, or compare other releases.",
            )

    def _listing(self, change: ReleaseChange) -> Listing[Name]:
        first, second = self.compared.releases
        kind = self.compared.kind.value
        listed = f"{kind} from {first} to {second} that are {change.name}"
        return Listing(listed, "", lambda name: (name, name))

    def _name(self, place: int) -> Name:
        first, second = self.compared.found.pairs[place]
        name = first if second is None else second
        assert name is not None  # noqa: S101 - it is in one of the two
        return name

    def _keys_of(self, pair: Pair) -> tuple[str | None, str | None]:
        kind = _PLACES[self.compared.kind]
        first, second = (
            None if name is None else beside(key, kind, name)
            for key, name in zip(self.compared.keys, pair, strict=True)
        )
        return first, second

    def _changed(self, place: int, by_key: Mapping[str, Any]) -> Changed:
        found = self.compared.found
        pair, changes = found.pairs[place], [*found.changes[place]]
        first, second = map(by_key.get, map(str, self._keys_of(pair)))
        rows = first, second
        if self.compared.kind is ComparedKind.OCCUPATION:
            return ChangedOccupation(
                rows=rows, changes=changes, code=str(self._name(place))
            )
        if self.compared.kind is ComparedKind.WORK_ACTIVITY:
            return ChangedActivity(rows=rows, changes=changes)
        one, two = (s.rows.get(n) for s, n in zip(found.sides, pair, strict=True))
        return ChangedTask(
            rows=rows,
            changes=changes,
            outdated=() if one is None or two is None else outdated(one, two),
            task_id=int(self._name(place)),
        )


def _is_after(name: Any, value: Any) -> bool:
    """Tell whether a name comes after a cursor's; nothing does after one of no list."""
    return type(name) is type(value) and name > value
