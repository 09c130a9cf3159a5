"""What studies say of a task or occupation; raters are never merged."""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, cast

import strawberry

from .aggregate_rows import OccupationScoreRow
from .cost import costs
from .coverage import OCCUPATION_LABELS, study_coverage
from .enums import Direction
from .follow import Follow, Place, column, computed, follows, only
from .join_rows import UnratedRow
from .provenance import Provenance
from .quick import quick
from .rank import FromEnd, Rank
from .rows import ExposureRow, MeasureRow, RaterRow, StudyFileRow, StudyRow
from .series import Series
from .study import Measure, Rater, Study
from .study_enums import BASIS_OF_EDGE, RATED_ON, Basis, ExposureMissing, RatedKind
from .universe import Among, PublishedFigures, RankedAmong, Standing, ranked

EXPOSURE = "exposure"
LABELLED = ("key", "study", "rater", "measure", "exposure_label")
"""What is read of rows to derive scores from labels."""
DERIVED: dict[str, tuple[str, dict[str, float]]] = {
    "alpha": ("alpha = [E1]", {"E0": 0.0, "E1": 1.0, "E2": 0.0}),
    "beta": ("beta = [E1] + 0.5 [E2]", {"E0": 0.0, "E1": 1.0, "E2": 0.5}),
    "gamma": ("gamma = [E1] + [E2]", {"E0": 0.0, "E1": 1.0, "E2": 1.0}),
}
"""The score of each label under each formula (Eloundou et al., arXiv 2303.10130)."""


def _study_place(rating: "ExposureRating") -> Place:
    return ("study", rating.row.study)


def _rater_place(rating: "ExposureRating") -> Place:
    row = rating.row
    return ("rater", row.study, row.rater)


def _measure_place(rating: "ExposureRating") -> Place:
    row = rating.row
    return ("measure", row.study, row.measure)


@strawberry.type(
    description="What one rater says under one measure of a study: a label, a score, "
    "or both."
)
class ExposureRating:
    """One rating, as published or derived from a published label."""

    row: strawberry.Private[ExposureRow]
    method: strawberry.Private[str | None] = None
    standing: strawberry.Private[Standing | None] = None

    label: str | None = column(
        "exposure_label", "The label, as in E1; null for a measure without labels."
    )
    score: float | None = column(
        "score", "The score, in the measure's unit; null where a label stands alone."
    )

    @property
    def key(self) -> str:
        """The key of the rating."""
        return self.row.key

    @follows(Follow("study", StudyRow, at=_study_place), reads=("study",), shared=True)
    def study(self, rows: list[StudyRow]) -> Study:
        """The study that published it."""
        return Study(row=only(rows))

    @follows(
        Follow("rater", RaterRow, at=_rater_place),
        reads=("study", "rater"),
        shared=True,
    )
    def rater(self, rows: list[RaterRow]) -> Rater:
        """Who rated."""
        return Rater(row=only(rows))

    @follows(
        Follow("measure", MeasureRow, at=_measure_place),
        reads=("study", "measure"),
        shared=True,
    )
    def measure(self, rows: list[MeasureRow]) -> Measure:
        """What is measured."""
        return Measure(row=only(rows))

    @computed("How the study's row was joined to this node.", reads=("basis",))
    def basis(self) -> Basis:
        """Give the basis."""
        return BASIS_OF_EDGE[self.row.basis]

    @computed(
        "The sentence that was rated, where it differs from the release's; null where "
        "it is the same (see `basis`), and where no task was rated.",
        reads=("basis", "rated_statement"),
    )
    def rated_statement(self) -> str | None:
        """Give the older wording."""
        reworded = BASIS_OF_EDGE[self.row.basis] is Basis.SAME_ID_REWORDED
        return self.row.rated_statement if reworded else None

    @computed("What was rated, as the study's file identifies it.", reads=("basis",))
    def rated(self) -> RatedKind:
        """Give the kind."""
        return RATED_ON[BASIS_OF_EDGE[self.row.basis]]

    rated_code: str | None = column(
        "rated_code",
        "The code of an occupation in the file's row: what was rated, or the task's "
        "occupation; null where the file has none.",
    )
    rated_title: str | None = column(
        "rated_heading", "The title in the file's row; null where the file has none."
    )

    @computed(
        "Where it stands; of a derived score, where the label stands.",
        reads=("key", "study", "rater", "file", "line", "column"),
        straight=True,
    )
    def provenance(self) -> Provenance:
        """Give the source."""
        return rating_provenance(self.row, self.method)

    @costs(once=4000)
    @follows(
        Follow(
            "release_occupation_scores",
            OccupationScoreRow,
            at=("release",),
            gathers=PublishedFigures,
        ),
        Follow("release_study_files", StudyFileRow, at=("release",)),
        reads=("study", "rater", "measure", "score"),
    )
    def rank(
        self,
        figures: list[PublishedFigures],
        files: list[StudyFileRow],
        *,
        among: Among = RankedAmong.RELEASE,
        direction: FromEnd = Direction.DESCENDING,
    ) -> Rank | None:
        """The rank of an occupation's score among those of other occupations.

        Null for a task, without a score, and in no job zone among those of one.
        """
        row = self.row
        series = Series(row.study, row.rater, row.measure)
        return ranked(
            row.score,
            only(figures).of(series),
            self.standing,
            among=among,
            direction=direction,
            coverage=study_coverage(files, row.study, OCCUPATION_LABELS),
        )


