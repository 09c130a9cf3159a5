"""Job zones: each is sourced or has a reason, and lists can be filtered by them."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from workatlas.loaders.generate import generate
from workatlas.loaders.load import load
from workatlas.resolvers import Service
from workatlas.stores import open_reader, open_writer

from .answers import NOW, ask, serve
from .generated import CODE, text
from .mini import release

ZONES, DESCRIPTIONS = "Job Zones.txt", "Job Zone Reference.txt"
ASKED = """{ release { occupations { code jobZoneMissing caveats { code }
  jobZone { number surveyed domainSource
    provenance { line column rater date file { name contents } }
    description { name experience education jobTraining examples svpRange
      provenance { line file { name contents } } } } } } }"""
OCCUPATIONS = """query ($filter: OccupationFilter) {
  found: occupationConnection(first: 100, filter: $filter) { totalCount
    nodes { code } } }"""
TASKS = """query ($filter: TaskFilter) {
  found: taskConnection(first: 100, filter: $filter) { totalCount
    nodes { occupation { code } } } }"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a release in which some occupations have no job zone."""
    out = tmp_path_factory.mktemp("zones") / "written"
    generate(out, occupations=30, tasks=60, seed=5)
    return out


def served(written: Path, folder: Path, **options: Any) -> Service:
    """Serve the release, loaded as asked for."""
    graph, archive = str(folder / "graph"), folder / "archive"
    origin = str(written)
    load(
        open_writer(graph),
        "onet@9.9",
        archive=archive,
        now=NOW,
        origin=origin,
        **options,
    )
    return Service(open_reader(graph))


@pytest.fixture
def service(written: Path, tmp_path: Path) -> Service:
    """Serve the release, all of it."""
    return served(written, tmp_path)


async def occupations(service: Service) -> list[dict[str, Any]]:
    """Give all occupations with what is asked of each here."""
    release = (await ask(service, ASKED))["release"]
    found: list[dict[str, Any]] = release["occupations"]
    return found


async def test_a_job_zone_stands_where_it_says(written: Path, service: Service) -> None:
    """Number, date and source are those of the file's row; without a row it is told."""
    rows = {row[CODE]: row for row in text(written, "Job Zones").to_dicts()}
    words = {
        row["Job Zone"]: row for row in text(written, "Job Zone Reference").to_dicts()
    }
    lines = {code: line for line, code in enumerate(rows, 2)}
    found = await occupations(service)
    assert 0 < len(rows) < len(found)
    for one in found:
        zone = one["jobZone"]
        if one["code"] not in rows:
            assert (zone, one["jobZoneMissing"]) == (None, "NOT_ASSIGNED")
            continue
        row = rows[one["code"]]
        date = f"{row['Date'][3:]}-{row['Date'][:2]}"
        assert one["jobZoneMissing"] is None
        assert str(zone["number"]) == row["Job Zone"]
        assert (zone["surveyed"], zone["domainSource"]) == (date, row["Domain Source"])
        assert zone["provenance"] == {
            "line": lines[one["code"]],
            "column": "Job Zone",
            "rater": row["Domain Source"],
            "date": date,
            "file": {"name": ZONES, "contents": "JOB_ZONES"},
        }
        word = words[row["Job Zone"]]
        assert zone["description"] == {
            "name": word["Name"],
            "experience": word["Experience"],
            "education": word["Education"],
            "jobTraining": word["Job Training"],
            "examples": word["Examples"],
            "svpRange": word["SVP Range"],
            "provenance": {
                "line": zone["number"] + 1,
                "file": {"name": DESCRIPTIONS, "contents": "JOB_ZONE_DESCRIPTIONS"},
            },
        }


