"""Crosswalks: which code or identifier became which other one."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from typing_extensions import override

from workatlas.stores.keys import beside, local_of

from .arguments import After, First
from .crosswalk_pairs import (
    CodeChange,
    CrosswalkCounts,
    CrosswalkPairs,
    page_of_pairs,
)
from .file import SourceFile
from .follow import Follow, Late, column, computed, follows
from .join_rows import CrosswalkPairRow, CrosswalkRow
from .node import Node
from .paging import Connection, CountRow
from .rows import SourceFileRow
from .source import Source, crosswalk_source

if TYPE_CHECKING:
    from .provenance import Provenance

OfCode = Annotated[
    str | None,
    strawberry.argument(
        description="Only lines with this code on either side: one of SOC, as in "
        "29-1125, or of O*NET-SOC, as in 29-1125.00."
    ),
]
OfChange = Annotated[
    CodeChange | None, strawberry.argument(description="Only lines of this kind.")
]
_PAIRS = "crosswalk_pairs"


def _own_crosswalk(pair: "CrosswalkPair", _: Mapping[str, Any]) -> list[str]:
    name = local_of(pair.row.key).split("/")[1]
    return [beside(pair.row.key, "crosswalk", name)]


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

    @follows(
        Follow(_PAIRS, CrosswalkPairRow, keys=_own_crosswalk, gathers=CrosswalkPairs),
        reads=("key", "from_code", "to_code"),
    )
    def change(self, rows: list[CrosswalkPairs]) -> CodeChange:
        """What became of the older code, seen with all lines of the crosswalk."""
        (pairs,) = rows
        return pairs.change(self.row)


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

    @follows(Follow(_PAIRS, CrosswalkPairRow, gathers=CrosswalkPairs), reads=())
    def counts(self, rows: list[CrosswalkPairs]) -> CrosswalkCounts:
        """How many lines and codes it has, and how many were split and merged."""
        (pairs,) = rows
        return pairs.counts

    @follows(Follow(_PAIRS, CrosswalkPairRow, gathers=CrosswalkPairs), reads=())
    def pairs(
        self,
        rows: list[CrosswalkPairs],
        *,
        code: OfCode = None,
        change: OfChange = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[CrosswalkPair]:
        """Its lines in pages, in their order."""
        (pairs,) = rows
        found = pairs.chosen(code, change)
        page = page_of_pairs(found, first, after)
        items = [CrosswalkPair(row=row) for row in page.rows]
        return Connection(items=items, page=page, totals=[CountRow(len(found))])
