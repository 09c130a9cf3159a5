"""What comparisons of raters need of a release: the names, and what is rated."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from workatlas.cypher import Choice, Combined, Condition, Page, Passes
from workatlas.errors import UsageError

from .compared_enums import ComparedOver, NotCompared, RatedNodes
from .coverage import lacking
from .enums import FileContents
from .exposure import DERIVED, EXPOSURE
from .filters import condition_of
from .follow import Follow
from .named import check_named
from .paging import CountRow, count_of
from .rows import (
    MeasureNameRow,
    RatedRow,
    RaterNameRow,
    StudiedRow,
    StudyFileRow,
    StudyRow,
)
from .study_enums import MeasureUnit

Arguments = Mapping[str, Any]
Of = tuple[str, str, str]
"""The names of a study, a rater and a measure."""
_READ = ("study", "exposure_label", "score", "subjects")
"""What is read of all rows that say something; who shows more of them asks for it."""
_When = Callable[[Arguments], bool]
_TWO = 2
_LABEL = MeasureUnit.LABEL.value
_NO_TASKS = {
    ComparedOver.STUDY_ROWS: (
        "rows of a study may be of none.",
        "Compare over RELEASE_TASKS, or leave out where.",
    ),
    RatedNodes.OCCUPATIONS: (
        "what is correlated are occupations.",
        "Correlate over TASKS, or leave out where.",
    ),
}
"""What has no tasks to choose from: why not, and what to do next."""
_ANY_FILE = frozenset(each.value for each in FileContents)


def release_keys(query: Any, arguments: Arguments) -> list[str]:
    """Give the key of the release that is asked for."""
    return [query.snapshot.release(arguments["release"]).key("release")]


def _study_keys(query: Any, arguments: Arguments) -> list[str]:
    """Give the key of the study in the release that is asked for."""
    release = query.snapshot.release(arguments["release"])
    return [release.key("study", arguments["study"])]


_NAMED = (
    ("release_studies", StudyRow),
    ("release_raters", RaterNameRow),
    ("release_measures", MeasureNameRow),
    ("release_study_files", StudyFileRow),
)
KNOWN = tuple(Follow(entry, row, keys=release_keys) for entry, row in _NAMED)
"""What the studies of the release asked for are, as ``Known`` takes it."""
KNOWN_BESIDE = tuple(Follow(entry, row, at=("release",)) for entry, row in _NAMED)
"""The same, of the release of a node."""


class Known(NamedTuple):
    """The studies of a release, their raters, measures and files."""

    studies: list[StudyRow]
    raters: list[RaterNameRow]
    measures: list[MeasureNameRow]
    files: list[StudyFileRow]

    def check(self, key: str, of: Of) -> None:
        """Refuse names that are not known; ``key`` is of a node of the release.

        Raises:
            NotFoundError: a name is unknown; lists those that are known.

        """
        study, rater, measure = of
        check_named(
            key,
            self.studies,
            self.raters,
            self.measures,
            study=study,
            rater=rater,
            measure=measure,
        )

    def order(self, of: Of) -> list[str]:
        """Give a measure's labels from the lowest to the highest, if so ordered."""
        row = self._measure(of)
        return [] if row is None else (row.label_order or "").split()

    def labels(self, of: Of) -> list[str]:
        """Give a measure's labels as its rubric lists them."""
        row = self._measure(of)
        return [] if row is None else (row.labels or "").split()

    def check_ranks(self, key: str, of: Of) -> None:
        """Refuse names as ``check`` does, and what cannot be ranked.

        Raises:
            NotFoundError: a name is unknown.
            UsageError: the measure has labels alone, and no order of them.

        """
        self.check(key, of)
        row = self._measure(of)
        if row is not None and row.unit == _LABEL and not row.label_order:
            raise UsageError(
                f"Measure {of[2]} of {of[0]} has labels without an order.",
                todo="Rank a measure that has scores, or labels in an order.",
            )

    def check_labels(self, key: str, each: Iterable[Of]) -> None:
        """Refuse names as ``check`` does, and measures without labels.

        Raises:
            NotFoundError: a name is unknown.
            UsageError: a measure has no labels.

        """
        for of in each:
            self.check(key, of)
            if not self.labels(of):
                raise UsageError(
                    f"Measure {of[2]} of {of[0]} has no labels.",
                    todo="Ask for `rankCorrelation`: it compares scores.",
                )

    def absence(self, study: str) -> NotCompared:
        """Say why a study has no row about something."""
        own = [file for file in self.files if file.study == study]
        if lacking(own, _ANY_FILE):
            return NotCompared.FILE_PART
        return NotCompared.NO_ROW

    def rows_of(self, study: str, rated: Iterable[RatedRow]) -> int:
        """Count the rows of the study's files in which something is said."""
        names = {row.file for row in rated}
        own = (f for f in self.files if f.study == study and f.file_name in names)
        return sum(file.rows or 0 for file in own)

    def _measure(self, of: Of) -> MeasureNameRow | None:
        named = (of[0], of[2])
        return next(
            (row for row in self.measures if (row.study, row.measure) == named), None
        )


