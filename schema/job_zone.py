"""Job zones: how much preparation occupations need."""

from collections.abc import Sequence

import strawberry

from .coverage import ZONES, holding
from .enums import FileCoverage, JobZoneMissing
from .follow import Follow, column, computed, follows
from .provenance import DATED, FILED, Provenance, dated_provenance, row_provenance
from .rows import JobZoneDescriptionRow, JobZoneRow, SourceFileRow

_COLUMN = "Job Zone"
_OR_NULL = "; null where the release does not say."


@strawberry.type(description="What a job zone stands for, in the publisher's words.")
class JobZoneDescription:
    """A description of a job zone."""

    row: strawberry.Private[JobZoneDescriptionRow]

    name: str = column("heading", "Its name.")
    experience: str | None = column(
        "experience", f"How much related experience is needed{_OR_NULL}"
    )
    education: str | None = column("education", f"Which education most need{_OR_NULL}")
    job_training: str | None = column(
        "training", f"How long and how one is trained on the job{_OR_NULL}"
    )
    examples: str | None = column("examples", f"Occupations that are in it{_OR_NULL}")
    svp_range: str | None = column(
        "svp_range", f"Its range of specific vocational preparation (SVP){_OR_NULL}"
    )

    @computed("Where it stands.", reads=FILED, straight=True)
    def provenance(self) -> Provenance:
        """Give the source."""
        return row_provenance(self.row)


@strawberry.type(
    description="The job zone that an occupation is in: how much experience, education "
    "and training it needs."
)
class JobZone:
    """A job zone, which is a row of a file with a date and a source of its own."""

    row: strawberry.Private[JobZoneRow]

    @property
    def key(self) -> str:
        """The row's key."""
        return self.row.key

    number: int = column(
        "zone", "Its number, from 1, little or no preparation, to 5, extensive."
    )
    surveyed: str | None = column(
        "surveyed",
        "Year and month that the release gives for it, as in 2022-08; null where it "
        "gives none.",
    )
    domain_source: str | None = column(
        "domain_source",
        "Who assigned it, in the publisher's words: Analyst, Analyst - Preliminary, "
        "...; null where the release does not say.",
    )

    @follows(Follow("job_zone_description", JobZoneDescriptionRow, reads=()), reads=())
    def description(
        self, rows: list[JobZoneDescriptionRow]
    ) -> JobZoneDescription | None:
        """What it stands for; null if the release was loaded without that file."""
        return JobZoneDescription(row=rows[0]) if rows else None

    @computed("Where the number stands.", reads=DATED, straight=True)
    def provenance(self) -> Provenance:
        """Give the source."""
        return dated_provenance(self.row, _COLUMN)


_REASONS = {
    FileCoverage.WHOLE: JobZoneMissing.NOT_ASSIGNED,
    FileCoverage.PART: JobZoneMissing.FILE_PART,
    FileCoverage.ABSENT: JobZoneMissing.FILE_ABSENT,
}


def job_zone_missing(
    rows: Sequence[JobZoneRow], files: Sequence[SourceFileRow]
) -> JobZoneMissing | None:
    """Say why an occupation has no job zone; None if it has one."""
    if rows:
        return None
    found = next((file.coverage for file in holding(files, ZONES)), "ABSENT")
    return _REASONS[FileCoverage(found)]
