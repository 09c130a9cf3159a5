"""The official crosswalks of a release, to be asked where a code leads."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from .continuation_basis import ContinuationBasis
from .follow import Follow
from .join_rows import CrosswalkPairRow
from .over_releases import Way


class CrossingRow(NamedTuple):
    """A CrosswalkPair node, and the taxonomies that its crosswalk leads between."""

    key: str
    from_code: str
    from_heading: str
    to_code: str
    to_heading: str
    file: str
    line: int
    from_taxonomy: str
    to_taxonomy: str

    @property
    def pair(self) -> CrosswalkPairRow:
        """The pair's own columns."""
        columns: tuple[Any, ...] = self[: len(CrosswalkPairRow._fields)]
        return CrosswalkPairRow(*columns)


class Led(NamedTuple):
    """A code that another one leads to: by which line, and on what bases."""

    code: str
    pair: CrosswalkPairRow
    bases: Sequence[ContinuationBasis]


_Taxonomies = tuple[str | None, str | None]
"""The older and the newer one."""


class Crossings:
    """All lines of a release's crosswalks, by the code on either side."""

    def __init__(self, rows: Iterable[CrossingRow]) -> None:
        """Gather the lines; a code that stands in several was split or merged."""
        self._rows: defaultdict[tuple[Way, str, _Taxonomies], list[CrossingRow]]
        self._rows = defaultdict(list)
        for row in rows:
            between = (row.from_taxonomy, row.to_taxonomy)
            self._rows[Way.AFTER, row.from_code, between].append(row)
            self._rows[Way.BEFORE, row.to_code, between].append(row)

    def led(self, way: Way, code: str, between: _Taxonomies) -> list[Led]:
        """Give the codes that a code leads to, one way between two taxonomies."""
        return [
            Led(
                row.to_code if way is Way.AFTER else row.from_code,
                row.pair,
                list(self._bases(row, between)),
            )
            for row in self._rows.get((way, code, between), ())
        ]

    def _bases(
        self, row: CrossingRow, between: _Taxonomies
    ) -> Iterable[ContinuationBasis]:
        is_split = len(self._rows[Way.AFTER, row.from_code, between]) > 1
        is_merged = len(self._rows[Way.BEFORE, row.to_code, between]) > 1
        if is_split:
            yield ContinuationBasis.CROSSWALK_SPLIT
        if is_merged:
            yield ContinuationBasis.CROSSWALK_MERGED
        if not (is_split or is_merged):
            yield ContinuationBasis.CROSSWALK_ONE


CROSSINGS = Follow(
    "release_crosswalk_pairs", CrossingRow, at=("release",), gathers=Crossings
)
