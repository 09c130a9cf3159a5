"""How many changed between two releases, in each way; the counts add up."""

from dataclasses import dataclass
from typing import Any

import strawberry

from workatlas.stores.keys import graph_of

from .change_enums import ComparedKind, ReleaseChange
from .change_told import POSSIBLE, ChangeNotTold, Files, not_told
from .differences import Differences
from .follow import computed


@strawberry.type(
    description="How much of what both releases have changed in just these ways of its "
    "own facts, and in no other of them."
)
class ChangeCombination:
    """A count of what both releases have."""

    changes: list[ReleaseChange] = strawberry.field(
        description="Of REWORDED, MOVED and TYPE_CHANGED those that hold; none where "
        "all three facts are the same."
    )
    count: int = strawberry.field(description="How many there are.")


@dataclass(frozen=True)
class Compared:
    """Two releases that are compared; ``keys`` are those of their nodes."""

    kind: ComparedKind
    keys: tuple[str, str]
    found: Differences
    files: Files

    @property
    def releases(self) -> tuple[str, str]:
        """The names of the two."""
        first, second = map(graph_of, self.keys)
        return first, second

    def not_told(self, change: ReleaseChange) -> ChangeNotTold | None:
        """Give why a change cannot be told; None where it can."""
        return not_told(change, self.kind, self.files, self.releases)

    def count(self, change: ReleaseChange) -> int | None:
        """Count what changed in a way; None where that cannot be told, or is none."""
        if change not in POSSIBLE[self.kind] or self.not_told(change):
            return None
        return len(self.found.of[change])


def _counted(change: ReleaseChange) -> Any:
    def count(root: Any) -> int | None:
        compared: Compared = root.compared
        return compared.count(change)

    return computed(f"How many changed as `{change.name}` says.", reads=())(count)


@strawberry.type(
    description="How many changed in each way. One may have changed in several; null "
    "for a way in which that kind does not change, or that `notTold` names."
)
class ChangeCounts:
    """Counts of changes."""

    compared: strawberry.Private[Compared]

    @computed("How many `from` has: `inBoth` and those that are removed.", reads=())
    def in_from(self) -> int:
        """Count them."""
        return len(self.compared.found.sides[0].rows)

    @computed("How many `to` has: `inBoth` and those that are added.", reads=())
    def in_to(self) -> int:
        """Count them."""
        return len(self.compared.found.sides[1].rows)

    @computed("How many both have: the sum of `combinations`.", reads=())
    def in_both(self) -> int:
        """Count them."""
        return sum(self.compared.found.combinations.values())

    added: int | None = _counted(ReleaseChange.ADDED)
    removed: int | None = _counted(ReleaseChange.REMOVED)
    reworded: int | None = _counted(ReleaseChange.REWORDED)
    moved: int | None = _counted(ReleaseChange.MOVED)
    type_changed: int | None = _counted(ReleaseChange.TYPE_CHANGED)
    re_rated: int | None = _counted(ReleaseChange.RE_RATED)
    ratings_gained: int | None = _counted(ReleaseChange.RATINGS_GAINED)
    ratings_lost: int | None = _counted(ReleaseChange.RATINGS_LOST)
    links_gained: int | None = _counted(ReleaseChange.LINKS_GAINED)
    links_lost: int | None = _counted(ReleaseChange.LINKS_LOST)
    labels_outdated: int | None = _counted(ReleaseChange.LABELS_OUTDATED)
    reidentified: int | None = _counted(ReleaseChange.REIDENTIFIED)

    @computed("What both have, by what changed of its own facts.", reads=())
    def combinations(self) -> list[ChangeCombination]:
        """Give the counts, the most first."""
        counts = self.compared.found.combinations
        return [
            ChangeCombination(changes=[*changes], count=counts[changes])
            for changes in sorted(counts, key=lambda each: (-counts[each], str(each)))
        ]

    @computed("The changes that cannot be told, and why.", reads=())
    def not_told(self) -> list[ChangeNotTold]:
        """Give the reasons, in the order of `ReleaseChange`."""
        possible = POSSIBLE[self.compared.kind]
        each = (self.compared.not_told(c) for c in ReleaseChange if c in possible)
        return [reason for reason in each if reason is not None]
