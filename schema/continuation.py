"""What a node continues in an older release, and what continues it in a newer one."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import strawberry

from .continuation_basis import ContinuationBasis
from .follow import Follow, computed, follows
from .over_releases import NewerRelease, OlderRelease, Way
from .release import Release
from .rows import ReleaseRow


class Link(NamedTuple):
    """A node of another release, and on what bases it is linked."""

    release: ReleaseRow
    row: Any
    bases: Sequence[ContinuationBasis]


@strawberry.type(description="A link to a node of an older or a newer release.")
class Continuation:
    """What links to all kinds of nodes have."""

    link: strawberry.Private[Link]

    @computed("The other release.", reads=(), passes=True)
    def release(self) -> Release:
        """Give the release."""
        return Release(row=self.link.release)

    @computed("On what bases it is a link; each is told.", reads=())
    def bases(self) -> list[ContinuationBasis]:
        """Give the bases."""
        return list(self.link.bases)


@dataclass(frozen=True)
class Linked:
    """How nodes of a kind are linked over releases.

    ``needs`` names for a way what is needed, and ``made`` takes the way, the node and
    the rows of the needs, and gives links ``of`` a type. ``reads`` is of its row.
    """

    of: type[Continuation]
    needs: Callable[[Way], Sequence[Follow]]
    made: Callable[..., Sequence[Continuation]]
    reads: Collection[str]

    def field(self, way: Way, function: Callable[..., Any]) -> Any:
        """Make a field of a function whose arguments and description it has."""
        function.__annotations__["return"] = list[self.of]  # type: ignore[name-defined]
        return follows(*self.needs(way), reads=self.reads)(function)


def continues(linked: Linked) -> Any:
    """Make the field that leads to an older release."""

    def field(self: Any, *rows: Any, release: OlderRelease = None) -> Any:
        """What it continues in the release before, or in an older one.

        What has the same number, code or identifier comes first, then others by theirs;
        each says on which bases. Empty where there is nothing, and where no older
        release of the data set is published.
        """
        del release  # the keys have been made by it
        return linked.made(Way.BEFORE, self, *rows)

    return linked.field(Way.BEFORE, field)


def continued_by(linked: Linked) -> Any:
    """Make the field that leads to a newer release."""

    def field(self: Any, *rows: Any, release: NewerRelease = None) -> Any:
        """What continues it in the next release, or in a newer one.

        What has the same number, code or identifier comes first, then others by theirs;
        each says on which bases. Empty where there is nothing, and where no newer
        release of the data set is published.
        """
        del release  # the keys have been made by it
        return linked.made(Way.AFTER, self, *rows)

    return linked.field(Way.AFTER, field)