@pytest.mark.parametrize(
    ("options", "reason", "caveat"),
    [
        ({"without": [ZONES]}, "FILE_ABSENT", "JOB_ZONES_ABSENT"),
        ({"partial": [ZONES]}, "FILE_PART", "JOB_ZONES_PART"),
    ],
)
async def test_what_is_not_loaded_is_not_said_to_be_unassigned(
    written: Path, tmp_path: Path, options: Any, reason: str, caveat: str
) -> None:
    """An occupation whose row may be in the file has that as the reason."""
    found = await occupations(served(written, tmp_path, **options))
    reasons = {one["jobZoneMissing"] for one in found if one["jobZone"] is None}
    assert reasons == {reason}
    assert all({"code": caveat} in one["caveats"] for one in found)


async def test_a_graph_that_names_no_such_file_has_none(tmp_path: Path) -> None:
    """What was loaded before job zones were read is not said to assign none."""
    document = (
        """{ occupation(code: "12-1.00") { jobZone { number } jobZoneMissing } }"""
    )
    found = (await ask(serve(tmp_path, release()), document))["occupation"]
    assert found == {"jobZone": None, "jobZoneMissing": "FILE_ABSENT"}


async def test_a_job_zone_without_its_description(
    written: Path, tmp_path: Path
) -> None:
    """The number is there, what it stands for is null, and a caveat says why."""
    service = served(written, tmp_path, without=[DESCRIPTIONS])
    for one in await occupations(service):
        assert one["jobZone"] is None or one["jobZone"]["description"] is None
        assert one["jobZone"] or one["jobZoneMissing"] == "NOT_ASSIGNED"
        assert {"code": "JOB_ZONES_ABSENT"} in one["caveats"]


FILTERS: list[tuple[Any, pl.Expr]] = [
    ({"jobZone": 4}, pl.col("zone") == 4),
    ({"jobZone": 9}, pl.lit(value=False)),
    ({"minJobZone": 3}, pl.col("zone") >= 3),
    ({"maxJobZone": 3}, pl.col("zone") <= 3),
    ({"minJobZone": 2, "maxJobZone": 3}, pl.col("zone").is_between(2, 3)),
    ({"not": {"minJobZone": 3}}, (pl.col("zone") < 3) | pl.col("zone").is_null()),
]


@pytest.mark.parametrize(("given", "holds"), FILTERS, ids=range(len(FILTERS)))
async def test_lists_are_filtered_by_job_zone(
    written: Path, service: Service, given: Any, holds: pl.Expr
) -> None:
    """Occupations pass by their own, tasks by that of their occupation."""
    zones = text(written, "Job Zones").select(CODE, zone=pl.col("Job Zone").cast(int))
    for document, file in (
        (OCCUPATIONS, "Occupation Data"),
        (TASKS, "Task Statements"),
    ):
        codes = text(written, file).join(zones, on=CODE, how="left").filter(holds)[CODE]
        found = (await ask(service, document, filter=given))["found"]
        assert found["totalCount"] == len(codes)
        nodes = [one.get("occupation", one)["code"] for one in found["nodes"]]
        assert sorted(nodes) == sorted(codes)


async def test_pages_below_an_activity_are_filtered_too(
    written: Path, service: Service
) -> None:
    """Tasks and occupations of an activity, and tasks of an occupation."""
    document = """query ($zone: Int!) { release { occupations { code
      taskConnection(filter: { jobZone: $zone }) { totalCount }
      tasks { workActivities { elementId
        taskConnection(filter: { jobZone: $zone }) { nodes { occupation { code } } }
        occupationConnection(filter: { jobZone: $zone }) { nodes { code } } } } } } }"""
    zones = text(written, "Job Zones")
    for zone in range(1, 6):
        asked = zones.filter(pl.col("Job Zone") == str(zone))[CODE].to_list()
        data = await ask(service, document, zone=zone)
        for one in data["release"]["occupations"]:
            own = len(one["tasks"]) if one["code"] in asked else 0
            assert one["taskConnection"]["totalCount"] == own
            for task in one["tasks"]:
                for activity in task["workActivities"]:
                    nodes = activity["taskConnection"]["nodes"]
                    found = {node["occupation"]["code"] for node in nodes}
                    listed = activity["occupationConnection"]["nodes"]
                    assert found == {node["code"] for node in listed}
                    assert found <= {*asked}
                    assert one["code"] not in asked or one["code"] in found
