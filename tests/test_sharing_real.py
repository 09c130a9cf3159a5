"""Shared statements, occupations that share work: compared with polars on the files."""

import math
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from workatlas.resolvers import Service
from workatlas.stores import open_reader

from .answers import ask
from .oracle import RECREATIONAL_THERAPISTS, read_text

CODE, ID = "O*NET-SOC Code", "Task ID"


@pytest.fixture(scope="module")
def onet(shared: Path) -> Path:
    """Give the folder of release 29.2."""
    return shared / "onet" / "db_29_2_text"


@pytest.fixture(scope="module")
def service(real_store: Path) -> Service:
    """Serve the real release."""
    return Service(open_reader(str(real_store)))


async def test_identical_statements(service: Service, onet: Path) -> None:
    """398 statements are shared, by 1,658 tasks; each relates them and says why."""
    raw = read_text(onet, "Task Statements.txt").with_columns(pl.col(ID).cast(pl.Int64))
    shared = (
        raw.group_by("Task").agg(pl.col(ID).sort()).filter(pl.col(ID).list.len() > 1)
    )
    assert shared.height == 398
    groups = dict(shared.iter_rows())
    assert sum(map(len, groups.values())) == 1658
    numbers = sorted(number for group in groups.values() for number in group)
    document = """query ($ids: [Int!]!) { tasks(taskIds: $ids) { taskId
      sharedStatement { statement taskCount information tasks { taskId } }
      related(via: IDENTICAL_STATEMENT, first: 100) { via score
        sharedStatements { statement taskCount } task { taskId } } } }"""
    for start in range(0, len(numbers), 200):
        found = await ask(service, document, ids=numbers[start : start + 200])
        for task in found["tasks"]:
            said = task["sharedStatement"]
            group = groups[said["statement"]]
            assert task["taskId"] in group
            assert [each["taskId"] for each in said["tasks"]] == group
            assert said["taskCount"] == len(group)
            bits = round(math.log2(raw.height / len(group)), 3)
            assert said["information"] == bits
            words = {"statement": said["statement"], "taskCount": len(group)}
            assert task["related"] == [
                {
                    "via": "IDENTICAL_STATEMENT",
                    "score": bits,
                    "sharedStatements": [words],
                    "task": {"taskId": other},
                }
                for other in group
                if other != task["taskId"]
            ]
    alone = (
        "{ task(taskId: 392) { sharedStatement { id } related(first: 100) { via } } }"
    )
    task = (await ask(service, alone))["task"]
    assert task["sharedStatement"] is None
    assert len(task["related"]) == 36


async def test_occupations_that_share_activities(service: Service, onet: Path) -> None:
    """Each other one once, by its rarest shared activity, with all of that kind."""
    document = f"""{{ occupation(code: "{RECREATIONAL_THERAPISTS}") {{
      narrow: relatedConnection(via: DETAILED_ACTIVITY, first: 100) {{ totalCount
        nodes {{ score occupation {{ code }} sharedActivities {{ elementId level
          taskCount occupationCount }} }} }}
      wide: relatedConnection(via: INTERMEDIATE_ACTIVITY, first: 100) {{ totalCount
        nodes {{ score occupation {{ code }} sharedActivities {{ elementId level
          taskCount occupationCount }} }} }} }} }}"""
    occupation = (await ask(service, document))["occupation"]
    links = read_text(onet, "Tasks to DWAs.txt").join(
        read_text(onet, "DWA Reference.txt").drop("line"), on="DWA ID"
    )
    for name, column, level in (
        ("narrow", "DWA ID", "DETAILED"),
        ("wide", "IWA ID", "INTERMEDIATE"),
    ):
        page = occupation[name]
        wanted = _sharing(links, column, level)
        assert page["totalCount"] == len(wanted)
        assert page["nodes"] == wanted[:100]
        assert wanted


