"""What a search finds, where it matched, and why it ranks where it does."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import strawberry

from workatlas.search import Asked, Hit, Span

from .activity import WorkActivity
from .follow import Follow, Sought, column, computed, follows, only
from .node import Node
from .occupation import Occupation
from .page import RELEASE
from .paging import check_first
from .release import Release
from .rows import ActivityRow, OccupationRow, ReleaseRow, TaskRow
from .search_enums import SearchField, SearchKind, SearchMatch, SearchReason
from .task import Task

_NODES: dict[str, tuple[str, type[Any], Callable[..., Node]]] = {
    "OCCUPATION": ("occupation", OccupationRow, Occupation),
    "WORK_ACTIVITY": ("work_activity", ActivityRow, WorkActivity),
    "TASK": ("task", TaskRow, Task),
}


@strawberry.type(description="A part of a text that matched.")
class Highlight:
    """Where a text matched."""

    span: strawberry.Private[Span]

    @computed("Where it begins in `text`, in UTF-16 code units as JavaScript counts.")
    def start(self) -> int:
        """Give the first place."""
        return self.span.start

    @computed("Where it ends, the place after its last unit.")
    def end(self) -> int:
        """Give the place after the last."""
        return self.span.end

    @computed("How it matched.")
    def match(self) -> SearchMatch:
        """Give the way."""
        return SearchMatch(self.span.match)


def _keys_of(kind: str) -> Callable[["SearchHit", Mapping[str, Any]], Sequence[str]]:
    return lambda hit, _: [hit.row.key] if hit.row.kind == kind else []


@strawberry.type(description="A node that a search found, with its text that matched.")
class SearchHit:
    """A hit."""

    row: strawberry.Private[Hit]

    text: str = column("text", "The text that matched best, whole and as published.")
    score: float = column(
        "score",
        "What hits are sorted by: the reason decides first, then the field, and how "
        "close the words are. It says nothing across searches.",
    )

    @property
    def key(self) -> str:
        """The key of the node that was found."""
        return self.row.key

    @computed("What was found.")
    def kind(self) -> SearchKind:
        """Give the kind."""
        return SearchKind(self.row.kind)

    @computed("Which text of it matched.")
    def field(self) -> SearchField:
        """Give the field."""
        return SearchField(self.row.field)

    @computed("Why it ranks where it does.")
    def reason(self) -> SearchReason:
        """Give the reason."""
        return SearchReason(self.row.reason)

    @computed("The parts of the text that matched, from its start.")
    def highlights(self) -> list[Highlight]:
        """Give the parts."""
        return [Highlight(span=span) for span in self.row.spans]

    @follows(RELEASE, reads=(), shared=True)
    def release(self, rows: list[ReleaseRow]) -> Release:
        """The release that was searched."""
        return Release(row=only(rows))

    @follows(
        *(Follow(e, row, keys=_keys_of(kind)) for kind, (e, row, _) in _NODES.items()),
        reads=(),
    )
    def node(self, *rows: list[Any]) -> Node:
        """What was found: an occupation, a work activity or a task."""
        _, _, node = _NODES[self.row.kind]
        return node(row=only(row for found in rows for row in found))


def _asked(arguments: Mapping[str, Any]) -> Asked:
    check_first(arguments["first"])
    kinds: list[SearchKind] | None = arguments["kinds"]
    chosen = None if kinds is None else frozenset(kind.value for kind in kinds)
    return Asked(arguments["query"], arguments["first"], chosen)


def sought(release: Callable[[Any, Mapping[str, Any]], str]) -> Sought:
    """Say what a search looks for in the release whose key is given."""
    return Sought(release, _asked)


def hits(found: Sequence[Hit]) -> list[SearchHit]:
    """Make hits of what was found, in its order."""
    return [SearchHit(row=hit) for hit in found]


SearchFor = Annotated[
    str,
    strawberry.argument(
        description="What is typed: words, a part of them, or a code. Nothing in it is "
        "an operator; 1,000 characters and 32 words of it are looked at."
    ),
]
Kinds = Annotated[
    list[SearchKind] | None,
    strawberry.argument(description="What to find; anything without it."),
]
