"""The lines of a crosswalk together: which codes were split, merged, or kept."""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import Enum

import strawberry

from workatlas.errors import UsageError

from .cursor import read_cursor
from .join_rows import CrosswalkPairRow
from .member import member as _value
from .paging import Listing, PageOf, check_first

_DIGITS, _WHOLE = 7, 10
"""How long a code of SOC is, as in 29-1125, and one of O*NET-SOC, as in 29-1125.00."""


@strawberry.enum(description="What became of a code on a line of a crosswalk.")
class CodeChange(Enum):
    """Kinds of lines."""

    SAME = _value("SAME", "It stayed as it is, and no other code became the same one.")
    RECODED = _value("RECODED", "It became another one, alone and as a whole.")
    SPLIT = _value("SPLIT", "It became several codes, of which the line has one.")
    MERGED = _value("MERGED", "Several codes became one, of which the line has one.")
    SPLIT_AND_MERGED = _value(
        "SPLIT_AND_MERGED",
        "It became several codes, and the one of the line stands for several.",
    )


@strawberry.type(
    description="How many lines and codes a crosswalk has. A line is counted once; a "
    "code that was split or merged stands on several."
)
class CrosswalkCounts:
    """Counts of lines and codes."""

    pairs: int = strawberry.field(description="How many lines there are.")
    from_codes: int = strawberry.field(description="How many older codes they have.")
    to_codes: int = strawberry.field(description="How many newer codes they have.")
    splits: int = strawberry.field(
        description="How many older codes became several newer ones."
    )
    merges: int = strawberry.field(
        description="How many newer codes stand for several older ones."
    )


class CrosswalkPairs:
    """All lines of a crosswalk."""

    def __init__(self, rows: Iterable[CrosswalkPairRow]) -> None:
        """Gather them."""
        self._rows = sorted(rows, key=lambda row: row.line)
        self._from = Counter(row.from_code for row in self._rows)
        self._to = Counter(row.to_code for row in self._rows)

    @property
    def counts(self) -> CrosswalkCounts:
        """Count lines and codes."""
        return CrosswalkCounts(
            pairs=len(self._rows),
            from_codes=len(self._from),
            to_codes=len(self._to),
            splits=sum(number > 1 for number in self._from.values()),
            merges=sum(number > 1 for number in self._to.values()),
        )

    def change(self, row: CrosswalkPairRow) -> CodeChange:
        """Say what became of the older code of a line."""
        is_split, is_merged = self._from[row.from_code] > 1, self._to[row.to_code] > 1
        if is_split:
            return CodeChange.SPLIT_AND_MERGED if is_merged else CodeChange.SPLIT
        if is_merged:
            return CodeChange.MERGED
        return CodeChange.SAME if row.from_code == row.to_code else CodeChange.RECODED

    def chosen(
        self, code: str | None, change: CodeChange | None
    ) -> list[CrosswalkPairRow]:
        """Give the lines with a code on either side and of a kind, in their order.

        Raises:
            UsageError: the code is of neither form.

        """
        found = self._rows
        if code is not None:
            start = _beginning(code)
            found = [
                row
                for row in found
                if row.from_code.startswith(start) or row.to_code.startswith(start)
            ]
        if change is not None:
            found = [row for row in found if self.change(row) is change]
        return found


def page_of_pairs(
    rows: Sequence[CrosswalkPairRow], first: int, after: str | None
) -> PageOf[CrosswalkPairRow]:
    """Give a page of lines.

    Raises:
        UsageError: there can be no such page.

    """
    check_first(first)
    if after is not None:
        _, line, _ = read_cursor(after, _BY_LINE.listed)
        rows = [row for row in rows if isinstance(line, int) and row.line > line]
    return _BY_LINE.page(rows[: first + 1], first, after)


def _beginning(code: str) -> str:
    """Give what codes of O*NET-SOC begin with that a code names."""
    if len(code) not in (_DIGITS, _WHOLE) or code[2:3] != "-":
        raise UsageError(
            f"{code!r} is no code.",
            todo="Give one of SOC, as in 29-1125, or of O*NET-SOC, as in 29-1125.00.",
        )
    return code


_BY_LINE: Listing[CrosswalkPairRow] = Listing(
    "lines of a crosswalk", "", lambda row: (row.line, row.line)
)
