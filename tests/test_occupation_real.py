"""What releases publish of occupations, compared with polars on the raw files."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from workatlas.resolvers import Service
from workatlas.stores import open_reader

from .answers import ask
from .oracle import RECREATIONAL_THERAPISTS, read_text

CODE = "O*NET-SOC Code"


@pytest.fixture(scope="module")
def onet(shared: Path) -> Path:
    """Give the folder of release 29.2."""
    return shared / "onet" / "db_29_2_text"


@pytest.fixture(scope="module")
def service(real_store: Path) -> Service:
    """Serve the real release."""
    return Service(open_reader(str(real_store)))


async def test_related_occupations_are_those_of_the_file(
    service: Service, onet: Path
) -> None:
    """All rows of all 1,016 occupations are given, in order; 93 have none."""
    document = """{ release { occupations { code relatedOccupationsMissing { name }
      relatedOccupations { tier index occupation { code }
        provenance { line file { name } } } } } }"""
    data = await ask(service, document)
    occupations = data["release"]["occupations"]
    file = "Related Occupations.txt"
    raw = read_text(onet, file)
    wanted = [
        (code, other, tier, int(index), int(line), file)
        for code, other, tier, index, line in raw.select(
            CODE, f"Related {CODE}", "Relatedness Tier", "Index", "line"
        ).iter_rows()
    ]
    found = [(one["code"], *_row(row)) for one in occupations for row in _of(one)]
    assert found == wanted
    assert len(occupations) == 1016
    assert sum(not _of(one) for one in occupations) == 93
    assert not any(one["relatedOccupationsMissing"] for one in occupations)


def _of(occupation: Any) -> list[Any]:
    rows: list[Any] = occupation["relatedOccupations"]
    return rows


def _row(row: Any) -> tuple[Any, ...]:
    place = row["provenance"]
    tier = row["tier"].replace("_", "-").title()
    code = row["occupation"]["code"]
    return code, tier, row["index"], place["line"], place["file"]["name"]


async def test_a_tier_of_related_occupations(service: Service, onet: Path) -> None:
    """Recreational Therapists have five that are related most closely."""
    document = f"""{{ occupation(code: "{RECREATIONAL_THERAPISTS}") {{
      relatedOccupations(tiers: [PRIMARY_SHORT]) {{ occupation {{ title }} }} }} }}"""
    rows = _of((await ask(service, document))["occupation"])
    raw = read_text(onet, "Related Occupations.txt").filter(
        pl.col(CODE) == RECREATIONAL_THERAPISTS,
        pl.col("Relatedness Tier") == "Primary-Short",
    )
    titles = read_text(onet, "Occupation Data.txt").select(CODE, "Title")
    wanted = raw.join(
        titles, left_on=f"Related {CODE}", right_on=CODE, maintain_order="left"
    )
    assert len(rows) == 5
    assert [row["occupation"]["title"] for row in rows] == wanted["Title"].to_list()


async def test_emerging_tasks_are_those_of_the_file(
    service: Service, onet: Path
) -> None:
    """All 240, each with its place, its occupation and the task that it revises."""
    document = """query ($after: String) {
      page: emergingTaskConnection(first: 100, after: $after) { totalCount
        nodes { statement category surveyed domainSource writeInTotal
          occupation { code } revises { taskId } promoted { basis }
          provenance { line file { name } } } pageInfo { endCursor } } }"""
    found: list[Any] = []
    after = None
    for _ in range(3):
        page = (await ask(service, document, after=after))["page"]
        after = page["pageInfo"]["endCursor"]
        assert page["totalCount"] == 240
        found += [_emerging(node) for node in page["nodes"]]
    name = "Emerging Tasks.txt"
    raw = read_text(onet, name).select(
        CODE,
        "Task",
        pl.col("Category").str.to_uppercase(),
        pl.col("Original Task ID").cast(pl.Int64, strict=False),
        pl.col("Date").str.replace(r"(\d\d)/(\d{4})", "$2-$1"),
        "Domain Source",
        pl.col("line").cast(pl.Int64),
        pl.lit(name),
    )
    assert found == raw.rows()
    assert raw["Original Task ID"].count() == 46


def _emerging(node: Any) -> tuple[Any, ...]:
    """Give the cells of an emerging task; no release later than its own is loaded."""
    assert (node["writeInTotal"], node["promoted"]) == (None, [])
    revised = node["revises"] and node["revises"]["taskId"]
    place = node["provenance"]
    return (
        *(node["occupation"]["code"], node["statement"], node["category"], revised),
        *(node["surveyed"], node["domainSource"]),
        *(place["line"], place["file"]["name"]),
    )


async def test_job_zones_are_those_of_the_file(service: Service, onet: Path) -> None:
    """923 of 1,016 occupations are in a job zone; the others are in none."""
    document = """{ release { occupations { code jobZoneMissing
      jobZone { number surveyed domainSource provenance { line file { name } }
        description { name svpRange } } } } }"""
    occupations = (await ask(service, document))["release"]["occupations"]
    raw = read_text(onet, "Job Zones.txt")
    words = read_text(onet, "Job Zone Reference.txt")
    described = raw.join(words.drop("line"), on="Job Zone").select(
        CODE,
        pl.col("Job Zone").cast(pl.Int64),
        pl.col("Date").str.replace(r"(\d\d)/(\d{4})", "$2-$1"),
        "Domain Source",
        pl.col("line").cast(pl.Int64),
        pl.lit("Job Zones.txt"),
        "Name",
        "SVP Range",
    )
    assert raw.height == 923
    found = [
        (
            *(one["code"], zone["number"], zone["surveyed"], zone["domainSource"]),
            *(zone["provenance"]["line"], zone["provenance"]["file"]["name"]),
            *zone["description"].values(),
        )
        for one in occupations
        if (zone := one["jobZone"])
    ]
    assert found == sorted(described.iter_rows())
    missing = [one["jobZoneMissing"] for one in occupations if not one["jobZone"]]
    assert missing == ["NOT_ASSIGNED"] * 93


@pytest.mark.parametrize(
    ("given", "low", "high"),
    [("jobZone: 5", 5, 5), ("minJobZone: 4", 4, 5), ("maxJobZone: 2", 1, 2)],
)
async def test_lists_are_filtered_by_job_zone(
    service: Service, onet: Path, given: str, low: int, high: int
) -> None:
    """As many occupations and tasks pass as polars counts in the files."""
    data = await ask(
        service,
        f"""{{ occupationConnection(filter: {{ {given} }}) {{ totalCount }}
          taskConnection(filter: {{ {given} }}) {{ totalCount }} }}""",
    )
    zone = pl.col("Job Zone").cast(pl.Int64)
    chosen = read_text(onet, "Job Zones.txt").filter(zone.is_between(low, high))
    tasks = read_text(onet, "Task Statements.txt").join(chosen, on=CODE, how="semi")
    assert data["occupationConnection"] == {"totalCount": chosen.height}
    assert data["taskConnection"] == {"totalCount": tasks.height}
