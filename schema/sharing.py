"""What two tasks or two occupations share, and how those that share most are found."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

import strawberry

from workatlas.cypher import Combined, Condition, Page, Passes

from .activity import WorkActivity, activities
from .enums import RelatedVia
from .filters import condition_of
from .follow import Follow, computed, follows
from .paging import CountRow, Listing, PageOf, count_of
from .rows import ActivityRow, StatementRow
from .statement import SharedStatement, statements

METHOD = "information-content"
_ACTIVITIES = tuple(RelatedVia)[1:]


class _Row(Protocol):
    """What is found: its score, and for which reasons; see ``RelatedRow``."""

    @property
    def score(self) -> float: ...

    @property
    def reasons(self) -> list[Any]: ...


_R = TypeVar("_R", bound=_Row)
_Make = Callable[..., Any]


@strawberry.interface(
    description="Something that shares statements or activities with something else "
    "of its kind, and why that counts."
)
class Sharing:
    """What is found, and what may be shared."""

    row: strawberry.Private[Any]
    kinds: strawberry.Private[Sequence[RelatedVia]]

    @computed(
        "The kind of the rarest statement or activity that the two share, among the "
        "kinds asked for.",
        reads=("reasons",),
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
            keys=lambda sharing, _: sharing.shared_of(*_ACTIVITIES),
        ),
        reads=("reasons",),
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
        reads=("reasons",),
    )
    def shared_statements(self, rows: list[StatementRow]) -> list[SharedStatement]:
        """The statements that both have, if `via` says so, in the order of words."""
        return statements(rows)

    @cached_property
    def shared(self) -> tuple[RelatedVia, Sequence[str]]:
        """Give the kind of the rarest that is shared, and all shared ones of it."""
        reasons: list[tuple[int, float, str]] = self.row.reasons
        # The first of several that are as rare is the narrowest.
        rarest, _, _ = max(reasons, key=lambda reason: (reason[1], -reason[0]))
        keys = {key for kind, _, key in reasons if kind == rarest}
        return self.kinds[rarest], sorted(keys)

    def shared_of(self, *kinds: RelatedVia) -> Sequence[str]:
        """Give the keys of what is shared, if it is of one of some kinds."""
        kind, keys = self.shared
        return keys if kind in kinds else ()


@dataclass(frozen=True)
class Sharers(Generic[_R]):
    """How what shares something is found and ranked: tasks for one, named ``these``.

    ``entry`` finds them, each a ``row``; ``tie`` is the column that breaks ties;
    ``usual`` is what may be shared unless it is said.
    """

    these: str
    entry: str
    row: type[_R]
    tie: str
    usual: Collection[RelatedVia]

    def rows(self) -> Follow:
        """Give what a page of them needs."""
        row: Any = self.row
        return Follow(
            self.entry,
            row,
            page=self._page,
            when=self._is_any,
            reads=("score", self.tie),
        )

    def count(self) -> Follow:
        """Give what their number needs."""
        return Follow(
            self.entry,
            CountRow,
            page=self._count,
            when=self._is_any,
            reads=("total",),
            optional=True,
        )

    def found(
        self, rows: Sequence[_R], arguments: Mapping[str, Any], make: _Make
    ) -> tuple[list[Any], PageOf[_R]]:
        """Make a page of what the store found, closest first."""
        kinds = self._kinds(arguments)
        ranked = sorted(rows, key=lambda row: (-row.score, getattr(row, self.tie)))
        listing = self._listing(kinds)
        page = listing.page(ranked, arguments["first"], arguments["after"])
        return [make(row=row, kinds=kinds) for row in page.rows], page

    def _page(self, arguments: Mapping[str, Any]) -> Page:
        condition, values = _condition(arguments)
        return self._listing(self._kinds(arguments)).ask(
            arguments["first"],
            arguments["after"],
            condition,
            values,
            least=arguments["min_score"],
        )

    def _count(self, arguments: Mapping[str, Any]) -> Page:
        return count_of(*_condition(arguments), ways=_names(self._kinds(arguments)))

    def _kinds(self, arguments: Mapping[str, Any]) -> list[RelatedVia]:
        """Give what may be shared, the narrowest first."""
        asked: Collection[RelatedVia] | None = arguments["via"]
        return [k for k in RelatedVia if k in (self.usual if asked is None else asked)]

    def _is_any(self, arguments: Mapping[str, Any]) -> bool:
        return bool(self._kinds(arguments))

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


def _names(kinds: Iterable[RelatedVia]) -> tuple[str, ...]:
    """Name the ways of the catalogue."""
    return tuple(str(kind.value) for kind in kinds)
