"""Related occupations, as the publisher of a release lists them."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Annotated

import strawberry

from .enums import RelatednessTier
from .follow import Follow, Late, column, computed, follows, only
from .provenance import FILED, Provenance, row_provenance
from .rows import OccupationRow, RelatedOccupationRow

if TYPE_CHECKING:
    from .occupation import Occupation

_occupation = Late(".occupation", "Occupation")
LISTED = ("tier", "position")
"""What is read of a row to choose it and to put it in its place."""


@strawberry.type(
    description="A row of the publisher's list of occupations related to another one."
)
class RelatedOccupation:
    """A related occupation, which is a row of a file with a source of its own."""

    row: strawberry.Private[RelatedOccupationRow]

    @property
    def key(self) -> str:
        """The row's key."""
        return self.row.key

    index: int = column("position", "Its place in the list, as published, from 1.")

    @computed("How closely it is related, as published.", reads=("tier",))
    def tier(self) -> RelatednessTier:
        """Give the tier."""
        return RelatednessTier(self.row.tier)

    @follows(Follow("related_occupation", OccupationRow, reads=()), reads=())
    def occupation(
        self, rows: list[OccupationRow]
    ) -> Annotated["Occupation", strawberry.lazy(".occupation")]:
        """The related occupation."""
        made: Occupation = _occupation(row=only(rows))
        return made

    @computed("Where the row stands.", reads=FILED, straight=True)
    def provenance(self) -> Provenance:
        """Give the source."""
        return row_provenance(self.row)


def related_occupations(
    rows: list[RelatedOccupationRow], tiers: Collection[RelatednessTier] | None
) -> list[RelatedOccupation]:
    """Give those of some tiers, all of them for None, in the published order."""
    asked = {tier.value for tier in (RelatednessTier if tiers is None else tiers)}
    found = [row for row in rows if row.tier in asked]
    return [RelatedOccupation(row=r) for r in sorted(found, key=lambda r: r.position)]