def rating_provenance(row: ExposureRow, method: str | None) -> Provenance:
    """Give the source of a rating, or of what a method makes of it."""
    return Provenance(
        key=row.key,
        file_place=("file", row.study, row.file),
        line=row.line,
        column=row.column,
        rater=row.rater,
        method=method,
    )


def exposure_ratings(
    rows: Iterable[ExposureRow],
    standing: Standing | None = None,
    /,
    *,
    study: str | None,
    rater: str | None,
    measure: str | None,
) -> list[ExposureRating]:
    """Give published and derived ratings, by study, rater and measure.

    Alpha, beta and gamma exist for every rater that gave an exposure label: as
    published where the file has them, else derived from that label. Where several rows
    of a study are joined, they follow each other by key. ``standing`` is that of the
    occupation that they are of, if they are of one.
    """
    made: list[tuple[_Names, ExposureRow, str | None]] = [
        (_names(row), row, None) for row in rows
    ]
    known = {names for names, _, _ in made}
    for (of_study, of_rater, of_measure), row, _ in made[:]:
        if of_measure != EXPOSURE:
            continue
        for formula, method, score in _SCORES.get(row.exposure_label, ()):
            names = (of_study, of_rater, formula)
            if names not in known:
                made.append((names, _derived(row, formula, score), method))
    made.sort(key=_place)
    asked = (study, rater, measure)
    return [
        _rating(row=row, method=method, standing=standing)
        for names, row, method in made
        if asked == _ANY or _is_asked(names, asked)
    ]


_Names = tuple[str, str, str]
_names: Callable[[ExposureRow], _Names] = attrgetter("study", "rater", "measure")


def _place(made: tuple[_Names, ExposureRow, str | None]) -> tuple[_Names, str]:
    return made[0], made[1].key


_rating = quick(ExposureRating)
_ANY = (None, None, None)
_LABELS = {label for _, scores in DERIVED.values() for label in scores}
_SCORES: dict[str | None, list[tuple[str, str, float]]] = {
    label: [
        (measure, method, scores[label])
        for measure, (method, scores) in DERIVED.items()
        if label in scores
    ]
    for label in _LABELS
}
"""What each formula makes of each label: measure, method, score."""


def _is_asked(names: _Names, asked: tuple[str | None, ...]) -> bool:
    return all(
        one is None or one == name for one, name in zip(asked, names, strict=True)
    )


def _derived(row: ExposureRow, measure: str, score: float) -> ExposureRow:
    """Give the row that a formula makes of a label's row."""
    # As _replace, which takes several times as long.
    key, study, rater, _, _, _, *place = cast("tuple[Any, ...]", row)
    return ExposureRow(key, study, rater, measure, None, score, *place)


@strawberry.type(
    description="A study that rates such things and says nothing of this one, or "
    "nothing under some of its measures, and why."
)
class UnratedBy:
    """A reason instead of ratings."""

    row: strawberry.Private[UnratedRow]
    study_row: strawberry.Private[StudyRow]

    @computed("The study.")
    def study(self) -> Study:
        """Give the study."""
        return Study(row=self.study_row)

    @computed("Why there is no rating.", reads=("reason",))
    def reason(self) -> ExposureMissing:
        """Give the reason."""
        return ExposureMissing(self.row.reason)

    @computed(
        "The identifiers of the measures that it lacks; empty where it lacks all.",
        reads=("measures",),
    )
    def measures(self) -> list[strawberry.ID]:
        """Give the measures."""
        return [strawberry.ID(name) for name in (self.row.measures or "").split()]


def unrated_by(studies: list[StudyRow], rows: list[UnratedRow]) -> list[UnratedBy]:
    """Give the reasons, by study; what some measures lack after what all lack."""
    by_name = {study.study: study for study in studies}
    return [
        UnratedBy(row=row, study_row=by_name[row.study])
        for row in sorted(rows, key=lambda r: (r.study, r.measures or ""))
    ]
