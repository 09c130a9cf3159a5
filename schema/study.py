"""Studies, their raters and their measures."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import strawberry
from typing_extensions import override

from workatlas.errors import NotFoundError
from workatlas.stores import Snapshot
from workatlas.stores.keys import graph_of

from .aggregate_enums import StudyAggregation
from .arguments import argument
from .cost import costs
from .file import SourceFile
from .follow import Follow, column, computed, follows
from .join_rows import JoinCountRow
from .joins import JoinReport
from .node import Node
from .rows import MeasureRow, RaterRow, SourceFileRow, StudyRow
from .source import Source, study_source
from .study_enums import MeasureUnit, RatedKind, RaterKind

JOINED_TO = (
    "A release such as onet-29.2, or latest; without it the release over which the "
    "study was reached, or the newest."
)


def _in_release(study: "Study", arguments: Mapping[str, Any]) -> Sequence[str]:
    return study.keys_in(arguments["release"])


@strawberry.type(description="Who rated.")
class Rater:
    """A rater of a study."""

    row: strawberry.Private[RaterRow]

    title: str = column("heading", "A name to show.")
    description: str = column("description", "How the rating was done.")

    @computed("The identifier: human, gpt-4, ...")
    def id(self) -> strawberry.ID:
        """Give the identifier."""
        return strawberry.ID(self.row.rater)

    @computed("What kind of rater it is.")
    def kind(self) -> RaterKind:
        """Give the kind."""
        return RaterKind(self.row.kind)


@strawberry.type(description="What is measured, and what it does not mean.")
class Measure:
    """A measure of a study."""

    row: strawberry.Private[MeasureRow]

    title: str = column("heading", "A name to show.")
    description: str = column("description", "What is measured.")
    minimum: float | None = column("minimum", "The lowest score; null if it has none.")
    maximum: float | None = column("maximum", "The highest score; null if it has none.")
    formula: str | None = column("formula", "How it is computed; null if it is rated.")
    direction: str = column("direction", "What a higher score or label stands for.")
    not_meaning: str = column("not_meaning", "What it does not mean.")

    @computed("The identifier: exposure, alpha, ...")
    def id(self) -> strawberry.ID:
        """Give the identifier."""
        return strawberry.ID(self.row.measure)

    @computed("The unit of its scores.")
    def unit(self) -> MeasureUnit:
        """Give the unit."""
        return MeasureUnit(self.row.unit)

    @computed("Its labels, in the rubric's order; empty if none.")
    def labels(self) -> list[str]:
        """Give the labels."""
        return (self.row.labels or "").split()

    @computed(
        "Its labels from the lowest to the highest, by which distances and weighted "
        "kappa count; empty if they have no order."
    )
    def order(self) -> list[str]:
        """Give the order."""
        return (self.row.label_order or "").split()

    @computed("What the study rates under it.")
    def rates(self) -> list[RatedKind]:
        """Give the kinds."""
        return [RatedKind(kind) for kind in self.row.rates.split()]


@strawberry.type(
    description="A published study that rates tasks, occupations or activities."
)
class Study(Node):
    """A study; ``snapshot`` is known where it was not reached over a release."""

    row: strawberry.Private[StudyRow]
    snapshot: strawberry.Private[Snapshot | None] = None

    title: str = column("heading", "The title of its article, or else its preprint.")
    doi: str | None = column("doi", "The DOI of its article; null if it has none.")
    arxiv: str | None = column(
        "arxiv", "The number of its preprint on arXiv; null if it has none."
    )
    version: str | None = column(
        "version",
        "The publisher's version of its data; null where the files are not those of a "
        "version that is known, byte for byte, and where they are invented.",
    )
    synthetic: bool = column("synthetic", "True when its ratings are invented.")
    made_on: str | None = column(
        "made_on",
        "The release that it was made on, as in onet-27.2; null where that is not "
        "known, and where its ratings are invented.",
    )
    taxonomy: str | None = column(
        "taxonomy",
        "The edition of SOC that its six-digit codes are of; null where it has none.",
    )

    def keys_in(self, release: str | None) -> Sequence[str]:
        """Give the key of this study in a release.

        Raises:
            NotFoundError: no such release, or it was reached over another one.

        """
        own = graph_of(self.key)
        is_joined = own != self.row.study
        if is_joined and release in (None, own):
            return [self.key]
        if self.snapshot is None:
            raise NotFoundError(
                f"Here {self.row.study} is known as it is joined to {own} only.",
                todo="Ask `study(id:)` for it; that knows every release.",
            )
        return [self.snapshot.release(release).key("study", self.row.study)]

    @override
    @computed("The identifier that people type: gpts-are-gpts.")
    def id(self) -> strawberry.ID:
        """Give the identifier."""
        return strawberry.ID(self.row.study)

    @computed(
        "When its article, or else its preprint, was published, as in 2024-06; null if "
        "invented."
    )
    def published(self) -> str | None:
        """Give the month."""
        return self.row.published or None

    @computed(
        "Where its article appeared: journal, volume, issue, pages; null without one."
    )
    def venue(self) -> str | None:
        """Give the place."""
        row = self.row
        if row.journal is None:
            return None
        return f"{row.journal} {row.volume} ({row.issue}), {row.pages}"

    @computed(
        "What it makes its figures of occupations of; null where it publishes none."
    )
    def aggregation(self) -> StudyAggregation | None:
        """Give the way."""
        named = self.row.aggregation
        return None if named is None else StudyAggregation(named)

    @computed("Where its data are; null where they are invented.")
    def url(self) -> str | None:
        """Give the address."""
        return self.row.url or None

    @computed("Its data, as they are cited, with what describes them and the licence.")
    def source(self) -> Source:
        """Give the source."""
        return study_source(self.row)

    @override
    @computed("The work that it is: its data, with what describes them.")
    def sources(self) -> list[Source]:
        """Give the source."""
        return [study_source(self.row)]

    @follows(Follow("study_raters", RaterRow))
    def raters(self, rows: list[RaterRow]) -> list[Rater]:
        """Who rated, in the study's order."""
        return [Rater(row=r) for r in sorted(rows, key=lambda r: r.position)]

    @follows(Follow("study_measures", MeasureRow))
    def measures(self, rows: list[MeasureRow]) -> list[Measure]:
        """What it measures, in the study's order."""
        return [Measure(row=r) for r in sorted(rows, key=lambda r: r.position)]

    @follows(Follow("study_files", SourceFileRow))
    def files(self, rows: list[SourceFileRow]) -> list[SourceFile]:
        """The files it was loaded from, by name."""
        ordered = sorted(rows, key=lambda r: r.file_name)
        return [SourceFile(row=r) for r in ordered]

    @costs(once=500)
    @follows(
        Follow("study_join_counts", JoinCountRow, keys=_in_release),
        reads=("key", "study"),
    )
    def join_report(
        self,
        rows: list[JoinCountRow],
        *,
        release: Annotated[str | None, argument(JOINED_TO)] = None,
    ) -> JoinReport:
        """What became of each row of its files when it was joined to a release."""
        (key,) = self.keys_in(release)
        if not rows:
            raise NotFoundError(
                f"{self.row.study} is not joined to {graph_of(key)}.",
                todo="What is invented is joined to what is invented only.",
            )
        return JoinReport(key=key, counted=rows)