def _sharing(links: pl.DataFrame, column: str, level: str) -> list[dict[str, Any]]:
    every = links[ID].n_unique()
    figures = links.group_by(column).agg(
        tasks=pl.col(ID).n_unique(), codes=pl.col(CODE).n_unique()
    )
    of = {name: (tasks, codes) for name, tasks, codes in figures.iter_rows()}
    has = dict(links.group_by(CODE).agg(pl.col(column).unique()).iter_rows())
    own = set(has.pop(RECREATIONAL_THERAPISTS))
    found: list[dict[str, Any]] = []
    for code, theirs in has.items():
        both = sorted(own & set(theirs))
        if both:
            fewest = min(of[name][0] for name in both)
            shared = [
                {
                    "elementId": name,
                    "level": level,
                    "taskCount": of[name][0],
                    "occupationCount": of[name][1],
                }
                for name in both
            ]
            found.append(
                {
                    "score": round(math.log2(every / fewest), 3),
                    "occupation": {"code": code},
                    "sharedActivities": shared,
                }
            )
    return sorted(found, key=lambda one: (-one["score"], one["occupation"]["code"]))


async def test_orders_and_filters_of_occupations(service: Service, onet: Path) -> None:
    """All 1,016 by title, zone and number of tasks; those of an activity and a list."""
    titles = read_text(onet, "Occupation Data.txt").select(CODE, "Title")
    zones = read_text(onet, "Job Zones.txt").select(CODE, zone="Job Zone")
    tasks = read_text(onet, "Task Statements.txt").group_by(CODE).len("tasks")
    facts = titles.join(zones, on=CODE, how="left").join(tasks, on=CODE, how="left")
    facts = facts.with_columns(pl.col("tasks").fill_null(0))
    for by, column in (
        ("TITLE", "Title"),
        ("JOB_ZONE", "zone"),
        ("TASK_COUNT", "tasks"),
    ):
        for down in (False, True):
            wanted = facts.sort(
                [column, CODE], descending=[down, False], nulls_last=True
            )[CODE].to_list()
            way = "DESCENDING" if down else "ASCENDING"
            assert await _codes(
                service, f"orderBy: {{by: {by}, direction: {way}}}"
            ) == (wanted)
    listed = read_text(onet, "Related Occupations.txt").filter(
        pl.col(CODE) == RECREATIONAL_THERAPISTS
    )[f"Related {CODE}"]
    given = f'filter: {{relatedOccupation: "{RECREATIONAL_THERAPISTS}"}}'
    assert await _codes(service, given) == sorted(listed)
    group = facts.filter(pl.col(CODE).str.starts_with("29-"))[CODE].to_list()
    assert await _codes(service, 'filter: {majorGroup: "29"}') == sorted(group)


async def _codes(service: Service, given: str) -> list[str]:
    found: list[str] = []
    after = "null"
    while True:
        page = (
            await ask(
                service,
                f"""{{ occupationConnection(first: 100, after: {after}, {given}) {{
                  nodes {{ code }} pageInfo {{ endCursor hasNextPage }} }} }}""",
            )
        )["occupationConnection"]
        found += [node["code"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = f'"{page["pageInfo"]["endCursor"]}"'


async def test_filters_of_tasks(service: Service, onet: Path) -> None:
    """By occupation, major group, and another task that shares something."""
    raw = read_text(onet, "Task Statements.txt")
    links = read_text(onet, "Tasks to DWAs.txt")
    own = links.filter(pl.col(ID) == "392")["DWA ID"].implode()
    near = links.filter(pl.col("DWA ID").is_in(own))[ID].n_unique() - 1
    of_code = pl.col(CODE) == RECREATIONAL_THERAPISTS
    for given, number in (
        (f'occupation: "{RECREATIONAL_THERAPISTS}"', raw.filter(of_code).height),
        ('majorGroup: "29"', raw.filter(pl.col(CODE).str.starts_with("29-")).height),
        ("relatedTask: 392", near),
    ):
        document = f"{{ taskConnection(filter: {{ {given} }}) {{ totalCount }} }}"
        found = await ask(service, document)
        assert found["taskConnection"]["totalCount"] == number
    assert near == 7
