"""Where comparisons of raters start: two raters of a study, or any two ratings."""

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any

import strawberry

from workatlas.errors import UsageError
from workatlas.stores import Snapshot

from .arguments import (
    EXPOSURE_ID,
    Between,
    InRelease,
    OneMeasure,
    OneStudy,
    TasksOnly,
    argument,
)
from .compared import ComparedRatings
from .compared_enums import ComparedOver, NotCompared, RatedNodes
from .compared_needs import (
    KNOWN,
    Arguments,
    Known,
    Of,
    counted,
    occupations_rated,
    occupations_studied,
    rows_rated,
    tasks_rated,
    tasks_studied,
    two_of,
)
from .cost import costs
from .disagreement import Disagreements
from .follow import Follow, follows
from .paging import CountRow
from .rank_correlation import RankCorrelation, RatingsOf
from .ratings import Ratings, labels_of, numbers_of
from .rows import RatedRow, StudiedRow

Over = Annotated[ComparedOver, argument("What they are compared over.")]
OverNodes = Annotated[RatedNodes, argument("What they are correlated over.")]
FirstRatings = Annotated[RatingsOf, argument("Whose ratings come first.")]
SecondRatings = Annotated[RatingsOf, argument("The ratings to compare them with.")]


def _over_tasks(arguments: Arguments) -> bool:
    return arguments["over"] is ComparedOver.RELEASE_TASKS


def _over_rows(arguments: Arguments) -> bool:
    return not _over_tasks(arguments)


def _labels(side: int) -> tuple[Follow, Follow]:
    """Need one rater's labels, of tasks or of rows."""

    def of(arguments: Arguments) -> Of:
        rater = two_of(arguments["between"])[side]
        return arguments["study"], rater, arguments["measure"]

    return tasks_rated(of, _over_tasks), rows_rated(of, _over_rows)


def _is_over(nodes: RatedNodes, *, side: str = "") -> Callable[[Arguments], bool]:
    """Tell what is correlated; of the second side, whether it is of another study."""

    def is_over(arguments: Arguments) -> bool:
        known = side == "second" and arguments["first"].study == arguments[side].study
        return arguments["over"] is nodes and not known

    return is_over


def _numbers(side: str) -> tuple[Follow, ...]:
    """Need one side's ratings, and what its study has rows about."""

    def of(arguments: Arguments) -> Of:
        return _different(arguments["first"], arguments["second"])[side]

    def study(arguments: Arguments) -> str:
        return of(arguments)[0]

    tasks, occupations = RatedNodes.TASKS, RatedNodes.OCCUPATIONS
    return (
        tasks_rated(of, _is_over(tasks)),
        occupations_rated(of, _is_over(occupations)),
        tasks_studied(study, _is_over(tasks, side=side)),
        occupations_studied(study, _is_over(occupations, side=side)),
    )


def _different(first: RatingsOf, second: RatingsOf) -> dict[str, Of]:
    """Name both sides.

    Raises:
        UsageError: they are the same.

    """
    names = {"first": first.names, "second": second.names}
    if names["first"] == names["second"]:
        raise UsageError(
            f"first and second are both {' '.join(first.names)}.",
            todo="Name two different studies, raters or measures.",
        )
    return names


_COUNTED = (
    counted("release_tasks", _is_over(RatedNodes.TASKS)),
    counted("release_occupations", _is_over(RatedNodes.OCCUPATIONS)),
)
_FIRST, _SECOND = _numbers("first"), _numbers("second")


@strawberry.type(description="Fields that compare raters.")
class Comparing:
    """What is compared; part of Query."""

    snapshot: strawberry.Private[Snapshot]

    @costs(weight=4500)
    @follows(
        *KNOWN,
        counted("release_tasks", _over_tasks),
        tasks_studied(lambda arguments: arguments["study"], _over_tasks),
        *_labels(0),
        *_labels(1),
        reads=(),
    )
    def disagreements(
        self,
        *found: list[Any],
        study: OneStudy,
        between: Between,
        measure: OneMeasure = EXPOSURE_ID,
        over: Over = ComparedOver.RELEASE_TASKS,
        where: TasksOnly = None,
        release: InRelease = None,
    ) -> Disagreements | None:
        """Where two raters of a study gave the same tasks different labels.

        Matrix, agreement, kappa, and the tasks themselves; by what it covers.
        """
        del where  # the store has chosen by it
        known, (totals, studied, *labels) = Known(*found[: len(KNOWN)]), found[4:]
        key = self.snapshot.release(release).key("release")
        of = [(study, rater, measure) for rater in two_of(between)]
        known.check_labels(key, of)
        rated = [[*labels[0], *labels[1]], [*labels[2], *labels[3]]]
        by_row = over is ComparedOver.STUDY_ROWS
        # A row of the file is there; what it lacks is a label.
        absent = NotCompared.BLANK if by_row else known.absence(study)
        first, second = (
            ComparedRatings(
                key=key,
                of=names,
                ratings=Ratings(labels_of(rows, by_row=by_row), _ids(studied), absent),
            )
            for names, rows in zip(of, rated, strict=True)
        )
        total = known.rows_of(study, [*rated[0], *rated[1]])
        return Disagreements(
            key=key,
            known=known.labels(of[0]),
            order=known.order(of[0]),
            total=total if by_row else _sum(totals),
            sides=(first, second),
            over=over,
        )

    @costs(weight=4500)
    @follows(*KNOWN, *_COUNTED, *_FIRST, *_SECOND, reads=())
    def rank_correlation(
        self,
        *found: list[Any],
        first: FirstRatings,
        second: SecondRatings,
        over: OverNodes = RatedNodes.OCCUPATIONS,
        where: TasksOnly = None,
        release: InRelease = None,
    ) -> RankCorrelation | None:
        """How far two ratings rank the same occupations or tasks alike.

        Of two studies, raters or measures, over what the release says that both rate.
        """
        del where  # the store has chosen by it
        known, rest = Known(*found[: len(KNOWN)]), found[len(KNOWN) :]
        key = self.snapshot.release(release).key("release")
        counts, one, two = rest[:2], rest[2:6], rest[6:]
        if first.study == second.study:
            two = (*two[:2], *one[2:])
        return RankCorrelation(
            key=key,
            total=_sum([*counts[0], *counts[1]]),
            sides=(
                _side(known, key, first.names, one),
                _side(known, key, second.names, two),
            ),
            over=over,
        )


def _side(
    known: Known, key: str, of: Of, found: Sequence[list[Any]]
) -> ComparedRatings:
    """Make one side of a correlation of what ``_numbers`` needs."""
    known.check_ranks(key, of)
    rows: list[RatedRow] = [*found[0], *found[1]]
    numbers, derived = numbers_of(rows, of[2], known.order(of))
    studied = _ids([*found[2], *found[3]])
    ratings = Ratings(numbers, studied, known.absence(of[0]), derived)
    return ComparedRatings(key=key, of=of, ratings=ratings)


def _ids(rows: Iterable[StudiedRow]) -> list[Any]:
    return [each for row in rows for each in row.studied]


def _sum(totals: Iterable[CountRow]) -> int:
    return sum(row.total for row in totals)
