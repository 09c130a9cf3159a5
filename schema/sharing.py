"""What two tasks or two occupations share, and how those that share most are found."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import strawberry

from workatlas.cypher import Combined, Condition, Page, Passes

from .activity import WorkActivity, activities
from .enums import RelatedVia
from .filters import condition_of
from .follow import Follow, computed, follows
from .paging import CountRow, Listing, PageOf, count_of
from .rows import ActivityRow, PathRow, StatementRow
from .statement import SharedStatement, statements

USUAL = (
    RelatedVia.IDENTICAL_STATEMENT,
    RelatedVia.DETAILED_ACTIVITY,
    RelatedVia.INTERMEDIATE_ACTIVITY,
)
"""What may be shared unless it is said."""
METHOD = "information-content"
_Shared = dict[str, float]
"""Information contents by the key of a statement or an activity."""


class _Row(Protocol):
    """What is found: its score, its shared statements and its activities."""

    @property
    def score(self) -> float: ...

    @property
    def said(self) -> list[Any]: ...

    @property
    def paths(self) -> list[Any]: ...


_R = TypeVar("_R", bound=_Row)
_Make = Callable[..., Any]


class Own(NamedTuple):
    """Shared statements and activities of what others share them with."""

    said: Sequence[StatementRow]
    paths: Sequence[PathRow]


@strawberry.interface(
    description="Something that shares statements or activities with something else "
    "of its kind, and why that counts."
)
class Sharing:
    """What is found, what it shares it with, and what may be shared."""

    row: strawberry.Private[Any]
    own: strawberry.Private[Own]
    kinds: strawberry.Private[Collection[RelatedVia]]

    @property
    def key(self) -> str:
        """The key of what is found."""
        key: str = self.row.key
        return key

    @computed(
        "The kind of the rarest statement or activity that the two share, among the "
        "kinds asked for.",
        reads=("said", "paths"),
    )
    def via(self) -> RelatedVia:
        """Give the kind."""
        return self.shared[0]

    @computed(
        "How much the two share: the information content, in bits, of the rarest "
        "statement or activity of the kinds asked for that both have.",
        reads=("score",),
    )
    def score(self) -> float:
        """Give the score; Resnik 1995."""
        score: float = self.row.score
        return score

    @computed(
        "How the score is computed: information-content is -log2 of a share. For a "
        "statement, of the release's tasks that have it; for an activity, of the "
        "release's linked tasks that are linked to it or to one below it.",
        reads=(),
    )
    def method(self) -> str:
        """Give the name of the method."""
        return METHOD

    @follows(
        Follow(
            "work_activity",
            ActivityRow,
            keys=lambda sharing, _: sharing.shared_of(*list(RelatedVia)[1:]),
        ),
        reads=("said", "paths"),
    )
    def shared_activities(self, rows: list[ActivityRow]) -> list[WorkActivity]:
        """The activities of the kind `via` that both have, by identifier."""
        return activities(rows)

    @follows(
        Follow(
            "statement",
            StatementRow,
            keys=lambda sharing, _: sharing.shared_of(RelatedVia.IDENTICAL_STATEMENT),
        ),
        reads=("said", "paths"),
    )
    def shared_statements(self, rows: list[StatementRow]) -> list[SharedStatement]:
        """The statements that both have, if `via` says so, in the order of words."""
        return statements(rows)

    @cached_property
    def shared(self) -> tuple[RelatedVia, Sequence[str]]:
        """Give the kind of the rarest that is shared, and all shared ones of it."""
        own = _kinds_of(((row.key, row.information) for row in self.own.said), self.own)
        other = _kinds_of(self.row.said, self.row)
        found = [
            (kind, {key: bits for key, bits in here.items() if key in there})
            for kind, here, there in zip(RelatedVia, own, other, strict=True)
            if kind in self.kinds
        ]
        # The first of several that are as rare is the narrowest.
        kind, shared = max(found, key=lambda each: max(each[1].values(), default=-1.0))
        return kind, sorted(shared)

    def shared_of(self, *kinds: RelatedVia) -> Sequence[str]:
        """Give the keys of what is shared, if it is of one of some kinds."""
        kind, keys = self.shared
        return keys if kind in kinds else ()


def _kinds_of(said: Iterable[Any], having: Any) -> Sequence[_Shared]:
    """Give shared statements and the activities of each level, by ``RelatedVia``."""
    levels: tuple[_Shared, _Shared, _Shared] = ({}, {}, {})
    for near, near_bits, above in having.paths:
        levels[0][near] = near_bits or 0.0
        for wide, wide_bits, highest in above:
            levels[1][wide] = wide_bits or 0.0
            levels[2].update((widest, bits or 0.0) for widest, bits in highest)
    return ({key: bits or 0.0 for key, bits in said}, *levels)


@dataclass(frozen=True)
class Sharers(Generic[_R]):
    """How what shares something is found and ranked: tasks for one, named ``these``.

    ``entry`` finds them, each a ``row``; ``said`` and ``paths`` find the statements and
    activities of what they share with. ``tie`` is the column that breaks ties.
    """

    these: str
    entry: str
    row: type[_R]
    said: str
    paths: str
    tie: str

    def needs(self) -> tuple[Follow, ...]:
        """Give what they need: statements and activities, and a page of the others."""
        row: Any = self.row
        return (
            Follow(
                self.said,
                StatementRow,
                reads=("key", "information"),
                optional=("said",),
            ),
            Follow(self.paths, PathRow, optional=("paths",)),
            Follow(
                self.entry,
                row,
                page=self._page,
                when=_is_any,
                reads=("score", self.tie),
            ),
        )

    def count(self) -> Follow:
        """Give what their number needs."""
        return Follow(
            self.entry,
            CountRow,
            page=self._count,
            when=_is_any,
            reads=("total",),
            optional=True,
        )

    def found(
        self, own: Own, rows: Sequence[_R], arguments: Mapping[str, Any], make: _Make
    ) -> tuple[list[Any], PageOf[_R]]:
        """Make a page of what the store found, closest first."""
        kinds = _kinds(arguments)
        ranked = sorted(rows, key=lambda row: (-row.score, getattr(row, self.tie)))
        listing = self._listing(kinds)
        page = listing.page(ranked, arguments["first"], arguments["after"])
        return [make(row=row, own=own, kinds=kinds) for row in page.rows], page

    def _page(self, arguments: Mapping[str, Any]) -> Page:
        condition, values = _condition(arguments)
        return self._listing(_kinds(arguments)).ask(
            arguments["first"],
            arguments["after"],
            condition,
            values,
            least=arguments["min_score"],
        )

    @staticmethod
    def _count(arguments: Mapping[str, Any]) -> Page:
        return count_of(*_condition(arguments), ways=_names(_kinds(arguments)))

    def _listing(self, kinds: Sequence[RelatedVia]) -> Listing[_R]:
        words = ", ".join(_names(kinds)).lower().replace("_", " ")
        return Listing(
            f"{self.these} related by {words}",
            "INFORMATION",
            lambda row: (row.score, getattr(row, self.tie)),
            is_descending=True,
            last=0.0,
            ways=_names(kinds),
        )


def _condition(
    arguments: Mapping[str, Any],
) -> tuple[Condition | None, Mapping[str, Any]]:
    filtered, values = condition_of(arguments.get("filter"))
    if not arguments.get("exclude_occupation"):
        return filtered, values
    other = Passes("OTHER_OCCUPATION")
    return other if filtered is None else Combined("all", (other, filtered)), values


def _kinds(arguments: Mapping[str, Any]) -> list[RelatedVia]:
    """Give what may be shared, the narrowest first."""
    asked: Collection[RelatedVia] | None = arguments["via"]
    return [kind for kind in RelatedVia if kind in (USUAL if asked is None else asked)]


def _is_any(arguments: Mapping[str, Any]) -> bool:
    return bool(_kinds(arguments))


def _names(kinds: Iterable[RelatedVia]) -> tuple[str, ...]:
    """Name the ways of the catalogue."""
    return tuple(str(kind.value) for kind in kinds)
