"""What every answer says of the works that it was made of.

A release that is invented, or that was loaded without a file or with a part of one, is
named as such in every answer that it touches; so is each study of which a row was read.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from operator import attrgetter
from typing import Any

from workatlas.cypher import Catalogue
from workatlas.schema.aggregate_rows import INPUTS
from workatlas.schema.enums import FileCoverage
from workatlas.schema.join_rows import UnratedRow
from workatlas.schema.rows import (
    ExposureRow,
    RatedRow,
    SourceFileRow,
    StudiedRow,
    StudyRow,
)
from workatlas.stores import GraphKind, PublishedGraph, Reader, Row
from workatlas.stores.keys import prefix_of

OF_STUDIES = frozenset({ExposureRow, UnratedRow, RatedRow, StudiedRow, *INPUTS})
"""The rows that are of a study, each with the study's name."""
_FILES_OF = {
    GraphKind.RELEASE: "release_files",
    GraphKind.STUDY: "study_files",
    GraphKind.CROSSWALK: "crosswalk_files",
}
_study_of = attrgetter("study")


class Read:
    """What one answer was made of: builds, and the studies of which rows were read."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.builds: set[str] = set()
        self._studies: defaultdict[str, set[str]] = defaultdict(set)

    def note(self, key: str, rows: Iterable[Any]) -> None:
        """Note the studies of rows that hang below the node of a key."""
        self._studies[prefix_of(key)].update(map(_study_of, rows))

    @property
    def studies(self) -> set[tuple[str, str]]:
        """The studies, each below the build that holds it."""
        return {(build, s) for build, some in self._studies.items() for s in some}


class Notices:
    """Describes builds; a build never changes, so each is described once."""

    def __init__(self, reader: Reader, catalogue: Catalogue) -> None:
        """Describe builds that ``reader`` reads."""
        self._reader = reader
        self._catalogue = catalogue
        self._known: dict[str, Mapping[str, Any]] = {}
        self._studies: dict[tuple[str, str], Mapping[str, Any]] = {}

    def of(self, read: Read) -> list[Mapping[str, Any]]:
        """Say of each release and study its id, whether it is invented, what it lacks.

        They are sorted by id. A build that the store did not give anything of has not
        been noted.
        """
        studies = [self._studies[s] for s in read.studies if s in self._studies]
        builds = [self._known[b] for b in read.builds if b in self._known]
        by_id = {each["id"]: each for each in (*studies, *builds)}
        return [by_id[name] for name in sorted(by_id)]

    async def note(self, graph: PublishedGraph) -> None:
        """Learn what is to be said of a build, unless it is known."""
        if graph.prefix in self._known:
            return
        own = () if graph.kind is GraphKind.RELEASE else (graph.id,)
        key = graph.key(graph.kind.value.lower(), *own)
        studies = await self._joined(graph.prefix, key)
        files = await self._rows(_FILES_OF[graph.kind], graph.prefix, [key])
        notice = _notice(graph.id, files.get(key, []), synthetic=graph.synthetic)
        joined = [self._studies[graph.prefix, s.study] for s in studies]
        lacking = (each["partialFiles"] for each in (notice, *joined))
        self._known[graph.prefix] = {
            **notice,
            "syntheticStudies": sorted(s.study for s in studies if s.synthetic),
            # A rating that a study's part lacks would be an answer of the release.
            "partialFiles": sorted(chain.from_iterable(lacking)),
        }

    async def _joined(self, prefix: str, key: str) -> list[StudyRow]:
        """Give the studies that are joined to a release, and learn what is of each."""
        found = await self._rows("release_studies", prefix, [key])
        studies = [StudyRow(*values) for values in found.get(key, [])]
        files = await self._rows("study_files", prefix, [s.key for s in studies])
        for study in studies:
            self._studies[prefix, study.study] = _notice(
                study.study, files.get(study.key, []), synthetic=study.synthetic
            )
        return studies

    async def _rows(
        self, entry: str, prefix: str, keys: list[str]
    ) -> Mapping[str, list[Row]]:
        if not keys:
            return {}
        statement = self._catalogue[entry].batch
        rows = await self._reader.fetch(prefix, statement, {"keys": keys})
        return {key: found for key, found in rows}  # noqa: C416 - rows are lists


def _notice(name: str, files: list[Row], *, synthetic: bool) -> dict[str, Any]:
    rows = [SourceFileRow(*values) for values in files]
    return {
        "id": name,
        "synthetic": synthetic,
        "syntheticStudies": [],
        "partialFiles": _names(rows, FileCoverage.PART),
        "absentFiles": _names(rows, FileCoverage.ABSENT),
    }


def _names(rows: list[SourceFileRow], coverage: FileCoverage) -> list[str]:
    return sorted(r.file_name for r in rows if r.coverage == coverage.value)
