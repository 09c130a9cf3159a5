"""Releases and what they are made of."""

from typing import TYPE_CHECKING, Annotated

import strawberry
from typing_extensions import override

from .crosswalk import Crosswalk
from .file import SourceFile
from .follow import Follow, Late, column, computed, follows, only
from .join_rows import CrosswalkRow, JoinCountRow
from .joins import JoinCount, join_counts
from .node import Node
from .rows import (
    DatasetRow,
    OccupationRow,
    ReleaseRow,
    ScaleRow,
    SourceFileRow,
    StudyRow,
)
from .scale import Scale
from .source import Source, release_source
from .study import Study

if TYPE_CHECKING:
    from .occupation import Occupation

_occupation = Late(".occupation", "Occupation")


@strawberry.type(description="One release of a dataset, unchanged once published.")
class Release(Node):
    """A release."""

    row: strawberry.Private[ReleaseRow]

    version: str = column("version", "The publisher's number of the release.")
    title: str = column("heading", "Name of dataset and release.")
    synthetic: bool = column(
        "synthetic", "True when all of it is invented, as in the bundled sample."
    )
    layout: str = column(
        "layout",
        "The name of the description of files and columns that it was read by, as in "
        "onet-text-1; new editions bring new ones.",
    )
    layout_verified: bool = column(
        "layout_verified",
        "Whether that description was checked against the publisher's own files.",
    )

    taxonomy: str | None = column(
        "taxonomy",
        "The edition of SOC that its codes are made on, as in SOC 2018; null where "
        "that is not known, and where it is invented.",
    )

    @override
    @computed("The identifier that people type: onet-29.2.")
    def id(self) -> strawberry.ID:
        """Give the identifier."""
        return strawberry.ID(self.row.release)

    @computed(
        "Year and month of publication, as in 2025-02; null where neither its files "
        "nor its publisher tell, and where it is invented."
    )
    def published(self) -> str | None:
        """Give the month."""
        return self.row.published or None

    @follows(Follow("release_dataset", DatasetRow))
    def source(self, rows: list[DatasetRow]) -> Source:
        """What to cite and which licence holds."""
        return release_source(self.row, only(rows))

    @follows(Follow("release_files", SourceFileRow))
    def files(self, rows: list[SourceFileRow]) -> list[SourceFile]:
        """The files it was loaded from, by name; absent ones too."""
        ordered = sorted(rows, key=lambda r: r.file_name)
        return [SourceFile(row=r) for r in ordered]

    @follows(Follow("release_occupations", OccupationRow, reads=("code",)), reads=())
    def occupations(
        self, rows: list[OccupationRow]
    ) -> list[Annotated["Occupation", strawberry.lazy(".occupation")]]:
        """Its occupations, by code."""
        ordered = sorted(rows, key=lambda r: r.code)
        return _occupation.of(ordered)

    @follows(Follow("release_scales", ScaleRow))
    def scales(self, rows: list[ScaleRow]) -> list[Scale]:
        """Its rating scales, by identifier."""
        return [Scale(row=r) for r in sorted(rows, key=lambda r: r.scale)]

    @follows(Follow("release_studies", StudyRow))
    def studies(self, rows: list[StudyRow]) -> list[Study]:
        """The studies joined to it, by identifier."""
        return [Study(row=r) for r in sorted(rows, key=lambda r: r.study)]

    @follows(Follow("release_crosswalks", CrosswalkRow))
    def crosswalks(self, rows: list[CrosswalkRow]) -> list[Crosswalk]:
        """The crosswalks that lead to its codes and identifiers."""
        return [Crosswalk(row=r) for r in sorted(rows, key=lambda r: r.crosswalk)]

    @follows(Follow("release_join_counts", JoinCountRow))
    def join_counts(self, rows: list[JoinCountRow]) -> list[JoinCount]:
        """What became of each study's rows when joined: by study, file and reason."""
        return join_counts(rows)
