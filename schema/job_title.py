"""Other titles of occupations."""

import strawberry

from .enums import JobTitleKind
from .follow import column, computed
from .provenance import Provenance, row_provenance
from .rows import JobTitleRow


@strawberry.type(description="Another title of an occupation.")
class JobTitle:
    """A job title."""

    row: strawberry.Private[JobTitleRow]

    title: str = column("job_title", "The title.")
    short_title: str | None = column(
        "short_title", "Its short form; null where the release gives none."
    )

    @computed("Where the title comes from.")
    def kind(self) -> JobTitleKind:
        """Give the kind."""
        return JobTitleKind(self.row.kind)

    @computed("Where it stands.", straight=True)
    def provenance(self) -> Provenance:
        """Give the source."""
        return row_provenance(self.row)
