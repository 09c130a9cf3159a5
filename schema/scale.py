"""Rating scales and their categories."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from .follow import Follow, Late, column, computed, follows
from .rows import CategoryRow, ScaleRow

if TYPE_CHECKING:
    from .provenance import Provenance

_provenance = Late(".provenance", "row_provenance")


@strawberry.type(description="A category of a scale.")
class Category:
    """One answer of a scale that asks for a category."""

    row: strawberry.Private[CategoryRow]

    category: int = column("category", "Its number.")
    label: str = column("meaning", "What it stands for, in the publisher's words.")


@strawberry.type(description="A rating scale of a release.")
class Scale:
    """A scale."""

    row: strawberry.Private[ScaleRow]

    name: str = column("heading", "The scale's name.")
    minimum: float = column("minimum", "The lowest value.")
    maximum: float = column("maximum", "The highest value.")

    @property
    def key(self) -> str:
        """The scale's key."""
        return self.row.key

    @computed("The scale's identifier: IM, RT, FT, ...")
    def id(self) -> strawberry.ID:
        """Give the identifier."""
        return strawberry.ID(self.row.scale)

    @follows(Follow("scale_categories", CategoryRow))
    def categories(self, rows: list[CategoryRow]) -> list[Category]:
        """Its categories, by number; empty where it has none."""
        ordered = sorted(rows, key=lambda r: r.category)
        return [Category(row=r) for r in ordered]

    @computed("Where its bounds are published.")
    def provenance(
        self,
    ) -> Annotated["Provenance", strawberry.lazy(".provenance")]:
        """Give the source."""
        made: Provenance = _provenance(self.row)
        return made
