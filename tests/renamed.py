"""A small release before and after the change of the identifiers of activities."""

from pathlib import Path

from workatlas.stores import Subgraph

from .onet_files import read, tables, write

OLD, NEW = "onet-29.2", "onet-30.3"
WIDE, NARROW = "4.A.1.a.1.I01", "4.A.1.a.1.I01.D01"
WIDE_NOW, NARROW_NOW = "4.A.1.a.1.q", "4.A.1.a.1.q.7"
NAMES = {
    WIDE: WIDE_NOW,
    NARROW: NARROW_NOW,
    "4.A.1.a.1.I01.D02": "4.A.1.a.1.q.1",
    "4.A.1.a.1.I02": "4.A.1.a.1.b",
    "4.A.1.a.1.I02.D01": "4.A.1.a.1.b.1",
}
"""What the identifiers of the older release became; letters follow from nothing."""
SKY, TIDE = "Watch the sky.", "Watch the tide."


def older(folder: Path, version: str = "29.2") -> Subgraph:
    """Read a release with the old identifiers."""
    folder.mkdir(parents=True)
    return read(write(folder), version=version)


def newer(
    folder: Path, titles: dict[str, str] | None = None, version: str = "30.3"
) -> Subgraph:
    """Read the same with the new ones, and with other ``titles`` in place of some."""
    rows, titles = tables(), titles or {}
    for table in rows.values():
        for row in table:
            for column in ("elementId", "intermediate"):
                row[column] = NAMES.get(str(row.get(column)), row.get(column))
            for column in ("heading", "intermediateHeading"):
                row[column] = titles.get(str(row.get(column)), row.get(column))
    folder.mkdir(parents=True)
    source = write(folder, "onet-text-2", rows)
    return read(source, version=version)