def two_of(between: Sequence[str]) -> tuple[str, str]:
    """Give two raters.

    Raises:
        UsageError: they are not two, or one and the same.

    """
    if len(between) != _TWO or len({*between}) != _TWO:
        raise UsageError(
            f"between names {', '.join(between) or 'nobody'}, and needs two raters.",
            todo="Name two different raters of the study, as in human and gpt-4.",
        )
    first, second = between
    return first, second


def tasks_rated(of: Callable[[Arguments], Of], when: _When) -> Follow:
    """Need the tasks that a rater rated, those that pass ``where`` if it is given."""
    return _rated("release_rated_tasks", of, when)


def occupations_rated(of: Callable[[Arguments], Of], when: _When) -> Follow:
    """Need the occupations that a rater rated; UsageError where ``where`` is given."""
    return _rated("release_rated_occupations", of, when)


def _rated(entry: str, of: Callable[[Arguments], Of], when: _When) -> Follow:
    return Follow(
        entry,
        RatedRow,
        keys=release_keys,
        page=lambda a: _page(a, *_says(of(a), with_study=True)),
        when=when,
        reads=_READ,
    )


def rows_rated(of: Callable[[Arguments], Of], when: _When) -> Follow:
    """Need the rows of a study's files in which a rater rated tasks.

    Its page raises UsageError where ``where`` is given: rows may be of no task.
    """
    return Follow(
        "study_rated_rows",
        RatedRow,
        keys=_study_keys,
        page=lambda a: _page(a, *_says(of(a), with_study=False)),
        when=when,
        reads=(*_READ, "file", "lines"),
    )


def tasks_studied(study: Callable[[Arguments], str], when: _When) -> Follow:
    """Need the tasks that a study has rows about."""
    return _studied("release_studied_tasks", study, when)


def occupations_studied(study: Callable[[Arguments], str], when: _When) -> Follow:
    """Need the occupations that a study has rows about."""
    return _studied("release_studied_occupations", study, when)


def _studied(entry: str, study: Callable[[Arguments], str], when: _When) -> Follow:
    return Follow(
        entry,
        StudiedRow,
        keys=release_keys,
        page=lambda a: _page(a, [Passes("STUDY", "study")], {"study": study(a)}),
        when=when,
    )


def counted(entry: str, when: _When) -> Follow:
    """Need the number of all: of those tasks that pass ``where`` if it is given."""
    return Follow(
        entry,
        CountRow,
        keys=release_keys,
        page=lambda a: count_of(*_where(a)),
        when=when,
        reads=("total",),
        optional=True,
    )


def _says(of: Of, *, with_study: bool) -> tuple[list[Condition], dict[str, str]]:
    """Choose what a rater says under a measure.

    What numbers of the measure are derived from comes too.
    """
    study, rater, measure = of
    passes: list[Condition] = [Passes("RATER", "rater"), Passes("MEASURE", "measure")]
    values = {"rater": rater, "measure": measure}
    if measure in DERIVED:
        passes[1] = Combined("any", (passes[1], Passes("MEASURE", "labelled")))
        values["labelled"] = EXPOSURE
    if with_study:
        passes.insert(0, Passes("STUDY", "study"))
        values["study"] = study
    return passes, values


def _page(
    arguments: Arguments, passes: list[Condition], values: Mapping[str, str]
) -> Page:
    where, more = _where(arguments)
    each = passes if where is None else [*passes, where]
    return Page(Choice(condition=Combined("all", tuple(each))), {**values, **more})


def _where(arguments: Arguments) -> tuple[Condition | None, dict[str, Any]]:
    """Give the condition of ``where`` with its values.

    Raises:
        UsageError: what is compared are no tasks.

    """
    where, over = arguments["where"], arguments["over"]
    if where is not None and over in _NO_TASKS:
        why, todo = _NO_TASKS[over]
        raise UsageError(f"where chooses tasks of a release, and {why}", todo=todo)
    return condition_of(where)
