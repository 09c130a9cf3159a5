"""What one rater says of many tasks or occupations, to be compared with another."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from .compared_enums import NotCompared
from .exposure import DERIVED
from .rows import RatedRow

Subject = Hashable
"""What is rated: a task ID, a code, or a row of a file by its file and line."""


class Said(NamedTuple):
    """One rating: a label or a number, the group and line where it stands, of whom."""

    value: Any
    row: RatedRow
    line: int
    of: Any

    @property
    def place(self) -> tuple[str, int]:
        """File and line."""
        return self.row.file, self.line


_Found = Mapping[Subject, list[Said]]
_ValueOf = Callable[[RatedRow], Any]


@dataclass(frozen=True)
class Ratings:
    """The ratings of one rater under one measure, by what is rated.

    ``studied`` is what the study has rows about, with ratings or without; ``absent`` is
    why there is no row of anything else. ``derived`` is how numbers were derived, where
    some were.
    """

    found: _Found
    studied: Collection[Subject]
    absent: NotCompared
    derived: str | None = None

    @cached_property
    def values(self) -> Mapping[Subject, Any]:
        """What is said of each of which one thing is said."""
        return {
            subject: said[0].value
            for subject, said in self.found.items()
            if len(said) == 1 or len({one.value for one in said}) == 1
        }

    def first(self, subject: Subject) -> Said:
        """Give what is said of a subject, where it stands first."""
        return min(self.found[subject], key=lambda said: said.place)

    def missing(self, subject: Subject) -> NotCompared | None:
        """Say why nothing certain is said of a subject; None if something is."""
        if subject in self.values:
            return None
        if subject in self.found:
            return NotCompared.SEVERAL
        return NotCompared.BLANK if subject in self._studied else self.absent

    @cached_property
    def _studied(self) -> frozenset[Subject]:
        return frozenset(self.studied)

    @cached_property
    def known(self) -> frozenset[Subject]:
        """What is rated or has a row."""
        return self._studied.union(self.found)

    @cached_property
    def bases(self) -> Mapping[str, int]:
        """How many subjects were joined on each basis; none of what is not joined."""
        each = (
            {one.row.basis for one in said if one.row.basis is not None}
            for said in self.found.values()
        )
        return Counter(basis for some in each for basis in some)

    @cached_property
    def in_several_rows(self) -> int:
        """How many subjects several rows stand for."""
        return sum(len(said) > 1 for said in self.found.values())

    @cached_property
    def in_shared_rows(self) -> int:
        """How many subjects a row stands for that stands for others too."""
        rows = Counter(
            place
            for said in self.found.values()
            for place in {one.place for one in said}
        )
        return sum(
            any(rows[one.place] > 1 for one in said) for said in self.found.values()
        )


def excluded(
    first: Ratings, second: Ratings, total: int
) -> Mapping[tuple[NotCompared | None, NotCompared | None], int]:
    """Count what cannot be compared, by what either lacks; ``total`` is all there is.

    What neither study has a row about is known by its number alone.
    """
    known = first.known | second.known
    counts = Counter((first.missing(s), second.missing(s)) for s in known)
    del counts[None, None]
    counts[first.absent, second.absent] += total - len(known)
    return +counts


def labels_of(rows: Iterable[RatedRow], *, by_row: bool) -> _Found:
    """Give labels by what they are of: by task ID, or by the row of the file."""
    found: dict[Subject, list[Said]] = {}
    _collect(found, rows, lambda row: row.exposure_label, by_row=by_row)
    return found


def numbers_of(
    rows: Collection[RatedRow], measure: str, order: list[str]
) -> tuple[_Found, str | None]:
    """Give scores by what they are of, and how some were derived, if they were.

    Where there is no score: alpha, beta and gamma are derived from labels, and of
    ordered labels the place in their order is taken.
    """
    method, scores = DERIVED.get(measure, (None, {}))
    if measure not in DERIVED:
        scores = {label: float(place) for place, label in enumerate(order)}
    derived: dict[Subject, list[Said]] = {}
    published: dict[Subject, list[Said]] = {}
    _collect(published, rows, lambda row: row.score)
    _collect(
        derived,
        (row for row in rows if row.score is None),
        lambda row: scores.get(row.exposure_label or ""),
    )
    used = method if derived.keys() - published.keys() else None
    return {**derived, **published}, used


def _collect(
    found: dict[Subject, list[Said]],
    rows: Iterable[RatedRow],
    value_of: _ValueOf,
    *,
    by_row: bool = False,
) -> None:
    for row in rows:
        value = value_of(row)
        if value is None:
            continue
        for of, line in row.subjects:
            subject = (row.file, line) if by_row else of
            found.setdefault(subject, []).append(Said(value, row, line, of))
