"""The job zones of a release: which occupation is in which, and what they stand for."""

from workatlas.cypher import EdgeKind

from .build import Edges, Nodes, edge_table, key, nodes
from .layout import Release
from .tables import Table


def job_zones(release: Release, made: Nodes) -> tuple[Nodes, Edges]:
    """Read the job zones of occupations and what these stand for, unless left out.

    Raises:
        DataError: a job zone that is no number from 1 to 5, or that has no description,
            an unknown occupation, an occupation or a description that stands twice.

    """
    new: Nodes = {}
    edges: Edges = {}
    described = release.table("job_zone_descriptions")
    if described is not None:
        described = _numbered(described.required("zone", "heading")).unique("zone")
        rows = described.frame.with_columns(key=key("zone", "zone"))
        file = described.file.name
        new["JobZoneDescription"] = nodes("JobZoneDescription", rows, file=file)
    table = release.table("job_zones")
    if table is None:
        return new, edges
    table = _numbered(table.required("code", "zone")).unique("code")
    codes = made["Occupation"]["code"]
    table.among("code", codes, "in the file of occupations")
    rows = table.frame.with_columns(
        key=key("jobzone", "code"), surveyed=table.months("surveyed")
    )
    new["JobZone"] = nodes("JobZone", rows, file=table.file.name)
    edges[EdgeKind("Occupation", "HAS_JOB_ZONE", "JobZone")] = edge_table(
        rows, key("occupation", "code"), key("jobzone", "code")
    )
    if described is not None:
        table.among("zone", described.frame["zone"], "a job zone that is described")
        edges[EdgeKind("JobZone", "DESCRIBED_BY", "JobZoneDescription")] = edge_table(
            rows, key("jobzone", "code"), key("zone", "zone")
        )
    return new, edges


def _numbered(table: Table) -> Table:
    return table.typed(zone=table.numbers("zone", minimum=1, maximum=5, whole=True))
