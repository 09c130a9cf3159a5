"""What became of tasks, occupations and activities, release by release."""

from pathlib import Path
from typing import Any

import pytest

from .answers import ask, serve
from .editions import Change, edition, renamed, with_cells, with_rows, without
from .onet_files import KITES, TIDES

WATCH = "4.A.1.a.1.I01.D01"
TASK = """query($id: Int!, $release: String) { task(taskId: $id, release: $release) {
  history { release { id } changes since { id } missing
    task { statement type occupation { code } importance { value } } } } }"""
OCCUPATION = """query($code: String!) { occupation(code: $code, release: "onet-20.1") {
  history { release { id } changes missing occupation { title } } } }"""
ACTIVITY = """query($id: String!) {
  workActivity(elementId: $id, release: "onet-20.1") {
    history { release { id } changes basis missing
      activity { elementId title parent { title } } } } }"""


async def history(folder: Path, document: str, *graphs: Any, **variables: Any) -> Any:
    """Give the history of a node among releases, one entry each."""
    data = await ask(serve(folder / "graph", *graphs), document, **variables)
    (node,) = data.values()
    return node["history"]


def series(folder: Path, *changes: tuple[Change, ...], **options: Any) -> list[Any]:
    """Make releases 20.1, 20.2, … with changes; published in no order."""
    made = [
        edition(folder, f"20.{place}", *each, **options)
        for place, each in enumerate(changes, start=1)
    ]
    return made[::-1]


STATEMENT = ("task_statements", {"taskId": "1"})


async def test_each_release_shows_the_task_as_it_has_it(tmp_path: Path) -> None:
    """Statement, type, occupation and figures are those of each release, in order."""
    changed = with_cells(
        *STATEMENT, statement="Fly two kites.", taskType="Supplemental"
    )
    rated = with_cells("task_ratings", {"taskId": "1", "scale": "IM"}, value="4.00")
    graphs = series(tmp_path, (), (changed, rated))
    first, second = await history(tmp_path, TASK, *graphs, id=1)
    assert first == {
        "release": {"id": "onet-20.1"},
        "changes": ["FIRST"],
        "since": None,
        "missing": None,
        "task": {
            "statement": "Fly a kite.",
            "type": "CORE",
            "occupation": {"code": KITES},
            "importance": {"value": 4.2},
        },
    }
    assert second == {
        "release": {"id": "onet-20.2"},
        "changes": ["REWORDED", "TYPE_CHANGED"],
        "since": {"id": "onet-20.1"},
        "missing": None,
        "task": {
            "statement": "Fly two kites.",
            "type": "SUPPLEMENTAL",
            "occupation": {"code": KITES},
            "importance": {"value": 4.0},
        },
    }


async def test_a_task_vanishes_and_comes_back_under_another_occupation(
    tmp_path: Path,
) -> None:
    """It is compared with the last release that has it, however long ago that is."""
    gone = without("taskId", "1")
    moved = [
        with_cells(table, {"taskId": "1"}, code=TIDES)
        for table in ("task_statements", "task_ratings", "task_activities")
    ]
    graphs = series(tmp_path, (), (gone,), (gone,), (*moved,), ())
    found = await history(tmp_path, TASK, *graphs, id=1)
    assert [each["changes"] for each in found] == [
        ["FIRST"],
        ["REMOVED"],
        ["ABSENT"],
        ["RETURNED", "MOVED"],
        ["MOVED"],
    ]
    assert [each["missing"] for each in found] == [
        None,
        "NOT_IN_RELEASE",
        "NOT_IN_RELEASE",
        None,
        None,
    ]
    assert [each["since"] and each["since"]["id"] for each in found] == [
        None,
        *["onet-20.1"] * 3,
        "onet-20.4",
    ]
    assert found[1]["task"] is None


async def test_a_task_that_older_releases_lack_is_new(tmp_path: Path) -> None:
    """It is added in the first release that has it, and absent before."""
    gone = without("taskId", "3")
    found = await history(tmp_path, TASK, *series(tmp_path, (gone,), ()), id=3)
    assert [each["changes"] for each in found] == [["ABSENT"], ["ADDED"]]


async def test_of_a_part_nothing_is_guessed(tmp_path: Path) -> None:
    """A task that a part lacks is neither removed nor, later, back or new."""
    part = {"partial": ["Task Statements.txt"]}
    gone = without("taskId", "1")
    graphs = [
        edition(tmp_path, "20.1", gone, **part),
        edition(tmp_path, "20.2"),
        edition(tmp_path, "20.3", gone, **part),
        edition(tmp_path, "20.4"),
    ]
    found = await history(tmp_path, TASK, *graphs, id=1)
    assert [(each["changes"], each["missing"]) for each in found] == [
        ([], "FILE_PART"),
        (["FIRST"], None),
        ([], "FILE_PART"),
        ([], None),
    ]


