"""What every answer says of the graphs that it read from.

A release that is invented, or that was loaded without a file or with a part of one, is
named as such in every answer that it touches.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from workatlas.cypher import Catalogue
from workatlas.schema.enums import FileCoverage
from workatlas.schema.rows import SourceFileRow, StudyRow
from workatlas.stores import GraphKind, PublishedGraph, Reader, Row

_FILES_OF = {GraphKind.RELEASE: "release_files", GraphKind.STUDY: "study_files"}


class Notices:
    """Describes builds; a build never changes, so each is described once."""

    def __init__(self, reader: Reader, catalogue: Catalogue) -> None:
        """Describe builds that ``reader`` reads."""
        self._reader = reader
        self._catalogue = catalogue
        self._known: dict[str, Mapping[str, Any]] = {}

    def of(self, used: Iterable[str]) -> list[Mapping[str, Any]]:
        """Give for each noted build its id, whether it is invented, what it lacks.

        A build that the store did not give anything of has not been noted.
        """
        return [self._known[prefix] for prefix in sorted(used) if prefix in self._known]

    async def note(self, graph: PublishedGraph) -> None:
        """Learn what is to be said of a build, unless it is known."""
        if graph.prefix in self._known:
            return
        own = () if graph.kind is GraphKind.RELEASE else (graph.id,)
        key = graph.key(graph.kind.value.lower(), *own)
        found = await self._rows(_FILES_OF[graph.kind], graph.prefix, key)
        files = [SourceFileRow(*values) for values in found]
        studies = (
            [
                StudyRow(*values)
                for values in await self._rows("release_studies", graph.prefix, key)
            ]
            if graph.kind is GraphKind.RELEASE
            else []
        )
        self._known[graph.prefix] = {
            "id": graph.id,
            "synthetic": graph.synthetic,
            "syntheticStudies": sorted(s.study for s in studies if s.synthetic),
            "partialFiles": _names(files, FileCoverage.PART),
            "absentFiles": _names(files, FileCoverage.ABSENT),
        }

    async def _rows(self, entry: str, prefix: str, key: str) -> list[Row]:
        statement = self._catalogue[entry].batch
        rows = await self._reader.fetch(prefix, statement, {"keys": [key]})
        return [values for _, found in rows for values in found]


def _names(rows: list[SourceFileRow], coverage: FileCoverage) -> list[str]:
    return sorted(r.file_name for r in rows if r.coverage == coverage.value)
