"""Studies, their raters and their measures."""

import strawberry
from typing_extensions import override

from .enums import MeasureUnit, RaterKind
from .file import SourceFile
from .follow import Follow, column, computed, follows
from .node import Node
from .rows import MeasureRow, RaterRow, SourceFileRow, StudyRow
from .source import Source, study_source


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


@strawberry.type(description="A published study that rates tasks or occupations.")
class Study(Node):
    """A study."""

    row: strawberry.Private[StudyRow]

    title: str = column("heading", "The title of its article.")
    doi: str | None = column("doi", "The DOI of its article; null if invented.")
    arxiv: str | None = column(
        "arxiv", "The number of its preprint on arXiv; null if invented."
    )
    version: str | None = column(
        "version",
        "The publisher's version of its data; null where the files are not those of a "
        "version that is known, byte for byte, and where they are invented.",
    )
    synthetic: bool = column("synthetic", "True when its ratings are invented.")
    made_on: str | None = column(
        "made_on",
        "The release whose sentences were rated, as in onet-27.2; null where that is "
        "not known, and where its ratings are invented.",
    )

    @override
    @computed("The identifier that people type: gpts-are-gpts.")
    def id(self) -> strawberry.ID:
        """Give the identifier."""
        return strawberry.ID(self.row.study)

    @computed("When its article was published, as in 2024-06; null if invented.")
    def published(self) -> str | None:
        """Give the month."""
        return self.row.published or None

    @computed(
        "Where its article appeared: journal, volume, issue, pages; null if invented."
    )
    def venue(self) -> str | None:
        """Give the place."""
        row = self.row
        if row.journal is None:
            return None
        return f"{row.journal} {row.volume} ({row.issue}), {row.pages}"

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
