"""What studies say of a task or occupation; raters are never merged."""

from collections.abc import Callable, Iterable
from operator import attrgetter

import strawberry

from .enums import BASIS_OF_EDGE, Basis, ExposureMissing
from .follow import Follow, Place, column, computed, follows, only
from .provenance import Provenance
from .rows import ExposureRow, MeasureRow, RaterRow, StudyRow
from .study import Measure, Rater, Study

EXPOSURE = "exposure"
_DERIVED: dict[str, tuple[str, dict[str, float]]] = {
    "alpha": ("alpha = [E1]", {"E0": 0.0, "E1": 1.0, "E2": 0.0}),
    "beta": ("beta = [E1] + 0.5 [E2]", {"E0": 0.0, "E1": 1.0, "E2": 0.5}),
    "gamma": ("gamma = [E1] + [E2]", {"E0": 0.0, "E1": 1.0, "E2": 1.0}),
}
"""The score of each label under each formula (Eloundou et al., arXiv 2303.10130)."""


def _place_of(kind: str) -> Callable[["ExposureRating"], Place]:
    """Say where the study, rater or measure of a rating stands."""
    if kind == "study":
        return lambda rating: (kind, rating.row.study)
    part = attrgetter(kind)
    return lambda rating: (kind, rating.row.study, part(rating.row))


@strawberry.type(
    description="What one rater says under one measure of a study: a label, a score, "
    "or both."
)
class ExposureRating:
    """One rating, as published or derived from a published label."""

    row: strawberry.Private[ExposureRow]
    method: strawberry.Private[str | None] = None

    label: str | None = column(
        "exposure_label", "The label; null for a measure without labels."
    )
    score: float | None = column(
        "score", "The score, in the measure's unit; null for a bare label."
    )

    @property
    def key(self) -> str:
        """The key of the rating."""
        return self.row.key

    @follows(Follow("study", StudyRow, at=_place_of("study")), shared=True)
    def study(self, rows: list[StudyRow]) -> Study:
        """The study that published it."""
        return Study(row=only(rows))

    @follows(Follow("rater", RaterRow, at=_place_of("rater")), shared=True)
    def rater(self, rows: list[RaterRow]) -> Rater:
        """Who rated."""
        return Rater(row=only(rows))

    @follows(Follow("measure", MeasureRow, at=_place_of("measure")), shared=True)
    def measure(self, rows: list[MeasureRow]) -> Measure:
        """What is measured."""
        return Measure(row=only(rows))

    @computed("How the study's row was joined to this node.")
    def basis(self) -> Basis:
        """Give the basis."""
        return BASIS_OF_EDGE[self.row.basis]

    @computed("The sentence that was rated, where it differs from the release's.")
    def rated_statement(self) -> str | None:
        """Give the older wording."""
        reworded = BASIS_OF_EDGE[self.row.basis] is Basis.SAME_ID_REWORDED
        return self.row.rated_statement if reworded else None

    @computed("Where it stands, or what it was derived from.")
    def provenance(self) -> Provenance:
        """Give the source."""
        stands = self._provenance()
        if self.method is None:
            return stands
        return Provenance(
            key=stands.key,
            file_place=stands.file_place,
            line=stands.line,
            column=stands.column,
            method=self.method,
            inputs=[stands],
        )

    def _provenance(self) -> Provenance:
        return Provenance(
            key=self.row.key,
            file_place=("file", self.row.study, self.row.file),
            line=self.row.line,
            column=self.row.column,
        )


def exposure_ratings(
    rows: Iterable[ExposureRow],
    *,
    study: str | None,
    rater: str | None,
    measure: str | None,
) -> list[ExposureRating]:
    """Give published and derived ratings, by study, rater and measure.

    Alpha, beta and gamma exist for every rater that gave an exposure label: as
    published where the file has them, else derived from that label.
    """
    published = [ExposureRating(row=row) for row in rows]
    known = {(e.row.study, e.row.rater, e.row.measure) for e in published}
    derived = [
        ExposureRating(
            row=e.row._replace(
                measure=name, exposure_label=None, score=scores[e.row.exposure_label]
            ),
            method=method,
        )
        for e in published
        if e.row.measure == EXPOSURE
        for name, (method, scores) in _DERIVED.items()
        if (e.row.study, e.row.rater, name) not in known
        and e.row.exposure_label in scores
    ]
    wanted = (study, rater, measure)
    found = [
        ((e.row.study, e.row.rater, e.row.measure), e) for e in (*published, *derived)
    ]
    return [
        e
        for names, e in sorted(found, key=lambda item: item[0])
        if all(w in (None, n) for w, n in zip(wanted, names, strict=True))
    ]


@strawberry.type(description="A study that says nothing of a task, and why.")
class UnratedBy:
    """A reason instead of ratings."""

    study_row: strawberry.Private[StudyRow]
    reason: ExposureMissing = strawberry.field(description="Why there is no rating.")

    @computed("The study.")
    def study(self) -> Study:
        """Give the study."""
        return Study(row=self.study_row)


def unrated_by(studies: list[StudyRow], rows: list[ExposureRow]) -> list[UnratedBy]:
    """Give the studies of which there is no rating, by identifier."""
    rated = {row.study for row in rows}
    return [
        UnratedBy(study_row=study, reason=ExposureMissing.NOT_RATED_BY_STUDY)
        for study in sorted(studies, key=lambda s: s.study)
        if study.study not in rated
    ]