async def test_an_occupation_is_known_by_its_code(tmp_path: Path) -> None:
    """Another title or description is a change; another code is another occupation."""
    new = with_cells("occupations", {"code": KITES}, heading="Kite Pilots")
    told = with_cells("occupations", {"code": KITES}, description="Fly them high.")
    other = renamed({KITES: "10-3000.00"}, "code", "related")
    graphs = series(tmp_path, (), (new,), (new, told), (other,))
    found = await history(tmp_path, OCCUPATION, *graphs, code=KITES)
    assert [each["changes"] for each in found] == [
        ["FIRST"],
        ["RETITLED"],
        ["REDESCRIBED"],
        ["REMOVED"],
    ]
    titles = [each["occupation"] and each["occupation"]["title"] for each in found]
    assert titles == ["Kite Fliers", "Kite Pilots", "Kite Pilots", None]
    assert found[-1]["missing"] == "NOT_IN_RELEASE"


async def test_an_activity_is_found_by_identifier_or_else_by_title(
    tmp_path: Path,
) -> None:
    """A new form of identifiers is a change of number alone; the basis is said."""
    sky, sea = "4.A.1.a.1.I01", "4.A.1.a.1.I02"
    new = renamed(
        {sky: "4.A.1.a.1.s", sea: "4.A.1.a.1.t", WATCH: "4.A.1.a.1.s.6"},
        *("elementId", "intermediate"),
    )
    called = with_cells("detailed_activities", {"elementId": WATCH}, heading="Look up.")
    moved = with_cells(
        "detailed_activities",
        {"elementId": WATCH},
        intermediate=sea,
        intermediateHeading="Watch the sea.",
    )
    gone = [
        *(renamed({WATCH: "4.A.1.a.1.I01.D09"}, "elementId"),),
        with_cells(
            "detailed_activities", {"elementId": "4.A.1.a.1.I01.D09"}, heading="Rest."
        ),
    ]
    graphs = series(tmp_path, (), (new,), (called,), (moved,), (*gone,))
    found = await history(tmp_path, ACTIVITY, *graphs, id=WATCH)
    assert [(each["changes"], each["basis"]) for each in found] == [
        (["FIRST"], "SAME_ID"),
        (["REIDENTIFIED"], "SAME_TITLE"),
        (["RETITLED", "REIDENTIFIED"], "SAME_ID_REWORDED"),
        (["RETITLED", "MOVED"], "SAME_ID"),
        (["REMOVED"], None),
    ]
    assert found[1]["activity"] == {
        "elementId": "4.A.1.a.1.s.6",
        "title": "Watch a kite.",
        "parent": {"title": "Watch the sky."},
    }
    assert (found[4]["activity"], found[4]["missing"]) == (None, "NOT_IN_RELEASE")


async def test_of_several_activities_with_a_title_none_is_taken(tmp_path: Path) -> None:
    """Where two have the title and none the identifier, it is not known which it is."""
    alike = [
        renamed({WATCH: "4.A.1.a.1.I01.D09"}, "elementId"),
        with_cells(
            "detailed_activities",
            {"elementId": "4.A.1.a.1.I02.D01"},
            heading="Watch a kite.",
        ),
    ]
    graphs = series(tmp_path, (), (*alike,))
    found = await history(tmp_path, ACTIVITY, *graphs, id=WATCH)
    assert [each["changes"] for each in found] == [["FIRST"], ["REMOVED"]]


async def test_a_generalized_activity_has_no_parent_to_move_from(
    tmp_path: Path,
) -> None:
    """It is nowhere below another; its description is compared."""
    told = with_cells("content_model", {"heading": "Watching"}, description="On it.")
    graphs = series(tmp_path, (), (told,))
    found = await history(tmp_path, ACTIVITY, *graphs, id="4.A.1.a.1")
    assert [each["changes"] for each in found] == [["FIRST"], ["REDESCRIBED"]]
    assert found[1]["activity"]["parent"] is None


async def test_other_data_sets_are_no_part_of_a_history(tmp_path: Path) -> None:
    """What is invented tells nothing of what is published, and the other way round."""
    published = edition(tmp_path, "20.1")
    invented = edition(tmp_path, "20.2")
    object.__setattr__(invented, "synthetic", True)
    found = await history(
        tmp_path, TASK, published, invented, id=1, release="onet-20.1"
    )
    assert [each["release"]["id"] for each in found] == ["onet-20.1"]


@pytest.mark.parametrize("count", [1, 3])
async def test_statements_are_counted_by_release(tmp_path: Path, count: int) -> None:
    """However many tasks are asked for, a release is asked a few statements."""
    more = with_rows(
        "task_statements",
        *(
            {
                "code": TIDES,
                "taskId": f"{n}",
                "statement": f"Tell {n}.",
                "surveyed": None,
            }
            for n in range(10, 10 + count)
        ),
    )
    service = serve(tmp_path / "graph", *series(tmp_path, (more,), (more,)))
    document = """query($ids: [Int!]!) { tasks(taskIds: $ids) {
      history { changes task { statement } } } }"""
    variables = {"ids": list(range(10, 10 + count))}
    answer = await service.answer(document, variables, explain=True)
    plan = answer.as_dict()["extensions"]["plan"]
    builds = [each["build"].partition("@")[0] for each in plan["statements"]]
    # One finds the tasks; of each release its node, files, tasks and occupations.
    assert sorted(builds) == [*["onet-20.1"] * 4, *["onet-20.2"] * 5]
