"""Crosswalks: which code or identifier became which other one."""

from typing import TYPE_CHECKING, Annotated

import strawberry
from typing_extensions import override

from .file import SourceFile
from .follow import Follow, Late, column, computed, follows
from .join_rows import CrosswalkPairRow, CrosswalkRow
from .node import Node
from .rows import SourceFileRow
from .source import Source, crosswalk_source

if TYPE_CHECKING:
    from .provenance import Provenance

_provenance = Late(".provenance", "owned_provenance")


@strawberry.type(description="A line of a crosswalk: one code became another.")
class CrosswalkPair:
    """A pair of codes; a code that was split or merged stands in several."""

    row: strawberry.Private[CrosswalkPairRow]

    from_code: str = column("from_code", "The older code, as of O*NET-SOC 2010.")
    from_title: str = column("from_heading", "The title of the older code.")
    to_code: str = column("to_code", "The newer code, as of O*NET-SOC 2019.")
    to_title: str = column("to_heading", "The title of the newer code.")

    @computed("Where it stands.", reads=("key", "file", "line"))
    def provenance(self) -> Annotated["Provenance", strawberry.lazy(".provenance")]:
        """Give the source."""
        made: Provenance = _provenance(self.row)
        return made


@strawberry.type(
    description="A published table that leads from one classification to another. Over "
    "one of occupations, studies with codes of the one are joined to releases with "
    "codes of the other; over one of activities, either identifier finds them."
)
class Crosswalk(Node):
    """A crosswalk."""

    row: strawberry.Private[CrosswalkRow]

    title: str = column("heading", "Its name.")
    from_taxonomy: str = column(
        "from_taxonomy",
        "What the older codes are of: the edition of SOC that they are made on, or the "
        "releases with those identifiers.",
    )
    to_taxonomy: str = column(
        "to_taxonomy",
        "What the newer codes are of: the edition of SOC that they are made on, or the "
        "releases with those identifiers.",
    )

    @override
    @computed("The identifier that people type: onet-soc-2010-to-2019.")
    def id(self) -> strawberry.ID:
        """Give the identifier."""
        return strawberry.ID(self.row.crosswalk)

    @computed("What to cite and which licence holds.")
    def source(self) -> Source:
        """Give the source."""
        return crosswalk_source(self.row)

    @override
    @computed("The works that it rests on: itself.")
    def sources(self) -> list[Source]:
        """Give the one source."""
        return [crosswalk_source(self.row)]

    @follows(Follow("crosswalk_files", SourceFileRow))
    def files(self, rows: list[SourceFileRow]) -> list[SourceFile]:
        """The files it was loaded from, by name."""
        return [SourceFile(row=r) for r in sorted(rows, key=lambda r: r.file_name)]
