"""What one rater says of many tasks or occupations, to be compared with another.

There may be twenty thousand of them, so little is made for each: where a rating stands
is found out for those that are shown.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from .compared_enums import NotCompared
from .exposure import DERIVED
from .rows import RatedRow

Subject = Hashable
"""What is rated: a task ID, a code, or a row of a file by its file and line."""
NO_TASK = 0
"""Stands for the task ID of a row that names no task."""


class Place(NamedTuple):
    """Where something is said of a subject; ``of`` is the task ID or code there."""

    subject: Subject
    of: Any
    row: RatedRow
    line: int


@dataclass(frozen=True)
class Said:
    """A label or number, and the rows that say it.

    ``by_row``: it is said of rows of files; else of tasks or occupations. Of some
    subjects, ``but_not``, it does not count.
    """

    value: Any
    row: RatedRow
    by_row: bool = False
    but_not: frozenset[Subject] = frozenset()

    @cached_property
    def subjects(self) -> list[Subject]:
        """Of which it is said."""
        if self.by_row:
            return [f"{self.row.file}:{line:09}" for line in self.row.lines]
        if not self.but_not:
            return self.row.subjects
        return [each for each in self.row.subjects if each not in self.but_not]

    def places(self, wanted: Collection[Subject]) -> Iterator[Place]:
        """Give where it is said of some subjects."""
        known = self.subjects if self.by_row else self.row.subjects
        each = zip(known, self.row.subjects, self.row.lines, strict=True)
        return (
            Place(subject, of, self.row, line)
            for subject, of, line in each
            if subject in wanted and subject not in self.but_not
        )


@dataclass(frozen=True)
class Ratings:
    """The ratings of one rater under one measure.

    ``studied`` is what the study has rows about, with ratings or without; ``absent`` is
    why there is no row of anything else. ``derived`` is how numbers were derived, where
    some were.
    """

    said: Sequence[Said]
    studied: Collection[Subject]
    absent: NotCompared
    derived: str | None = None

    @cached_property
    def values(self) -> Mapping[Subject, Any]:
        """What is said of each of which one thing is said."""
        return {s: v for s, v in self._first.items() if s not in self.several}

    @cached_property
    def several(self) -> frozenset[Subject]:
        """Of which several things are said."""
        first = self._first
        return frozenset(
            subject
            for said in self.said
            for subject in said.subjects
            if first[subject] != said.value
        )

    @cached_property
    def _first(self) -> Mapping[Subject, Any]:
        found: dict[Subject, Any] = {}
        for said in self.said:
            for subject in said.subjects:
                found.setdefault(subject, said.value)
        return found

    @cached_property
    def known(self) -> frozenset[Subject]:
        """What is rated or has a row."""
        return self._studied.union(self._first)

    @cached_property
    def _studied(self) -> frozenset[Subject]:
        return frozenset(self.studied)

    @property
    def rated(self) -> int:
        """How many subjects are rated."""
        return len(self._first)

    def missing(self, subject: Subject) -> NotCompared | None:
        """Say why nothing certain is said of a subject; None if something is."""
        if subject in self.values:
            return None
        if subject in self.several:
            return NotCompared.SEVERAL
        return NotCompared.BLANK if subject in self._studied else self.absent

    def places(self, wanted: Collection[Subject]) -> Mapping[Subject, Place]:
        """Give where something is said of some subjects first, by file and line."""
        found: dict[Subject, Place] = {}
        for said in self.said:
            for place in said.places(wanted):
                known = found.setdefault(place.subject, place)
                found[place.subject] = min(known, place, key=_where)
        return found

    @cached_property
    def bases(self) -> Mapping[str, int]:
        """How many subjects were joined on each basis; none of what is not joined."""
        found: defaultdict[str, set[Subject]] = defaultdict(set)
        for said in self.said:
            if said.row.basis is not None:
                found[said.row.basis].update(said.subjects)
        return {basis: len(subjects) for basis, subjects in found.items()}

    @cached_property
    def in_several_rows(self) -> int:
        """How many subjects several rows stand for."""
        rows = Counter[Subject]()
        for said in self.said:
            rows.update(said.subjects)
        return sum(count > 1 for count in rows.values())

    @cached_property
    def in_shared_rows(self) -> int:
        """How many subjects a row stands for that stands for others too."""
        subjects: defaultdict[tuple[str, int], set[Subject]] = defaultdict(set)
        for said in self.said:
            for place in said.places(self._first):
                subjects[_where(place)].add(place.subject)
        shared = (some for some in subjects.values() if len(some) > 1)
        return len(set[Subject]().union(*shared))


def _where(place: Place) -> tuple[str, int]:
    return place.row.file, place.line


def excluded(
    first: Ratings, second: Ratings, total: int
) -> Mapping[tuple[NotCompared | None, NotCompared | None], int]:
    """Count what cannot be compared, by what either lacks; ``total`` is all there is.

    What neither study has a row about is known by its number alone.
    """
    known = first.known | second.known
    left = known - (first.values.keys() & second.values.keys())
    counts = Counter((first.missing(each), second.missing(each)) for each in left)
    counts[first.absent, second.absent] += total - len(known)
    return +counts


def labels_of(rows: Sequence[RatedRow], *, by_row: bool) -> list[Said]:
    """Give the labels, of tasks or of rows."""
    labelled = (row for row in rows if row.exposure_label is not None)
    return [Said(row.exposure_label, row, by_row) for row in labelled]


def numbers_of(
    rows: Sequence[RatedRow], measure: str, order: Sequence[str]
) -> tuple[list[Said], str | None]:
    """Give the scores, and how some were derived, if they were.

    Where there is no score: alpha, beta and gamma are derived from labels, and of
    ordered labels the place in their order is taken.
    """
    method: str | None = None
    scores = {label: float(place) for place, label in enumerate(order)}
    if measure in DERIVED:
        method, scores = DERIVED[measure]
    published = [Said(row.score, row) for row in rows if row.score is not None]
    known = frozenset(subject for said in published for subject in said.subjects)
    derived = [
        Said(scores[row.exposure_label], row, but_not=known)
        for row in rows
        if row.score is None and row.exposure_label in scores
    ]
    is_used = any(said.subjects for said in derived)
    return [*published, *derived], method if is_used else None
